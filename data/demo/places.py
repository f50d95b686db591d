"""Where fictional plants stand: in municipalities that have such industry, on land, near where people live."""

import json
from collections import Counter
from functools import cache

import numpy as np
import numpy.typing as npt
import shapely

from config.settings import ROOT
from data.demo.catalogue import Archetype, table
from data.demo.frame import Floats
from geo import crs, land
from geo.regions import Place, Regions

SMALL = 4.0  # thousands of inhabitants where the table is silent
ELSEWHERE = 0.02  # where the table of a kind of plant says nothing of a region
ACTIVE = {"15": 2.8, "21": 1.9, "16": 1.2}  # regions whose coordinators have collected more than others
TOWN_BONUS = 8.0
ROUNDS = 14  # tries before a site is put on the municipality's own point
# Where to look for ground around a point at sea, nearest first.
RINGS = np.array(
    [
        (km * 1000 * np.cos(turn), km * 1000 * np.sin(turn))
        for km in range(2, 42, 2)
        for turn in np.arange(0, 6.28, 0.26)
    ]
)
LAKES = ROOT / "static" / "map" / "lakes.geojson"
ISLANDS = "21"


def swedish_share(place: Place) -> float:
    """Give how likely a company of the municipality is to write in Swedish."""
    if place.region == ISLANDS:
        return 0.98
    return float(table("places")["swedish"].get(place.fi, 0.0))


def inhabitants(place: Place) -> float:
    """Give roughly how many thousand people live in the municipality."""
    share = 0.5 if place.region == ISLANDS else SMALL
    return float(table("places")["weight"].get(place.fi, share))


def municipality_chances(archetype: Archetype, places: list[Place]) -> Floats:
    """Give for each municipality how likely a plant of this kind is to stand there."""
    people = np.array([inhabitants(place) for place in places])
    towns = np.array([TOWN_BONUS if place.fi in archetype.towns else 1.0 for place in places])
    within = people ** (0.1 + 0.95 * archetype.urban) * towns
    chances = np.zeros(len(places))
    regions = np.array([place.region for place in places])
    for region in np.unique(regions):
        inside = regions == region
        wanted = _regional(archetype, region, float(people[inside].sum()))
        chances[inside] = wanted * within[inside] / within[inside].sum()
    return np.asarray(chances / chances.sum(), dtype=float)


def _regional(archetype: Archetype, region: str, people: float) -> float:
    if archetype.regions:
        return archetype.regions.get(region, ELSEWHERE)
    return float(people ** (0.35 + 0.35 * archetype.urban) * ACTIVE.get(region, 1.0))


@cache
def _lakes() -> shapely.STRtree:
    features = json.loads(LAKES.read_text(encoding="utf-8"))["features"]
    shapes = [shapely.geometry.shape(item["geometry"]) for item in features]
    return shapely.STRtree(shapely.get_parts(shapely.transform(shapes, crs.reproject)))


def _dry(points: Floats) -> npt.NDArray[np.bool_]:
    wet = np.zeros(len(points), dtype=bool)
    wet[np.unique(_lakes().query(shapely.points(points), predicate="intersects")[0])] = True
    return np.asarray(~wet & (land.landmass(points) != land.AT_SEA), dtype=bool)


def stand(rng: np.random.Generator, regions: Regions, codes: npt.NDArray[np.str_], spread_m: Floats) -> Floats:
    """Give a point in each municipality, a few kilometres from its middle, on dry land and seldom on an islet."""
    middles = anchors(regions)
    middle = np.array([middles[code] for code in codes])
    ground = land.landmass(middle)
    points = middle.copy()
    open_rows = np.arange(len(codes))
    for turn in range(ROUNDS):
        reach = spread_m[open_rows, None] / (1 + 0.12 * turn)
        tried = middle[open_rows] + rng.normal(0.0, 1.0, (len(open_rows), 2)) * reach
        good = (regions.assign(tried).municipality == codes[open_rows]) & _dry(tried)
        good &= land.landmass(tried) == ground[open_rows]
        points[open_rows[good]] = tried[good]
        open_rows = open_rows[~good]
        if not len(open_rows):
            break
    return np.round(points, 1)


def beside(
    rng: np.random.Generator, regions: Regions, codes: npt.NDArray[np.str_], points: Floats, apart_m: Floats
) -> Floats:
    """Give a dry point in each municipality so far from another one; NaN where none is found."""
    found = np.full_like(points, np.nan)
    ground = land.landmass(points)
    open_rows = np.arange(len(points))
    for _ in range(ROUNDS):
        turn = rng.uniform(0.0, 2 * np.pi, len(open_rows))
        tried = points[open_rows] + apart_m[open_rows, None] * np.column_stack([np.cos(turn), np.sin(turn)])
        good = (regions.assign(tried).municipality == codes[open_rows]) & _dry(tried)
        good &= land.landmass(tried) == ground[open_rows]
        found[open_rows[good]] = tried[good]
        open_rows = open_rows[~good]
        if not len(open_rows):
            break
    return np.round(found, 1)


@cache
def anchors(regions: Regions) -> dict[str, tuple[float, float]]:
    """Give each municipality's own point, or where that lies at sea the nearest ground of its own, mainland first."""
    places = list(regions.municipalities.values())
    points = np.array([[place.easting, place.northing] for place in places])
    main = _main_grounds(places, land.landmass(points))
    good = (land.landmass(points) == main) & _dry(points)
    for row in np.flatnonzero(~good).tolist():
        around = points[row] + RINGS
        mine = around[(regions.assign(around).municipality == places[row].code) & _dry(around)]
        preferred = mine[land.landmass(mine) == main[row]]
        nearest = preferred if len(preferred) else mine
        points[row] = nearest[0] if len(nearest) else points[row]
    return {place.code: (float(east), float(north)) for place, (east, north) in zip(places, points, strict=True)}


def _main_grounds(places: list[Place], pieces: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Give the piece of land where most of a municipality's part of the country stands, Åland being a part."""
    aland = np.array([place.region == ISLANDS for place in places])
    usual = {
        side: Counter(pieces[(aland == side) & (pieces != land.AT_SEA)].tolist()).most_common(1)[0][0]
        for side in (True, False)
    }
    return np.asarray(np.where(aland, usual[True], usual[False]), dtype=np.int64)
