"""The ways and areas that the map of nearby partners draws, by road."""

import numpy as np
import streamlit as st

from config import settings
from dashboard import layers_reach
from dashboard.layers_reach import Reached
from dashboard.views.partner_pick import MOST, Limit
from dashboard.views.partners import View
from geo import distance
from geo.distance import DistanceEngine, Piece
from geo.reach import Around, Reach


def ways(view: View) -> dict[int, tuple[Piece, ...]]:
    """Give the way to each partner that is shown: straight where it is an estimate on land."""
    found: dict[int, tuple[Piece, ...]] = {}
    for row in view.rows:
        start = (row.start.easting_m, row.start.northing_m)
        end = (row.place.easting_m, row.place.northing_m)
        straight = row.estimated and not row.ferry
        found[row.partner] = (Piece(np.array([start, end])),) if straight else way(start, end)
    return found


@st.cache_data(show_spinner=False, max_entries=5_000)
def way(start: tuple[float, float], end: tuple[float, float]) -> tuple[Piece, ...]:
    """Give the way between two places in its pieces."""
    return distance.pieces(start, end, engine())


def engine() -> DistanceEngine:
    """Give the road network of this installation."""
    return distance.default_engine(settings.load())


def reached(view: View) -> tuple[Reached, ...]:
    """Give the areas within the limit and within half of it, the larger first."""
    spot = (view.origin.easting_m, view.origin.northing_m)
    whole = view.limit.amount
    return tuple(_area(*spot, Limit(one, view.limit.unit)) for one in (whole, whole // 2) if one > 0)


@st.cache_data(show_spinner=False, max_entries=2_000)
def _area(easting_m: float, northing_m: float, limit: Limit) -> Reached:
    around, km = _around(easting_m, northing_m, limit.unit), round(limit.most_km)
    return Reached(km, (), ()) if around is None else layers_reach.drawn(around.area(limit.amount), km)


@st.cache_resource(show_spinner=False, max_entries=64)
def _around(easting_m: float, northing_m: float, unit: str) -> Around | None:
    in_km, roads = unit == "km", _reach()
    most = MOST["km" if in_km else "min"]
    return None if roads is None else roads.around((easting_m, northing_m), most, in_km=in_km)


@st.cache_resource(show_spinner=False)
def _reach() -> Reach | None:
    graph = getattr(engine(), "graph", None)  # where only estimates are at hand, nothing is known of roads
    return None if graph is None else Reach(graph)


def warm() -> None:
    """Make ready what all visits share: the roads that areas are reckoned on."""
    _reach()
