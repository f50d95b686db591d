from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from config.errors import MatchProblem
from matching.everything import match_all
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import find_matches

Make = Callable[..., dict[str, Any]]


def test_a_new_resource_matches_at_once(index: MatchIndex, hauls: Hauls, make: Make) -> None:
    """From its own side and from the other."""
    grown = index.add(
        pd.DataFrame([make(id=50, organisation_id=50, site_id=50, direction="want", title="Puutuhkaa kalkitukseen")])
    )
    assert 50 in find_matches(grown, 1, hauls)["partner_id"].tolist()
    assert 1 in find_matches(grown, 50, hauls)["partner_id"].tolist()
    assert len(index.resources) == 9  # whoever holds the old one goes on as before


def test_a_changed_resource_takes_the_place_of_the_old(
    index: MatchIndex, hauls: Hauls, resources: pd.DataFrame
) -> None:
    """Under the same id, once."""
    changed = index.add(resources[resources["id"] == 2].assign(title="Hukkalämpöä"))
    assert changed.ids.tolist() == index.ids.tolist()
    assert changed.take(np.array([changed.position(2)]), ["title"]).loc[0, "title"] == "Hukkalämpöä"
    before, after = (
        find_matches(one, 1, hauls, k=None).set_index("partner_id")["substance"] for one in (index, changed)
    )
    assert after.get(2, 0.0) < before[2]


def test_removing_leaves_the_rows_together(index: MatchIndex, hauls: Hauls) -> None:
    """The vectors of the others stay theirs."""
    smaller = index.remove([2, 404])
    assert smaller.ids.tolist() == [one for one in index.ids if one != 2]
    assert 2 not in find_matches(smaller, 1, hauls, k=None)["partner_id"].tolist()
    with pytest.raises(MatchProblem):
        smaller.position(2)
    scores = find_matches(smaller, 1, hauls, k=None).set_index("partner_id")["score"]
    whole = find_matches(index, 1, hauls, k=None).set_index("partner_id")["score"]
    assert scores[3] == pytest.approx(whole[3])


@pytest.mark.parametrize("title", ["", "x", "Tuhka " * 5_000, "<b>{}</b> % _ \\"])
def test_bad_texts_give_finite_scores(index: MatchIndex, hauls: Hauls, make: Make, title: str) -> None:
    """Empty, one letter, a novel, signs: the ranking degrades gently."""
    found = find_matches(index.add(pd.DataFrame([make(id=60, organisation_id=60, title=title)])), 60, hauls, k=None)
    assert np.isfinite(found["score"]).all()


def test_an_empty_store_has_an_index(resources: pd.DataFrame, hauls: Hauls) -> None:
    """The first resource of all can come in while people look."""
    empty = MatchIndex.build(resources.head(0))
    assert match_all(empty, hauls).scored == 0
    assert len(empty.add(resources)) == len(resources)


def test_everything_matched_is_the_best_of_both_sides(index: MatchIndex, hauls: Hauls) -> None:
    """Each pair once, and each side among the other's best."""
    found = match_all(index, hauls, top=1)
    assert found.scored >= len(found.pairs) > 0
    assert not found.pairs.duplicated(["have_id", "want_id"]).any()
    assert found.pairs.groupby(["want_id", "inside"]).size().max() == 1
    assert (found.pairs["have_organisation_id"] != found.pairs["want_organisation_id"]).all()
