"""What the page of nearby partners reads: the match index of the process, ranked matches, ways along the road."""

from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from config import settings
from config.texts import Language
from dashboard import source
from dashboard.views import partner_choices
from dashboard.views.partners import View
from data.queries import matching as match_queries
from data.queries import partners as queries
from geo import distance, freight
from matching.index import MatchIndex
from matching.live import LiveIndex
from matching.pipeline import find_matches

CHOICES_MAX = 6_000  # so many the browser searches by itself; beyond it a search in the store narrows them


@st.cache_resource(show_spinner=False)
def _live_index() -> LiveIndex:
    engine = source.engine()
    return LiveIndex(partial(match_queries.marks, engine), partial(match_queries.resources, engine))


def index(stamp: str) -> MatchIndex:
    """Give the index of all resources as of a stamp."""
    return _live_index().current(stamp)


@st.cache_data(show_spinner=False, max_entries=500)
def matches(stamp: str, resource_id: int) -> pd.DataFrame:
    """Give all scored partners of a resource, with what the haul costs."""
    hauls = partial(distance.pairs, engine=distance.default_engine(settings.load()))
    found = find_matches(index(stamp), resource_id, hauls, k=None)
    return found.assign(
        eur_per_tonne=freight.eur_per_tonne(found["km"], found["minutes"], ferry_km=found["ferry_km"]),
        co2e_kg_per_tonne=freight.co2e_kg_per_tonne(found["km"], found["ferry_km"]),
    )


@st.cache_data(show_spinner=False, max_entries=20)
def choices(stamp: str, search: str, language: Language) -> dict[int, str]:  # noqa: ARG001 - the key of the cache
    """Give the resources to choose from with their labels, at most `CHOICES_MAX`."""
    return partner_choices.labels(queries.choices(source.engine(), search, CHOICES_MAX), language)


def label(stamp: str, resource_id: int, language: Language) -> dict[int, str]:
    """Give one resource with its label; nothing when it is gone."""
    return partner_choices.labels(facts(stamp, (resource_id,)), language)


def too_many(stamp: str) -> bool:
    """Tell whether there are more resources than are listed at once."""
    return len(index(stamp).resources) > CHOICES_MAX


@st.cache_data(show_spinner=False, max_entries=500)
def facts(stamp: str, ids: tuple[int, ...]) -> pd.DataFrame:  # noqa: ARG001 - the key of the cache
    """Tell what may be shown of some resources."""
    return queries.facts(source.engine(), ids)


@st.cache_data(show_spinner=False, max_entries=500)
def synergies(stamp: str, resource_id: int) -> pd.DataFrame:  # noqa: ARG001 - the key of the cache
    """Tell which pairs somebody has decided on."""
    return queries.synergies(source.engine(), resource_id)


def ways(view: View) -> dict[int, npt.NDArray[np.float64]]:
    """Give the way to each partner that is shown, as (k, 2) TM35FIN points: straight where it is an estimate."""
    start = (view.origin.easting_m, view.origin.northing_m)
    ends = {row.partner: (row, (row.place.easting_m, row.place.northing_m)) for row in view.rows}
    return {
        partner: np.array([start, end]) if row.estimated else _way(start, end) for partner, (row, end) in ends.items()
    }


@st.cache_data(show_spinner=False, max_entries=5_000)
def _way(start: tuple[float, float], end: tuple[float, float]) -> npt.NDArray[np.float64]:
    return distance.route(start, end, distance.default_engine(settings.load()))
