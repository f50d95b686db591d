"""How much of the need the offer covers, and how much of the offer the need takes."""

import numpy as np
import pandas as pd

from matching.weights import Weights


def value(pairs: pd.DataFrame, _weights: Weights) -> pd.Series:
    """Give the square root of smaller over larger amount, so that a quarter of a need is still half as good as all.

    Tonnes where both have them, else amounts of the same unit; NaN otherwise, and where one is a single batch and
    the other a yearly flow, since the two can't be compared.
    """
    smaller, larger = amounts(pairs).min(axis=1, skipna=False), amounts(pairs).max(axis=1, skipna=False)
    share = (smaller / larger.where(larger > 0)).pow(0.5)
    return share.where(pairs["have_continuity"] == pairs["want_continuity"], np.nan).rename("quantity")


def amounts(pairs: pd.DataFrame) -> pd.DataFrame:
    """Give the two amounts in one measure: columns have and want, NaN where they have none in common."""
    sides = {side: pairs[f"{side}_tonnes"].astype(float) for side in ("have", "want")}
    weighed = sides["have"].notna() & sides["want"].notna()
    same_unit = (pairs["have_unit"] == pairs["want_unit"]) & (pairs["have_unit"] != "")
    counted = {side: pairs[f"{side}_quantity"].astype(float).where(same_unit) for side in sides}
    return pd.DataFrame({side: tonnes.where(weighed, counted[side]) for side, tonnes in sides.items()})
