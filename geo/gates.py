"""Where sites meet the road: the spot on the nearest link, what it costs to its two ends, and the leg to the site."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from geo.climb import Climbs, climb
from geo.estimate import ACCESS_RATIO
from geo.hierarchy import Hierarchy
from geo.land import AT_SEA, ROADLESS, landmass, over_water_m
from geo.road_graph import RoadGraph
from geo.snap import Snapped, Snapper

FAR_KM = 5.0  # beyond this an access leg decides too much: the value is an estimate
LOST_KM = 40.0  # beyond this the network says nothing
# Harbours stand off the generalised coast: a leg is only sure to cross a sound when it is over water for longer, and
# without another piece of land behind it doubtful when it is so for much longer.
SOUND_M, DOUBTFUL_M = 1_000.0, 2_000.0

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ends:
    """Hold what decides, beside the climbs, about the ways of points: as in `Gates`, arrays of any one shape."""

    link: npt.NDArray[np.int64]
    share: Floats
    access_km: Floats
    usable: npt.NDArray[np.bool_]
    doubtful: npt.NDArray[np.bool_]
    land: npt.NDArray[np.int64]

    def at(self, key: object) -> "Ends":
        """Choose some, or lay them along another axis."""
        return Ends(*(getattr(self, field.name)[key] for field in fields(self)))


@dataclass(frozen=True)
class Gates:
    """Hold k snapped points: (k, 2) end nodes, (k, 2, 4) costs to or from them, and the legs off the road.

    A leg that may lead over water is `doubtful`: what it is part of is no road distance.
    """

    snapped: Snapped
    nodes: npt.NDArray[np.int64]
    cost: Floats
    access_km: Floats
    usable: npt.NDArray[np.bool_]
    doubtful: npt.NDArray[np.bool_]
    land: npt.NDArray[np.int64]

    @property
    def link(self) -> npt.NDArray[np.int64]:
        """Give the link of each point, 0 where there is none."""
        return np.maximum(self.snapped.link, 0)

    @property
    def ends(self) -> Ends:
        """Give what decides about ways beside the climbs; the link is -1 where there is none."""
        return Ends(self.snapped.link, self.snapped.share, self.access_km, self.usable, self.doubtful, self.land)

    def climb(self, index: Hierarchy, *, down: bool) -> Climbs:
        """Climb the index from the points, or `down` from where ways to them come."""
        site = np.repeat(np.arange(len(self.nodes)), 2)
        cost = self.cost.reshape(-1, self.cost.shape[2])
        open_ = np.isfinite(cost[:, 0])
        return climb(index, len(self.nodes), (site[open_], self.nodes.ravel()[open_], cost[open_]), down=down)


def gates(graph: RoadGraph, snapper: Snapper, points: Floats, *, towards: bool) -> Gates:
    """Snap points to the road, as the beginnings of ways, or `towards`: as their ends."""
    land = landmass(points)
    snapped, doubtful, cut_off = _ashore(snapper, points, land)
    link = np.maximum(snapped.link, 0)
    share = np.column_stack([snapped.share, 1.0 - snapped.share])
    cost = share[..., None] * graph.cost[link][:, None, :]
    # On a one-way link a way can only leave by the second end, and only come from the first.
    cost[graph.oneway[link], 1 if towards else 0] = np.inf
    near = snapped.access_m <= FAR_KM * 1000.0
    # A far site reaches the road only over its own piece of land.
    far = np.flatnonzero(~near & (snapped.access_m <= LOST_KM * 1000.0))
    usable = near & ~cut_off
    usable[far] = (land[far] == landmass(snapped.xy[far])) & (land[far] != AT_SEA)
    access_km = snapped.access_m * ACCESS_RATIO / 1000.0
    return Gates(snapped, graph.ends[link].astype(np.int64), cost, access_km, usable, doubtful, land)


def _ashore(snapper: Snapper, points: Floats, land: Ints) -> tuple[Snapped, Bools, Bools]:
    """Snap points to roads they reach over land; tell whose leg may lead over water, and who is cut off by it."""
    snapped = snapper.snap(points)
    cut_off = land >= ROADLESS
    wet_m = np.zeros(len(points))
    long = np.flatnonzero((snapped.access_m > SOUND_M) & ~cut_off)
    wet_m[long] = over_water_m(points[long], snapped.xy[long])
    # What stands on an island, with the nearest road across a sound, has its road on the island.
    rows = np.flatnonzero((wet_m > SOUND_M) & (land != AT_SEA))
    piece, beside = (landmass(spots[rows], bridged=False) for spots in (points, snapped.xy))
    rows, piece = rows[piece != beside], piece[piece != beside]
    for number in np.unique(piece).tolist():
        here = rows[piece == number]
        found = snapper.snap_on(points[here], number)
        if found is None:
            cut_off[here] = land[here] == number  # no bridge leads there either
        else:
            snapped.put(here, found)
            wet_m[here] = 0.0
    return snapped, wet_m > DOUBTFUL_M, cut_off
