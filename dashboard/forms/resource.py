"""The form of a resource."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from config.texts import LANGUAGES, Language
from dashboard import amounts, frame
from dashboard.forms.fields import Fields
from dashboard.forms.sheet import Raw
from dashboard.reading import Reader
from dashboard.views.records import Record, records
from data.importers.codes import unit_codes
from data.importers.ewc import written
from data.importers.numbers import as_text
from data.model import Channel, Continuity, Direction, ResourceType, Visibility
from data.queries import companies
from matching import concepts

MONTHS = tuple(range(1, 13))


def fill(resource: Record | None, language: Language, site_id: int | None = None) -> Raw:
    """Give what the fields hold for a resource, or for a new one at a site."""
    blank: dict[str, object] = {
        "direction": Direction.HAVE.value,
        "type": ResourceType.MATERIAL.value,
        "site_id": site_id,
        "title": "",
        "description": "",
        "language": language,
        "concepts": [],
        "ewc_code": None,
        "hazardous": None,
        "quantity": "",
        "unit": None,
        "density": "",
        "continuity": Continuity.CONTINUOUS.value,
        "available_from": None,
        "available_to": None,
        "season_months": [],
        "visibility": Visibility.NETWORK.value,
        "expires_on": None,
    }
    if resource is None:
        return {**blank, "channel": Channel.VISIT.value, "source_document": "", "source_date": None}
    same = {
        name: _none(resource[name]) for name in blank if name not in {"quantity", "density", "ewc_code", "hazardous"}
    }
    return {
        **blank,
        **same,
        "concepts": list(resource["concepts"] or ()),
        "season_months": list(resource["season_months"] or ()),
        "ewc_code": written(resource["ewc_code"]) if resource["ewc_code"] else None,
        "hazardous": "yes" if resource["hazardous"] else "no",
        "quantity": _quantity(resource),
    }


def draw(fields: Fields, sites: Mapping[int, str]) -> None:
    """Draw the fields."""
    fields.switch("direction", [one.value for one in Direction], lambda one: frame.say(f"direction.{one}"))
    left, right = st.columns(2)
    with left:
        fields.select("type", [one.value for one in ResourceType], lambda one: frame.say(f"type.{one}"), needed=True)
    with right:
        fields.select("site_id", list(sites), lambda one: sites.get(one, ""), needed=True)
    fields.text("title", required=True)
    _amount(fields)
    table = concepts.load().concepts
    names = {one.id: one.name(frame.language()) for one in table.values() if not one.stop and one.kind != "property"}
    fields.many("concepts", sorted(names, key=lambda one: names[one]), lambda one: names.get(one, one))
    if fields.raw.get("type") == ResourceType.WASTE.value or fields.raw.get("ewc_code"):
        _waste(fields)
    fields.text("description", area=True)
    with st.expander(frame.say("form_help.more")):
        _more(fields)


def _amount(fields: Fields) -> None:
    language = frame.language()
    left, middle, right = st.columns((2, 1, 2))
    with left:
        fields.text("quantity")
    with middle:
        fields.select("unit", list(unit_codes()), lambda code: amounts.unit(code, language, flow=False))
    with right:
        fields.switch("continuity", [one.value for one in Continuity], lambda one: frame.say(f"continuity.{one}"))
    rules = {fault.rule for fault in fields.faults.get("quantity", ())}
    volume = unit_codes().get(str(fields.raw.get("unit") or ""))
    if (volume and volume.dimension == "volume") or rules & {"import.unit_needs_density", "import.density_typical"}:
        fields.text("density")


def _waste(fields: Fields) -> None:
    language = frame.language()
    names = {written(row["code"]): f"{written(row['code'])} {row[language]}" for row in records(_wastes())}
    left, right = st.columns((2, 1))
    with left:
        fields.select("ewc_code", list(names), lambda code: names.get(code, str(code)), new=True)
    with right:
        fields.select("hazardous", ["yes", "no"], lambda one: frame.say(f"company.{one}"))


def _wastes() -> pd.DataFrame:
    return Reader()(companies.wastes)


def _more(fields: Fields) -> None:
    left, right = st.columns(2)
    with left:
        fields.day("available_from")
        fields.select(
            "visibility", [one.value for one in Visibility], lambda one: frame.say(f"visibility.{one}"), needed=True
        )
    with right:
        fields.day("available_to")
        fields.day("expires_on")
    fields.many("season_months", MONTHS, lambda month: frame.say(f"month.m{month}"))
    fields.select("language", LANGUAGES, lambda one: frame.say(f"language.{one}"), needed=True)
    if "channel" in fields.raw:
        fields.select("channel", [one.value for one in Channel], lambda one: frame.say(f"channel.{one}"), needed=True)
        fields.text("source_document")
        fields.day("source_date")


def _none(value: Any) -> Any:  # noqa: ANN401 - any column of the frame
    return None if not isinstance(value, list) and pd.isna(value) else value


def _quantity(resource: Record) -> str:
    low, high = resource["quantity_low"], resource["quantity_high"]
    if pd.isna(low) or pd.isna(high):
        return ""
    return "–".join(dict.fromkeys((plainly(low), plainly(high))))


def plainly(number: float) -> str:
    """Write a number so that it is read in one way only: 1,234 could be a thousand."""
    told = as_text(number)
    return f"{told}0" if re.fullmatch(r"\d{1,3},\d{3}", told) else told
