"""Bring the amounts of two sides to one measure, as ranges: tonnes, megawatt-hours, cubic metres, floor, pieces, hours.

What comes every year is compared with what comes every year. A single batch is held against one year's need.
"""

from collections.abc import Mapping

import numpy as np
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
HOURS_A_YEAR = (1500.0, 8760.0)  # of use of a heat source: from a few winter months to all the year
M2_A_PALLET = (0.6, 2.0)  # floor of one pallet place with its share of the aisle: in high racks, on the floor
WATER_T_PER_M3 = 1.0
ENDS = ("low", "high")
AIRY = ("i-m3", "p-m3", "k-m3")


def ranges(pairs: pd.DataFrame) -> pd.DataFrame:
    """Give both amounts of each pair in the first measure that both have.

    Returns
    -------
    DataFrame
        `have_low`, `have_high`, `want_low`, `want_high` (NaN where there is no common measure) and `measure`, the unit
        that they are in, empty where there is none.
    """
    have, want = _measured(pairs, "have"), _measured(pairs, "want")
    found = pd.DataFrame(
        np.nan, index=pairs.index, columns=[f"{side}_{end}" for side in ("have", "want") for end in ENDS]
    )
    found["measure"] = ""
    for measure in (*MEASURES, *AIRY):
        both = (found["measure"] == "") & have[measure, "high"].notna() & want[measure, "high"].notna()
        for side, told in (("have", have), ("want", want)):
            for end in ENDS:
                found.loc[both, f"{side}_{end}"] = told[measure, end][both]
        found.loc[both, "measure"] = measure
    return found


def _measured(pairs: pd.DataFrame, side: str) -> dict[tuple[str, str], "pd.Series[float]"]:
    found: dict[tuple[str, str], pd.Series[float]] = {}
    for end, hours, floor in zip(ENDS, HOURS_A_YEAR, M2_A_PALLET, strict=True):
        told = _told(pairs, side, end)
        told["t"] = _number(pairs, f"{side}_tonnes_{end}").fillna(told["t"])
        water = pairs[f"{side}_type"] == "water"
        told["m3"] = told["m3"].fillna((told["t"] / WATER_T_PER_M3).where(water))
        told["MW"] = told["MW"].fillna(_number(pairs, f"{side}_power_{end}"))
        told["MWh"] = told["MWh"].fillna(told["MW"] * hours)
        pallets = told["kpl"].where(pairs[f"{side}_type"] == "storage").fillna(_number(pairs, f"{side}_pallets_{end}"))
        told["kpl"] = told["kpl"].fillna(pallets)
        told["m2"] = told["m2"].fillna(_number(pairs, f"{side}_area_{end}")).fillna(pallets * floor)
        found |= {(measure, end): column for measure, column in told.items()}
    return found


def _told(pairs: pd.DataFrame, side: str, end: str) -> dict[str, "pd.Series[float]"]:
    """Give the amount as it was told, in the measure of its unit; NaN in all others."""
    amount = _number(pairs, f"{side}_quantity_{end}")
    unit = pairs[f"{side}_unit"].astype(object)
    factor = unit.map({code: factor for code, (_, factor) in UNITS.items()}).astype(float)
    measure = unit.map({code: measure for code, (measure, _) in UNITS.items()})
    return {name: (amount * factor).where(measure == name) for name in (*MEASURES, *AIRY)}


def _number(pairs: pd.DataFrame, column: str) -> "pd.Series[float]":
    # An amount of nothing, or without bounds, says nothing.
    found = pairs[column].astype(float)
    return found.where((found > 0) & np.isfinite(found))
