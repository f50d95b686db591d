"""What to look into in the law before a pair goes on: hints with their sources, never advice."""

from collections.abc import Mapping
from html import escape
from typing import Any, cast

import streamlit as st

from config import legal as law
from config.texts import Language
from dashboard import frame, source, wording
from data.queries import legal as queries
from matching import legal
from matching.legal import Hint, Listing


def draw(have_id: int, want_id: int) -> None:
    """Show the hints for an offer and a need, each with its source; a sentence where one of them is gone."""
    found = _listings(source.stamp(), have_id, want_id)
    if len(found) < len({have_id, want_id}):
        frame.note(frame.say("legal.gone"))
        return
    show(legal.hints(found[have_id], found[want_id]))


def show(hints: tuple[Hint, ...]) -> None:
    """Show hints as they are given, for a pair that is not in the store."""
    st.html(f"<style>{_SHEET}</style>")  # by itself: with words after it, it would take them along out of sight
    st.html(html(hints, frame.language()))


@st.cache_data(show_spinner=False, max_entries=2_000)
def _listings(stamp: str, have_id: int, want_id: int) -> dict[int, Listing]:  # noqa: ARG001 - the key of the cache
    found = queries.listings(source.engine(), (have_id, want_id))
    return {int(row["id"]): listing(row) for row in cast("list[Mapping[str, Any]]", found.to_dict("records"))}


def listing(row: Mapping[str, Any]) -> Listing:
    """Read a row of resources as the law looks at it."""
    named = row["concepts"] if isinstance(row["concepts"], list) else []
    return legal.listing(
        str(row["type"]),
        f"{row['title']}. {row['description']}",
        str(row["language"]),
        ewc=row["ewc_code"] if isinstance(row["ewc_code"], str) else None,
        hazardous=row["hazardous"] is True,
        named=named,
    )


def html(hints: tuple[Hint, ...], language: Language) -> str:
    """Write the hints as a list with their sources; pure, every value escaped."""
    topic, rows = "", []
    for hint in hints:
        head = "" if hint.topic == topic else f"<dt>{escape(wording.t(f'legal.topic_{hint.topic}', language))}</dt>"
        topic = hint.topic
        rows.append(f"{head}<dd>{escape(say(hint, language))}{_sources(hint, language)}</dd>")
    note = f'<p class="note">{escape(wording.t("legal.note", language))}</p>'
    return f'<dl class="law">{"".join(rows)}</dl>{note}'


def say(hint: Hint, language: Language) -> str:
    """Give a hint in words."""
    values = {
        name: wording.number(value, language) if isinstance(value, int) else value
        for name, value in hint.values.items()
    }
    return wording.t(f"legal.{hint.key}", language, **values)


def sources(hint: Hint, language: Language) -> list[tuple[str, str, bool]]:
    """Give the name and address of each source of a hint, and whether we have seen what it says."""
    table = law.load().source
    return [
        (" ".join(filter(None, (wording.t(f"act.{one.act}", language), one.section))), one.url, one.seen)
        for one in map(table.__getitem__, hint.sources)
    ]


def _sources(hint: Hint, language: Language) -> str:
    unseen = f" ({escape(wording.t('legal.unseen', language))})"
    links = [
        f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(name)}</a>{"" if seen else unseen}'
        for name, url, seen in sources(hint, language)
    ]
    if not links:
        return ""
    said = escape(wording.t("legal.sources", language, sources="{}")).replace("{}", "; ".join(links))
    return f'<span class="law-src">{said}</span>'


_SHEET = """
.law{margin:0;padding:0;font-size:14px;line-height:1.45}.law dt{font-weight:600;margin-top:8px}.law dd{margin:0 0 4px}
.law-src{display:block;font-size:12.5px;opacity:.8}
"""
