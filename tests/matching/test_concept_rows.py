from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from matching import concepts
from matching.concept_rows import ConceptRows
from matching.frame import prepare
from matching.tagger import MODIFIER
from matching.weights import defaults

Make = Callable[..., dict[str, Any]]


@pytest.fixture
def listings(make: Make) -> pd.DataFrame:
    """Give a few offers and needs."""
    rows = [
        make(id=1, title="Sahanpurua", description="Myös haketta"),
        make(id=2, title="Kuiviketta hevosille", direction="want"),
        make(id=3, title="Sahanpurua", direction="want"),
        make(id=4, title="Jotain muuta", ewc_code="100117"),
        make(id=5, title="Ylijäämä", concepts=["fly_ash"]),
        make(id=6, title="Zzz"),
    ]
    return prepare(pd.DataFrame(rows))


@pytest.fixture
def space(listings: pd.DataFrame) -> ConceptRows:
    """Make the space of concepts from them."""
    return ConceptRows(concepts.load(), defaults().concepts, listings)


def row(listings: pd.DataFrame, one: int) -> dict[str, object]:
    """Give one listing."""
    return {str(key): value for key, value in listings.iloc[one - 1].to_dict().items()}


def test_rows_are_about_as_long_as_each_other_or_nothing(space: ConceptRows, listings: pd.DataFrame) -> None:
    """A listing that names nothing known is like none; one that says much is a little longer."""
    lengths = np.sqrt(space.vectors(listings).multiply(space.vectors(listings)).sum(axis=1))
    assert lengths.tolist() == pytest.approx([1, 1, 1, 1, 1, 0], abs=0.2)
    assert lengths[0] > lengths[1]


def test_an_offer_meets_the_need_that_it_is_good_for(space: ConceptRows, listings: pd.DataFrame) -> None:
    """Sawdust is bedding, though the two words share nothing."""
    vectors = space.vectors(listings)
    cosine = (vectors @ vectors.T).toarray()
    assert cosine[0, 1] > 0.15
    assert space.fits(row(listings, 1), row(listings, 2))[0] == ("sawdust", "bedding")


def test_a_need_spreads_less_than_an_offer(space: ConceptRows, listings: pd.DataFrame) -> None:
    """Who wants sawdust does not want all that is good for the same."""
    offer, need = space.of(row(listings, 1)), space.of(row(listings, 3))
    assert offer["bedding"] > need["bedding"]
    assert offer["sawdust"] == need["sawdust"] == 1


def test_a_title_says_more_than_a_description_and_a_code(space: ConceptRows, listings: pd.DataFrame) -> None:
    """What somebody set by hand says as much as a title."""
    assert space.named(row(listings, 1))["wood_chips"] == defaults().concepts["description"]
    assert 0 < space.named(row(listings, 4))["fly_ash"] <= defaults().concepts["ewc"]
    assert space.named(row(listings, 5)) == {"fly_ash": 1}


def test_a_code_that_stands_for_much_says_little_of_each(space: ConceptRows, make: Make) -> None:
    """Of food that nobody can eat there are many kinds."""
    many, one = (space.named(make(title="Zzz", ewc_code=code)) for code in ("020304", "170605"))
    assert len(many) > len(one)
    assert max(many.values()) < min(one.values()) <= defaults().concepts["ewc"]


def test_where_an_offer_comes_from_weighs_less(space: ConceptRows, make: Make) -> None:
    """Ash of a power plant is nothing for a power plant; in a need the plant may be who needs it."""
    title = "Voimalaitoksen lentotuhkaa"
    offer, need = (space.named(make(title=title, direction=side)) for side in ("have", "want"))
    assert offer["power_generation"] < need["power_generation"] == MODIFIER
    assert offer["fly_ash"] == 1


def test_one_by_one_is_the_same_as_all_at_once(space: ConceptRows, listings: pd.DataFrame) -> None:
    """Whichever way a vector came about."""
    together = space.vectors(listings).toarray()
    alone = np.vstack([space.vectors(listings.iloc[[at]]).toarray() for at in range(len(listings))])
    np.testing.assert_array_equal(together, alone)


def test_a_single_listing_is_weighed_as_in_a_frame(space: ConceptRows, listings: pd.DataFrame) -> None:
    """What is told as a reason is what was counted."""
    names = list(concepts.load().concepts)
    for one in (1, 2, 3, 4, 5, 6):
        raw = space.raw(listings.iloc[[one - 1]])
        counted = {names[column]: weight for column, weight in zip(raw.indices, raw.data, strict=True)}
        assert space.of(row(listings, one)) == pytest.approx(counted)


def test_an_empty_frame_has_no_rows(space: ConceptRows, listings: pd.DataFrame) -> None:
    """And as many columns as ever."""
    assert space.vectors(listings.head(0)).shape == (0, len(concepts.load().concepts))


def test_shared_concepts_are_named_by_one_of_the_two(space: ConceptRows, listings: pd.DataFrame) -> None:
    """What both only lead to is no reason that a coordinator would give."""
    assert space.shared(row(listings, 1), row(listings, 3))[0] == "sawdust"
    assert space.shared(row(listings, 1), row(listings, 6)) == []
