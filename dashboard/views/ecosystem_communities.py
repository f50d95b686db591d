"""Ecosystems as a page shows them: names, rows, bridges, and what the map draws; from frames alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from config.texts import Language
from dashboard.ecosystems import materials
from dashboard.wording import t
from geo import regions
from matching.ecosystems import OUTSIDE, Ecosystem, Portrait

NAMES_MOST = 2  # materials in a name
LOOSE = 0.3  # a group of which less than so much stays inside is hardly one
HULL_RATIO = 0.6  # of shapely's concave hull: 1 is the convex one
BEYOND_M = 2_500.0  # the hull lies so far outside its companies

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spot:
    """Hold a company on the map; `name` is empty where it is hidden."""

    company: int
    name: str
    place: str
    xy: tuple[float, float]
    vague: bool
    group: int
    region: str = ""


@dataclass(frozen=True)
class Row:
    """Hold one ecosystem in words, its hull as (n, 2) TM35FIN points, and where its name stands."""

    ecosystem: Ecosystem
    name: str
    materials: str
    hubs: tuple[Spot, ...]
    hull: Floats

    @property
    def loose(self) -> bool:
        """Tell whether its companies exchange mostly with others."""
        return self.ecosystem.inside < LOOSE


@dataclass(frozen=True)
class Tie:
    """Hold a company that joins ecosystems: their names, how many exchanges, the tonnes that would break."""

    spot: Spot
    joins: str
    exchanges: int
    tonnes: float


@dataclass(frozen=True)
class View:
    """Hold all of it.

    `links` are pairs of spots within a group, `bridges` the ties with the most tonnes first, `crossing` pairs of spots
    of two groups of which one is a bridge company.
    """

    rows: tuple[Row, ...]
    spots: Mapping[int, Spot]
    links: tuple[tuple[int, int], ...]
    bridges: tuple[Tie, ...]
    crossing: tuple[tuple[int, int], ...]
    demo: bool

    @property
    def companies(self) -> int:
        """Count the companies in ecosystems."""
        return sum(len(row.ecosystem.companies) for row in self.rows)

    @property
    def tonnes(self) -> float:
        """Add up what is exchanged inside ecosystems."""
        return sum(row.ecosystem.tonnes for row in self.rows)


def build(
    portrait: Portrait, exchanges: pd.DataFrame, sites: pd.DataFrame, language: Language, region: str = ""
) -> View:
    """Put groups and exchanges into words and shapes; a company stands at the site that exchanges the most.

    Groups are named by places of the `region` that is looked at, where they reach into it.
    """
    spots = _spots(portrait, exchanges, sites, language)
    named = _names(portrait.ecosystems, spots, language, region)
    rows = tuple(
        Row(
            one,
            named[one.number],
            _materials(one.materials, language),
            tuple(spots[hub] for hub in one.hubs if hub in spots),
            hull(np.array([spots[company].xy for company in one.companies if company in spots]).reshape(-1, 2)),
        )
        for one in portrait.ecosystems
    )
    bridges = tuple(
        Tie(spots[one.company], " – ".join(named[group] for group in one.joins[:3]), one.exchanges, one.tonnes)
        for one in portrait.bridges
        if one.company in spots
    )
    links, crossing = _links(exchanges, spots, {one.spot.company for one in bridges})
    return View(rows, spots, links, bridges, crossing, demo=bool(exchanges["demo"].any()))


def _spots(portrait: Portrait, exchanges: pd.DataFrame, sites: pd.DataFrame, language: Language) -> dict[int, Spot]:
    ends = [exchanges[[f"{side}_company", f"{side}_site"]].set_axis(["company", "site"], axis=1) for side in SIDES]
    busy = pd.concat(ends).groupby(["company", "site"]).size().reset_index(name="n")
    busy = busy[busy["site"].isin(sites.index)].sort_values(["company", "n", "site"], ascending=[True, False, True])
    first = busy.drop_duplicates("company")
    told = sites.loc[first["site"]]
    known = regions.load().municipalities
    columns = ("name", "municipality", "easting_m", "northing_m", "vague")
    rows = zip(first["company"], *(told[column] for column in columns), strict=True)
    return {
        int(company): Spot(
            int(company),
            name if isinstance(name, str) else "",
            _place(str(code), language),
            (float(x), float(y)),
            bool(vague),
            portrait.group.get(int(company), OUTSIDE),
            known[str(code)].region if str(code) in known else "",
        )
        for company, name, code, x, y, vague in rows
    }


SIDES = ("from", "to")


def _place(code: str, language: Language) -> str:
    found = regions.load().municipalities.get(code)
    return found.name(language) if found else code


def _names(groups: Sequence[Ecosystem], spots: Mapping[int, Spot], language: Language, region: str) -> dict[int, str]:
    """Name each by where most of its companies are and what it exchanges; alike ones by one material more."""
    found: dict[int, str] = {}
    for one in groups:
        members = [spots[company] for company in one.companies if company in spots]
        members = [spot for spot in members if spot.region == region] or members
        places = Counter(spot.place for spot in members)
        hub = next((spots[company].place for company in one.hubs if company in spots), "")
        place = min(places, key=lambda name: (-places[name], name != hub, name), default="–")
        tries = [f"{place}: {_materials(one.materials[:most], language)}" for most in range(1, NAMES_MOST + 2)]
        fresh = [name for name in tries if name not in found.values()]
        found[one.number] = fresh[0] if fresh else f"{tries[-1]} ({one.number + 1})"
    return found


def _materials(concepts: Sequence[str], language: Language) -> str:
    if not concepts:
        return t("communities.no_material", language)
    return ", ".join(materials.name(one, language).lower() for one in concepts)


def hull(points: Floats) -> Floats:
    """Give the outline of some points with room around it."""
    if not len(points):
        return np.zeros((0, 2))
    dots = shapely.MultiPoint(points)
    outline = shapely.concave_hull(dots, ratio=HULL_RATIO).buffer(BEYOND_M)
    round_one = outline.buffer(BEYOND_M).buffer(-BEYOND_M).simplify(100.0)
    largest = max(shapely.get_parts(round_one), key=lambda part: part.area)
    return shapely.get_coordinates(largest.exterior)


def _links(
    exchanges: pd.DataFrame, spots: Mapping[int, Spot], bridges: set[int]
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    ends = np.sort(exchanges[["from_company", "to_company"]].to_numpy(np.int64), axis=1)
    links, crossing = [], []
    for one, other in map(tuple, np.unique(ends, axis=0).tolist()):
        if one not in spots or other not in spots:
            continue
        groups = spots[one].group, spots[other].group
        if groups[0] == groups[1] != OUTSIDE:
            links.append((one, other))
        elif groups[0] != groups[1] and OUTSIDE not in groups and bridges & {one, other}:
            crossing.append((one, other))
    return tuple(links), tuple(crossing)
