"""Which piece of land a point stands on: no estimate ever leads over water, and no way from a site to its road.

The coast is generalised: harbours stand up to 3 km off it, and small islands are not on it. So islands without a road
are listed by hand, as circles, and elsewhere a leg is only known to cross the sea where it does for a long stretch.
"""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from config.settings import ROOT
from geo import crs

FILE = ROOT / "static" / "map" / "finland.geojson"
COAST_M = 2_000.0  # how far off the generalised coast a point may lie and still count as on it
AT_SEA = -1
ISLANDS = ROOT / "data" / "reference" / "islands.csv"  # by hand: circles nobody drives to, pieces joined by bridges
ROADLESS = 100_000  # the number of the first of these islands; pieces of land are numbered from 0
SHORE_M = 500.0  # how far off the generalised coast a leg is surely still ashore


@cache
def _land(file: Path) -> tuple[shapely.STRtree, npt.NDArray[np.int64], int]:
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    whole = shapely.get_parts([shapely.geometry.shape(item["geometry"]) for item in features])
    tree = shapely.STRtree(shapely.transform(whole, crs.reproject))
    label = np.arange(len(whole))
    mainland = int(np.argmax(shapely.area(tree.geometries)))
    aland = _pieces(tree, "aland")
    label[aland], label[_pieces(tree, "mainland")] = aland.min(), mainland
    shapely.prepare(tree.geometries[mainland])
    return tree, label, mainland


def _pieces(tree: shapely.STRtree, kind: str) -> npt.NDArray[np.int64]:
    """Give the pieces of land under the listed points of a kind."""
    return np.asarray(tree.query_nearest(_points(_listed(kind)[0]), all_matches=False)[1])


def _listed(kind: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Read the islands of a kind: places in TM35FIN metres, and radius of those that are circles."""
    with ISLANDS.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] == kind]
    lon, lat, radius_m = ([float(row[name] or "nan") for row in rows] for name in ("lon", "lat", "radius_m"))
    return np.column_stack(crs.to_tm35fin(lon, lat)), np.array(radius_m)


def outlines() -> npt.NDArray[np.object_]:
    """Give the outline of each piece of land in TM35FIN metres."""
    return np.asarray(_land(FILE)[0].geometries)


def landmass(points: npt.ArrayLike, *, bridged: bool = True) -> npt.NDArray[np.int64]:
    """Give the number of the piece of land under each TM35FIN point, `AT_SEA` when none is near.

    Pieces joined by bridges are one unless `bridged` is false; islands without a road are numbered from `ROADLESS`.
    """
    xy = np.asarray(points, dtype=float).reshape(-1, 2)
    tree, label, mainland = _land(FILE)
    label = label if bridged else np.arange(len(label))
    found = np.full(len(xy), AT_SEA)
    # Nearly all points stand on the mainland, and asking its prepared outline is a hundred times faster than the tree.
    on_mainland = shapely.contains_xy(tree.geometries[mainland], xy[:, 0], xy[:, 1])
    found[on_mainland] = label[mainland]
    rest = np.flatnonzero(~on_mainland & np.isfinite(xy).all(axis=1))
    at, piece = tree.query_nearest(_points(xy[rest]), max_distance=COAST_M, all_matches=False)
    found[rest[at]] = label[piece]
    finite = np.flatnonzero(np.isfinite(xy).all(axis=1))
    at, island = _roadless().query(_points(xy[finite]), predicate="within")
    found[finite[at]] = ROADLESS + island
    return found


def over_water_m(start: npt.NDArray[np.float64], end: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give the metres of each straight line that surely lead over the sea."""
    legs = np.asarray(shapely.linestrings(np.stack([start, end], axis=1)))
    shore = _shore(FILE)
    wet = np.zeros(len(legs))
    # Testing against the prepared outline first is fast, and most legs lie ashore.
    rows = np.flatnonzero(~shapely.contains(shore, legs))
    wet[rows] = shapely.length(shapely.difference(legs[rows], shore))
    return wet


@cache
def _shore(file: Path) -> shapely.Geometry:
    shore = shapely.union_all(shapely.buffer(_land(file)[0].geometries, SHORE_M, quad_segs=2))
    shapely.prepare(shore)
    return shore


@cache
def _roadless() -> shapely.STRtree:
    places, radius_m = _listed("roadless")
    return shapely.STRtree(shapely.buffer(_points(places), radius_m))


def _points(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.object_]:
    return np.asarray(shapely.points(xy))
