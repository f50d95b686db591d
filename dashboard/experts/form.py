"""The form of an expert: who it is, what he or she knows, and where; and the question before a removal."""

from functools import partial

import streamlit as st

from dashboard import frame, source
from dashboard.activation import acting
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.views.records import Record, records
from data.queries import experts as queries
from data.store import experts as write
from data.store.experts import Expert, Version
from geo import regions

OPEN, ASKED = "expert_open", "expert_asked"
FIELDS = ("name", "organisation_id", "email", "competencies", "regions")


def open_form(one: Record | None) -> None:
    """Open the form of an expert, or of a new one; for the callback of a button."""
    close()
    st.session_state[OPEN] = dict(one) if one is not None else {}


def close() -> None:
    """Close the form and forget what was typed."""
    acting.forget(OPEN, ASKED, *(f"expert_{name}" for name in FIELDS))


def draw(named: dict[str, str]) -> None:
    """Draw the form that is open, if one is; `named` are the concepts with their names."""
    one = st.session_state.get(OPEN)
    if one is not None:
        title = say("experts.change_title" if one else "experts.add")
        st.dialog(title, width="medium", on_dismiss=close)(_draw)(one, named)


def _draw(one: Record, named: dict[str, str]) -> None:
    acting.said()
    acting.fill(
        expert_name=str(one.get("name") or ""),
        expert_organisation_id=one.get("organisation_id"),
        expert_email=str(one.get("email") or ""),
        expert_competencies=list(one.get("competencies") or ()),
        expert_regions=list(one.get("regions") or ()),
    )
    st.text_input(say("experts.name"), key="expert_name", max_chars=200, help=say("experts.name_help"))
    own = int(one["organisation_id"]) if one and one["organisation_id"] else None
    houses = {int(each["id"]): str(each["name"]) for each in records(queries.organisations(source.engine()))}
    if own is not None and own not in houses:
        houses[own] = str(one["organisation"] or "")
    st.selectbox(
        say("experts.organisation"),
        list(houses),
        format_func=houses.__getitem__,
        key="expert_organisation_id",
        index=None,
        placeholder=say("experts.no_organisation"),
    )
    st.text_input(say("experts.email"), key="expert_email", max_chars=200)
    known = [*named, *(each for each in st.session_state.get("expert_competencies", []) if each not in named)]
    st.multiselect(
        say("experts.competencies"),
        known,
        format_func=lambda each: named.get(each, each),
        key="expert_competencies",
        placeholder=say("teaching.choose"),
        select_all=False,
        help=say("experts.competencies_help"),
    )
    places = {code: place.name(frame.language()) for code, place in regions.load().regions.items()}
    st.multiselect(
        say("experts.regions"),
        list(places),
        format_func=places.__getitem__,
        key="expert_regions",
        placeholder=say("experts.everywhere"),
        select_all=False,
    )
    _buttons(one)


def _buttons(one: Record) -> None:
    if st.session_state.get(ASKED):
        st.markdown(literal(say("experts.remove_question", name=one["name"], count=one["synergies"])))
    with st.container(horizontal=True):
        if st.button(say("form.save"), type="primary", key="save_expert") and _save(one):
            st.rerun()
        if st.button(say("form.cancel"), type="tertiary", key="cancel_expert"):
            close()
            st.rerun()
        if one and not st.session_state.get(ASKED):
            st.button(say("form.delete"), type="tertiary", icon=":material/delete:", key="ask_expert", on_click=_ask)
        elif one and st.button(say("experts.remove"), key="remove_expert") and _remove(one):
            st.rerun()


def _ask() -> None:
    st.session_state[ASKED] = True


def _save(one: Record) -> bool:
    state = st.session_state
    told = Expert(
        name=acting.text("expert_name"),
        organisation_id=state.get("expert_organisation_id"),
        email=acting.text("expert_email"),
        competencies=tuple(state.get("expert_competencies") or ()),
        regions=tuple(state.get("expert_regions") or ()),
    )
    engine, user = source.engine(), acting.user()
    act = partial(write.add, engine, user, told)
    if one:
        act = partial(write.change, engine, user, Version(int(one["id"]), int(one["version"])), told)
    if not acting.done(act, say("experts.saved", name=told.name.strip())):
        acting.said()
        return False
    close()
    return True


def _remove(one: Record) -> bool:
    row = Version(int(one["id"]), int(one["version"]))
    if not acting.done(partial(write.remove, source.engine(), acting.user(), row)):
        acting.said()
        return False
    close()
    # The removal has counted the version on, and the way back names it.
    st.session_state["expert_removed"] = (str(one["name"]), Version(row.id, row.version + 1))
    return True
