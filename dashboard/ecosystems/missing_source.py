"""What the part of missing processors reads and reckons, once for each state of the data and each plan."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import source
from dashboard import source_partners as partners
from dashboard.ecosystems import materials, network
from dashboard.ecosystems.choice import Choice
from dashboard.views.ecosystem_missing import places
from data.queries import network as queries
from geo import distance
from geo.distance import Piece
from matching import missing
from matching.index import MatchIndex
from matching.missing_sites import Plan, Proposal, propose
from matching.pairs import POINT

WAYS_MOST = 80


@dataclass(frozen=True)
class Served:
    """Hold the needs that a site would serve within its reach: ids of resources and their km, nearest first."""

    ids: tuple[int, ...]
    km: tuple[float, ...]


def index(stamp: str) -> MatchIndex:
    """Give the index of what the one who asks may see."""
    return partners.index(stamp)


@st.cache_resource(max_entries=8, show_spinner=False)
def _offers(stamp: str, region: str) -> pd.DataFrame:
    """Give the offers of a region with the way to the nearest who takes them; `region` empty: of the country."""
    known = index(stamp)
    topics = queries.topics(source.engine()).set_index("resource_id")["concept"]
    offered = missing.offers(known, topics)
    offered = offered[offered["region_code"] == region] if region else offered
    offered = offered.reset_index(drop=True)
    found = missing.takers(known, sorted(offered["material"].unique()), partners.weights(stamp))
    return offered.assign(nearest_km=missing.nearest_km(known, offered, found, network.hauls()))


def offers(stamp: str, choice: Choice) -> pd.DataFrame:
    """Give the offers of a choice."""
    found = _offers(stamp, choice.region)
    kept = found["type"].isin(choice.types or missing.GOODS)
    if choice.concept:
        kept &= found["material"].isin(materials.tree().within(choice.concept))
    return found[kept].reset_index(drop=True)


@st.cache_resource(max_entries=64, show_spinner=False)
def proposal(stamp: str, choice: Choice, material: str, plan: Plan, _left: pd.DataFrame) -> Proposal:  # noqa: ARG001 - the key of the cache
    """Propose sites for what is left of a material."""
    points = np.array([[place.easting, place.northing] for place in places()])
    return propose(_left, points, network.engine(), plan)


@st.cache_data(max_entries=128, show_spinner=False)
def served(stamp: str, material: str, place: int, longest_km: float) -> Served:
    """Find the needs that a processor of a material at a place would serve."""
    known = index(stamp)
    rows = missing.served(known, material, partners.weights(stamp))
    if not len(rows):
        return Served((), ())
    at = places()[place]
    told = known.take(rows, ["id", *POINT])
    points = told[list(POINT)].to_numpy(float)
    near = np.hypot(points[:, 0] - at.easting, points[:, 1] - at.northing) <= 1000.0 * longest_km
    if not near.any():
        return Served((), ())
    km = distance.matrix([[at.easting, at.northing]], points[near], network.engine()).km[0]
    found = pd.DataFrame({"id": told["id"].to_numpy()[near], "km": km})
    found = found[found["km"] <= longest_km].sort_values(["km", "id"])
    return Served(tuple(int(one) for one in found["id"]), tuple(float(one) for one in found["km"]))


def ways(proposed: Proposal, left: pd.DataFrame) -> list[tuple[Piece, ...]]:
    """Give the roads from the offers to the sites that the plan opens, the largest offers first."""
    every = places()
    found = [
        (float(share) * float(np.nan_to_num(left["tonnes"].iloc[at])), int(at), site.place)
        for site in proposed.sites
        if site.chosen
        for at, share in zip(site.offers, site.share, strict=True)
    ]
    points = left[list(POINT)].to_numpy(float)
    largest = sorted(found, key=lambda one: (-one[0], one[1]))[:WAYS_MOST]
    return [_way(tuple(points[at]), (every[place].easting, every[place].northing)) for _, at, place in largest]


@st.cache_data(max_entries=2_000, show_spinner=False)
def _way(start: tuple[float, float], end: tuple[float, float]) -> tuple[Piece, ...]:
    return distance.pieces(start, end, network.engine())
