"""Read a frame row by row."""

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

Record = Mapping[str, Any]


def records(frame: pd.DataFrame) -> list[Record]:
    """Give the rows of a frame as mappings; what is missing is None, whatever the column holds."""
    told = frame.astype(object)
    return cast("list[Record]", told.where(told.notna(), None).to_dict("records"))
