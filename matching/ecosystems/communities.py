"""Groups of companies that have more to do with each other than with the rest.

Louvain's method by scikit-network, whose Leiden is not repeatable (its refinement draws from the C library's random
numbers, whatever seed it is given). What Leiden mends, groups that hang together nowhere, is mended here: such a group
is parted into its pieces. Companies are numbered by their ids, so that ties fall the same way on every run.
"""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csgraph, csr_matrix

from matching.ecosystems.network import Floats, Network

OUTSIDE = -1
FEWEST = 3  # companies: two are a pair
OWN_SHARE = 0.4  # of a company's weight that lies in its group; one with less hangs on too much else to be of it
# Of what the median company is tied to its group by; whoever hangs on by less has only come along, and so has a group
# of such. Ecosystems planted among noise are found with 0.2, and with 0.1 a third of the noise is in them.
FAINT = 0.2
SEED = 1
MEDIUM = 0.7  # the resolution at which planted ecosystems fall neither together nor apart

Labels = npt.NDArray[np.int64]


def find(network: Network, resolution: float = MEDIUM) -> Labels:
    """Give the group of each company, 0 being the largest; OUTSIDE for those of none.

    A higher `resolution` gives smaller groups.
    """
    if not len(network.first):
        return np.full(len(network), OUTSIDE, dtype=np.int64)
    links = network.adjacency
    parted = _connected(network, _louvain(links, resolution))
    own, whole = ties(network, parted)
    belongs = (own >= OWN_SHARE * whole) & (own >= FAINT * np.median(own))
    kept = np.where(belongs, parted, OUTSIDE)
    return _ordered(_connected(network, kept))


def _louvain(links: csr_matrix, resolution: float) -> Labels:
    from sknetwork.clustering import Louvain  # noqa: PLC0415 - costs a second at start-up

    method = Louvain(resolution=resolution, random_state=SEED, shuffle_nodes=False)
    return np.asarray(method.fit_predict(links), dtype=np.int64)


def ties(network: Network, labels: Labels) -> tuple[Floats, Floats]:
    """Give what ties each company to its own group, and what ties it at all: sums of weights."""
    inside = labels[network.first] == labels[network.second]
    return _sums(network, np.where(inside, network.weight, 0.0)), _sums(network, network.weight)


def _sums(network: Network, weight: Floats) -> Floats:
    size = len(network)
    both = np.bincount(network.first, weight, size) + np.bincount(network.second, weight, size)
    return np.asarray(both, dtype=np.float64)


def _connected(network: Network, labels: Labels) -> Labels:
    """Part groups into pieces that each hang together."""
    same = (labels[network.first] == labels[network.second]) & (labels[network.first] != OUTSIDE)
    inner = network.without(~same)
    _, pieces = csgraph.connected_components(inner.adjacency, directed=False)
    return np.where(labels == OUTSIDE, OUTSIDE, pieces).astype(np.int64)


def _ordered(labels: Labels) -> Labels:
    """Give groups numbers by their size, equal ones by their first company; leave out those of too few."""
    names, first, counts = np.unique(labels, return_index=True, return_counts=True)
    groups = [
        (-count, at, name)
        for name, at, count in zip(names.tolist(), first.tolist(), counts.tolist(), strict=True)
        if name != OUTSIDE and count >= FEWEST
    ]
    number = {name: place for place, (_, _, name) in enumerate(sorted(groups))}
    found = np.array([number.get(name, OUTSIDE) for name in names.tolist()], dtype=np.int64)
    at = np.searchsorted(names, labels)
    return found[at]
