"""Where neighbours stand: what goes through a pipe is needed near where it comes from, as in any industrial area."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from data.demo import catalogue, places
from data.demo.companies import Companies
from data.demo.frame import Floats
from data.demo.resources import Resources
from geo.regions import Regions

PIPED = ("energy", "water")
SETTLED = 0.75  # of those that have what they need in their own municipality stand beside it
# Kilometres of straight line between neighbours; steam goes no farther than across a fence or two.
APART_KM = (0.3, 2.2)
STEAM, STEAM_KM = "steam_demand", (0.15, 0.9)
MOST_BESIDE = 4  # companies that stand beside one and the same


def moved(rng: np.random.Generator, regions: Regions, made: Companies, told: Resources) -> Companies:
    """Move sites that need heat, steam or water beside one of their own municipality that has it."""
    pairs = _pairs(rng, made, told)
    if pairs.empty:
        return made
    apart = np.where((pairs["stream"] == STEAM).to_numpy()[:, None], np.array([STEAM_KM]), np.array([APART_KM]))
    m = 1000 * (apart[:, 0] + (apart[:, 1] - apart[:, 0]) * rng.random(len(pairs)))
    points = made.points.copy()
    beside = points[pairs["host"].to_numpy()]
    found = places.beside(rng, regions, pairs["municipality"].to_numpy(str), beside, m)
    rows = pairs["site"].to_numpy()[np.isfinite(found[:, 0])]
    points[rows] = found[np.isfinite(found[:, 0])]
    sites = made.sites.assign(easting_m=points[:, 0], northing_m=points[:, 1])
    return replace(made, sites=sites, points=points)


def _pairs(rng: np.random.Generator, made: Companies, told: Resources) -> pd.DataFrame:
    """Choose who moves beside whom: the largest source first, nobody twice, and who has neighbours stays."""
    known = _piped(made, told)
    streams = catalogue.streams()
    needs = known[[bool(streams[key].fed_by) for key in known["stream"]]]
    needs = needs[rng.random(len(needs)) < SETTLED]
    offers = known.sort_values(["quantity", "row"], ascending=[False, True])
    by_town: dict[str, list[dict[Any, Any]]] = {}
    for one in offers.to_dict("records"):
        by_town.setdefault(one["municipality"], []).append(one)
    gone: set[int] = set()
    beside: dict[int, int] = {}
    found = []
    for need in needs.to_dict("records"):
        if need["site"] in gone or need["site"] in beside:
            continue
        host = _host(need, by_town[need["municipality"]], gone, beside)
        if host is not None:
            gone.add(need["site"])
            beside[host] = beside.get(host, 0) + 1
            found.append({**need, "host": host})
    return pd.DataFrame(found)


def _host(need: dict[Any, Any], offers: list[dict[Any, Any]], gone: set[int], beside: dict[int, int]) -> int | None:
    """Find the site of the largest source of what is needed."""
    sources = catalogue.streams()[need["stream"]].fed_by
    good = (
        int(one["site"])
        for one in offers
        if one["stream"] in sources
        and one["company"] != need["company"]
        and one["site"] not in gone
        and beside.get(one["site"], 0) < MOST_BESIDE
    )
    return next(good, None)


def _piped(made: Companies, told: Resources) -> pd.DataFrame:
    """Give what goes through pipes: row, stream, quantity, company, site and its municipality."""
    frame = told.frame
    rows = np.flatnonzero(frame["type"].isin(PIPED).to_numpy())
    company = told.company[rows]
    quantity: Floats = frame["quantity_high"].to_numpy(float)[rows]
    return pd.DataFrame(
        {
            "row": rows,
            "stream": [told.streams[row] for row in rows.tolist()],
            "quantity": np.nan_to_num(quantity),
            "company": company,
            "site": told.site[rows],
            "municipality": [made.companies[one].home.code for one in company.tolist()],
        }
    )
