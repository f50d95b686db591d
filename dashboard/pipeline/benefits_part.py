"""The benefits of one synergy: what was told, what we estimate, and the form that adds, changes and removes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from config.errors import SynergiaError
from dashboard import frame, source, wording
from dashboard.forms import sheet
from dashboard.forms.undo import refusal
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.pipeline import estimating, figures, moving, undo
from dashboard.views import pipeline_benefits, pipeline_detail
from dashboard.views.records import Record
from data.model import Metric
from data.store import benefits
from data.store.benefits import Figure, Row

OPEN, PREFIX = "figure_form", "figure_"


@dataclass
class Form:
    """Hold an open form for benefits: of a new one, or of the one that is changed."""

    synergy: int
    row: Row | None = None
    metric: Metric | None = None
    tried: bool = False
    said: str = ""


def draw(told: Mapping[str, Any], recorded: Sequence[Record]) -> None:
    """Draw what is recorded, the button that adds, and our estimates."""
    if not recorded:
        frame.note(say("benefit.none"))
    for one in recorded:
        _figure(told, one)
    if moving.allowed():
        st.button(
            say("benefit.record"),
            icon=":material/add:",
            key="add_benefit",
            on_click=_open,
            args=(Form(int(told["id"])),),
        )
    _estimates(told)
    form = st.session_state.get(OPEN)
    if isinstance(form, Form) and form.synergy == told["id"]:
        title = say("benefit.edit_title" if form.row else "benefit.record")
        st.dialog(title, width="medium", on_dismiss=close)(_draw)(form, told)


def _figure(told: Mapping[str, Any], one: Record) -> None:
    language = frame.language()
    recurrence = say(f"benefit.recurrence_{'yearly' if one['yearly'] else 'one_off'}")
    percent = float(one["attribution_percent"])
    share = say("benefit.attributed", share=wording.quantity(percent, "%", language, 0 if percent.is_integer() else 1))
    facts = " · ".join(part for part in (str(one["year"]), recurrence, share, str(one["source"])) if part)
    sure = str(one["basis"])
    basis = f'<span class="basis {sure}">{escape(say(f"benefit_status.{sure}"))}</span>'
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="syn"><p><b>{escape(pipeline_detail.figure(one, language))}</b> {basis}</p>'
            f'<p class="pale">{escape(facts)}</p></div>',
            width="stretch",
        )
        if moving.allowed():
            _buttons(told, one)


def _buttons(told: Mapping[str, Any], one: Record) -> None:
    row = Row(int(one["id"]), int(one["version"]))
    name = say(f"metric.{one['metric']}")
    st.button(
        "",
        icon=":material/edit:",
        type="tertiary",
        key=f"change_benefit_{row.id}",
        help=literal(f"{say('pipeline.edit')}: {name}"),
        on_click=_open,
        args=(Form(int(told["id"]), row, Metric(one["metric"])), one),
    )
    st.button(
        "",
        icon=":material/delete:",
        type="tertiary",
        key=f"remove_benefit_{row.id}",
        help=literal(f"{say('form.delete')}: {name}"),
        on_click=_remove,
        args=(row, name),
    )


def _remove(row: Row, name: str) -> None:
    try:
        benefits.remove(source.engine(), sheet.user(), row)
    except SynergiaError as problem:
        st.session_state[moving.SAID] = problem
        return
    back = partial(benefits.restore, source.engine(), sheet.user(), row.id)
    undo.remember(undo.Figured(say("benefit.removed", metric=name), back))


def _open(form: Form, one: Record | None = None) -> None:
    close()
    st.session_state[OPEN] = form
    if one is None or form.metric is None:
        return
    amount = wording.number(one["amount"], "fi", 0 if float(one["amount"]).is_integer() else 4)
    share = wording.number(one["attribution_percent"], "fi", 0 if float(one["attribution_percent"]).is_integer() else 2)
    told = {"amount": _plainly(amount), "basis": one["basis"], "attribution": share}
    for name, value in told.items():
        st.session_state[f"{PREFIX}{name}_{form.metric}"] = value
    common = {"year": str(one["year"]), "yearly": "yearly" if one["yearly"] else "one_off", "source": one["source"]}
    for name, value in common.items():
        st.session_state[f"{PREFIX}{name}"] = value


def _plainly(number: str) -> str:
    """Write thousands without a sign between, so that the number is read in one way only."""
    return number.replace(wording.SPACE, "")


def close() -> None:
    """Close the form and forget what was typed."""
    for name in [name for name in st.session_state if str(name).startswith(PREFIX)]:
        del st.session_state[name]


def _draw(form: Form, told: Mapping[str, Any]) -> None:
    rows = figures.Fields(PREFIX, estimating.context(told), form.tried, adding=form.row is None)
    typed = rows.draw((form.metric,) if form.metric else figures.usual(str(told["type"])))
    frame.note(say("benefit.never_added"))
    answer = st.container()
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(say("form.cancel"), type="tertiary", key=f"{PREFIX}cancel"):
            close()
            st.rerun()
        if st.button(say("form.save"), type="primary", key=f"{PREFIX}save", on_click=_try, args=(form,)):
            _save(form, typed)
    if form.said:
        with answer:
            st.html(f'<p class="fault" role="alert">{escape(form.said)}</p>')


def _try(form: Form) -> None:
    form.tried, form.said = True, ""


def _save(form: Form, typed: list[Figure] | None) -> None:
    if typed is None or not typed:
        form.said = say("form.mend" if typed is None else "benefit.nothing_typed")
        return
    try:
        done = _write(form, typed)
    except SynergiaError as problem:
        form.said = refusal(problem)
        return
    undo.remember(done)
    close()
    st.rerun()


def _write(form: Form, typed: list[Figure]) -> undo.Figured:
    engine, user = source.engine(), sheet.user()
    if form.row is None:
        added = benefits.add(engine, user, form.synergy, typed)
        return undo.Figured(say("benefit.recorded", count=len(added)), partial(_remove_all, added))
    saved = benefits.change(engine, user, form.row, typed[0])
    name = say(f"metric.{typed[0].metric}")
    back = partial(benefits.change, engine, user, saved.row, saved.before)
    return undo.Figured(say("benefit.changed", metric=name), back)


def _remove_all(rows: Sequence[Row]) -> None:
    for row in rows:
        benefits.remove(source.engine(), sheet.user(), row)


def _estimates(told: Mapping[str, Any]) -> None:
    made = estimating.context(told).estimates
    with st.expander(say("benefit.estimates")):
        frame.note(say("benefit.estimates_note" if made else "benefit.estimates_none"))
        language = frame.language()
        for metric, one in made.items():
            name = wording.capital(say(f"metric.{metric}"))
            amount = pipeline_benefits.amount(one.rounded, language)
            st.html(
                f'<div class="syn"><p>{escape(name)}: <b>≈ {escape(amount)}</b></p>'
                f'<p class="pale">{escape(pipeline_benefits.sources(one, language))}</p></div>'
            )
