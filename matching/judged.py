"""Score pairs as decisions have taught, where that is surely better, and by the default where it is not."""

import numpy as np
import pandas as pd

from matching import learning, score
from matching.learning import SCORE, Learned
from matching.score import Floats
from matching.weights import Weights

# Which features are told together: each part gives to the score what its features do.
PARTS = {
    "substance": ("characters", "concepts", "ewc"),
    "quantity": ("quantity",),
    "time": ("time",),
    "haul": ("haul",),
}
FACTORS = ("carrier", "temperature", "purity", "corridor", "warmth", "near", "hazard")


def scored(values: pd.DataFrame, types: pd.Series, weights: Weights) -> pd.DataFrame:
    """Give what `score.score` gives, and `default`, the score of the default weights.

    Where there is a learned model, `score` is the chance that a coordinator takes the pair up, `part_*` what each part
    gives to its log-odds, and `gain_*` what each factor of a type gives more than if nobody had told.
    """
    plain = score.score(values, types, weights)
    plain["default"] = plain["score"]
    model = weights.learned
    if model is None:
        return plain
    known = learning.columns(values, plain["score"], weights.unknown)
    told = {f"part_{name}": _part(model, known, plain, name) for name in weights.share if name in PARTS}
    gains = {f"gain_{name}": _gain(model, known, name, weights.unknown[name]) for name in FACTORS}
    return plain.assign(**told, **gains, score=model.score(known))


def at_most(values: pd.DataFrame, weights: Weights) -> Floats:
    """Give the highest score that pairs could reach: what they have in common, everything else being perfect."""
    most = score.chances(score.substance(values, weights).to_numpy(), weights)
    model = weights.learned
    if model is None:
        return most
    known = learning.columns(values, pd.Series(most, index=values.index), weights.unknown)
    return model.score(known.assign(**{name: 1.0 for name in model.worth if name not in known})).to_numpy()


def _part(model: Learned, known: pd.DataFrame, plain: pd.DataFrame, name: str) -> Floats:
    found = model.worth.get(SCORE, 0.0) * plain[f"part_{name}"].to_numpy(dtype=float)
    for feature in PARTS[name]:
        found = found + model.worth.get(feature, 0.0) * known[feature].to_numpy(dtype=float)
    return found


def _gain(model: Learned, known: pd.DataFrame, name: str, unknown: float) -> Floats:
    value = known[name].to_numpy(dtype=float)
    less = np.divide(unknown, value, out=np.ones_like(value), where=value > 0)
    lead = model.worth.get(SCORE, 0.0) * known[SCORE].to_numpy(dtype=float) * (1 - less)
    return np.asarray(lead + model.worth.get(name, 0.0) * (value - unknown))
