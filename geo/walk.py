"""Places within a walk of each other: DBSCAN on distances along the road."""

import numpy as np
import numpy.typing as npt
import shapely
from scipy import sparse

from geo import distance
from geo.distance import DistanceEngine

WALK_KM = 1.5
FEWEST = 3  # places: two are neighbours
ALONE = -1

Labels = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def groups(points: npt.ArrayLike, engine: DistanceEngine, walk_km: float = WALK_KM, fewest: int = FEWEST) -> Labels:
    """Give the group of each of n TM35FIN points, 0 being the largest; ALONE for those of none.

    Two places are within a walk where the way between them is at most `walk_km`; a ferry is no walk. Within so short a
    way an estimate counts as one, since the network knows main roads better than yards.
    """
    from sklearn.cluster import DBSCAN  # noqa: PLC0415 - costs seconds at start-up

    xy = np.asarray(points, dtype=float).reshape(-1, 2)
    if len(xy) < fewest:
        return np.full(len(xy), ALONE, dtype=np.int64)
    near = _near(xy, engine, walk_km)
    found = DBSCAN(eps=walk_km, min_samples=fewest, metric="precomputed").fit_predict(near)
    return _ordered(np.asarray(found, dtype=np.int64))


def _near(xy: Floats, engine: DistanceEngine, walk_km: float) -> sparse.csr_matrix:
    """Give the ways of at most `walk_km`, sparse: a road is never shorter than the straight line."""
    dots = np.asarray(shapely.points(xy))
    one, other = shapely.STRtree(dots).query(dots, predicate="dwithin", distance=1000.0 * walk_km)
    one, other = one[one < other], other[one < other]
    ways = distance.pairs(xy[one], xy[other], engine)
    kept = (ways.km <= walk_km) & ~(ways.ferry_km > 0)
    one, other, km = one[kept], other[kept], ways.km[kept]
    size = (len(xy), len(xy))
    # What is not stored is far, so a way of nothing is stored as a little.
    half = sparse.coo_matrix((np.maximum(km, 1e-6), (one, other)), shape=size)
    return sparse.csr_matrix(half + half.T)


def _ordered(labels: Labels) -> Labels:
    names, first, counts = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))
    number = {int(names[at]): place for place, at in enumerate(at for at in order if names[at] != ALONE)}
    return np.array([number.get(int(one), ALONE) for one in labels], dtype=np.int64)
