"""The form of a site."""

import streamlit as st

from dashboard import frame
from dashboard.forms.fields import Fields
from dashboard.forms.sheet import Raw
from dashboard.views.records import Record
from data.model import Precision, SiteVisibility
from geo import regions


def fill(site: Record | None) -> Raw:
    """Give what the fields hold for a site, or for a new one; a place known by its municipality has no coordinates."""
    if site is None:
        return {
            "name": "",
            "address": "",
            "postal_code": "",
            "postal_place": "",
            "municipality": None,
            "coordinates": "",
            "visibility": SiteVisibility.EXACT.value,
        }
    exact = site["precision"] != Precision.MUNICIPALITY.value
    point = f"{site['true_easting_m']:.0f} {site['true_northing_m']:.0f}" if exact else ""
    return {
        "name": site["name"],
        "address": site["address"],
        "postal_code": site["postal_code"] or "",
        "postal_place": site["postal_place"],
        "municipality": site["municipality_code"],
        "coordinates": point,
        "visibility": site["visibility"],
    }


def draw(fields: Fields) -> None:
    """Draw the fields."""
    fields.text("name", required=True)
    fields.text("address")
    left, right = st.columns((1, 2))
    with left:
        fields.text("postal_code")
    with right:
        fields.text("postal_place")
    language = frame.language()
    places = {code: place.name(language) for code, place in regions.load().municipalities.items()}
    fields.select("municipality", sorted(places, key=lambda code: places[code]), lambda code: places.get(code, code))
    fields.text("coordinates", hint="64.2273, 27.7285")
    options = [one.value for one in SiteVisibility]
    fields.switch("visibility", options, lambda one: frame.say(f"site_visibility.{one}"))
