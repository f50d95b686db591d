"""The exchanges that ecosystems and what-if views are made of, as the one who asks may see them."""

import numpy as np
import pandas as pd
import streamlit as st

from config import settings
from dashboard import source
from dashboard import source_partners as partners
from dashboard.ecosystems import materials
from dashboard.ecosystems.choice import Choice
from data import viewer
from data.model import Continuity, Stage
from data.queries import distances
from data.queries import network as queries
from data.viewer import Role
from geo import distance
from geo.distance import DistanceEngine
from matching import topics
from matching.everything import match_all
from matching.index import READ
from matching.pairs import Hauls

THINGS = ("material", "waste")  # what the filter of types means where none is chosen
# Whoever may not see the coordinators' synergies is shown what the public listings themselves suggest; beyond so many
# of them that would take minutes.
MATCHED_MOST = 20_000
SIDES = (("have", "from"), ("want", "to"))
COORDINATORS = frozenset({Role.NATIONAL, Role.REGIONAL})


@st.cache_resource(max_entries=4, show_spinner=False)
def exchanges(stamp: str) -> pd.DataFrame:
    """Give all exchanges, proposed and existing ones: the columns of data.queries.network.exchanges."""
    found = queries.exchanges(source.engine())
    who = viewer.current()
    if who is None or who.role in COORDINATORS or len(partners.index(stamp)) > MATCHED_MOST:
        return found
    suggested = _suggested(stamp)
    known = pd.MultiIndex.from_frame(found[["have_id", "want_id"]])
    new = ~pd.MultiIndex.from_frame(suggested[["have_id", "want_id"]]).isin(known)
    return pd.concat([found, suggested[new]], ignore_index=True) if len(found) else suggested


def _suggested(stamp: str) -> pd.DataFrame:
    """Match the listings that the one who asks may see, and lay the pairs out like synergies."""
    index = partners.index(stamp)
    pairs = match_all(index, hauls(), weights=partners.weights(stamp)).pairs
    if pairs.empty:
        return queries.exchanges(source.engine()).head(0)
    flows = (pairs["have_continuity"] == Continuity.CONTINUOUS) & (pairs["want_continuity"] == Continuity.CONTINUOUS)
    have, want = (
        index.take(pairs[f"{side}_row"].to_numpy(), [*READ, "type", "hazardous"]) for side in ("have", "want")
    )
    ends = {"organisation_id": "company", "site_id": "site", "region_code": "region"}
    named = {f"{side}_{name}": f"{to}_{end}" for side, to in SIDES for name, end in ends.items()}
    told = pairs[["have_id", "want_id", "score", "km", "minutes", "method", *named]].rename(columns=named)
    return told.assign(
        id=-np.arange(1, len(pairs) + 1),
        type=pairs["have_type"].astype(str),
        stage=str(Stage.IDENTIFIED),
        year=0,
        tonnes=np.where(flows, np.fmin(pairs["have_tonnes"], pairs["want_tonnes"]), np.nan),
        material=topics.leading(have, index.concept_space.taxonomy),
        want_material=topics.leading(want, index.concept_space.taxonomy),
        hazardous=have["hazardous"].fillna(value=False).to_numpy(bool),
        demo=told["from_site"].map(sites(stamp)["demo"]).fillna(value=False).astype(bool),
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def sites(stamp: str) -> pd.DataFrame:  # noqa: ARG001 - the key of the cache
    """Give the sites that may be seen, by id: the columns of data.queries.network.sites."""
    return queries.sites(source.engine()).set_index("site_id", drop=False)


def chosen(stamp: str, choice: Choice) -> pd.DataFrame:
    """Give the exchanges of a choice that both have a way: at least one end in its region, begun by its year."""
    found = exchanges(stamp)
    within = materials.tree().within(choice.concept)
    kept = found["type"].isin(choice.types or THINGS) & (found["year"] <= choice.year)
    kept &= found["material"].isin(within) | (not choice.concept)
    if choice.region:
        kept &= (found["from_region"] == choice.region) | (found["to_region"] == choice.region)
    return found[kept]


def hauls() -> Hauls:
    """Give the function that knows the ways between points, from the store's cache where they are there."""
    return distances.hauls(source.engine(), engine())


def engine() -> DistanceEngine:
    """Give the road network of this installation."""
    return distance.default_engine(settings.load())
