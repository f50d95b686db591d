from itertools import permutations

import numpy as np
import pytest

from matching.rank import recall_and_reciprocal


def test_without_ties_it_counts_places() -> None:
    """Two of three right answers are among the best three, the first of them second."""
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([False, True, True, False, True])
    assert recall_and_reciprocal(scores, right, top=3) == (pytest.approx(2 / 3), 1 / 2)


def test_a_ranker_that_knows_nothing_is_worth_chance() -> None:
    """All scores equal: ten of forty ranks are good, wherever in the file the answer stands."""
    for place in (0, 39):
        recall, reciprocal = recall_and_reciprocal(np.zeros(40), np.arange(40) == place)
        assert recall == pytest.approx(10 / 40)
        assert reciprocal == pytest.approx(np.mean(1 / np.arange(1, 41)))


@pytest.mark.parametrize("scores", [[3, 2, 2, 2, 1, 1], [1, 1, 1, 1, 1, 1], [2, 2, 1, 1, 0, 0], [0, 1, 2, 3, 4, 5]])
def test_ties_give_the_mean_over_all_orders(scores: list[int]) -> None:
    """Counted out by shuffling the six needs in all 720 ways and reading each as it stands."""
    values, right = np.array(scores, dtype=float), np.array([False, True, False, True, True, False])
    recalls, reciprocals = [], []
    for order in permutations(range(6)):
        ranked = sorted(order, key=lambda at: -values[at])
        places = [place for place, at in enumerate(ranked, 1) if right[at]]
        recalls.append(sum(place <= 3 for place in places) / 3)
        reciprocals.append(1 / places[0])
    expected = (pytest.approx(np.mean(recalls)), pytest.approx(np.mean(reciprocals)))
    assert recall_and_reciprocal(values, right, top=3) == expected
