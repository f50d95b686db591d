"""What the page of nearby partners reads beside its list: exchanges in two steps, loads filled together."""

from itertools import pairwise

import numpy as np
import pandas as pd
import streamlit as st

from config import settings
from config.texts import Language
from dashboard import source
from dashboard import source_partners as partners
from dashboard.source_partners import Found
from dashboard.views.partner_subject import IDEA_ID, Subject
from dashboard.views.partners import Place
from data.queries import distances
from geo import distance, vehicles
from geo.distance import DistanceEngine, Piece
from matching import chains as two_steps
from matching import pooled
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.rounds import Pool

FOUND = 10  # the page's limit of distance leaves out some, and what pays comes first
WANTS = 3  # needs that a round is sought to
OWN = 12  # of a company's resources: each is sought by itself


def chains(stamp: str, subject: Subject, language: Language) -> pd.DataFrame:
    """Give the chains around a subject, best first; of a company those of all that it has and needs, each once."""
    if subject.idea is not None:
        return _chains_of_idea(stamp, subject, language)
    found = [one for one in (_chains(stamp, own) for own in subject.own[:OWN]) if len(one)]
    if not found:
        return pd.DataFrame()
    every = pd.concat(found, ignore_index=True).sort_values("score", ascending=False, kind="stable")
    return every.drop_duplicates(["have_id", "processor_id", "want_id"]).head(FOUND)


def pools(stamp: str, subject: Subject, vehicle: str, language: Language) -> list[Pool]:
    """Give the rounds that end at a need of a subject, or pass an offer of it, each once; what saves most first."""
    if subject.idea is not None:
        return _pools_of_idea(stamp, subject, vehicle, language)
    every = {
        (tuple(stop.id for stop in pool.stops), pool.want_id): pool
        for own in subject.own[:OWN]
        for pool in _pools(stamp, own, vehicle)
    }
    return sorted(every.values(), key=lambda pool: -pool.saving_eur)[:FOUND]


@st.cache_data(show_spinner=False, max_entries=500)
def _chains(stamp: str, resource_id: int) -> pd.DataFrame:
    return two_steps.find(partners.index(stamp), resource_id, _hauls(), partners.weights(stamp), top=FOUND)


@st.cache_data(show_spinner=False, max_entries=50)
def _chains_of_idea(stamp: str, subject: Subject, language: Language) -> pd.DataFrame:
    index = partners.index_of(stamp, subject, language)
    return two_steps.find(index, IDEA_ID, _hauls(), partners.weights(stamp), top=FOUND)


@st.cache_data(show_spinner=False, max_entries=500)
def _pools(stamp: str, resource_id: int, vehicle: str) -> list[Pool]:
    return _rounds(partners.index(stamp), resource_id, partners.found(stamp, resource_id), vehicle)


@st.cache_data(show_spinner=False, max_entries=50)
def _pools_of_idea(stamp: str, subject: Subject, vehicle: str, language: Language) -> list[Pool]:
    index = partners.index_of(stamp, subject, language)
    return _rounds(index, IDEA_ID, partners.ranked(stamp, subject, language), vehicle)


def _rounds(index: MatchIndex, resource_id: int, found: Found, vehicle: str) -> list[Pool]:
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
