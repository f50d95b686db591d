"""What is learned from decided synergies is kept to the last digit, and every ranking uses it alike."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from matching import candidates, everything, judged, learning, lessons
from matching.everything import match_all
from matching.explain import explain
from matching.features import FEATURES
from matching.index import MatchIndex
from matching.learning import SCORE, Learned, Lesson
from matching.pairs import Hauls
from matching.pipeline import find_matches, score_pairs
from matching.weights import Weights, defaults

Make = Callable[..., dict[str, Any]]

WORTH = {"quantity": 3.0, "concepts": 1.0, SCORE: 2.0}
STAIRS = (np.array([-2.0, 0.0, 1.0, 4.0]), np.array([0.1, 0.4, 0.4, 0.9]))


@pytest.fixture(scope="module")
def listings(make: Make) -> pd.DataFrame:
    """Give 200 offers and needs of ashes, of many amounts in three regions."""
    draw = np.random.default_rng(11)
    rows = [
        make(
            id=number,
            organisation_id=number,
            site_id=number,
            direction="have" if number % 2 else "want",
            type=draw.choice(["material", "waste", "energy"]),
            title=draw.choice(["Puutuhkaa", "Lentotuhkaa", "Tuhkaa lannoitteeksi", "Hukkalämpöä 60 astetta"]),
            region_code=draw.choice(["07", "17", "19"]),
            easting_m=390_000.0 + 1_000.0 * draw.integers(60),
            tonnes_low=float(draw.integers(1, 500)),
            tonnes_high=500.0,
        )
        for number in range(1, 201)
    ]
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def index(listings: pd.DataFrame) -> MatchIndex:
    """Index them."""
    return MatchIndex.build(listings)


@pytest.fixture(params=[None, STAIRS], ids=["sigmoid", "stairs"])
def learned(request: pytest.FixtureRequest) -> Weights:
    """Give weights with a model in which amounts count most."""
    return replace(defaults(), learned=Learned(WORTH, -2.0, request.param))


def decided(index: MatchIndex, hauls: Hauls, *, demo: bool = False) -> pd.DataFrame:
    """Let coordinators look at amounts alone."""
    found = candidates.find(index, everything.offers(index), defaults())
    scored = score_pairs(index, found, hauls, defaults()).sample(600, random_state=0)
    draw = np.random.default_rng(5).random(len(scored))
    amount = scored["value_quantity"].fillna(0.5)
    taken = draw < 1 / (1 + np.exp(-40 * (amount - amount.median())))
    return scored[["have_id", "want_id"]].assign(
        stage=np.where(taken, "discussing", "lapsed"), lapse_reason=np.where(taken, None, "quantity"), demo=demo
    )


def test_decisions_teach_what_coordinators_look_at(index: MatchIndex, hauls: Hauls) -> None:
    """From the pairs' own features; what is kept is what was learned, to the last digit."""
    lesson = lessons.learn(index, decided(index, hauls), hauls)
    assert (lesson.why, lesson.n, lesson.demo) == ("better", 600, False)
    assert lesson.model is not None
    assert lesson.model.worth["quantity"] == max(lesson.model.worth.values())
    kept = lessons.of_json(json.loads(json.dumps(lessons.as_json(lesson))))
    assert replace(kept, model=None) == replace(lesson, model=None)
    assert kept.model is not None
    known = lessons.known(index, decided(index, hauls).head(50), hauls)
    assert kept.model.probability(known).tolist() == pytest.approx(lesson.model.probability(known).tolist(), abs=1e-12)


def test_invented_decisions_teach_only_where_there_is_nothing_else(index: MatchIndex, hauls: Hauls) -> None:
    """And it is said that they are invented; pairs of which a side is gone are left out."""
    invented = decided(index, hauls, demo=True)
    assert lessons.learn(index, invented, hauls).demo
    real = invented.head(3).assign(demo=False)
    both = pd.concat([real, invented.tail(500)], ignore_index=True)
    lesson = lessons.learn(index, both, hauls)
    assert (lesson.n, lesson.demo, lesson.why) == (3, False, "too_few")
    gone = index.remove(real["have_id"].head(1).tolist())
    assert lessons.learn(gone, real, hauls).n < 3
    assert lessons.learn(index, real.head(0), hauls).n == 0


def test_a_pair_is_measured_as_the_ranking_measures_it(index: MatchIndex, hauls: Hauls) -> None:
    """To the last digit, or the lesson would be about something else."""
    found = candidates.find(index, everything.offers(index), defaults()).head(300)
    scored = score_pairs(index, found, hauls, defaults())
    known = lessons.known(index, scored[["have_id", "want_id"]], hauls)
    assert known[SCORE].tolist() == scored["score"].tolist()
    assert known["characters"].tolist() == scored["value_characters"].tolist()


def test_only_what_is_better_and_known_today_is_used() -> None:
    """A lesson that names a feature which is no more is not."""
    model = Learned(WORTH, 0.0)
    assert lessons.weights(None).learned is None
    assert lessons.weights(Lesson(5, 2, "too_few")).learned is None
    assert lessons.weights(Lesson(500, 200, "better", model)).learned is model
    assert lessons.weights(Lesson(500, 200, "better", Learned({"moon": 1.0}, 0.0))).learned is None


def test_a_learned_ranking_is_the_same_whichever_way(index: MatchIndex, hauls: Hauls, learned: Weights) -> None:
    """Asked alone or all at once, every pair has the same score; amounts decide the order."""
    whole = match_all(index, hauls, weights=learned).pairs.set_index(["have_id", "want_id"])["score"]
    assert len(whole) > 0
    for (have, want), score in whole.items():  # type: ignore[misc]
        alone = find_matches(index, have, hauls, k=None, weights=learned).set_index("want_id")["score"]
        assert alone[want] == score
    other = match_all(index, hauls).pairs.set_index(["have_id", "want_id"])["score"]
    assert set(other.index) != set(whole.index)


def test_nothing_is_above_the_most(index: MatchIndex, hauls: Hauls, learned: Weights) -> None:
    """By this the whole count leaves out what can't be among the best."""
    found = candidates.find(index, everything.offers(index), learned)
    scored = score_pairs(index, found, hauls, learned)
    values = scored[[f"value_{name}" for name in FEATURES]].set_axis(list(FEATURES), axis=1)
    most = judged.at_most(values[list(learned.substance)], learned)
    assert (scored["score"] <= most + 1e-12).all()
    assert scored["score"].between(0, 1).all()


def test_reasons_tell_what_the_model_counts(index: MatchIndex, hauls: Hauls) -> None:
    """The parts add up to the log-odds; what the model gives nothing for is no reason."""
    model = Learned({"quantity": 3.0, "concepts": 1.0}, -2.0)
    chosen = replace(defaults(), learned=model)
    found = find_matches(index, 1, hauls, k=None, weights=chosen)
    parts = found[[f"part_{name}" for name in judged.PARTS]].sum(axis=1) - 2.0
    np.testing.assert_allclose(1 / (1 + np.exp(-parts)), found["score"])
    keys = {reason.key for row in found.to_dict("records") for reason in explain(index, row)}
    assert "reason.shared_concepts" in keys
    assert not keys & {"reason.road_km", "reason.estimated_km"}
    assert learning.SCORE not in model.worth
