"""What there is to choose from: resources and companies in a line each, and what partners are about; pure."""

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

from config.texts import Language
from dashboard import amounts
from geo import regions
from matching.concepts import Taxonomy

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


def companies(found: pd.DataFrame) -> dict[int, str]:
    """Give each company its name, and how much it offers and needs."""
    rows = cast("list[Mapping[str, Any]]", found.to_dict("records"))
    return {int(row["id"]): f"{row['name']} · {_counted(row)}" for row in rows}


def _counted(row: Mapping[str, Any]) -> str:
    told = [f"{SIGNS[side]} {row[f'{side}s']}" for side in SIGNS if row[f"{side}s"]]
    return " ".join(told)


def topics(resources: pd.DataFrame, known: Taxonomy) -> dict[int, tuple[str, ...]]:
    """Tell of resources, in the columns that the matcher reads, which concepts they name: no mere properties."""
    found = {}
    for row in cast("list[Mapping[str, Any]]", resources.to_dict("records")):
        named = [*known.tags(f"{row['title']}. {row['description']}", str(row["language"]))]
        named += [one for one in str(row["concepts"]).split() if one in known.concepts]
        found[int(row["id"])] = tuple(dict.fromkeys(one for one in named if _telling(one, known)))
    return found


def _telling(name: str, known: Taxonomy) -> bool:
    concept = known.concepts[name]
    return concept.kind != "property" and not concept.stop
