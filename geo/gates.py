"""Where sites meet the road: the spot on the nearest link, what it costs to its two ends, and the leg to the site."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.climb import Climbs, climb
from geo.estimate import ACCESS_RATIO
from geo.hierarchy import Hierarchy
from geo.land import AT_SEA, landmass
from geo.road_graph import RoadGraph
from geo.snap import Snapped, Snapper

FAR_KM = 5.0  # beyond this an access leg decides too much: the value is an estimate
LOST_KM = 40.0  # beyond this the network says nothing

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Gates:
    """Hold k snapped points: (k, 2) end nodes, (k, 2, 4) costs to or from them, and the legs off the road."""

    snapped: Snapped
    nodes: npt.NDArray[np.int64]
    cost: Floats
    access_km: Floats
    usable: npt.NDArray[np.bool_]
    land: npt.NDArray[np.int64]

    @property
    def link(self) -> npt.NDArray[np.int64]:
        """Give the link of each point, 0 where there is none."""
        return np.maximum(self.snapped.link, 0)

    def climb(self, index: Hierarchy, *, down: bool) -> Climbs:
        """Climb the index from the points, or `down` from where ways to them come."""
        site = np.repeat(np.arange(len(self.nodes)), 2)
        cost = self.cost.reshape(-1, self.cost.shape[2])
        open_ = np.isfinite(cost[:, 0])
        return climb(index, len(self.nodes), (site[open_], self.nodes.ravel()[open_], cost[open_]), down=down)


def gates(graph: RoadGraph, snapper: Snapper, points: Floats, *, towards: bool) -> Gates:
    """Snap points to the road, as the beginnings of ways, or `towards`: as their ends."""
    snapped = snapper.snap(points)
    link = np.maximum(snapped.link, 0)
    share = np.column_stack([snapped.share, 1.0 - snapped.share])
    cost = share[..., None] * graph.cost[link][:, None, :]
    # On a one-way link a way can only leave by the second end, and only come from the first.
    cost[graph.oneway[link], 1 if towards else 0] = np.inf
    land = landmass(points)
    near = snapped.access_m <= FAR_KM * 1000.0
    # A far site reaches the road only over its own piece of land.
    far = np.flatnonzero(~near & (snapped.access_m <= LOST_KM * 1000.0))
    usable = near.copy()
    usable[far] = (land[far] == landmass(snapped.xy[far])) & (land[far] != AT_SEA)
    access_km = snapped.access_m * ACCESS_RATIO / 1000.0
    return Gates(snapped, graph.ends[link].astype(np.int64), cost, access_km, usable, land)
