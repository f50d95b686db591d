"""The data doctor: what is wrong with the data, where, how it is mended, and one button each."""

from collections.abc import Callable
from datetime import datetime
from html import escape

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from dashboard import coordinating, filters, forms, frame, layers_companies, lines, lists, source, wording
from dashboard.activation import acting
from dashboard.companies import listing, looks
from dashboard.doctor import mending
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.teaching import taxonomy
from dashboard.views import companies as places
from dashboard.views import doctor as view
from dashboard.views.doctor import Desk, Finding
from dashboard.views.history import FINLAND
from data.queries import companies
from data.queries import doctor as queries
from geo import regions

QUESTIONS: dict[str, Callable[[Engine], pd.DataFrame]] = {
    "business_ids": queries.business_ids,
    "wastes": queries.wastes,
    "amounts": queries.amounts,
    "companies_twice": queries.companies_twice,
    "resources_twice": queries.resources_twice,
    "stale": queries.stale,
}
ROWS, MERGES = 12, "merges"


def page() -> None:
    """Draw what was found, one kind at a time, and where it is on the map."""
    if not coordinating.only():
        return
    st.html(looks.sheet(frame.colours()) + lines.sheet(frame.colours()))
    read = Reader()
    found = {kind: read(question) for kind, question in QUESTIONS.items()}
    counts = {kind: view.total(rows) for kind, rows in found.items()}
    columns = frame.two_columns(frame.COLUMNS_IMPORT)
    with columns.words:
        title = st.container()
        forms.notice()
        _told()
        frame.sentence(
            wording.rich(
                "doctor.sentence", frame.language(), count=wording.number(sum(counts.values()), frame.language())
            )
        )
        kind = filters.switch(
            "kind",
            [*QUESTIONS, MERGES],
            lambda one: f"{say('doctor.kind_' + one)} {counts[one]}" if one in counts else say(f"doctor.kind_{one}"),
            name=say("doctor.kind"),
            default=next((one for one in QUESTIONS if counts[one]), "business_ids"),
        )
        shown = _merges() if kind == MERGES else _findings(read, kind, found[kind])
        with title:
            frame.title_row(say("title.doctor"), demo=bool(read(companies.page, shown)["demo"].any()))
    with columns.map:
        _map(read, shown)
    forms.show()


def _told() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        acting.said()
        for kept, back in ((mending.MERGED, mending.take_back), (mending.APART, mending.ask_again)):
            if kept in st.session_state:
                st.button(
                    say("form.undo"),
                    type="tertiary",
                    icon=":material/undo:",
                    key="undo_merge",
                    on_click=back,
                    args=(int(st.session_state[kept]),),
                )


def _findings(read: Reader, kind: str, found: pd.DataFrame) -> tuple[int, ...]:
    total = view.total(found)
    if not total:
        frame.empty(say("doctor.nothing"), say("doctor.nothing_hint"))
        return ()
    if total > len(found):
        frame.note(say("doctor.first", shown=len(found), total=total))
    number = lists.page(len(found), ROWS)
    part = found.iloc[(number - 1) * ROWS : number * ROWS]
    today = datetime.now(FINLAND).date()
    desk = Desk(taxonomy.current(read.stamp), regions.load(), frame.language(), today)
    listed = view.findings(kind, part, desk)
    with st.container(key="lines"):
        for one in listed:
            _row(one)
    lists.pager(len(found), ROWS)
    return tuple(dict.fromkeys(one.organisation_id for one in listed))


def _row(one: Finding) -> None:
    name = f"{one.row.kind}_{one.row.id}_{one.other.id if one.other else 0}"
    with st.container(key=f"line_{name}"):
        left, right = st.columns((4, 1), vertical_alignment="center")
        left.html(
            f'<p class="first">{escape(one.what)}</p><p class="small">{escape(one.where)}</p>'
            f'<p class="small">{escape(one.how)}</p>'
        )
        right.button(literal(one.button), key=f"mend_{name}", on_click=mending.mend, args=(one,), width="stretch")
        if one.other is not None:
            right.button(
                say("doctor.not_same"),
                key=f"apart_{name}",
                type="tertiary",
                on_click=mending.keep_apart,
                args=(one,),
                width="stretch",
            )


def _merges() -> tuple[int, ...]:
    told = view.merged(queries.merges(source.engine()), frame.language())
    if not told:
        frame.empty(say("doctor.no_merges"))
    with st.container(key="lines"):
        for merge_id, words, apart in told:
            with st.container(key=f"line_merge_{merge_id}"):
                left, right = st.columns((4, 1), vertical_alignment="center")
                left.html(f'<p class="first">{escape(words)}</p>')
                right.button(
                    say("doctor.ask_again" if apart else "doctor.take_back"),
                    icon=":material/undo:",
                    key=f"take_back_{merge_id}",
                    on_click=mending.ask_again if apart else mending.take_back,
                    args=(merge_id,),
                )
    return ()


def _map(read: Reader, ids: tuple[int, ...]) -> None:
    spots = places.spots(read(companies.places, ids), regions.load(), frame.language())
    st.pydeck_chart(
        layers_companies.country(spots, frame.colours()),
        height="stretch",
        key="map_doctor",
        alt=say("doctor.map_alt", count=len(spots)),
    )
    if len(spots):
        frame.legend(listing.legend(frame.colours()))
