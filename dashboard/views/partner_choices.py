"""The resources to choose from, each in one line."""

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

from config.texts import Language
from dashboard import amounts
from geo import regions

# An offer is a full dot and a need a ring, as on the map.
SIGNS = {"have": "●", "want": "○"}


def labels(found: pd.DataFrame, language: Language) -> dict[int, str]:
    """Give each resource its sign, title, amount and place, in the order of the frame."""
    rows = cast("list[Mapping[str, Any]]", found.to_dict("records"))
    return {int(row["id"]): _label(row, language) for row in rows}


def _label(row: Mapping[str, Any], language: Language) -> str:
    place = regions.load().municipalities[row["municipality_code"]].name(language)
    said = (str(row["title"]), amounts.say(row, language), place)
    return f"{SIGNS[row['direction']]} {' · '.join(part for part in said if part)}"
