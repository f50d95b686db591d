"""Whose partners are sought: a resource, all that a company has and needs, or an idea that nobody keeps; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from config.texts import Language
from data.model import Direction, ResourceType
from geo import regions
from matching import frame

IDEA_ID = -1  # no row of the store has it
Kind = Literal["resource", "organisation", "idea"]
KINDS: tuple[Kind, ...] = ("resource", "organisation", "idea")
WORDS_MAX = 200
TONNES_MAX = 1e9


@dataclass(frozen=True)
class Idea:
    """Hold what somebody might have or need in a municipality; it is never written anywhere."""

    words: str
    direction: Direction
    type: ResourceType
    municipality: str
    tonnes: float | None = None

    @property
    def usable(self) -> bool:
        """Tell whether there is enough to look for partners."""
        return bool(self.words.strip()) and self.municipality in regions.load().municipalities


@dataclass(frozen=True)
class Subject:
    """Hold whose partners are sought; `own` are the ids of the resources, `IDEA_ID` alone for an idea."""

    kind: Kind
    own: tuple[int, ...]
    idea: Idea | None = None

    @property
    def key(self) -> str:
        """Name it for the keys of widgets that hang on it."""
        return f"{self.kind}_{abs(hash((self.own, self.idea))) % 10**9}"


def listing(idea: Idea, language: Language) -> pd.DataFrame:
    """Give an idea as the matcher reads resources: at the middle of its municipality, open to all."""
    place = regions.load().municipalities[idea.municipality]
    row: dict[str, Any] = dict.fromkeys(frame.COLUMNS)
    row |= {
        "id": IDEA_ID,
        "organisation_id": IDEA_ID,
        "site_id": IDEA_ID,
        "direction": str(idea.direction),
        "type": str(idea.type),
        "title": idea.words.strip()[:WORDS_MAX],
        "description": "",
        "language": language,
        "concepts": [],
        "hazardous": False,
        "tonnes_low": idea.tonnes,
        "tonnes_high": idea.tonnes,
        "continuity": "continuous",
        "season_months": [],
        "attributes": {},
        "visibility": "public",
        "region_code": place.region,
        "easting_m": place.easting,
        "northing_m": place.northing,
        "exact": False,
    }
    return pd.DataFrame([row]).astype({"tonnes_low": float, "tonnes_high": float})


def fact(idea: Idea) -> Mapping[str, Any]:
    """Give an idea as the page shows resources."""
    place = regions.load().municipalities[idea.municipality]
    return {
        "id": IDEA_ID,
        "direction": str(idea.direction),
        "type": str(idea.type),
        "title": idea.words.strip()[:WORDS_MAX],
        "quantity_low": None,
        "quantity_high": None,
        "unit": None,
        "tonnes_low": idea.tonnes,
        "tonnes_high": idea.tonnes,
        "tonnes_basis": "declared",
        "continuity": "continuous",
        "ewc_code": None,
        "hazardous": False,
        "demo": False,
        "organisation": None,
        "site_id": IDEA_ID,
        "municipality_code": idea.municipality,
        "region_code": place.region,
        "vague": True,
        "easting_m": place.easting,
        "northing_m": place.northing,
    }
