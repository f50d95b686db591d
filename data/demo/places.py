"""Where fictional plants stand: in municipalities that have such industry, on land, near where people live."""

import json
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
TOWN_BONUS = 8.0
ROUNDS = 14  # tries before a site is put on the municipality's own point
LAKES = ROOT / "static" / "map" / "lakes.geojson"
SWEDISH_REGION = "21"


def swedish_share(place: Place) -> float:
    """Give how likely a company of the municipality is to write in Swedish."""
    if place.region == SWEDISH_REGION:
        return 0.98
    return float(table("places")["swedish"].get(place.fi, 0.0))


def inhabitants(place: Place) -> float:
    """Give roughly how many thousand people live in the municipality."""
    share = 0.5 if place.region == SWEDISH_REGION else SMALL
    return float(table("places")["weight"].get(place.fi, share))


def municipality_chances(archetype: Archetype, places: list[Place]) -> Floats:
    """Give for each municipality how likely a plant of this kind is to stand there."""
    people = np.array([inhabitants(place) for place in places])
    towns = np.array([TOWN_BONUS if place.fi in archetype.towns else 1.0 for place in places])
    within = people ** (0.35 + 0.65 * archetype.urban) * towns
    chances = np.zeros(len(places))
    regions = np.array([place.region for place in places])
    for region in np.unique(regions):
        inside = regions == region
        wanted = archetype.regions.get(region, 0.08) if archetype.regions else people[inside].sum() ** 0.7
        chances[inside] = wanted * within[inside] / within[inside].sum()
    return np.asarray(chances / chances.sum(), dtype=float)


@cache
def _lakes() -> shapely.STRtree:
    features = json.loads(LAKES.read_text(encoding="utf-8"))["features"]
    shapes = [shapely.geometry.shape(item["geometry"]) for item in features]
    return shapely.STRtree(shapely.get_parts(shapely.transform(shapes, crs.reproject)))


def _dry(points: Floats) -> npt.NDArray[np.bool_]:
    wet = np.zeros(len(points), dtype=bool)
    wet[np.unique(_lakes().query(shapely.points(points), predicate="intersects")[0])] = True
    return ~wet & (land.landmass(points) != land.AT_SEA)


def stand(rng: np.random.Generator, regions: Regions, codes: npt.NDArray[np.str_], spread_m: Floats) -> Floats:
    """Give a point in each municipality, a few kilometres from its own point and on dry land where that is found."""
    middle = np.array([[regions.municipalities[code].easting, regions.municipalities[code].northing] for code in codes])
    points = middle.copy()
    open_rows = np.arange(len(codes))
    for turn in range(ROUNDS):
        reach = spread_m[open_rows, None] / (1 + 0.12 * turn)
        tried = middle[open_rows] + rng.normal(0.0, 1.0, (len(open_rows), 2)) * reach
        good = (regions.assign(tried).municipality == codes[open_rows]) & _dry(tried)
        points[open_rows[good]] = tried[good]
        open_rows = open_rows[~good]
        if not len(open_rows):
            break
    return np.round(points, 1)
