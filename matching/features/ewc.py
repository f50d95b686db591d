"""How far the waste codes of the two agree: evidence, since the code names the source and not the material."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.weights import Weights

AGREEMENT = ((6, 1.0), (4, 0.6), (2, 0.2))  # digits in common: the same waste, sub-chapter, chapter


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Give 1, 0.6, 0.2 or 0 by the leading digits in common; NaN where a side has no code."""
    (have, have_codes), (want, want_codes) = (_codes(pairs, side) for side in ("have", "want"))
    found = np.zeros(len(pairs))
    for digits, worth in reversed(AGREEMENT):
        starts = {code[:digits]: number for number, code in enumerate(dict.fromkeys([*have_codes, *want_codes]))}
        first, second = (
            np.array([starts[code[:digits]] if len(code) >= digits else -1 for code in codes], dtype=int)[at]
            for at, codes in ((have, have_codes), (want, want_codes))
        )
        found[(first == second) & (first >= 0)] = worth
    untold = np.array([not code for code in have_codes], dtype=bool)[have]
    untold |= np.array([not code for code in want_codes], dtype=bool)[want]
    return pd.Series(np.where(untold, np.nan, found), index=pairs.index, name="ewc", dtype=float)


def _codes(pairs: pd.DataFrame, side: str) -> tuple[npt.NDArray[np.intp], list[str]]:
    """Give the few codes that a side has, and which of them each pair bears."""
    at, codes = pd.factorize(pairs[f"{side}_ewc_code"].to_numpy(dtype=object))
    return at, [str(code) for code in codes]
