"""A draft listing for Materiaalitori from a resource: its rules first, then text to copy and JSON to download."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, cast

import streamlit as st

from dashboard import audited, frame, source
from dashboard.views import listing_draft as view
from dashboard.views.history import FINLAND
from data import viewer
from data.exporters import materiaalitori
from data.exporters.materiaalitori import Source, Wish
from data.queries import listing as queries
from data.viewer import Role
from matching import concepts

DAYS = 90  # that a draft is open unless something else is chosen
WHO = ("other", "company")


def button(resource_id: int, key: str = "listing_draft") -> None:
    """Draw the button that opens the draft of a resource."""
    label = frame.say("listing.title")
    if st.button(label, icon=":material/campaign:", type="tertiary", key=key):
        st.dialog(label, width="large")(_draw)(resource_id)


def _draw(resource_id: int) -> None:
    language, today = frame.language(), datetime.now(FINLAND).date()
    found = cast("list[Mapping[str, Any]]", queries.source(source.engine(), resource_id).to_dict("records"))
    if not found:
        frame.note(frame.say("listing.gone"))
        return
    listed = materiaalitori.in_tonnes(view.source(found[0], _topics(found[0]), language), view.ends(found[0], "tonnes"))
    wish = _wish(today, found[0]["expires_on"])
    rules = materiaalitori.check(listed, wish, today)
    for rule in rules:
        told = st.error if rule.refuses else st.warning
        told(view.say(rule, language), icon=":material/block:" if rule.refuses else ":material/info:")
    if any(rule.refuses for rule in rules):
        return
    st.caption(frame.say("listing.copy"))
    st.code(view.text(listed, wish, language), language=None, wrap_lines=True)
    st.download_button(
        frame.say("listing.json"),
        audited.file(frame.say("listing.title"), 1, partial(_json, listed, wish)),
        file_name=f"materiaalitori-{resource_id}.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="listing_json",
    )
    frame.note(frame.say("listing.note"))


def _wish(today: date, expires: object) -> Wish:
    """Ask who lists it and until when; whoever has signed in for a company lists its own."""
    last = materiaalitori.latest(today)
    until = today + timedelta(days=DAYS)
    if isinstance(expires, date) and today <= expires < until:
        until = expires
    first, second = st.columns(2)
    picked = first.date_input(
        frame.say("listing.expires"),
        until,
        min_value=today,
        max_value=last + timedelta(days=366),
        format="DD.MM.YYYY",
        key="listing_until",
    )
    who = viewer.current()
    own = who is not None and who.role is Role.COMPANY
    by = second.segmented_control(
        frame.say("listing.who"),
        WHO,
        default=WHO[1 if own else 0],
        format_func=frame.labels("listing.who_", WHO),
        key="listing_who",
        required=True,
    )
    return Wish(picked if isinstance(picked, date) else until, by_company=by == "company")


def _topics(row: Mapping[str, Any]) -> tuple[str, ...]:
    known = concepts.load()
    named = known.tags(f"{row['title']}. {row['description']}", str(row["language"]))
    return (*(row["concepts"] if isinstance(row["concepts"], list) else ()), *named)


def _json(listed: Source, wish: Wish) -> bytes:
    return json.dumps([materiaalitori.draft(listed, wish)], ensure_ascii=False, indent=1).encode()
