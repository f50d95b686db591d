"""Item 3: what spreadsheets do to dates, codes and numbers."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from data import importers
from data.importers import Report, dates

Found = Callable[[Report], dict[int, list[str]]]
Resources = Callable[[Report], dict[str, dict[str, object]]]

HEADINGS = ["Yritys", "Kunta", "Suunta", "Tyyppi", "Otsikko", "EWC", "Määrä", "Yksikkö", "Saatavilla alkaen"]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Make a workbook with days as days, as serial numbers and as text, and numbers that became days."""
    path = tmp_path / "taulukko.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, day = book.add_worksheet("Resurssit"), book.add_format({"num_format": "d.m.yyyy"})
        page.write_row(0, 0, HEADINGS)
        rows = [
            ("päivä", 30105, 5, datetime(2026, 11, 18)),  # noqa: DTZ001 - a spreadsheet has no time zone
            ("sarjanumero", "030105", 5, 46344),
            ("teksti", "03 01 05", 5, "18.11.2026"),
            ("muuttunut", "170204", datetime(2026, 5, 2), ""),  # noqa: DTZ001 - a spreadsheet has no time zone
            ("virhe", "030105", "#N/A", ""),
        ]
        for line, (title, code, amount, begins) in enumerate(rows, 1):
            page.write_row(line, 0, ["A Oy", "Oulu", "tarjolla", "jäte", title, code])
            for column, value in ((6, amount), (8, begins)):
                write = page.write_datetime if isinstance(value, datetime) else page.write
                write(line, column, value, *([day] if isinstance(value, datetime) else []))
            page.write(line, 7, "t")
    return path


def test_days_codes_and_numbers_of_a_workbook(workbook: Path, found: Found, resources: Resources) -> None:
    """Three ways of writing a day are one day; a lost zero comes back and is said; 2.5 that became a day is refused."""
    report = importers.read("table", workbook)
    read = resources(report)
    assert {row["available_from"] for row in read.values()} == {date(2026, 11, 18)}
    assert {row["ewc_code"] for row in read.values()} == {"030105"}
    assert found(report) == {2: ["ewc_lost_zero"], 5: ["number_became_date"], 6: ["quantity_unreadable"]}
    assert report.problems[1].suggestion == "2,5"
    assert "03 01 05" in report.problems[0].message("sv")


def test_a_day_that_became_a_number_is_mended_by_the_proposal(workbook: Path, resources: Resources) -> None:
    """Ticking the proposal puts 2,5 back."""
    report = importers.read("table", workbook)
    mended = importers.apply_fixes(report, {5: {"Määrä": "2,5"}})
    assert resources(mended)["muuttunut"]["quantity_high"] == 2.5
    assert resources(mended)["muuttunut"]["hazardous"] is True


def test_days_of_two_readings_are_asked() -> None:
    """3/4/2026 is March or April."""
    assert dates.parse("3/4/2026").faults[0].alternatives == ("3.4.2026", "4.3.2026")
    assert dates.parse("31.2.2026").faults[0].rule == "import.date_unreadable"
