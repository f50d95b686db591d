"""Do what the button of a finding does: write, merge, or open the form of the row."""

from datetime import datetime
from functools import partial

import streamlit as st

from config.errors import SynergiaError
from dashboard import forms, frame, source
from dashboard.activation import acting
from dashboard.forms import organisation, resource, undo
from dashboard.forms.undo import Done
from dashboard.views.doctor import Finding
from dashboard.views.history import FINLAND
from dashboard.views.records import records
from data.queries import companies
from data.store import edit, merge

MERGED, APART = "doctor_merged", "doctor_apart"


def mend(finding: Finding) -> None:
    """Do it, as the callback of the button."""
    if finding.other is not None:
        _merge(finding)
    elif finding.values:
        acting.done(partial(_write, finding))
    else:
        _open(finding)


def take_back(merge_id: int) -> None:
    """Take a merge back, as the callback of a button."""
    st.session_state.pop(MERGED, None)
    acting.done(partial(merge.undo, source.engine(), acting.user(), merge_id), frame.say("doctor.undone"))


def keep_apart(finding: Finding) -> None:
    """Remember that the two are not the same, as the callback of a button."""
    other, done = finding.other, list[int]()
    if other is None:
        return

    def act() -> None:
        done.append(merge.keep_apart(source.engine(), acting.user(), finding.organisation_id, finding.row, other))

    if acting.done(act, frame.say("doctor.apart", name=finding.where)):
        st.session_state[APART] = done[0]
        st.session_state.pop(MERGED, None)


def ask_again(row_id: int) -> None:
    """Forget that two were told to be different, as the callback of a button."""
    st.session_state.pop(APART, None)
    acting.done(partial(merge.ask_again, source.engine(), acting.user(), row_id), frame.say("doctor.asked_again"))


def _write(finding: Finding) -> None:
    saved = edit.change(source.engine(), acting.user(), finding.row, finding.values)
    name = finding.where.partition(" – ")[0]
    undo.remember(Done("changed", saved.row, name, datetime.now(FINLAND), saved.before))


def _merge(finding: Finding) -> None:
    if finding.other is None:
        return
    how = merge.organisations if finding.row.kind == "organisation" else merge.resources
    done: list[int] = []

    def act() -> None:
        done.append(how(source.engine(), acting.user(), finding.row, finding.other or finding.row).id)

    if acting.done(act, frame.say("doctor.merged", name=finding.where)):
        st.session_state[MERGED] = done[0]
        st.session_state.pop(APART, None)


def _open(finding: Finding) -> None:
    engine = source.engine()
    try:
        if finding.row.kind == "organisation":
            company = companies.company(engine, finding.row.id)
            if company is not None:
                forms.open_form("organisation", organisation.fill(company), finding.row)
            return
        held = records(companies.resources(engine, finding.organisation_id))
        told = next((one for one in held if int(one["id"]) == finding.row.id), None)
        if told is not None:
            row = edit.Row("resource", finding.row.id, int(told["version"]))
            forms.open_form("resource", resource.fill(told, frame.language()), row, parent=finding.organisation_id)
    except SynergiaError as error:
        st.session_state[acting.SAID] = (undo.refusal(error), True)
