from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from config.texts import LANGUAGES, Language, text
from data import exporters, importers
from data.exporters.cells import to_xlsx
from data.importers import Options, Report, left_out

SAMPLES = Path(__file__).parents[2] / "samples"


def rejected(path: Path, importer: str = "table", language: Language = "fi") -> Report:
    """Read a file as the import page does: with its rejected rows packed."""
    report = importers.read(importer, path, Options(language=language))
    return replace(report, left_out=left_out.pack(report, language))


def rules(report: Report) -> list[str]:
    """List the rules that keep rows out."""
    return sorted(problem.rule for problem in report.problems if problem.severity == "rejected")


@pytest.mark.parametrize("name", ["business_ids.csv", "quantities.csv", "swapped.csv", "degenerate.csv"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_rejected_rows_come_back_with_the_same_faults(name: str, language: Language, tmp_path: Path) -> None:
    """Given back as it is, the file is rejected row by row for the same reasons, and our remarks disturb nothing."""
    report = rejected(SAMPLES / name, language=language)
    assert report.rejected
    file = tmp_path / "hylatyt.xlsx"
    file.write_bytes(exporters.rejected_xlsx(report, language))
    again = importers.read("table", file, Options(language=language))
    assert (again.rows, again.rejected) == (report.rejected, report.rejected)
    assert rules(again) == rules(report)


def test_rows_are_as_they_were(tmp_path: Path) -> None:
    """Under their own headings, with columns that nobody understood, typed cells, and what is wrong at the end."""
    headings = ["Yritys", "Oma koodi", "Puhelin", "Kunta", "Suunta", "Otsikko", "Määrä", "Yksikkö", "Saatavilla alkaen"]
    rows = [
        ["Pertti Oy", "A-7", "040 123", "Oulu", "tarjolla", "Hake", 12.5, "t", date(2026, 11, 2)],
        ["", "=1+1", "040 456", "Oulu", "tarjolla", "Lastu", 3, "t", date(2026, 11, 3)],
    ]
    file = tmp_path / "oma.xlsx"
    file.write_bytes(to_xlsx(headings, rows, "Taul1"))
    out = tmp_path / "hylatyt.xlsx"
    out.write_bytes(exporters.rejected_xlsx(rejected(file), "fi"))
    book = CalamineWorkbook.from_path(str(out))
    assert book.sheet_names == [text("export.rejected", "fi"), text("export.problems", "fi")]
    table = book.get_sheet_by_index(0).to_python()
    assert table[0] == [*(name for name in headings if name != "Puhelin"), text("export.remarks", "fi")]
    assert len(table) == 2
    assert table[1][:-1] == ["", "'=1+1", "Oulu", "tarjolla", "Lastu", 3.0, "t", date(2026, 11, 3)]
    assert "Yritys" in str(table[1][-1])


def test_a_mended_row_is_imported(tmp_path: Path) -> None:
    """With the number put right and the remark left where it is, the row is valid."""
    report = rejected(SAMPLES / "business_ids.csv")
    left = left_out.unpack(report.left_out)
    at = list(left.headings).index("Y-tunnus")
    mended = [[*row[:at], "2077474-0", *row[at + 1 :], "huomautus"] for row in left.rows]
    file = tmp_path / "hylatyt.xlsx"
    file.write_bytes(to_xlsx([*left.headings, text("export.remarks", "fi")], mended, "Taul1"))
    again = importers.read("table", file)
    assert (again.rows, again.rejected, again.ignored) == (report.rejected, 0, ())


def test_listings_are_mended_as_a_table(tmp_path: Path) -> None:
    """Those that a table can hold come under the template's headings; a closed listing stays closed."""
    report = rejected(SAMPLES / "materiaalitori.json", "materiaalitori")
    file = tmp_path / "hylatyt.xlsx"
    file.write_bytes(exporters.rejected_xlsx(report, "fi"))
    again = importers.read("table", file)
    closed = sum(problem.rule in {"import.listing_closed", "import.listing_type"} for problem in report.problems)
    assert closed
    assert (again.rows, again.rejected) == (report.rejected - closed, report.rejected - closed)
    assert again.ignored == ()


def test_a_file_without_faults_leaves_nothing() -> None:
    """There is nothing to pack, and nothing comes out of it."""
    report = rejected(SAMPLES / "headers_fi.csv")
    assert (report.rejected, report.left_out) == (0, b"")
    assert left_out.unpack(b"").rows == ()
