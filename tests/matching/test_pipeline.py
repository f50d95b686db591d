import numpy as np
import pandas as pd
import pytest

from config.errors import MatchProblem
from matching.explain import explain, shared_words
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import find_for, find_matches
from matching.proposals import proposal
from matching.weights import defaults

PARTS = ["part_substance", "part_quantity", "part_time", "part_haul"]


def test_an_offer_finds_its_needs_in_its_own_language_and_in_another(index: MatchIndex, hauls: Hauls) -> None:
    """Waste serves as material, English answers Finnish, the own company and other kinds do not."""
    found = find_matches(index, 1, hauls)
    assert {2, 3} <= set(found["partner_id"])
    assert not {1, 5, 6, 7, 8, 9} & set(found["partner_id"])


def test_a_need_finds_its_offers(index: MatchIndex, hauls: Hauls) -> None:
    """The same pair from the other side, with the same score."""
    forth = find_matches(index, 1, hauls, k=None).set_index("partner_id")["score"]
    back = find_matches(index, 2, hauls, k=None).set_index("partner_id")["score"]
    assert back[1] == pytest.approx(forth[2])


def test_the_parts_of_a_score_add_up_to_it(index: MatchIndex, hauls: Hauls) -> None:
    """What the explanation shows is what the score is made of."""
    found = find_matches(index, 1, hauls, k=None)
    assert found["score"].between(0, 1).all()
    assert np.allclose(found[PARTS].sum(axis=1), found["score"])


def test_the_best_come_first_on_each_side_of_the_border(index: MatchIndex, hauls: Hauls) -> None:
    """At most k inside and k outside."""
    found = find_matches(index, 1, hauls, k=1)
    assert found["score"].is_monotonic_decreasing
    assert found.groupby("inside").size().max() == 1


def test_nearness_decides_between_equals(index: MatchIndex, hauls: Hauls, resources: pd.DataFrame) -> None:
    """The same need twice: the nearer one leads."""
    twin = resources[resources["id"] == 2].assign(
        id=20, organisation_id=20, site_id=20, easting_m=397_100.0, northing_m=7_299_500.0
    )
    found = find_matches(index.add(twin), 1, hauls, k=None)
    ranks = found["partner_id"].tolist()
    assert ranks.index(20) < ranks.index(2)


def test_heat_far_away_is_no_match(index: MatchIndex, hauls: Hauls) -> None:
    """Nobody pipes heat from Kemi to Lahti, however well the words go together."""
    assert 9 not in set(find_matches(index, 8, hauls, k=None)["partner_id"])


def test_other_weights_give_another_order_within_the_same_rules(index: MatchIndex, hauls: Hauls) -> None:
    """Parts still add up; all zero is refused with a sentence."""
    weights = defaults().shared({"substance": 0, "quantity": 0, "time": 0, "haul": 5})
    found = find_matches(index, 1, hauls, k=None, weights=weights)
    assert np.allclose(found["part_haul"], found["score"])
    with pytest.raises(MatchProblem, match=r"match\.no_weight"):
        defaults().shared(dict.fromkeys(weights.share, 0))


def test_a_place_known_by_its_municipality_gives_no_road_distance(
    index: MatchIndex, hauls: Hauls, resources: pd.DataFrame
) -> None:
    """The road to the centre of a municipality is a guess, and says so."""
    vague = resources[resources["id"] == 2].assign(exact=False)
    found = find_matches(index.add(vague), 1, hauls, k=None).set_index("partner_id")
    assert found.loc[2, "method"] == "estimate"


def test_an_unknown_resource_is_refused(index: MatchIndex, hauls: Hauls) -> None:
    """With a sentence that names it."""
    with pytest.raises(MatchProblem, match=r"match\.unknown_resource"):
        find_matches(index, 404, hauls)


def test_reasons_come_from_what_the_score_came_from(index: MatchIndex, hauls: Hauls) -> None:
    """Shared concepts, coverage and the way, each with a contribution above nothing."""
    pair = find_matches(index, 1, hauls, k=None).set_index("partner_id", drop=False).loc[2].to_dict()
    reasons = {reason.key: reason for reason in explain(index, pair)}
    assert "forest_fertiliser" in reasons["reason.shared_concepts"].facts["concepts"]  # type: ignore[operator]
    assert reasons["reason.coverage"].facts["share"] == 0.5
    assert reasons["reason.estimated_km"].facts["km"] == pair["km"]
    assert all(reason.contribution > 0 for reason in reasons.values())


def test_shared_words_are_shown_where_no_concept_is_shared() -> None:
    """As they stand in the first text."""
    assert shared_words("Juuttisäkkejä kahvista", "Säkkejä polttopuille, juutti käy") == ["juuttisäkkejä"]
    assert shared_words("Tuhkaa", "Purkupuuta") == []


def test_a_proposal_is_the_same_when_it_is_counted_again(index: MatchIndex, hauls: Hauls) -> None:
    """Rounded, and ready for JSON."""
    first, second = (find_matches(index, 1, hauls, k=None).to_dict("records")[0] for _ in range(2))
    assert proposal(index, first) == proposal(index, second)
    assert proposal(index, first)["have_id"] == 1


def test_several_are_ranked_together_as_each_is_alone(index: MatchIndex, hauls: Hauls) -> None:
    """Offers and needs, also one to whom nobody answers and one that is not here."""
    together = find_for(index, [2, 1, 8, 404], hauls, 2, defaults())
    assert set(together) == {1, 2, 8}
    for one, found in together.items():
        alone = find_matches(index, one, hauls, k=2)
        pd.testing.assert_frame_equal(found[alone.columns], alone, check_dtype=False)
