"""What the page on matching says of words and topics; pure, no Streamlit."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from config.texts import Language
from dashboard.wording import capital, day, number, t
from matching.concepts import Taxonomy

LEAST_SHOWN = 0.05  # of a text: less is a word in passing


def names(taxonomy: Taxonomy, language: Language) -> dict[str, str]:
    """Give the concepts that carry weight with their names, by name."""
    told = {one.id: capital(one.name(language)) for one in taxonomy.concepts.values() if not one.stop}
    return dict(sorted(told.items(), key=lambda item: item[1].casefold()))


def sentence(taxonomy: Taxonomy, taught: int, language: Language) -> str:
    """Say how much is known."""
    words = sum(len(one) for concept in taxonomy.concepts.values() for one in concept.terms.values())
    told = {"concepts": len(taxonomy.concepts), "words": words - taught, "taught": taught}
    return t("teaching.sentence", language, **{name: number(value, language) for name, value in told.items()})


def read(taxonomy: Taxonomy, text: str, text_language: str) -> list[str]:
    """List the concepts that a text is read as, the clearest first."""
    found = taxonomy.tags(text, text_language)
    return [one for one, share in sorted(found.items(), key=lambda item: -item[1]) if share >= LEAST_SHOWN]


def tags(ids: Sequence[str], named: dict[str, str], language: Language) -> str:
    """Write concepts as a row of tags; a sentence where there is none."""
    told = [named[one] for one in ids if one in named]
    if not told:
        return f'<p class="note">{escape(t("teaching.nothing_read", language))}</p>'
    return '<p class="tags">' + "".join(f"<span>{escape(one)}</span>" for one in told) + "</p>"


def term(row: pd.Series, named: dict[str, str], language: Language) -> str:
    """Say what a taught word means, who taught it and when."""
    means = named.get(row["concept"], row["concept"])
    who = row["created_by"] or t("teaching.somebody", language)
    spoken = t(f"language.{row['language']}", language)
    told = f"{spoken} · {who} {day(row['created_at'].date(), language)}"
    return f'<b>{escape(row["word"])}</b> → {escape(means)}<br><span class="note">{escape(told)}</span>'


def sheet() -> str:
    """Give the styles of the tags."""
    return (
        "<style>.tags{display:flex;flex-wrap:wrap;gap:6px;margin:0}"
        ".tags span{border:1px solid rgba(128,140,148,.5);border-radius:6px;padding:1px 8px;font-size:.875rem}</style>"
    )
