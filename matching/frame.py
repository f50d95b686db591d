"""The resources as the matcher sees them: a frame with one row each, and numbers that whole columns compare by."""

import numpy as np
import pandas as pd

from matching import traits

# What a reader must give; `exact` is False where only the municipality of a site may be known.
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
    "tonnes_low",
    "tonnes_high",
    "quantity_low",
    "quantity_high",
    "unit",
    "continuity",
    "available_from",
    "available_to",
    "season_months",
    "visibility",
    "region_code",
    "easting_m",
    "northing_m",
    "exact",
    "attributes",
)
ALL_YEAR = (1 << 12) - 1
# Types that can serve each other: a waste for one is a material for the other. All else goes with its own kind.
FAMILY = {"waste": "material"}


def prepare(resources: pd.DataFrame) -> pd.DataFrame:
    """Add what features compare: family, amounts in the middle of their range, months as bits, days as numbers."""
    frame = resources.loc[:, list(COLUMNS)].reset_index(drop=True)
    frame["family"] = frame["type"].replace(FAMILY)
    for measure in ("tonnes", "quantity"):
        low, high = (pd.to_numeric(frame[f"{measure}_{end}"]).astype(float) for end in ("low", "high"))
        frame[measure] = (low + high) / 2
    frame["months"] = [months_as_bits(months) for months in frame["season_months"]]
    for column in ("available_from", "available_to"):
        frame[f"{column}_day"] = pd.to_datetime(frame[column]).to_numpy("datetime64[D]").astype(float)
    for column in ("available_from_day", "available_to_day"):
        frame.loc[frame[column.removesuffix("_day")].isna(), column] = np.nan
    frame["exact"] = frame["exact"].astype(bool)
    for column in ("ewc_code", "unit", "title", "description"):
        frame[column] = frame[column].astype(object).where(frame[column].notna(), "").astype(str)
    read = traits.read(frame)
    named = read.pop("named_months")
    frame["months"] = np.where((frame["months"] == ALL_YEAR) & (named > 0), named, frame["months"])
    return frame.drop(columns="attributes").assign(**read)


def months_as_bits(months: object) -> int:
    """Write months 1-12 as bits; no months at all means all the year."""
    if not isinstance(months, list | tuple | np.ndarray) or len(months) == 0:
        return ALL_YEAR
    return sum(1 << (int(month) - 1) for month in set(months))
