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
    """Where they are present."""
    swedish = pairs.assign(
        offer_sv=["Flygaska", "Rena pallar", "", ""], need_sv=["Aska", "Pallar", "Pallar köpes", "Foder"]
    )
    conditions = {run.condition for run in evaluate.run_all(swedish)}
    assert {"sv-sv", "fi-sv"} <= conditions


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
