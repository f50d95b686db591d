"""The resources as the matcher sees them: a frame with one row each, and numbers that whole columns compare by."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from matching import traits

# What a reader must give; `concepts` begin with ONLY where they stand in the place of what the text says; `exact` is
# False where only the municipality of a site may be known.
COLUMNS = (
    "id",
    "organisation_id",
    "site_id",
    "direction",
    "type",
    "title",
    "description",
    "language",
    "concepts",
    "ewc_code",
    "hazardous",
    "tonnes_low",
    "tonnes_high",
    "quantity_low",
    "quantity_high",
    "unit",
    "continuity",
    "available_from",
    "available_to",
    "season_months",
    "attributes",
    "visibility",
    "region_code",
    "easting_m",
    "northing_m",
    "exact",
)
ONLY = "!"
ALL_YEAR = (1 << 12) - 1
# Types that can serve each other: a waste for one is a material for the other. All else goes with its own kind.
FAMILY = {"waste": "material"}
NO_REGION = -1
WHOLE = ("id", "organisation_id", "site_id")
TEXT = ("direction", "type", "title", "description", "language", "ewc_code", "unit", "continuity", "visibility")
RANGES = ("tonnes", "quantity")

Column = npt.NDArray[np.generic] | ExtensionArray


def prepare(resources: pd.DataFrame) -> pd.DataFrame:
    """Add what features compare: family, amounts in the middle of their range, months as bits, days as numbers.

    Every column is a block of numbers or of text, and none holds an object a row: half a million resources take a
    tenth of the memory, and can lie in a file that is read in place.
    """
    given: dict[str, pd.Series] = {column: resources[column] for column in COLUMNS}
    made: dict[str, Column] = {column: _whole(given[column]) for column in WHOLE}
    made |= {column: _text(given[column]) for column in TEXT}
    made["family"] = _text(given["type"].replace(FAMILY))
    made["concepts"] = _text(pd.Series([_joined(one) for one in given["concepts"]], dtype="str"))
    made["region_code"] = given["region_code"].astype("str").array
    made["region"] = pd.to_numeric(given["region_code"]).fillna(NO_REGION).to_numpy(np.int16)
    for measure in RANGES:
        low, high = (_numbers(given[f"{measure}_{end}"]) for end in ("low", "high"))
        made |= {f"{measure}_low": low, f"{measure}_high": high, measure: (low + high) / 2}
    read = traits.read(resources)
    named = read.pop("named_months")
    told = np.array([months_as_bits(months) for months in given["season_months"]], dtype=np.int16)
    made["months"] = np.where((told == ALL_YEAR) & (named > 0), named, told)
    made |= read
    for column in ("available_from", "available_to"):
        made[f"{column}_day"] = _days(given[column])
    made |= {column: _numbers(given[column]) for column in ("easting_m", "northing_m")}
    made["exact"] = given["exact"].to_numpy(bool)
    made["hazardous"] = given["hazardous"].isin([True]).to_numpy(bool)  # what nobody tells is not hazardous
    made["barred"] = traits.barred(resources)
    return pd.DataFrame(made)


def _whole(column: pd.Series) -> npt.NDArray[np.int64]:
    return np.nan_to_num(_numbers(column)).astype(np.int64)


def _numbers(column: pd.Series) -> npt.NDArray[np.float64]:
    return column.to_numpy(float, na_value=np.nan)


def _text(column: pd.Series) -> ExtensionArray:
    return column.astype("str").fillna("").array


def _days(column: pd.Series) -> npt.NDArray[np.float64]:
    days = pd.to_datetime(column).to_numpy("datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(float))


def _joined(given: object) -> str:
    return " ".join(map(str, given)) if isinstance(given, list | tuple | np.ndarray) else ""


def months_as_bits(months: object) -> int:
    """Write months 1-12 as bits; no months at all means all the year."""
    if not isinstance(months, list | tuple | np.ndarray) or len(months) == 0:
        return ALL_YEAR
    return sum(1 << (int(month) - 1) for month in set(months))
