"""Listings of a few companies, and distances that need no road network."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import pytest

from config import settings
from geo import distance
from geo.distance import DistanceEngine
from geo.engines import ENGINES
from matching.frame import COLUMNS
from matching.index import MatchIndex
from matching.pairs import Hauls

KEMI = (390_000.0, 7_293_600.0)
OULU = (429_300.0, 7_209_300.0)
LAHTI = (427_000.0, 6_762_000.0)

# Number, company, direction, type, title, region and place of each.
LISTINGS: list[tuple[int, int, str, str, str, str, tuple[float, float]]] = [
    (1, 1, "have", "material", "Puutuhkaa voimalaitokselta", "19", KEMI),
    (2, 2, "want", "waste", "Tuhkaa metsälannoitukseen", "17", OULU),
    (3, 3, "want", "material", "Wood ash for fertiliser granules", "07", LAHTI),
    (4, 4, "want", "material", "Purkupuuta lastulevyyn", "19", KEMI),
    (5, 1, "want", "material", "Puutuhkaa omaan pihaan", "19", KEMI),
    (6, 5, "have", "material", "Tuhkaa turvekattilasta", "19", KEMI),
    (7, 6, "want", "storage", "Tilaa tuhkan varastointiin", "19", KEMI),
    (8, 7, "have", "energy", "Hukkalämpöä 60 astetta", "19", KEMI),
    (9, 8, "want", "energy", "Lämpöä kaukolämpöverkkoon", "07", LAHTI),
]


def listing(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - any column
    """Describe one resource in the columns that the matcher reads."""
    plain: dict[str, Any] = dict.fromkeys(COLUMNS)
    plain |= {
        "id": 1,
        "organisation_id": 1,
        "site_id": 1,
        "direction": "have",
        "type": "material",
        "title": "Tuhkaa",
        "description": "",
        "language": "fi",
        "concepts": [],
        "continuity": "continuous",
        "season_months": [],
        "visibility": "network",
        "region_code": "19",
        "easting_m": KEMI[0],
        "northing_m": KEMI[1],
        "exact": True,
    }
    return plain | values


@pytest.fixture
def resources() -> pd.DataFrame:
    """Give the listings as a frame."""
    rows = [
        listing(
            id=one,
            organisation_id=organisation,
            site_id=organisation,
            direction=direction,
            type=kind,
            title=title,
            language="en" if title.startswith("Wood") else "fi",
            region_code=region,
            easting_m=place[0],
            northing_m=place[1],
            tonnes_low=100.0 * one,
            tonnes_high=100.0 * one,
        )
        for one, organisation, direction, kind, title, region, place in LISTINGS
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def index(resources: pd.DataFrame) -> MatchIndex:
    """Index the listings."""
    return MatchIndex.build(resources)


@pytest.fixture(scope="session")
def hauls() -> Hauls:
    """Estimate every way from the straight line."""
    engine: DistanceEngine = ENGINES["circuity"](settings.load())
    return partial(distance.pairs, engine=engine)


Make = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def make() -> Make:
    """Give the function that describes one resource."""
    return listing
