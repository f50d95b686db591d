"""The button that prints how far a partner is: evidence of the length of a haul, with method and sources."""

from datetime import datetime
from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from dashboard import audited, frame, source, source_ways
from dashboard import source_partners as partners
from dashboard.partner_shown import Shown
from dashboard.views import partner_sheet
from dashboard.views.history import FINLAND
from dashboard.views.partner_sheet import Network, Way
from dashboard.views.partners import Row, name_of, place_of
from data.queries import pipeline_detail
from matching.proposals import moved


def button(shown: Shown, row: Row) -> None:
    """Draw the button."""
    today, language = datetime.now(FINLAND).date(), frame.language()
    # All that the file needs is gathered now: it is made after the run, where nobody knows who asks in which language.
    make = partial(partner_sheet.pdf, _way(shown, row), shown.terms, _network(), language, today)
    st.download_button(
        frame.say("partners.sheet"),
        audited.file(frame.say("partner_sheet.title"), 1, make),
        file_name=f"synergiakartta-kuljetusmatka-{'-'.join(map(str, row.pair))}.pdf",
        mime="application/pdf",
        icon=":material/print:",
        type="tertiary",
        on_click="ignore",
        key="distance_sheet",
    )


def _network() -> Network:
    roads = source_ways.engine()
    graph = getattr(roads, "graph", None)
    return Network(getattr(graph, "source", ""), getattr(graph, "date", ""), roads.hash)


def names(decided: pd.DataFrame, own: int, partner: int) -> tuple[str | None, str | None]:
    """Give the names of who offers and who needs, where the pair was taken up: a suggestion may hide them."""
    found = decided[(decided["own_id"] == own) & (decided["partner_id"] == partner)]
    told = pipeline_detail.synergy(source.engine(), int(found.iloc[0]["synergy_id"])) if len(found) else None
    return (told["have_company"], told["want_company"]) if told else (None, None)


def _way(shown: Shown, row: Row) -> Way:
    """Tell both ends, the offer's first: the haul goes from who has it to who needs it."""
    language = frame.language()
    found = partners.facts_of(shown.stamp, shown.subject, pd.DataFrame([dict(row.match)])).to_dict("records")
    known = {int(one["id"]): one for one in cast("list[dict[str, Any]]", found)}
    have, want = (known[one] for one in row.pair)
    sender, receiver = names(shown.decided, int(row.match["own_id"]), row.partner)
    return Way(
        row=row,
        sender=sender or name_of(have) or frame.say("frame.unnamed"),
        sender_place=place_of(have, language),
        receiver=receiver or name_of(want) or frame.say("frame.unnamed"),
        receiver_place=place_of(want, language),
        goods=str(have["title"]),
        waste_code=_spaced(have["ewc_code"]),
        tonnes=moved(row.match),
        demo=bool(have["demo"]) or bool(want["demo"]),
    )


def _spaced(code: object) -> str:
    return " ".join(code[at : at + 2] for at in range(0, len(code), 2)) if isinstance(code, str) else ""
