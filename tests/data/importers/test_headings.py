from pathlib import Path

import pytest

from data import importers
from data.importers import Heading, HeadingsProblem, Options

ROWS = "Pertti Oy;tarjolla;Hake;Oulu;12\nPaula Oy;tarvitaan;Tuhka;Raahe;7\n"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """Give a table two of whose headings say nothing to us."""
    path = tmp_path / "odd.csv"
    path.write_text(f"Yritys;Suunta;Kama;Kunta;Huone\n{ROWS}", encoding="utf-8")
    return path


def test_a_refused_table_still_tells_its_headings(odd: Path) -> None:
    """When a column is missing, the refusal says what the file has, so that the user can say what it means."""
    with pytest.raises(HeadingsProblem) as refused:
        importers.read("table", odd)
    assert refused.value.key == "import.missing_column"
    assert refused.value.headings[0] == Heading("Yritys", "organisation", ("Pertti Oy", "Paula Oy"))
    assert refused.value.headings[2] == Heading("Kama", "", ("Hake", "Tuhka"))


def test_the_users_meaning_goes_before_ours(odd: Path) -> None:
    """A heading that nobody knows becomes the field that the user names, and a known one can be left out."""
    report = importers.read("table", odd, Options(meanings={"Kama": "title", "Kunta": ""}))
    assert report.columns == {"Yritys": "organisation", "Suunta": "direction", "Kama": "title"}
    assert set(report.ignored) == {"Kunta", "Huone"}
    assert [heading.field for heading in report.headings] == ["organisation", "direction", "title", "", ""]


def test_one_field_for_two_columns_is_refused(odd: Path) -> None:
    """Two columns can't both be the title: which one holds is the user's to say."""
    with pytest.raises(HeadingsProblem, match="duplicate_column"):
        importers.read("table", odd, Options(meanings={"Kama": "title", "Huone": "title"}))


def test_a_proposal_for_two_columns_mends_both(tmp_path: Path) -> None:
    """Coordinates that stand the wrong way round come right when their proposal is taken as it is offered."""
    path = tmp_path / "swapped.csv"
    path.write_text("Yritys;Suunta;Otsikko;lon;lat\nPertti Oy;tarjolla;Hake;65,01;25,47\n", encoding="utf-8")
    report = importers.read("table", path)
    (problem,) = [problem for problem in report.problems if problem.severity == "rejected"]
    mended = importers.apply_fixes(report, {problem.row: {problem.column: problem.suggestion}})
    assert (report.rejected, mended.rejected) == (1, 0)
