import numpy as np
import pandas as pd
import pytest

from config import settings
from dashboard import kindred, precedents
from geo import distance
from geo.distance import Distances
from matching.frame import COLUMNS
from matching.index import MatchIndex
from matching.weights import defaults

ROWS = [
    # id, organisation, direction, type, title
    (1, 1, "have", "waste", "Puutuhka voimalaitokselta"),
    (2, 2, "want", "waste", "Puutuhkaa lannoitteeksi"),
    (3, 3, "have", "waste", "Puutuhka kattilasta"),
    (4, 4, "want", "waste", "Puutuhkaa lannoitteeksi metsään"),
    (5, 5, "have", "expertise", "Tuhkan lannoitekäytön asiantuntija"),
    (6, 6, "want", "expertise", "Apua tuhkan lannoitekäyttöön"),
    (7, 7, "want", "waste", "Kahvinporoja sienille"),
    (8, 8, "want", "storage", "Lämmintä varastoa"),
    (9, 9, "have", "storage", "Kylmää hallia"),
]


@pytest.fixture(scope="module")
def index() -> MatchIndex:
    """Give an index of a few listings, each 10 km north of the one before."""
    frame = pd.DataFrame(
        [
            {
                **dict.fromkeys(COLUMNS),
                "id": one,
                "organisation_id": organisation,
                "site_id": one,
                "direction": direction,
                "type": kind,
                "title": title,
                "description": "",
                "language": "fi",
                "continuity": "continuous",
                "visibility": "public",
                "region_code": "19",
                "easting_m": 400_000.0,
                "northing_m": 7_290_000.0 + 10_000.0 * one,
                "exact": True,
            }
            for one, organisation, direction, kind, title in ROWS
        ]
    )
    return MatchIndex.build(frame)


def matches(index: MatchIndex, *pairs: tuple[int, int]) -> pd.DataFrame:
    """Give pairs as the matcher lays them out."""
    rows = [(index.position(have), index.position(want)) for have, want in pairs]
    return pd.DataFrame(rows, columns=["have_row", "want_row"])


def test_a_completed_synergy_speaks_for_what_is_alike_on_both_sides(index: MatchIndex) -> None:
    """Ash for ash, not for coffee grounds, not knowledge of ash, and not for itself."""
    completed = pd.DataFrame({"have_id": [3, 3, 999], "want_id": [4, 7, 4]})
    found = precedents.count(index, matches(index, (1, 2), (1, 7), (5, 6), (3, 4)), completed)
    assert found.tolist() == [1, 1, 0, 0]
    assert precedents.value(found).tolist() == [0.5, 0.5, 0.0, 0.0]


def test_nothing_completed_speaks_for_nothing(index: MatchIndex) -> None:
    """And where there are no matches, there is nothing to count."""
    none = pd.DataFrame({"have_id": [], "want_id": []}, dtype=np.int64)
    assert precedents.count(index, matches(index, (1, 2)), none).tolist() == [0]
    some = pd.DataFrame({"have_id": [3], "want_id": [4]})
    assert precedents.count(index, matches(index), some).tolist() == []


def test_where_nothing_answers_the_nearest_of_the_type_do(index: MatchIndex) -> None:
    """Of the other direction and another organisation, with a way to each."""
    engine = distance.default_engine(settings.load())

    def hauls(start: distance.Floats, end: distance.Floats) -> Distances:
        return distance.pairs(start, end, engine)

    found = kindred.nearest(index, 9, hauls, defaults())
    assert found["partner_id"].tolist() == [8]
    assert found["km"].notna().all()
    assert kindred.nearest(index, 3, hauls, defaults())["partner_id"].tolist() == [2, 4, 7]
    assert kindred.weak(found.assign(substance=0.1))
    assert not kindred.weak(found.assign(substance=0.5))
    assert kindred.weak(found.iloc[:0])
