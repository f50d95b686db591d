"""The features of a pair, one file each: add a file and a line here, and a weight in defaults.toml or typed.toml."""

from collections.abc import Mapping
from typing import Protocol

import pandas as pd

from matching.features import (
    carrier,
    characters,
    concepts,
    corridor,
    ewc,
    haul,
    hazard,
    near,
    purity,
    quantity,
    temperature,
    time,
    warmth,
)
from matching.weights import Weights


class Feature(Protocol):
    """What a module here must have."""

    def value(self, pairs: pd.DataFrame, weights: Weights, /) -> pd.Series:
        """Give each pair a value in 0..1 with the same index; NaN where nothing is known."""
        ...


FEATURES: Mapping[str, Feature] = {
    "characters": characters,
    "concepts": concepts,
    "ewc": ewc,
    "quantity": quantity,
    "time": time,
    "haul": haul,
    "carrier": carrier,
    "temperature": temperature,
    "purity": purity,
    "corridor": corridor,
    "warmth": warmth,
    "near": near,
    "hazard": hazard,
}


def values(pairs: pd.DataFrame, weights: Weights) -> pd.DataFrame:
    """Give the values of all features, one column each, unknown ones as NaN."""
    return pd.DataFrame({name: feature.value(pairs, weights) for name, feature in FEATURES.items()}, index=pairs.index)
