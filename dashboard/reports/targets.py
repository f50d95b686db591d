"""Targets on the page: one region's in a table to edit, or all regions' beside what they have reached."""

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from config.errors import StaleEdit, SynergiaError
from dashboard import frame, source
from dashboard.forms import undo
from dashboard.frame import language, say
from dashboard.literal import literal
from dashboard.reports import choice, reading
from dashboard.views import report_html, report_targets
from dashboard.views.report_figures import Chosen, Frames
from dashboard.views.report_tables import measure_name, summary
from dashboard.wording import UNKNOWN, number
from data.queries import report_targets as queries
from data.store import targets as store
from data.store.targets import Aim

OPENED, ROUND, SAID, PROBLEM = "targets_opened", "targets_round", "targets_said", "targets_problem"
ROW_PX = 35


@dataclass(frozen=True)
class Opened:
    """Hold the table that is edited, as it was opened, and the versions that it was read with."""

    place: str
    base: dict[str, report_targets.Read]
    table: pd.DataFrame


def draw(title: DeltaGenerator) -> None:
    """Draw the part."""
    with title:
        frame.title_row(say("title.reports"))
    chosen = choice.choose(ahead=True)
    frames = reading.frames(chosen.year)
    frame.sentence(report_targets.sentence(frames, chosen, language()))
    if said := st.session_state.pop(SAID, ""):
        st.success(literal(said), icon=":material/check:")
    if not chosen.region:
        _all(frames, chosen)
    elif reading.may_write(chosen.region):
        _edit(frames, chosen)
    else:
        colour = frame.colours().amount[4]
        st.html(report_html.progress(summary(frames, chosen, language()), language(), colour))


def _all(frames: Frames, chosen: Chosen) -> None:
    sheet = report_targets.matrix(frames, chosen.year, language())
    if len(sheet.columns) > 1:
        st.html(report_html.table(sheet, language()))
        frame.note(sheet.note)
    frame.note(say("targets.choose_region"))


def _edit(frames: Frames, chosen: Chosen) -> None:
    """Draw the table; what is typed belongs to the versions that were read when it was opened."""
    place = f"{chosen.region}_{chosen.year}"
    opened = st.session_state.get(OPENED)
    if opened is None or opened.place != place:
        base = report_targets.read(frames.targets, chosen.region)
        # Kept as it was opened: were its figures renewed while somebody types, the editor would forget what was typed.
        opened = Opened(place, base, report_targets.editor(frames, chosen, base, language()))
        st.session_state[OPENED] = opened
        st.session_state.pop(PROBLEM, None)
    left, right = st.columns((53, 47), gap="large")
    with left:
        buttons = st.container(horizontal=True, vertical_alignment="center")
        edited = _editor(opened)
        mine = report_targets.aims(edited, opened.base, chosen)
        with buttons:
            if st.button(say("form.save"), type="primary", disabled=not mine, key="targets_save"):
                _save(mine, chosen)
            frame.note(say("targets.unsaved", count=len(mine)) if mine else say("targets.how"))
    with right:
        _problem(mine, chosen, opened)
        sheet = report_targets.aimed(summary(frames, chosen, language()))
        st.html(report_html.progress(sheet, language(), frame.colours().amount[4]))


def _editor(opened: Opened) -> pd.DataFrame:
    return st.data_editor(
        opened.table,
        hide_index=True,
        height=ROW_PX * (len(opened.table) + 1) + 2,
        row_height=ROW_PX,
        placeholder=UNKNOWN,
        disabled=["name", "figure"],
        column_order=["name", "figure", "target"],
        column_config={
            "name": st.column_config.TextColumn(say("report.col_measure"), width="large"),
            "figure": st.column_config.NumberColumn(say("report.col_figure"), format="localized"),
            "target": st.column_config.NumberColumn(
                say("report.col_target"), min_value=0, max_value=store.AMOUNT_MAX, format="localized"
            ),
        },
        key=f"targets_{opened.place}_{st.session_state.get(ROUND, 0)}",
    )


def _save(mine: list[Aim], chosen: Chosen) -> None:
    try:
        count = store.save(source.engine(), frame.user(), mine)
    except SynergiaError as problem:
        st.session_state[PROBLEM] = problem
        return
    st.session_state[SAID] = say("targets.saved", count=number(count, language()), year=chosen.year)
    _reload()
    st.rerun()


def _reload() -> None:
    source.refresh()
    for key in (OPENED, PROBLEM):
        st.session_state.pop(key, None)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _problem(mine: list[Aim], chosen: Chosen, opened: Opened) -> None:
    """Say why nothing was saved; where somebody was first, show both figures and the two ways to go on."""
    problem = st.session_state.get(PROBLEM)
    if problem is None:
        return
    st.error(literal(undo.refusal(problem)), icon=":material/error:")
    if not isinstance(problem, StaleEdit):
        return
    newest = report_targets.read(queries.targets(source.engine(), chosen.year), chosen.region)
    st.html(_both(report_targets.clashes(mine, opened.base, newest)))
    with st.container(horizontal=True):
        st.button(say("stale.merge"), type="primary", key="targets_merge", on_click=_merge, args=(mine, opened, newest))
        st.button(say("stale.reload"), type="tertiary", key="targets_reload", on_click=_reload)


def _merge(mine: list[Aim], opened: Opened, newest: dict[str, report_targets.Read]) -> None:
    """Open the newest figures with one's own typed over them, still to be saved."""
    _reload()
    st.session_state[OPENED] = Opened(opened.place, newest, report_targets.merged(opened.table, newest, mine))


def _both(found: list[report_targets.Clash]) -> str:
    heads = ("report.col_measure", "targets.theirs", "targets.mine")
    head = "".join(f"<th>{escape(say(key))}</th>" for key in heads)
    rows = "".join(
        f"<tr><td>{escape(measure_name(one.measure, language()))}</td>"
        f"<td>{number(one.theirs, language())}</td><td>{number(one.mine, language())}</td></tr>"
        for one in found
    )
    return f'<table class="report"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
