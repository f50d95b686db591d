"""Hazardous waste goes only to who can take it, whichever way matches come about."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from matching import candidates, parsed, standing
from matching.everything import match_all
from matching.explain import explain
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import find_matches
from matching.weights import defaults

Make = Callable[..., dict[str, Any]]

SPENT = "Käytetty liuotin pesusta"
WANTS = {
    2: ("Liuotinta pesuun", False),
    3: ("Käytettyä liuotinta pesuun", True),
    4: ("Käytettyä liuotinta, otamme vaarallista jätettä", False),
    5: ("Käytettyä liuotinta, ei vaarallista jätettä", False),
}
TAKERS = {3, 4}


@pytest.fixture
def listings(make: Make) -> pd.DataFrame:
    """Give spent solvent, hazardous and not, and needs of which two can take the hazardous."""
    wants = [
        make(id=one, organisation_id=one, direction="want", title=title, hazardous=marked)
        for one, (title, marked) in WANTS.items()
    ]
    spent = make(id=1, organisation_id=1, type="waste", title=SPENT, hazardous=True)
    return pd.DataFrame([spent, *wants, {**spent, "id": 6, "organisation_id": 6, "hazardous": False}])


@pytest.fixture
def index(listings: pd.DataFrame) -> MatchIndex:
    """Index the listings."""
    return MatchIndex.build(listings)


def test_only_who_can_take_it_is_a_partner(index: MatchIndex, hauls: Hauls) -> None:
    """Also asked from the need's side; what is not hazardous goes to everybody."""
    assert set(find_matches(index, 1, hauls)["want_id"]) == TAKERS
    assert set(find_matches(index, 6, hauls)["want_id"]) == set(WANTS)
    for want in WANTS:
        assert (1 in set(find_matches(index, want, hauls)["have_id"])) == (want in TAKERS)
    assert not len(
        np.intersect1d(index.resources["id"].to_numpy()[candidates.allowed(index, index.position(1))[0]], [2, 5])
    )


def test_a_refresh_proposes_the_same(index: MatchIndex, listings: pd.DataFrame, hauls: Hauls) -> None:
    """And so does an index to which the waste came later, or was marked later."""
    harmless = listings.assign(hazardous=listings["hazardous"] & (listings["id"] != 1))
    later = MatchIndex.build(harmless).add(listings[listings["id"] == 1])
    for one in (index, later):
        pairs = match_all(one, hauls).pairs
        assert set(pairs.loc[pairs["have_id"] == 1, "want_id"]) == TAKERS


def test_what_was_proposed_before_it_was_marked_lapses(index: MatchIndex, hauls: Hauls) -> None:
    """However alike the words are."""
    known = pd.DataFrame({"have_id": [1, 1, 6], "want_id": [3, 5, 5]})
    again = standing.again(index, known, hauls, defaults())
    assert again["weak"].tolist() == [False, True, False]


def test_the_reason_says_what_the_law_asks(index: MatchIndex, hauls: Hauls) -> None:
    """And whether the need is marked, or only its words say so."""
    found = find_matches(index, 1, hauls).set_index("want_id")
    said = {one: {reason.key for reason in explain(index, row)} for one, row in found.to_dict("index").items()}
    assert "reason.permit" in said[3]
    assert "reason.permit_by_words" in said[4]
    harmless = find_matches(index, 6, hauls).to_dict("records")
    assert not any(reason.key.startswith("reason.permit") for row in harmless for reason in explain(index, row))


@pytest.mark.parametrize(
    ("text", "takes"),
    [
        ("otamme vastaan vaarallista jätettä", True),
        ("jäteöljyä noudetaan", True),
        ("tar emot spillolja för regenerering", True),
        ("hazardous waste for high-temperature incineration", True),
        ("lead batteries for recycling", True),
        ("ei vaarallista jätettä", False),
        ("emme ota, eikä muuta vaarallista jätettä", False),
        ("inte farligt avfall", False),
        ("non-hazardous residues only", False),
        ("vaaratonta lietettä", False),
        ("tuhkaa lannoitteeksi", False),
        ("ei vaarallista jätettä, mutta jäteöljyä", True),
    ],
)
def test_words_that_say_so(text: str, takes: bool) -> None:  # noqa: FBT001 - a row of the table
    """In three languages, and not where they say no."""
    assert parsed.takes_hazardous(text) is takes
