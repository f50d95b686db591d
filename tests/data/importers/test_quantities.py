"""Item 15: amounts as people write them: a range and a unit, or the review; never zero."""

from collections.abc import Callable

import pytest

from data.importers import Report, quantity

Read = Callable[..., Report]
Found = Callable[[Report], dict[int, list[str]]]
Resources = Callable[[Report], dict[str, dict[str, object]]]

EXPECTED = {
    2: "quantity_negative",
    3: "number_too_large",
    4: "quantity_range",
    5: "quantity_range",
    6: "quantity_approximate",
    7: "unit_missing",
    8: "unit_needs_density",
    9: "unit_unknown",
    10: "quantity_unreadable",
    11: "quantity_open",
    12: "quantity_order",
    13: "number_too_large",
    14: "unit_per_period",
    15: "quantity_absurd",
    16: "density_typical",
}


def test_every_way_of_writing_an_amount(read_sample: Read, found: Found) -> None:
    """Each of fifteen rows gets its own remark, and nine of them stay out."""
    report = read_sample("quantities.csv")
    assert found(report) == {row: [rule] for row, rule in EXPECTED.items()}
    assert report.rejected == 9


def test_what_comes_in_has_its_range_and_unit(read_sample: Read, resources: Resources) -> None:
    """Under five is none to five; about twenty is twenty, marked; a month's amount is twelve times as much a year."""
    read = resources(read_sample("quantities.csv"))
    ranges = {title: (row["quantity_low"], row["quantity_high"], row["unit"]) for title, row in read.items()}
    assert ranges == {
        "rivi 4": (0.0, 5.0, "t"),
        "rivi 5": (5.0, 10.0, "t"),
        "rivi 6": (20.0, 20.0, "t"),
        "rivi 8": (300.0, 300.0, "m3"),
        "rivi 14": (240.0, 240.0, "t"),
        "Hake": (300.0, 300.0, "m3"),
    }
    assert read["rivi 6"]["attributes"] == {"approximate": True}
    assert read["rivi 6"]["tonnes_basis"] == "estimated"


def test_volumes_become_tonnes_only_with_a_density(read_sample: Read, resources: Resources) -> None:
    """300 m3 of something has no tonnes; of wood chips it has an estimate, and says so."""
    read = resources(read_sample("quantities.csv"))
    assert read["rivi 8"]["tonnes_high"] is None
    assert (read["Hake"]["tonnes_high"], read["Hake"]["tonnes_basis"]) == (90.0, "estimated")


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("noin 1 200 tonnia vuodessa", 1200, 1200, "tonnia vuodessa"),
        ("max. 5 t/a", 0, 5, "t/a"),
        ("5…10 t", 5, 10, "t"),
        ("1 000 – 2 000 m3", 1000, 2000, "m3"),
        ("ca 3,5 ton per år", 3.5, 3.5, "ton per år"),
    ],
)
def test_amounts_in_words(text: str, low: float, high: float, unit: str) -> None:
    """The three languages, with their units."""
    read = quantity.parse(text, ",").value
    assert read is not None
    assert (read.low, read.high, read.unit) == (low, high, unit)
    assert quantity.unit(read.unit).value is not None
