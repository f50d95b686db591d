"""Organisers on the page: who runs the work in which regions, with whom and until when; and the form for one."""

from datetime import datetime
from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from config.errors import StaleEdit, SynergiaError
from dashboard import frame, source
from dashboard.forms import undo
from dashboard.frame import language, say
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.reports import reading
from dashboard.views import organisers as view
from dashboard.views.history import FINLAND
from data.queries import report_targets as queries
from data.store import organisers as store
from data.store.organisers import Organiser
from data.viewer import Role
from geo import regions

OPENED, SAID = "organiser_opened", "organiser_said"
FIELDS = ("organisation", "regions", "coordinators", "from", "to")


def draw(title: DeltaGenerator) -> None:
    """Draw the part."""
    with title:
        frame.title_row(say("title.reports"))
    found = Reader()(queries.organisers)
    frame.sentence(view.sentence(found, language()))
    if said := st.session_state.pop(SAID, ""):
        st.success(literal(said), icon=":material/check:")
    may_write = reading.role() is Role.NATIONAL
    with st.container(key="organiser_rows", gap=None):
        for row in view.rows(found, datetime.now(FINLAND).date(), language()):
            _row(row, may_write=may_write)
    if without := view.without(found, language()):
        frame.note(say("organiser.without", regions=without))
    if may_write:
        st.button(say("organiser.add"), type="primary", icon=":material/add:", key="organiser_add", on_click=_open)
    if OPENED in st.session_state:
        st.dialog(say("organiser.form"), width="medium", on_dismiss=_close)(_form)()


def _row(row: view.Row, *, may_write: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"organiser_{row.id}"):
        warning = f'<span class="warning">{escape(row.warning)}</span>' if row.warning else ""
        parts = "".join(f"<span>{escape(one)}</span>" for one in (row.regions, row.coordinators, row.contract))
        st.html(f'<p class="organiser"><b>{escape(row.name)}</b>{parts}{warning}</p>', width="stretch")
        if may_write:
            st.button(
                say("organiser.edit"), type="tertiary", key=f"organiser_edit_{row.id}", on_click=_open, args=(row,)
            )


def _open(row: view.Row | None = None) -> None:
    told = row.told if row else {}
    st.session_state[OPENED] = {"id": told.get("id"), "version": told.get("version"), "name": row.name if row else ""}
    _fill(told)


def _fill(told: Any) -> None:  # noqa: ANN401 - a row as it was read
    values = {
        "organisation": told.get("organisation_id"),
        "regions": list(told.get("regions") or []),
        "coordinators": "\n".join(told.get("coordinators") or []),
        "from": told.get("contract_from"),
        "to": told.get("contract_to"),
    }
    st.session_state.update({f"organiser_field_{name}": values[name] for name in FIELDS})


def _close() -> None:
    for key in (OPENED, "organiser_problem"):
        st.session_state.pop(key, None)


def _form() -> None:
    opened = st.session_state[OPENED]
    _fields(opened)
    with st.container(horizontal=True):
        if st.button(say("form.save"), type="primary", key="organiser_save"):
            _save(opened)
        if st.button(say("form.cancel"), type="tertiary", key="organiser_cancel"):
            _close()
            st.rerun()
        if opened["id"] is not None and st.button(say("organiser.remove"), type="tertiary", key="organiser_remove"):
            _try(opened, "organiser.removed", remove=True)
    problem = st.session_state.get("organiser_problem")
    if problem is not None:
        st.error(literal(undo.refusal(problem)), icon=":material/error:")
        if isinstance(problem, StaleEdit):
            st.button(say("stale.reload"), key="organiser_reload", on_click=_renew, args=(opened["id"],))


def _fields(opened: dict[str, Any]) -> None:
    names = _names(opened)
    st.selectbox(
        say("organiser.organisation"),
        list(names),
        index=None,
        format_func=lambda one: names.get(one, str(one)),
        placeholder=say("form_help.choose"),
        key="organiser_field_organisation",
    )
    places = {code: place.name(language()) for code, place in regions.load().regions.items()}
    st.multiselect(
        say("organiser.regions"),
        sorted(places, key=places.__getitem__),
        format_func=places.__getitem__,
        placeholder=say("form_help.choose"),
        select_all=False,
        key="organiser_field_regions",
    )
    st.text_area(
        say("organiser.coordinators"), help=say("organiser.coordinators_help"), key="organiser_field_coordinators"
    )
    left, right = st.columns(2)
    left.date_input(say("organiser.from"), value=None, format="DD.MM.YYYY", key="organiser_field_from")
    right.date_input(say("organiser.to"), value=None, format="DD.MM.YYYY", key="organiser_field_to")


def _names(opened: dict[str, Any]) -> dict[int, str]:
    found = Reader()(queries.choices, "", 2_000)
    names = {int(one): str(name) for one, name in zip(found["id"], found["name"], strict=True) if name}
    chosen = st.session_state.get("organiser_field_organisation")
    return names if chosen is None or chosen in names else {int(chosen): opened["name"], **names}


def _save(opened: dict[str, Any]) -> None:
    if st.session_state["organiser_field_organisation"] is None:
        st.session_state["organiser_problem"] = SynergiaError("organiser.no_organisation")
        return
    _try(opened, "organiser.saved")


def _try(opened: dict[str, Any], said: str, *, remove: bool = False) -> None:
    try:
        if remove:
            store.remove(source.engine(), frame.user(), opened["id"], opened["version"])
        else:
            store.save(source.engine(), frame.user(), _told(opened))
    except SynergiaError as problem:
        st.session_state["organiser_problem"] = problem
        return
    source.refresh()
    st.session_state[SAID] = say(said)
    _close()
    st.rerun()


def _told(opened: dict[str, Any]) -> Organiser:
    typed = {name: st.session_state[f"organiser_field_{name}"] for name in FIELDS}
    return Organiser(
        organisation_id=int(typed["organisation"]),
        regions=typed["regions"],
        coordinators=str(typed["coordinators"] or "").splitlines(),
        contract_from=typed["from"],
        contract_to=typed["to"],
        id=opened["id"],
        version=opened["version"],
    )


def _renew(row_id: int) -> None:
    """Fill the form with what is saved now."""
    rows = view.rows(queries.organisers(source.engine()), datetime.now(FINLAND).date(), language())
    row = next((one for one in rows if one.id == row_id), None)
    _close()
    if row is not None:
        _open(row)
