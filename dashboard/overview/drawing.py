"""The map of the overview and its legend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
import pydeck as pdk
import streamlit as st

from config.texts import Language
from dashboard import flows, frame, layers, legends, palette
from dashboard.frame import say
from dashboard.overview import search, selection
from dashboard.overview.search import Found
from dashboard.palette import Palette, Theme
from dashboard.views.overview import View
from dashboard.views.overview_counts import Chosen, spots
from dashboard.views.overview_sites import types_shown
from dashboard.wording import hundreds
from data.model import ResourceType, Rollup
from geo import regions

Dots = str | Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class Sites:
    """Hold the sites on the map: rows or the address that gives them, the types among them, and their number."""

    dots: Dots
    types: Sequence[ResourceType]
    count: int
    any_rings: bool


class Look(NamedTuple):
    """Hold what changes a map but not its figures."""

    language: Language
    theme: Theme
    flow: str
    found: Found | None


def sites_of(rows: pd.DataFrame, dots: Dots, count: int) -> Sites:
    """Sum up what the legend tells of the sites."""
    return Sites(dots, types_shown(rows), count, bool(rows["municipality_only"].any()) if len(rows) else False)


def draw(stamp: str, view: View | None, chosen: Chosen, sites: Sites | None, found: Found | None) -> str:
    """Draw the map and give its legend; without a view the country in the colour of land and no legend."""
    colours = frame.colours()
    look = Look(frame.language(), colours.theme, st.query_params.get(selection.FLOW, ""), found)
    deck, html = _drawn(stamp, chosen, look, view, sites)
    title = legend_title(chosen)
    count = 0 if view is None else len(view.areas)
    st.pydeck_chart(
        deck,
        height="stretch",
        key=selection.MAP,
        on_select=selection.map_clicked,
        alt=say("overview.alt", title=title, count=count),
    )
    frame.attribution(say("overview.source_line"))
    if html:
        frame.legend(html)
    return html


# The stamp tells of which data the view and the sites are: they are too large to be compared themselves.
@st.cache_resource(max_entries=64, show_spinner=False)
def _drawn(
    stamp: str,  # noqa: ARG001 - a part of the cache's key
    chosen: Chosen,
    look: Look,
    _view: View | None,
    _sites: Sites | None,
) -> tuple[layers.Deck, str]:
    colours = palette.of(look.theme)
    drawn = [] if _view is None else _layers(_view, chosen, _sites, colours, look.flow)
    if look.found is not None:
        drawn.append(layers.ring(look.found.lon, look.found.lat, colours))
    if _view is not None and "names" in chosen.layers:
        drawn += layers.labels(_names(look.language), colours)
    html = "" if _view is None else _legend(_view, chosen, _sites, colours, look.language)
    return layers.deck(drawn, colours, _camera(look.found)), html


def legend_title(chosen: Chosen) -> str:
    """Name what the areas' colours tell, with its unit."""
    if chosen.measure == "benefits":
        return say(f"overview.legend_{chosen.benefit}")
    if chosen.measure == "resources" and chosen.amount == "tonnes":
        return say(f"overview.metric_{'want' if chosen.direction == 'want' else 'have'}")
    return say(f"overview.legend_{chosen.measure}")


def _camera(found: Found | None) -> dict[str, float]:
    if found is None:
        return {}
    zoom = search.ZOOM_SITE if found.kind == "site" else search.ZOOM_MUNICIPALITY
    return {"longitude": found.lon, "latitude": found.lat, "zoom": zoom}


def _layers(view: View, chosen: Chosen, sites: Sites | None, colours: Palette, flow: str) -> list[pdk.Layer]:
    drawn: list[pdk.Layer] = []
    if sites is None:
        drawn += layers.areas(chosen.level, dict(zip(view.areas["code"], view.areas["number"], strict=True)), colours)
    drawn.append(layers.outline("regions", chosen.region, colours))
    if sites is not None:
        drawn += layers.points(sites.dots, colours)
    if "flows" in chosen.layers and len(view.flows):
        there = flow if flow in set(view.flows["code"]) else ""
        drawn += flows.layers(view.flows, colours, chosen=there, grey=sites is not None)
    if sites is None:
        size = 3 if chosen.level == "regions" else 0
        drawn += layers.dots(view.areas, colours, name=f"pick-{chosen.level}-{chosen.region}", radius_px=size)
    return drawn


def _names(language: Language) -> pd.DataFrame:
    table = spots(regions.load(), "regions")
    return table.assign(name=table[language])[["code", "lon", "lat", "name"]]


def _legend(view: View, chosen: Chosen, sites: Sites | None, colours: Palette, language: Language) -> str:
    parts = []
    if sites is None:
        title, breaks = legends.scaled(legend_title(chosen), view.breaks, language)
        parts += [legends.title(title), legends.scale(colours.amount, breaks, language)]
        if view.areas["few"].any():
            parts.append(legends.thin(say("overview.legend_few")))
    else:
        parts.append(legends.title(say("overview.legend_sites")))
        parts += [legends.dot(colours.types[one], say(f"type.{one}")) for one in sites.types]
        if sites.any_rings:
            parts.append(legends.ring(colours.other, say("overview.legend_municipality_only"), colours))
    if "flows" in chosen.layers and len(view.flows):
        parts += _flows_explained(view, colours, language, grey=sites is not None)
    return "".join(parts)


def _flows_explained(view: View, colours: Palette, language: Language, *, grey: bool) -> list[str]:
    there = set(view.flows["rollup"])
    lines = [
        legends.line(colours.rollup[one], height, say(f"rollup.{one}"))
        for one, height in zip(Rollup, (2, 4, 6), strict=True)
        if str(one) in there and not grey
    ]
    low, high = (hundreds(float(end), language) for end in (view.flows["tonnes"].min(), view.flows["tonnes"].max()))
    width = legends.thin(say("overview.legend_width", low=low, high=high))
    return [legends.title(say("overview.legend_flows")), *lines, width]
