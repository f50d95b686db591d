"""Which offers go to which needs: what the tables of streams say, near ones rather than far ones."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from data.demo import catalogue
from data.demo.frame import Floats
from data.demo.resources import Resources

ACROSS_REGIONS = 0.38  # share of synergies that cross a region's border
# How far things go: km over which the likelihood falls to a third, and the farthest; heat and water need a pipe.
REACH: Mapping[str, tuple[float, float]] = {
    "energy": (4.0, 11.0),
    "water": (4.0, 11.0),
    "storage": (16.0, 90.0),
    "capacity": (30.0, 250.0),
    "service": (16.0, 90.0),
    "expertise": (60.0, 900.0),
}
PIPELESS = frozenset({"want_biomethane"})
GOODS_REACH = (27.0, 1300.0)
CORRIDOR_KM = 70.0
FAR_FLOOR = 0.0015  # something goes far, however rarely
ISLANDS = "21"
ACROSS_SEA = 0.05
# How readily coordinators note a synergy of the type; a pipe to a neighbour is seldom missed.
READINESS: Mapping[str, float] = {
    "energy": 1.5,
    "water": 1.5,
    "expertise": 0.1,
    "service": 0.45,
    "capacity": 0.5,
    "storage": 0.7,
}

Rows = npt.NDArray[np.int64]


def choose(
    rng: np.random.Generator, resources: Resources, points: Floats, regions: npt.NDArray[np.str_], count: int
) -> tuple[Rows, Rows]:
    """Draw `count` pairs of rows, offer and need, of two different companies; `points` and `regions` are the rows'."""
    have, want, weight = _candidates(resources, points, regions)
    across = regions[have] != regions[want]
    noisy = np.log(weight) + rng.gumbel(size=len(weight))
    far = round(count * ACROSS_REGIONS)
    chosen = [
        _largest(np.where(side, noisy, -np.inf), number) for side, number in ((across, far), (~across, count - far))
    ]
    rows = np.sort(np.concatenate(chosen))
    return have[rows], want[rows]


def _largest(values: Floats, count: int) -> Rows:
    return np.argsort(-values, kind="stable")[:count]


def _candidates(resources: Resources, points: Floats, regions: npt.NDArray[np.str_]) -> tuple[Rows, Rows, Floats]:
    by_stream: dict[str, list[int]] = {}
    for row, key in enumerate(resources.streams):
        by_stream.setdefault(key, []).append(row)
    pairs: list[tuple[Rows, Rows, Floats]] = []
    for key, needs in by_stream.items():
        offers = [row for source in catalogue.streams()[key].fed_by for row in by_stream.get(source, [])]
        if offers:
            pairs.append(_weighed(np.array(offers), np.array(needs), resources, points, regions))
    have, want, weight = (np.concatenate(column) for column in zip(*pairs, strict=True))
    possible = weight > 0
    return have[possible], want[possible], weight[possible]


def _weighed(
    offers: Rows, needs: Rows, resources: Resources, points: Floats, regions: npt.NDArray[np.str_]
) -> tuple[Rows, Rows, Floats]:
    have, want = (side.ravel() for side in np.meshgrid(offers, needs, indexing="ij"))
    km = np.hypot(*(points[have] - points[want]).T) / 1000
    stream = catalogue.streams()[resources.streams[int(needs[0])]]
    near, far = GOODS_REACH if stream.key in PIPELESS else REACH.get(stream.type, GOODS_REACH)
    weight = np.where(km < far, np.exp(-km / near) + FAR_FLOOR, 0.0)
    if stream.corridor:
        # Two hauls go together only where they also end near one another.
        apart = np.hypot(*(resources.toward[have] - resources.toward[want]).T) / 1000
        weight *= np.nan_to_num(np.exp(-apart / CORRIDOR_KM), nan=0.3)
    # A need with many possible sources isn't mentioned more often for that.
    weight /= np.sqrt(len(offers))
    weight *= READINESS.get(stream.type, 1.0)
    weight *= np.where((regions[have] == ISLANDS) != (regions[want] == ISLANDS), ACROSS_SEA, 1.0)
    return have, want, np.asarray(weight * (resources.company[have] != resources.company[want]), dtype=float)
