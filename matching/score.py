"""From features to one number in 0..1 that can be read as a chance, and the parts it is made of."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.weights import Weights

Floats = npt.NDArray[np.float64]

SURE = 1 - 1e-12  # nothing is surer, so that every logarithm is finite


def substance(values: pd.DataFrame, weights: Weights) -> pd.Series:
    """Tell how much two listings are about the same thing: 1 - exp(-(weighted sum) / scale), in 0..1."""
    total = np.zeros(len(values))
    for name, weight in weights.substance.items():
        total += weight * known(values[name], weights.unknown[name])
    return pd.Series(1 - np.exp(-total / weights.scale), index=values.index)


def known(values: pd.Series, otherwise: float) -> Floats:
    """Give values as numbers, `otherwise` where nobody knows them."""
    numbers = values.to_numpy(dtype=float)
    return np.where(np.isnan(numbers), otherwise, numbers)


def typed(values: pd.DataFrame, types: pd.Series, weights: Weights) -> pd.Series:
    """Multiply what the offer's type is judged by beside text, amount, time and distance: 1 where it is nothing."""
    found = np.ones(len(values))
    kinds = types.to_numpy(dtype=object)
    for kind, names in weights.factors.items():
        rows = np.flatnonzero(kinds == kind)
        for name in names if len(rows) else ():
            found[rows] *= known(values[name], weights.unknown[name])[rows]
    return pd.Series(found, index=values.index)


def score(values: pd.DataFrame, types: pd.Series, weights: Weights) -> pd.DataFrame:
    """Give `score` and its parts; `types` are those of the offers.

    Returns
    -------
    DataFrame
        `substance`, `quantity`, `time`, `haul` and `typed` are values in 0..1 (NaN where unknown); `part_*` are what
        each gives to `score`, and add up to it; `factor` is what stands in front of their sum before that is read as
        a chance.
    """
    about, fits = substance(values, weights), typed(values, types, weights)
    scored = {name: values[name] for name in ("quantity", "time", "haul")} | {"substance": about, "typed": fits}
    worth = {name: known(values[name], weights.unknown[name]) for name in weights.share if name in values}
    worth["substance"] = np.ones(len(values))  # its own share counts in full: it is the factor in front
    factor = about.to_numpy() * fits.to_numpy()
    # The root: nearness has its own share too, and what lies beyond all reach is nothing by either.
    factor = np.where(
        types.isin(weights.bound), factor * np.sqrt(known(values["haul"], weights.unknown["haul"])), factor
    )
    parts = {f"part_{name}": factor * share * worth[name] for name, share in weights.share.items()}
    total = np.clip(sum(parts.values(), start=np.zeros(len(values))), 0.0, 1.0)
    chance = chances(total, weights)
    left = np.divide(chance, total, out=np.zeros_like(total), where=total > 0)
    parts = {name: part * left for name, part in parts.items()}
    return pd.DataFrame({**scored, **parts, "factor": factor, "score": chance}, index=values.index)


def chances(sums: Floats, weights: Weights) -> Floats:
    """Read weighted sums in 0..1 as the chance that a pair is right, in the same order: see [calibration]."""
    most = -np.log1p(-np.minimum(weights.even, SURE))
    odds = (-np.log1p(-np.minimum(sums, SURE)) / most) ** weights.power
    return np.asarray(odds / (1 + odds))
