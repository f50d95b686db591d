"""Pairs of an offer and a need, laid side by side for the features."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.distance import ESTIMATE, NONE, Distances
from matching import traits
from matching.index import MatchIndex

Floats = npt.NDArray[np.float64]

# The way from each of n points to the point in the same row, both (n, 2) in TM35FIN metres.
Hauls = Callable[[Floats, Floats], Distances]
POINT = ("easting_m", "northing_m")
WAY = ("km", "minutes", "method", "ferry_km", "low_km", "high_km")

SIDE = (
    "id",
    "organisation_id",
    "site_id",
    "type",
    "ewc_code",
    "hazardous",
    "barred",
    "tonnes_low",
    "tonnes_high",
    "tonnes",
    "quantity_low",
    "quantity_high",
    "quantity",
    "unit",
    "continuity",
    "months",
    "available_from_day",
    "available_to_day",
    "region_code",
    *POINT,
    "exact",
    *traits.COLUMNS,
)


def lay_out(index: MatchIndex, found: pd.DataFrame, columns: Sequence[str] = SIDE) -> pd.DataFrame:
    """Give each pair the columns of both sides as have_* and want_*."""
    row, other = found["row"].to_numpy(dtype=int), found["other"].to_numpy(dtype=int)
    offers = (index.take(row, ["direction"])["direction"] == "have").to_numpy(dtype=bool)
    have, want = np.where(offers, row, other), np.where(offers, other, row)
    kept = {name: found[name].to_numpy() for name in ("inside", "characters", "concepts")}
    sides = [index.take(rows, columns).add_prefix(f"{side}_") for side, rows in (("have", have), ("want", want))]
    return pd.concat([pd.DataFrame({"have_row": have, "want_row": want, **kept}), *sides], axis=1)


def barred(pairs: pd.DataFrame) -> "pd.Series[bool]":
    """Tell of laid out pairs whether the offer is hazardous waste that the need can't take."""
    return pairs["have_barred"].astype(bool) & pairs["want_barred"].astype(bool)


def measure(index: MatchIndex, pairs: pd.DataFrame, hauls: Hauls) -> pd.DataFrame:
    """Add the way between each offer and its need: km, minutes, method, ferry_km, low_km and high_km."""
    # Always from the offer: a way back may differ in its last digits, and a pair must have one figure.
    first, last = (index.take(pairs[f"{side}_row"].to_numpy(), POINT).to_numpy() for side in ("have", "want"))
    ways = hauls(first, last)
    measured = pairs.assign(**{column: getattr(ways, column) for column in WAY})
    # Where only the municipality may be known, the road to its centre is a guess.
    vague = ~(pairs["have_exact"] & pairs["want_exact"]).to_numpy(dtype=bool) & (ways.method != NONE)
    measured["method"] = np.where(vague, ESTIMATE, ways.method)
    return measured
