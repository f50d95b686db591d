"""What the page of nearby partners reads: the match index of the process, ranked matches, ways and areas by road."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from config import settings
from config.texts import Language
from dashboard import kindred, layers_reach, lessons, match_index, precedents, source
from dashboard.layers_reach import Reached
from dashboard.views import partner_choices
from dashboard.views.partners import LIMIT_MAX_KM, View
from data.queries import distances, matching
from data.queries import partners as queries
from data.store import lifecycle
from data.viewer import SYSTEM, viewing
from geo import distance
from geo.distance import DistanceEngine, Piece
from geo.reach import Around, Reach
from matching.explain import Row, explain
from matching.index import MatchIndex
from matching.live import LiveIndex
from matching.pipeline import find_matches
from matching.reasons import Reason
from matching.weights import Weights

CHOICES_MAX = 6_000  # so many the browser searches by itself; beyond it a search in the store narrows them


@st.cache_resource(show_spinner=False)
def _live_index() -> LiveIndex:
    return match_index.live(source.engine(), settings.load(), beside=True)


def index(stamp: str) -> MatchIndex:
    """Give the index as of a stamp of those resources that the one who asks may see.

    It is made once of all that can be matched; so ranking is the same for all, and no list runs dry for what is hidden.
    """
    with viewing(SYSTEM):
        whole = _live_index().current(source.of_all(stamp))
    return _seen(stamp, id(whole), whole)


@st.cache_resource(show_spinner=False, max_entries=16)
def _seen(stamp: str, number: int, _whole: MatchIndex) -> MatchIndex:  # noqa: ARG001 - the key of the cache
    held = _whole.ids
    return _whole.remove(np.setdiff1d(held, matching.live_ids(source.engine()), assume_unique=True).tolist())


@dataclass(frozen=True)
class Found:
    """Hold the scored partners of a resource; `weak`: nothing answers it clearly, so these are the nearest of its type.

    `precedents` counts completed synergies like each, `experience` is that count in 0..1.
    """

    matches: pd.DataFrame
    weak: bool


@st.cache_data(show_spinner=False, max_entries=500)
def found(stamp: str, resource_id: int) -> Found:
    """Give all partners of a resource."""
    hauls = distances.hauls(source.engine(), _engine())
    chosen = weights(stamp)
    matches = find_matches(index(stamp), resource_id, hauls, k=None, weights=chosen)
    weak = kindred.weak(matches)
    if weak:
        matches = kindred.nearest(index(stamp), resource_id, hauls, chosen)
    counts = precedents.count(index(stamp), matches, _completed(stamp))
    return Found(matches.assign(precedents=counts, experience=precedents.value(counts)), weak)


@st.cache_data(show_spinner=False, max_entries=5_000)
def explained(stamp: str, have_id: int, want_id: int, _match: Row) -> tuple[Reason, ...]:  # noqa: ARG001 - the cache's key
    """Give the reasons of a match."""
    return explain(index(stamp), _match)


def _engine() -> DistanceEngine:
    return distance.default_engine(settings.load())


@st.cache_resource(show_spinner=False, max_entries=2)
def weights(stamp: str) -> Weights:  # noqa: ARG001 - the key of the cache
    """Give the weights that every ranking uses: what decisions have taught, where that is surely better."""
    with viewing(SYSTEM):
        return lessons.weights(source.engine())


@st.cache_data(show_spinner=False, max_entries=4)
def _completed(stamp: str) -> pd.DataFrame:  # noqa: ARG001 - the key of the cache
    return queries.completed(source.engine())


@st.cache_data(show_spinner=False, max_entries=20)
def choices(stamp: str, search: str, language: Language) -> dict[int, str]:  # noqa: ARG001 - the key of the cache
    """Give the resources to choose from with their labels, at most `CHOICES_MAX`."""
    return partner_choices.labels(queries.choices(source.engine(), search, CHOICES_MAX), language)


def label(stamp: str, resource_id: int, language: Language) -> dict[int, str]:
    """Give one resource with its label; nothing when it is gone."""
    return partner_choices.labels(facts(stamp, (resource_id,)), language)


def too_many(stamp: str) -> bool:
    """Tell whether there are more resources than are listed at once."""
    return len(index(stamp)) > CHOICES_MAX


@st.cache_data(show_spinner=False, max_entries=500)
def facts(stamp: str, ids: tuple[int, ...]) -> pd.DataFrame:  # noqa: ARG001 - the key of the cache
    """Tell what may be shown of some resources."""
    return queries.facts(source.engine(), ids)


@st.cache_data(show_spinner=False, max_entries=500)
def synergies(stamp: str, resource_id: int) -> pd.DataFrame:  # noqa: ARG001 - the key of the cache
    """Tell which pairs somebody has decided on; what has ended since lapses first, in a millisecond."""
    lifecycle.follow(source.engine(), settings.load().language, resource_id)
    return queries.synergies(source.engine(), resource_id)


def ways(view: View) -> dict[int, tuple[Piece, ...]]:
    """Give the way to each partner that is shown: straight where it is an estimate on land."""
    start = (view.origin.easting_m, view.origin.northing_m)
    found: dict[int, tuple[Piece, ...]] = {}
    for row in view.rows:
        end = (row.place.easting_m, row.place.northing_m)
        straight = row.estimated and not row.ferry
        found[row.partner] = (Piece(np.array([start, end])),) if straight else _way(start, end)
    return found


@st.cache_data(show_spinner=False, max_entries=5_000)
def _way(start: tuple[float, float], end: tuple[float, float]) -> tuple[Piece, ...]:
    return distance.pieces(start, end, _engine())


def reached(view: View) -> tuple[Reached, ...]:
    """Give the areas within the limit and within half of it, the larger first."""
    spot = (view.origin.easting_m, view.origin.northing_m)
    return tuple(_area(*spot, km) for km in (view.limit_km, view.limit_km // 2) if km > 0)


@st.cache_data(show_spinner=False, max_entries=2_000)
def _area(easting_m: float, northing_m: float, km: int) -> Reached:
    around = _around(easting_m, northing_m)
    return Reached(km, (), ()) if around is None else layers_reach.drawn(around.area(km), km)


@st.cache_resource(show_spinner=False, max_entries=64)
def _around(easting_m: float, northing_m: float) -> Around | None:
    reach = _reach()
    return None if reach is None else reach.around((easting_m, northing_m), LIMIT_MAX_KM)


@st.cache_resource(show_spinner=False)
def _reach() -> Reach | None:
    graph = getattr(_engine(), "graph", None)  # where only estimates are at hand, nothing is known of roads
    return None if graph is None else Reach(graph)


def warm(stamp: str) -> None:
    """Make ready what all visits share: the index of resources, and the roads that areas are reckoned on."""
    index(stamp)
    _reach()
