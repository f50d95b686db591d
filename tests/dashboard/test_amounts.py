import pytest

from dashboard import amounts

RESOURCE = {
    "tonnes_low": None,
    "tonnes_high": None,
    "tonnes_basis": None,
    "quantity_low": 1000.0,
    "quantity_high": 1500.0,
    "unit": "i-m3",
    "continuity": "continuous",
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "1\u00a0000–1\u00a0500\u00a0i-m³/a"),
        ({"continuity": "one_off"}, "1\u00a0000–1\u00a0500\u00a0i-m³"),
        ({"unit": "MW", "quantity_low": 2.5, "quantity_high": 2.5}, "2,5\u00a0MW"),
        ({"tonnes_low": 1234.0, "tonnes_high": 1234.0, "tonnes_basis": "estimated"}, "1\u00a0200\u00a0t/a"),
        ({"quantity_low": None, "quantity_high": None}, ""),
    ],
)
def test_amounts_have_their_unit(change: dict[str, object], said: str) -> None:
    """A flow by the year, an estimate with two digits, nothing where nothing is known."""
    assert amounts.say(RESOURCE | change, "fi") == said
