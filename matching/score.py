"""From features to one number in 0..1, and the parts it is made of."""

import numpy as np
import pandas as pd

from matching.weights import Weights


def substance(values: pd.DataFrame, weights: Weights) -> pd.Series:
    """Tell how much two listings are about the same thing: 1 - exp(-(weighted sum) / scale), in 0..1."""
    known = values.fillna(dict(weights.unknown))
    total = sum(known[name] * weight for name, weight in weights.substance.items())
    return pd.Series(1 - np.exp(-np.asarray(total, dtype=float) / weights.scale), index=values.index)


def typed(values: pd.DataFrame, types: pd.Series, weights: Weights) -> pd.Series:
    """Multiply what the offer's type is judged by beside text, amount, time and distance: 1 where it is nothing."""
    found = pd.Series(1.0, index=values.index)
    for kind, names in weights.factors.items():
        known = values[list(names)].fillna(dict(weights.unknown)).prod(axis=1)
        found = found.where(types != kind, known)
    return found


def score(values: pd.DataFrame, types: pd.Series, weights: Weights) -> pd.DataFrame:
    """Give `score` and its parts; `types` are those of the offers.

    Returns
    -------
    DataFrame
        `substance`, `quantity`, `time`, `haul` and `typed` are values in 0..1 (NaN where unknown); `part_*` are what
        each gives to `score`, and add up to it.
    """
    about = substance(values, weights)
    fits = typed(values, types, weights)
    scored = values[["quantity", "time", "haul"]].assign(substance=about, typed=fits)
    known = scored.fillna(dict(weights.unknown))
    known["substance"] = 1.0  # its own share counts in full: it is the factor in front
    factor = about * fits
    # The root: nearness has its own share too, and what lies beyond all reach is nothing by either.
    factor = factor.where(~types.isin(weights.bound), factor * known["haul"].pow(0.5))
    for name, share in weights.share.items():
        scored[f"part_{name}"] = factor * share * known[name]
    scored["score"] = scored[[f"part_{name}" for name in weights.share]].sum(axis=1).clip(0.0, 1.0)
    return scored
