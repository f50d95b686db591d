"""What the part of missing processors reads and reckons, once for each state of the data and each plan."""

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic, sleep

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import source
from dashboard import source_partners as partners
from dashboard.ecosystems import materials, network
from dashboard.ecosystems.choice import Choice
from dashboard.frame import say
from dashboard.views.ecosystem_missing import Where, places, yards
from data.queries import network as queries
from geo import distance
from geo.distance import Piece
from matching import missing
from matching.index import MatchIndex
from matching.missing_sites import TIME_LIMIT_S, Plan, Proposal, propose
from matching.pairs import POINT

WAYS_MOST = 80
MUNICIPALITIES, SITES = "municipalities", "sites"
AMONG = (MUNICIPALITIES, SITES)
YARDS_MOST = 1_000
REMEMBERED = 64
QUIET_S, STEP_S = 0.8, 0.25  # nothing is shown of what is done at once
STOPPED = "missing_stopped"
Key = tuple[str, Choice, str, str, Plan]  # the stamp, the choice, the material, what the candidates are, the plan


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


def candidates(stamp: str, choice: Choice, among: str) -> list[Where]:
    """List the places that a processor could stand at: municipal centres, or the sites of the region."""
    if among == MUNICIPALITIES:
        return places()
    known = network.sites(stamp)
    known = known[known["region"] == choice.region] if choice.region else known
    return yards(known.head(YARDS_MOST))


@st.cache_resource(show_spinner=False)
def _solved() -> "OrderedDict[Key, Future[Proposal]]":
    return OrderedDict()


@st.cache_resource(show_spinner=False)
def _solver() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="siting")


def proposal(key: Key, left: pd.DataFrame, every: Sequence[Where]) -> Proposal:
    """Propose sites for what is left of a material, and show how far it is; who stops it gets what swapping finds."""
    points = np.array([[place.easting, place.northing] for place in every]).reshape(-1, 2)
    plan = key[-1]
    if st.session_state.get(STOPPED) == key:
        return propose(left, points, network.engine(), plan, time_limit_s=0.0)
    known = _solved()
    if key not in known:
        known[key] = _solver().submit(propose, left, points, network.engine(), plan)
        while len(known) > REMEMBERED:
            known.popitem(last=False)
    _watch(key, known[key])
    return known[key].result()


def _watch(key: Key, running: "Future[Proposal]") -> None:
    """Show how much of its time the search has used, with a button that ends the wait."""
    try:
        running.result(timeout=QUIET_S)
    except TimeoutError:
        since = monotonic()
    else:
        return
    room = st.empty()
    with room.container():
        bar = st.progress(0.0, say("missing.working"))
        st.button(say("missing.stop"), icon=":material/stop:", on_click=_stop, args=(key,))
    while not running.done():
        used = monotonic() - since
        bar.progress(
            min(used / TIME_LIMIT_S, 1.0), say("missing.working_for", seconds=int(used), most=int(TIME_LIMIT_S))
        )
        sleep(STEP_S)
    room.empty()


def _stop(key: Key) -> None:
    st.session_state[STOPPED] = key


@st.cache_data(max_entries=128, show_spinner=False)
def served(stamp: str, material: str, place: tuple[float, float], longest_km: float) -> Served:
    """Find the needs that a processor of a material at a place (TM35FIN metres) would serve."""
    known = index(stamp)
    rows = missing.served(known, material, partners.weights(stamp))
    if not len(rows):
        return Served((), ())
    easting, northing = place
    told = known.take(rows, ["id", *POINT])
    points = told[list(POINT)].to_numpy(float)
    near = np.hypot(points[:, 0] - easting, points[:, 1] - northing) <= 1000.0 * longest_km
    if not near.any():
        return Served((), ())
    km = distance.matrix([[easting, northing]], points[near], network.engine()).km[0]
    found = pd.DataFrame({"id": told["id"].to_numpy()[near], "km": km})
    found = found[found["km"] <= longest_km].sort_values(["km", "id"])
    return Served(tuple(int(one) for one in found["id"]), tuple(float(one) for one in found["km"]))


def ways(proposed: Proposal, left: pd.DataFrame, every: Sequence[Where]) -> list[tuple[Piece, ...]]:
    """Give the roads from the offers to the sites that the plan opens, the largest offers first."""
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
