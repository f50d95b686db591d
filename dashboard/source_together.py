"""What the page of nearby partners reads beside its list: exchanges in two steps, loads filled together."""

from itertools import pairwise

import numpy as np
import pandas as pd
import streamlit as st

from config import settings
from dashboard import source
from dashboard import source_partners as partners
from dashboard.views.partners import Place
from data.queries import distances
from geo import distance, vehicles
from geo.distance import DistanceEngine, Piece
from matching import chains as two_steps
from matching import pooled
from matching.pairs import Hauls
from matching.rounds import Pool

FOUND = 10  # the page's limit of distance leaves out some, and what pays comes first
WANTS = 3  # needs that a round is sought to


@st.cache_data(show_spinner=False, max_entries=500)
def chains(stamp: str, resource_id: int) -> pd.DataFrame:
    """Give the chains around a resource, best first."""
    return two_steps.find(partners.index(stamp), resource_id, _hauls(), partners.weights(stamp), top=FOUND)


@st.cache_data(show_spinner=False, max_entries=500)
def pools(stamp: str, resource_id: int, vehicle: str) -> list[Pool]:
    """Give the rounds that end at a need, or pass an offer."""
    index, found = partners.index(stamp), partners.found(stamp, resource_id)
    if found.weak:
        return []
    truck, matches = vehicles.load()[vehicle], found.matches
    offered = index.take(np.array([index.position(resource_id)]), ["direction"])["direction"].iloc[0] == "have"
    if not offered:
        return pooled.for_want(index, resource_id, pooled.answering(matches), _hauls(), vehicle=truck, top=FOUND)
    clear = matches.loc[matches["substance"] >= pooled.LEAST_SUBSTANCE, "partner_id"]
    wants = [int(one) for one in clear.head(WANTS)]
    return pooled.for_have(index, resource_id, wants, _hauls(), vehicle=truck, top=FOUND)


def ways(places: tuple[Place, ...]) -> tuple[Piece, ...]:
    """Give the way past some places."""
    spots = [(place.easting_m, place.northing_m) for place in places]
    return tuple(piece for one, other in pairwise(spots) for piece in _way(one, other))


@st.cache_data(show_spinner=False, max_entries=2_000)
def _way(start: tuple[float, float], end: tuple[float, float]) -> tuple[Piece, ...]:
    return distance.pieces(start, end, _engine())


def _hauls() -> Hauls:
    return distances.hauls(source.engine(), _engine())


def _engine() -> DistanceEngine:
    return distance.default_engine(settings.load())
