"""The network of companies: one link for all that two of them exchange or could, weighed by fit, amount and road."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

Ids = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

# Median distance of the completed synergies of NISP (Jensen et al. 2011): a link so long counts half.
HALF_KM = 32.8
UNKNOWN_FIT = 0.5  # of an exchange that nobody has scored


@dataclass(frozen=True)
class Network:
    """Hold companies by their ids, in ascending order, and the links between them, each once.

    Attributes
    ----------
    ids : of the companies.
    first, second : places in `ids` of the two ends of each link, the smaller one first.
    weight : of each link, above 0.
    """

    ids: Ids
    first: Places
    second: Places
    weight: Floats

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def adjacency(self) -> sparse.csr_matrix:
        """Give the weights as a symmetric matrix."""
        size = len(self.ids)
        half = sparse.coo_matrix((self.weight, (self.first, self.second)), shape=(size, size))
        return sparse.csr_matrix(half + half.T)

    def without(self, gone: npt.NDArray[np.bool_]) -> "Network":
        """Give the same companies without some links."""
        kept = ~gone
        return Network(self.ids, self.first[kept], self.second[kept], self.weight[kept])


def weave(exchanges: pd.DataFrame, *, longest_km: float | None = None) -> Network:
    """Make the network of exchanges: from_company, to_company, score, tonnes, km; those without a way are no links.

    Whatever the order of the rows, the network is the same to the last digit.
    """
    km = exchanges["km"].to_numpy(float)
    ends = exchanges[["from_company", "to_company"]].to_numpy(np.int64)
    kept = np.isfinite(km) & (ends[:, 0] != ends[:, 1])
    if longest_km is not None:
        kept &= km <= longest_km
    ends = np.sort(ends[kept], axis=1)
    told = weights(exchanges[kept])
    order = np.lexsort((told, ends[:, 1], ends[:, 0]))
    ends, told = ends[order], told[order]
    new = np.flatnonzero(np.any(np.diff(ends, axis=0, prepend=[[-1, -1]]) != 0, axis=1))
    total = np.add.reduceat(told, new) if len(new) else np.zeros(0)
    ids, at = np.unique(ends[new], return_inverse=True)
    first, second = at.reshape(-1, 2).T if len(new) else (np.zeros(0, np.intp), np.zeros(0, np.intp))
    return Network(ids, first, second, total)


def weights(exchanges: pd.DataFrame) -> Floats:
    """Weigh exchanges: fit * (1 + log10(1 + t/a)) / (1 + km / HALF_KM).

    Tonnes by their logarithm, or one mill would draw a whole region to itself; unknown amounts count as nothing more.
    """
    fit = np.nan_to_num(exchanges["score"].to_numpy(float), nan=UNKNOWN_FIT)
    tonnes = np.nan_to_num(exchanges["tonnes"].to_numpy(float))
    found = np.maximum(fit, 0.01) * (1 + np.log10(1 + tonnes)) / (1 + exchanges["km"].to_numpy(float) / HALF_KM)
    return np.asarray(found, dtype=np.float64)
