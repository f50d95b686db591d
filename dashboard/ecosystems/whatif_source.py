"""What the part of what-if views reads and reckons, once for each state of the data, choice and scenario."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import streamlit as st

from config.texts import Language
from dashboard import source
from dashboard import source_partners as partners
from dashboard.ecosystems import network, whatif_plants
from dashboard.ecosystems.choice import Choice
from dashboard.layers_whatif import Line
from dashboard.views.ecosystem_whatif import LISTED, People
from dashboard.wording import t
from data.queries import network as queries
from geo import regions
from matching import whatif
from matching.whatif import PLANT, Answer, Plant, Scenario, World

# More lines than these are a tangle: they are only there to show where the rest lies.
KEPT_MOST = 60
Spot = tuple[float, float]


@st.cache_resource(max_entries=32, show_spinner=False)
def answer(stamp: str, choice: Choice, scenario: Scenario) -> Answer:
    """Reckon a scenario on the exchanges of a choice; the data itself is only read."""
    exchanges = network.chosen(stamp, choice).reset_index(drop=True)
    world = World(exchanges, partners.index(stamp), network.hauls(), partners.weights(stamp))
    return whatif.answer(world, scenario, whatif_plants.listings(scenario.plants))


def people(stamp: str, found: Answer, scenario: Scenario, language: Language) -> People:
    """Read what may be known of all that the tables name."""
    rows = pd.concat([found.broken, found.won])
    ids = {int(one) for one in pd.concat([rows["have_id"], rows["want_id"]])}
    ids |= {int(one) for others in found.substitutes.values() for one in others["partner_id"]}
    resources = queries.resources(source.engine(), sorted(one for one in ids if one > PLANT))
    planned = whatif_plants.listings(scenario.plants)[["id", "title", "site_id"]]
    planned = planned.assign(title=[t("whatif.plant_resource", language, title=one) for one in planned["title"]])
    both = pd.concat([resources[["id", "title", "site_id"]], planned], ignore_index=True) if len(planned) else resources
    named = {PLANT - at: plant_name(one, language) for at, one in enumerate(scenario.plants)}
    return People(network.sites(stamp), both, named)


def plant_name(plant: Plant, language: Language) -> str:
    """Name a new plant by its kind and place."""
    place = regions.load().municipalities.get(plant.municipality)
    kind = whatif_plants.names(language).get(plant.kind, plant.kind).split(" – ")[0]
    return t("whatif.plant_named", language, kind=kind, place=place.name(language) if place else plant.municipality)


def lines(found: Answer, who: People, scenario: Scenario, language: Language) -> list[Line]:
    """Give what the map draws, the largest of each kind first."""
    spots = _spots(who.sites, scenario)
    kinds = (("kept", found.kept), ("won", found.won), ("broken", found.broken))
    return [line for kind, rows in kinds for line in _drawn(kind, rows, spots, (who, language))]


def _drawn(kind: str, rows: pd.DataFrame, spots: dict[int, Spot], look: tuple[People, Language]) -> Iterable[Line]:
    who, language = look
    most = KEPT_MOST if kind == "kept" else LISTED * 10
    ordered = rows.sort_values("tonnes", ascending=False, na_position="last").head(most)
    for start, end in zip(ordered["from_site"].astype(int), ordered["to_site"].astype(int), strict=True):
        if start in spots and end in spots:
            told = ("", "") if kind == "kept" else (who.site(start, language), f"→ {who.site(end, language)}")
            yield Line(spots[start], spots[end], kind, *told)


def _spots(sites: pd.DataFrame, scenario: Scenario) -> dict[int, Spot]:
    xy = sites[["easting_m", "northing_m"]].to_numpy(float)
    found = {int(one): (float(x), float(y)) for one, (x, y) in zip(sites.index, xy, strict=True)}
    for at, plant in enumerate(scenario.plants):
        place = regions.load().municipalities.get(plant.municipality)
        if place is not None:
            found[PLANT - at] = (place.easting, place.northing)
    return found


def closable(stamp: str, choice: Choice) -> list[int]:
    """List the sites that exchange anything in a choice, those that would be missed most first."""
    found = network.chosen(stamp, choice)
    ends = [found[[side, "tonnes"]].set_axis(["site", "tonnes"], axis=1) for side in ("from_site", "to_site")]
    busy = pd.concat(ends).groupby("site")["tonnes"].agg(["sum", "size"]).reset_index()
    ordered = busy.sort_values(["sum", "size", "site"], ascending=[False, False, True])
    there = np.isin(ordered["site"].to_numpy(np.int64), network.sites(stamp).index.to_numpy())
    return [int(one) for one in ordered.loc[there, "site"]]
