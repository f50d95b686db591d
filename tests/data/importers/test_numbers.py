"""Item 2: separators, decimal signs and thousands; what can be read in two ways is asked."""

from collections.abc import Callable

import pytest

from data import importers
from data.importers import Options, Report, numbers

Read = Callable[..., Report]
Found = Callable[[Report], dict[int, list[str]]]
Resources = Callable[[Report], dict[str, dict[str, object]]]


def test_finnish_numbers(read_sample: Read, resources: Resources) -> None:
    """No-break spaces and points part thousands, the comma decimals; other numbers settle 1,234."""
    read = resources(read_sample("numbers_semicolons.csv"))
    assert [read[name]["quantity_low"] for name in ("yksi", "kaksi", "kolme", "neljä", "viisi")] == [
        1234.5,
        1234.5,
        1234567.25,
        0.5,
        1.234,
    ]
    assert read["kolme"]["tonnes_low"] == pytest.approx(1234.56725)


def test_a_file_of_the_other_convention(read_sample: Read, resources: Resources) -> None:
    """Tabs and points: there, 1,234 is more than a thousand."""
    read = resources(read_sample("numbers_tabs.tsv"))
    assert [read[name]["quantity_low"] for name in ("yksi", "kaksi", "kolme")] == [1234.5, 2.25, 1234.0]


def test_an_ambiguous_number_is_asked(read_sample: Read, found: Found, resources: Resources) -> None:
    """Nothing in the file settles 1,234: both readings are offered and neither is taken."""
    report = read_sample("numbers_ambiguous.csv")
    assert found(report) == {2: ["ambiguous_number"]}
    assert report.problems[0].alternatives == ("1 234", "1,234")
    assert "1 234" in report.problems[0].message("fi")
    for choice, value in (("1 234", 1234.0), ("1,234", 1.234)):
        mended = importers.apply_fixes(report, {2: {"Määrä": choice}})
        assert resources(mended)["yksi"]["quantity_low"] == value


@pytest.mark.parametrize(("decimal", "value"), [(",", 1.234), (".", 1234.0)])
def test_the_user_may_settle_the_whole_file(
    decimal: str, value: float, read_sample: Read, resources: Resources
) -> None:
    """One choice holds for the whole file."""
    report = read_sample("numbers_ambiguous.csv", decimal=decimal)
    assert resources(report)["yksi"]["quantity_low"] == value
    again = importers.apply_fixes(read_sample("numbers_ambiguous.csv"), {}, Options(decimal=decimal))
    assert resources(again)["yksi"]["quantity_low"] == value


@pytest.mark.parametrize("text", ["abc", "1.2.3", "12 34", "1,23,456", "--5", "1e", "٣"])
def test_what_is_no_number_is_refused(text: str) -> None:
    """Half a number is none."""
    assert numbers.number(text, ",").value is None
    assert numbers.number(text, ",").faults
