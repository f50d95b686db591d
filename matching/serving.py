"""What one kind of a thing is worth where another kind is needed, told by a short table; pure."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd


def worth(
    pairs: pd.DataFrame, trait: str, kinds: Sequence[str], serves: Mapping[tuple[str, str], float], other: float
) -> npt.NDArray[np.float64]:
    """Give each pair 1 for the same kind, what `serves` says of (offered, needed), else `other`; NaN where untold.

    `trait` names the columns `have_` and `want_` that hold numbers of `kinds`, below 0 where a side doesn't tell.
    """
    table = np.full((len(kinds), len(kinds)), other)
    np.fill_diagonal(table, 1.0)
    for (offered, needed), share in serves.items():
        table[kinds.index(offered), kinds.index(needed)] = share
    have, want = (pairs[f"{side}_{trait}"].to_numpy(dtype=int) for side in ("have", "want"))
    return np.where((have >= 0) & (want >= 0), table[have, want], np.nan)
