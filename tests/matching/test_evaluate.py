from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from matching import evaluate

ROWS = [
    ("pair", "A", "Lentotuhkaa", "Fly ash", "Tuhkaa maarakentamiseen", "Ash for earthworks", "A"),
    ("pair", "B", "Puhtaita kuormalavoja", "Clean pallets", "Lavoja pakkaamiseen", "Pallets for packing", "B C"),
    ("distractor_need", "C", "", "", "Kuormalavoja ostetaan", "Pallets wanted", ""),
    ("distractor_need", "D", "", "", "Rehua sioille", "Feed for pigs", ""),
]
COLUMNS = ["kind", "pair_id", "offer_fi", "offer_en", "need_fi", "need_en", "relevant_need_ids"]


@pytest.fixture
def pairs() -> pd.DataFrame:
    """Give two offers and four needs."""
    return pd.DataFrame(ROWS, columns=COLUMNS)


def test_every_offer_is_scored_against_every_need(pairs: pd.DataFrame) -> None:
    """In each condition that the table has languages for, the mixed one five times."""
    runs = list(evaluate.run_all(pairs))
    assert [run.condition for run in runs] == ["fi-fi", "en-en", "fi-en", "en-fi", *["mixed"] * 5]
    table = evaluate.scores_table(runs)
    assert list(table.columns) == ["condition", "seed", "offer_id", "need_id", "score"]
    assert len(table) == 9 * 2 * 4
    assert table["score"].between(0, 1).all()


def test_figures_can_be_repeated(pairs: pd.DataFrame) -> None:
    """The same file gives the same figures and the same scores."""
    first, second = (list(evaluate.run_all(pairs)) for _ in range(2))
    pd.testing.assert_frame_equal(evaluate.scores_table(first), evaluate.scores_table(second))
    relevant = evaluate.relevant_needs(pairs)
    assert evaluate.figures(first, relevant) == evaluate.figures(second, relevant)


def test_swedish_columns_add_their_conditions(pairs: pd.DataFrame) -> None:
    """Where they are present; columns without any text are as good as away."""
    swedish = pairs.assign(
        offer_sv=["Flygaska", "Rena pallar", "", ""], need_sv=["Aska", "Pallar", "Pallar köpes", "Foder"]
    )
    conditions = {run.condition for run in evaluate.run_all(swedish)}
    assert {"sv-sv", "fi-sv", "sv-fi"} <= conditions
    assert evaluate.conditions(swedish.assign(offer_sv="", need_sv="")) == evaluate.conditions(pairs)


def test_one_language_is_enough(pairs: pd.DataFrame) -> None:
    """A table of English alone has one condition and no mixture; half a language is a fault."""
    english = pairs.drop(columns=["offer_fi", "need_fi"])
    assert [run.condition for run in evaluate.run_all(english)] == ["en-en"]
    assert evaluate.missing(english) == []
    assert evaluate.missing(pairs.drop(columns="need_en")) == ["need_en"]


def test_figures_are_those_of_the_written_scores(pairs: pd.DataFrame, tmp_path: Path) -> None:
    """Whoever reads the scores back from the file finds the same recall and reciprocal rank."""
    runs = list(evaluate.run_all(pairs))
    evaluate.scores_table(runs).to_csv(tmp_path / "scores.csv", index=False)
    read = pd.read_csv(tmp_path / "scores.csv")
    for run in runs:
        of_run = read[(read["condition"] == run.condition) & (read["seed"] == run.seed)]
        assert of_run["score"].to_numpy().reshape(run.scores.shape) == pytest.approx(run.scores, abs=0)


def test_any_scorer_is_measured_alike(pairs: pd.DataFrame) -> None:
    """One that knows nothing finds by chance: half of the first offer's answer is among the best two of four."""
    blind = list(evaluate.run_all(pairs, lambda offers, needs: np.zeros((len(offers), len(needs)))))
    figures = evaluate.figures(blind, evaluate.relevant_needs(pairs))
    # A has one answer in four (mean of 1, 1/2, 1/3, 1/4), B has two (1 with 1/2, 1/2 with 1/3, 1/3 with 1/6).
    assert figures["fi-fi"] == {"recall_at_10": 1.0, "mrr": round((25 / 48 + 26 / 36) / 2, 4), "n": 2}


def test_a_code_belongs_to_the_offer_alone(pairs: pd.DataFrame) -> None:
    """The row's waste code would otherwise give its own need away."""
    coded = pairs.assign(ewc=["", "", "", "020304"])
    plain, with_codes = (evaluate.scores_table(list(evaluate.run_all(one))) for one in (pairs.assign(ewc=""), coded))
    pd.testing.assert_frame_equal(plain, with_codes)


def test_recall_and_rank_count_as_written(pairs: pd.DataFrame) -> None:
    """Recall is the share of the right needs among the ten, the reciprocal rank that of the first of them."""
    run = evaluate.Run(
        "fi-fi", 0, ["A", "B"], ["A", "B", "C", "D"], pd.DataFrame([[1, 2, 0, 0], [0, 3, 1, 2]]).to_numpy(float)
    )
    recall, reciprocal, n = evaluate.rate(run, evaluate.relevant_needs(pairs))
    assert (recall, reciprocal, n) == (1.0, 0.75, 2)
