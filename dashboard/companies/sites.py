"""A company's sites as rows."""

from html import escape

import pandas as pd
import streamlit as st

from dashboard import filters, forms, frame, wording
from dashboard.forms import site as form
from dashboard.literal import literal
from dashboard.views import companies as view
from dashboard.views.records import Record, records
from data.store import edit
from geo import regions


def draw(organisation_id: int, own: pd.DataFrame) -> None:
    """Draw the rows, or say what to do where there are none."""
    if own.empty:
        frame.empty(frame.say("company.no_sites"), frame.say("company.no_sites_hint"))
        return
    chosen = filters.chosen("site")
    with st.container(key="rows"):
        for row in records(own):
            _row(organisation_id, row, opened=str(row["id"]) == chosen)


def _row(organisation_id: int, row: Record, *, opened: bool) -> None:
    with st.container(key=f"row_site_{row['id']}"):
        st.button(
            literal(str(row["name"]).strip() or wording.UNKNOWN),
            type="tertiary",
            icon=":material/location_on:",
            key=f"site_{row['id']}",
            on_click=filters.choose,
            args=("site", None if opened else str(row["id"])),
        )
        st.html(f'<p class="small">{escape(_line(row))}</p>')
        if opened:
            _actions(organisation_id, row)


def _line(row: Record) -> str:
    language = frame.language()
    post = " ".join(part for part in (row["postal_code"], row["postal_place"]) if part)
    resources = wording.counted(int(row["resources"]), "resource", language)
    region = regions.load().regions[row["region_code"]].name(language)
    place = view.where({**row, "name": ""}, regions.load(), language)
    return " · ".join(part for part in (place, region, row["address"], post, resources) if part)


def _actions(organisation_id: int, row: Record) -> None:
    with st.container(horizontal=True, key=f"opened_site_{row['id']}"):
        st.button(
            frame.say("company.edit"),
            icon=":material/edit:",
            key="edit_site",
            on_click=lambda: forms.open_form(
                "site", form.fill(row), edit.Row("site", int(row["id"]), int(row["version"])), parent=organisation_id
            ),
        )
