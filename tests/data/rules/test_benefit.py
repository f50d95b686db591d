from datetime import date

import pytest

from data.model import Basis, Metric, Stage
from data.rules import benefit, synergy

TODAY, BEGUN = date(2026, 11, 22), date(2025, 3, 1)
TOLD = {
    "metric": "landfill_diverted_tonnes_per_year",
    "amount": "850",
    "basis": "declared",
    "attribution": "100",
    "year": "2026",
    "yearly": True,
    "source": "Punnitus",
}


def rules(**more: object) -> set[str]:
    """Give the rules that refuse a figure."""
    checked = benefit.check({**TOLD, **more}, 900.0, BEGUN, TODAY)
    return {one.rule for faults in checked.faults.values() for one in faults}


def test_a_plain_figure_is_read() -> None:
    """With its basis, year, share and source."""
    figure = benefit.check({**TOLD, "amount": "1 200,5", "attribution": "50 %"}, None, BEGUN, TODAY).value
    assert figure is not None
    assert (figure.metric, figure.amount, figure.attribution_percent) == (Metric.LANDFILL_DIVERTED, 1200.5, 50.0)
    assert (figure.basis, figure.year, figure.yearly, figure.source) == (Basis.DECLARED, 2026, True, "Punnitus")


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"amount": "-5"}, "benefit.negative"),
        ({"amount": "\u22125"}, "benefit.negative"),
        ({"amount": "0"}, "benefit.zero"),
        ({"amount": "paljon"}, "benefit.not_a_number"),
        ({"amount": "inf"}, "benefit.not_a_number"),
        ({"amount": "1e308"}, "benefit.not_a_number"),
        ({"amount": "1,234"}, "benefit.ambiguous"),
        ({"amount": "90000"}, "benefit.absurd"),
        ({"amount": "600", "metric": "jobs_fte"}, "benefit.absurd"),
        ({"attribution": "0"}, "benefit.share"),
        ({"attribution": "101"}, "benefit.share"),
        ({"year": "1999"}, "benefit.year"),
        ({"year": "2028"}, "benefit.year"),
        ({"year": "2024"}, "benefit.year_before"),
    ],
)
def test_what_cannot_be_right_is_asked_again(told: dict[str, object], rule: str) -> None:
    """Each by a sentence of its own; nothing is saved."""
    assert rules(**told) == {rule}


def test_what_is_hard_to_believe_is_taken_when_it_is_confirmed() -> None:
    """And only that: a negative figure stays wrong."""
    assert rules(amount="90000", sure=True) == set()
    assert rules(year="2024", sure=True) == set()
    assert rules(amount="-1", sure=True) == {"benefit.negative"}


def test_an_investment_is_never_yearly() -> None:
    """Whatever the switch says."""
    figure = benefit.check({**TOLD, "metric": "private_investment_eur"}, None, BEGUN, TODAY).value
    assert figure is not None
    assert not figure.yearly


def moves(raw: dict[str, object], before: str = "identified") -> set[str]:
    """Give the rules that refuse a move."""
    told = {"stage": before, "next_step_on": date(2026, 1, 1)}
    checked = synergy.check({**told, **raw}, told, TODAY)
    return {one.rule for faults in checked.faults.values() for one in faults}


def test_a_skipped_stage_asks() -> None:
    """The next stage, one before and a lapse don't; confirmed, it goes."""
    assert moves({"stage": "discussing"}) == set()
    assert moves({"stage": "negotiating"}) == {"move.skipped"}
    assert moves({"stage": "negotiating", "sure": True}) == set()
    assert moves({"stage": "discussing"}, before="completed") == set()
    assert moves({"stage": "lapsed", "lapse_reason": "price"}) == set()
    assert synergy.skipped(Stage.DISCUSSING, Stage.COMPLETED) == (
        Stage.ASSESSING,
        Stage.NEGOTIATING,
        Stage.IMPLEMENTING,
    )


def test_a_lapse_needs_its_reason_and_a_day_lies_ahead() -> None:
    """A day that had passed when the form was opened is let be."""
    assert moves({"stage": "lapsed"}) == {"move.reason_missing"}
    assert moves({}) == set()
    assert moves({"next_step_on": date(2026, 11, 21)}) == {"move.day_past"}
    assert moves({"next_step_on": date(2062, 11, 22)}) == {"move.day_far"}
