import pandas as pd
import pytest

from matching import standing
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import find_matches
from matching.weights import defaults


def test_a_pair_scores_as_in_a_list_of_partners(index: MatchIndex, hauls: Hauls) -> None:
    """Whichever way it is asked about."""
    listed = find_matches(index, 1, hauls, k=None).set_index("want_id")
    known = pd.DataFrame({"have_id": [1] * len(listed), "want_id": listed.index})
    again = standing.again(index, known, hauls, defaults()).set_index("want_id")
    assert again["score"].to_dict() == pytest.approx(listed["score"].to_dict())


def test_a_pair_without_anything_in_common_is_weak(index: MatchIndex, hauls: Hauls) -> None:
    """And one of which a side is gone can't be scored."""
    known = pd.DataFrame({"have_id": [1, 1, 1], "want_id": [2, 4, 999]})
    again = standing.again(index, known, hauls, defaults())
    assert dict(zip(again["want_id"], again["weak"], strict=True)) == {2: False, 4: True}


def test_nothing_to_score_is_no_fault(index: MatchIndex, hauls: Hauls) -> None:
    """As after a first import."""
    assert standing.again(index, pd.DataFrame({"have_id": [], "want_id": []}), hauls, defaults()).empty
