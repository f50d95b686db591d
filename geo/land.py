"""Which piece of land a point stands on: no estimate ever leads over water."""

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

# Islands of Åland joined by bridge or causeway, which the generalised coast shows as apart (longitude, latitude):
# Fasta Åland, Eckerö (Marsund), Lemland (Lemström canal), Lumparland.
BRIDGED = ((19.94, 60.23), (19.59, 60.19), (20.14, 60.04), (20.25, 60.11))


@cache
def _land(file: Path) -> tuple[shapely.STRtree, npt.NDArray[np.int64], int]:
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    whole = shapely.get_parts([shapely.geometry.shape(item["geometry"]) for item in features])
    tree = shapely.STRtree(shapely.transform(whole, crs.reproject))
    label = np.arange(len(whole))
    bridged = tree.query_nearest(_points(np.column_stack(crs.to_tm35fin(*np.transpose(BRIDGED)))), all_matches=False)[1]
    label[bridged] = bridged.min()
    mainland = int(np.argmax(shapely.area(tree.geometries)))
    shapely.prepare(tree.geometries[mainland])
    return tree, label, mainland


def outlines() -> npt.NDArray[np.object_]:
    """Give the outline of each piece of land in TM35FIN metres."""
    return np.asarray(_land(FILE)[0].geometries)


def landmass(points: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Give the number of the piece of land under each TM35FIN point, `AT_SEA` when none is near."""
    xy = np.asarray(points, dtype=float).reshape(-1, 2)
    tree, label, mainland = _land(FILE)
    found = np.full(len(xy), AT_SEA)
    # Nearly all points stand on the mainland, and asking its prepared outline is a hundred times faster than the tree.
    on_mainland = shapely.contains_xy(tree.geometries[mainland], xy[:, 0], xy[:, 1])
    found[on_mainland] = label[mainland]
    rest = np.flatnonzero(~on_mainland & np.isfinite(xy).all(axis=1))
    at, piece = tree.query_nearest(_points(xy[rest]), max_distance=COAST_M, all_matches=False)
    found[rest[at]] = label[piece]
    return found


def _points(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.object_]:
    return np.asarray(shapely.points(xy))
