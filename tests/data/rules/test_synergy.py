from datetime import date

import pytest

from data.rules import synergy

BEFORE = {"stage": "implementing", "next_step_on": None}
TODAY = date(2026, 11, 22)


def agreed(typed: str) -> tuple[object, object] | list[str]:
    """Give the amounts of a field, or the rules that it breaks."""
    checked = synergy.check({"stage": "implementing", "agreed": typed}, BEFORE, TODAY)
    if checked.value is None:
        return [one.rule for one in checked.faults["agreed"]]
    return checked.value["agreed_low"], checked.value["agreed_high"]


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("", None, None),
        ("1 500", 1500, 1500),
        ("1500–2000", 1500, 2000),
        ("noin 1 500,5 t/a", 1500.5, 1500.5),
        ("alle 300 tn", 0, 300),
        ("50 t/kk", 600, 600),
    ],
)
def test_an_agreed_amount_is_read_as_people_write_it(typed: str, low: float | None, high: float | None) -> None:
    """And written back so that the field reads the same again."""
    assert agreed(typed) == (low, high)
    assert agreed(synergy.agreed_text(low, high)) == (low, high)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("paljon", "unreadable"),
        ("-5", "unreadable"),
        ("2 000–1 000", "unreadable"),
        ("1,234", "ambiguous"),
        ("20 MWh", "unit"),
        ("0", "size"),
        ("60 000 000", "size"),
    ],
)
def test_what_is_no_amount_is_asked_again(typed: str, rule: str) -> None:
    """With a reason of its own for each."""
    assert agreed(typed) == [f"move.agreed_{rule}"]


def test_a_number_that_could_be_read_in_two_ways_is_never_written() -> None:
    """Three decimals get a fourth."""
    assert synergy.agreed_text(1.234, 1.234) == "1,2340"
    assert agreed("1,2340") == (1.234, 1.234)
