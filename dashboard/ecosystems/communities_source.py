"""What the part of ecosystems reckons: groups by exchanges or by walking, once a choice; a large network shows how far.

Who stops the trial of how firmly the groups hold sees the groups without that figure.
"""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import source
from dashboard.ecosystems import network
from dashboard.ecosystems.choice import Choice
from dashboard.frame import language, say
from dashboard.wording import percent
from data.queries import network as queries
from geo import walk
from matching import ecosystems
from matching.ecosystems import Network, Portrait
from matching.ecosystems.communities import Labels
from matching.ecosystems.network import Floats

SIZES = {"large": 0.3, "largish": 0.5, "medium": ecosystems.MEDIUM, "smallish": 1.5, "small": 4.0}
KM = (25, 50, 75, 100, 150, 200, 300, 500)
PROGRESS_FROM = 20_000  # links
REMEMBERED = 32
STOPPED = "communities_stopped"


@dataclass(frozen=True)
class Setting:
    """Hold what the sliders say."""

    size: str
    longest_km: int


WALK = Setting("walk", KM[-1])
Key = tuple[str, Choice, Setting]  # the stamp, the choice, the setting


@st.cache_resource(show_spinner=False)
def _remembered() -> "OrderedDict[tuple[Key, bool], Portrait]":
    return OrderedDict()


def portrait(key: Key, exchanges: pd.DataFrame, *, watched: bool = True) -> Portrait:
    """Find and describe the groups; not by Streamlit's cache, for a large network shows how far it is."""
    known, stopped = _remembered(), watched and st.session_state.get(STOPPED) == key
    if (key, False) in known:
        return known[key, False]
    if (key, stopped) not in known:
        known[key, stopped] = _walked(key, exchanges) if key[2] == WALK else _found(key, exchanges, watched, stopped)
        while len(known) > REMEMBERED:
            known.popitem(last=False)
    return known[key, stopped]


def untried(key: Key) -> bool:
    """Tell whether the trial of this setting was stopped."""
    return st.session_state.get(STOPPED) == key and (key, False) not in _remembered()


def again() -> None:
    """Let the trial run after all."""
    st.session_state.pop(STOPPED, None)


def _found(key: Key, exchanges: pd.DataFrame, watched: bool, stopped: bool) -> Portrait:  # noqa: FBT001 - passed on
    woven, resolution = ecosystems.weave(exchanges), SIZES[key[2].size]
    labels = ecosystems.find(woven, resolution)
    firm = None if stopped else _firm(key, woven, labels, watched=watched and len(woven.first) > PROGRESS_FROM)
    companies = queries.companies(source.engine(), woven.ids.tolist()).set_index("id")
    return ecosystems.describe(woven, labels, exchanges, companies["industry_code"], firm)


def _firm(key: Key, woven: Network, labels: Labels, *, watched: bool) -> Floats:
    """Try how firmly groups hold; a watched trial shows its share and a button that ends it."""
    resolution = SIZES[key[2].size]
    if not watched:
        return ecosystems.stability(woven, labels, resolution)
    room = st.empty()
    with room.container():
        bar = st.progress(0.0, say("communities.working"))
        st.button(say("communities.stop"), icon=":material/stop:", on_click=_stop, args=(key,), key="communities_stop")

    def progress(done: int, total: int) -> None:
        told = percent(done / total, language())
        bar.progress(done / total, f"{say('communities.working')} {told}")

    firm = ecosystems.stability(woven, labels, resolution, progress=progress)
    room.empty()
    return firm


def _stop(key: Key) -> None:
    st.session_state[STOPPED] = key


def _walked(key: Key, exchanges: pd.DataFrame) -> Portrait:
    """Group the companies of sites that exchange anything by walking from one to the next."""
    stamp, choice, _ = key
    near = set(exchanges["from_site"]) | set(exchanges["to_site"])
    sites = network.sites(stamp)
    # Where only the municipality is known, all would stand in one yard.
    sites = sites[sites.index.isin(near) & ~sites["vague"]]
    sites = sites[sites["region"] == choice.region] if choice.region else sites
    labels = walk.groups(sites[["easting_m", "northing_m"]].to_numpy(float), network.engine())
    first = pd.Series(labels, index=sites["company"].to_numpy()).sort_values(ascending=False)
    group = first[~first.index.duplicated()].sort_index()
    none = np.zeros(0, np.intp)
    alone = Network(group.index.to_numpy(np.int64), none, none, np.zeros(0))
    companies = queries.companies(source.engine(), alone.ids.tolist()).set_index("id")
    return ecosystems.describe(alone, group.to_numpy(np.int64), exchanges, companies["industry_code"])
