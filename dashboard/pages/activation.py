"""Activation: how far companies have come, what was said with them and what is to be remembered, who is silent."""

import streamlit as st

from dashboard import coordinating, filters, forms, frame, lines, lists, old_links, source
from dashboard.activation import listing, reminders, silent
from dashboard.activation.acting import say
from dashboard.companies import looks
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.views import activation as view
from data.queries import activation as queries
from data.queries.activation import Sought
from geo import regions

PARTS = {"companies": listing.draw, "reminders": reminders.draw, "silent": silent.draw}
DEFAULTS: dict[str, filters.Value] = {"q": "", "region": ""}


def page() -> None:
    """Draw the map of the silent municipalities, and beside it one part at a time."""
    if not coordinating.only():
        return
    st.html(looks.sheet(frame.colours()) + lines.sheet(frame.colours()))
    read = Reader()
    columns = frame.two_columns()
    with columns.words:
        title = st.container()
        forms.notice()
        head = st.container()
        sought = _filters()
        told = view.counts(read(queries.statuses, Sought(region=sought.region)))
        late = int((queries.reminders(source.engine(), Sought(region=sought.region))["late"] >= 0).sum())
        with title:
            frame.title_row(frame.say("title.activation"), demo=bool(read(queries.chosen, sought)["demo"].any()))
        with head:
            region = regions.load().regions.get(sought.region)
            named = region.name(frame.language()) if region else ""
            frame.sentence(view.sentence(told, late, named, frame.language()))
        part = filters.switch(
            "part", list(PARTS), lambda one: say(f"part_{one}"), name=say("part"), default=next(iter(PARTS))
        )
        PARTS[part](read, sought)
    with columns.map:
        silent.place(read, sought.region)
    forms.show()


def _filters() -> Sought:
    left, right = st.columns((3, 2), vertical_alignment="bottom")
    search = left.text_input(
        say("search"), key="q", icon=":material/search:", max_chars=200, bind="query-params", on_change=lists.first_page
    )
    return Sought("", lists.region(right), _place(), search or "")


def _place() -> str:
    code = filters.chosen(silent.PLACE) or ""
    known = regions.load().municipalities.get(code)
    if known is None:
        old_links.note(silent.PLACE, [code] if code else [])
        return ""
    name = known.name(frame.language())
    st.button(
        literal(say("only_place", place=name)),
        icon=":material/close:",
        key="no_place",
        on_click=silent.choose,
        args=(code,),
    )
    return code
