"""Bring the amounts of two sides to one measure, as ranges: tonnes, megawatt-hours, cubic metres, floor, pieces, hours.

What comes every year is compared with what comes every year. A single batch is held against one year's need.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

MEASURES = ("t", "MWh", "m3", "m2", "kpl", "h", "m", "EUR", "MW")  # in this order: the first that both have
# unit -> measure and factor. Stacked, loose and solid cubic metres are three measures: their share of air differs.
UNITS: Mapping[str, tuple[str, float]] = {
    "t": ("t", 1.0),
    "kg": ("t", 0.001),
    "MWh": ("MWh", 1.0),
    "kWh": ("MWh", 0.001),
    "GWh": ("MWh", 1000.0),
    "m3": ("m3", 1.0),
    "l": ("m3", 0.001),
    "i-m3": ("i-m3", 1.0),
    "p-m3": ("p-m3", 1.0),
    "k-m3": ("k-m3", 1.0),
    "m2": ("m2", 1.0),
    "kpl": ("kpl", 1.0),
    "h": ("h", 1.0),
    "m": ("m", 1.0),
    "EUR": ("EUR", 1.0),
    "MW": ("MW", 1.0),
    "kW": ("MW", 0.001),
}
HOURS_A_YEAR = {"low": 1500.0, "high": 8760.0}  # of use of a heat source: from a few winter months to all the year
M2_A_PALLET = {
    "low": 0.6,
    "high": 2.0,
}  # floor of one pallet place with its share of the aisle: in high racks, on the floor
WATER_T_PER_M3 = 1.0
SIDES, ENDS = ("have", "want"), ("low", "high")
AIRY = ("i-m3", "p-m3", "k-m3")
_AT = {measure: column for column, measure in enumerate((*MEASURES, *AIRY))}

Floats = npt.NDArray[np.float64]


def ranges(pairs: pd.DataFrame) -> pd.DataFrame:
    """Give both amounts of each pair in the first measure that both have.

    Returns
    -------
    DataFrame
        `have_low`, `have_high`, `want_low`, `want_high` (NaN where there is no common measure) and `measure`, the unit
        that they are in, empty where there is none.
    """
    told = {(side, end): _measured(pairs, side, end) for side in SIDES for end in ENDS}
    both = ~(np.isnan(told["have", "high"]) | np.isnan(told["want", "high"]))
    first, rows = both.argmax(axis=1), np.arange(len(pairs))
    known = both.any(axis=1)
    found = {f"{side}_{end}": np.where(known, ends[rows, first], np.nan) for (side, end), ends in told.items()}
    measures = np.array([*_AT, ""], dtype=object)[np.where(known, first, len(_AT))]
    return pd.DataFrame({**found, "measure": measures}, index=pairs.index)


def _measured(pairs: pd.DataFrame, side: str, end: str) -> Floats:
    """Give one end of a side's amounts, a column a measure of `_AT`; NaN where it is not told."""
    found = _told(pairs, side, end)
    kind = pairs[f"{side}_type"].to_numpy(dtype=object)
    _fill(found, "t", _number(pairs, f"{side}_tonnes_{end}"))
    _fill(found, "m3", np.where(kind == "water", found[:, _AT["t"]] / WATER_T_PER_M3, np.nan))
    _fill(found, "MW", _number(pairs, f"{side}_power_{end}"))
    _fill(found, "MWh", found[:, _AT["MW"]] * HOURS_A_YEAR[end])
    _fill(found, "m2", _number(pairs, f"{side}_area_{end}"))
    store = kind == "storage"
    if store.any():
        pallets = _number(pairs, f"{side}_pallets_{end}")
        _fill(found, "kpl", np.where(store, pallets, np.nan))
        _fill(found, "m2", np.where(store, found[:, _AT["kpl"]] * M2_A_PALLET[end], np.nan))
    return found


def _told(pairs: pd.DataFrame, side: str, end: str) -> Floats:
    """Give the amount as it was told, in the measure of its unit; NaN in all others."""
    codes, units = pd.factorize(pairs[f"{side}_unit"].to_numpy(dtype=object))
    known = [UNITS.get(str(unit)) for unit in units]
    column = np.array([_AT[one[0]] if one else -1 for one in known] + [-1])[codes]
    factor = np.array([one[1] if one else np.nan for one in known] + [np.nan])[codes]
    found = np.full((len(pairs), len(_AT)), np.nan)
    rows = np.flatnonzero(column >= 0)
    found[rows, column[rows]] = (_number(pairs, f"{side}_quantity_{end}") * factor)[rows]
    return found


def _fill(found: Floats, measure: str, values: Floats) -> None:
    column = found[:, _AT[measure]]
    np.copyto(column, values, where=np.isnan(column))


def _number(pairs: pd.DataFrame, column: str) -> Floats:
    # An amount of nothing, or without bounds, says nothing.
    found = pairs[column].to_numpy(dtype=float)
    return np.where((found > 0) & np.isfinite(found), found, np.nan)
