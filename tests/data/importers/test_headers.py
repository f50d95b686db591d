"""Item 16: headings in three languages, twice, in two rows, and totals below."""

from collections.abc import Callable

import pytest

from config.errors import ImportProblem
from config.texts import LANGUAGES
from data.importers import Report, columns

Read = Callable[..., Report]
Found = Callable[[Report], dict[int, list[str]]]


@pytest.mark.parametrize("name", ["headers_fi.csv", "headers_sv.csv", "headers_en.csv"])
def test_headings_in_three_languages(name: str, read_sample: Read) -> None:
    """Letter case, spaces, hyphens, stars and units in brackets don't matter."""
    report = read_sample(name)
    (resource,) = report.batch.resources.to_dict("records")
    assert report.rejected == 0
    assert (resource["direction"], resource["type"]) == ("have", "waste")
    assert (resource["quantity_high"], resource["unit"]) == (12.0, "t")
    assert list(report.batch.organisations["business_id"]) == ["2077474-0"]


def test_what_is_not_understood_is_said(read_sample: Read, found: Found) -> None:
    """Unknown columns are named, and contacts are left out on purpose."""
    report = read_sample("headers_fi.csv")
    assert found(report)[1] == ["ignored_columns", "contact_ignored"]
    assert [problem.value for problem in report.problems] == ["Väri", "Yhteyshenkilö"]


def test_titles_above_a_second_header_and_totals_below(read_sample: Read, found: Found) -> None:
    """Only the one row of data is read, and what was skipped is said."""
    report = read_sample("headers_two_rows.csv")
    assert (report.rows, report.rejected) == (1, 0)
    assert found(report) == {4: ["second_header"], 7: ["total_row"]}


def test_two_columns_of_one_meaning_are_refused(read_sample: Read) -> None:
    """Määrä and Mängd can't both be the quantity."""
    with pytest.raises(ImportProblem) as refused:
        read_sample("headers_duplicate.csv")
    assert (refused.value.key, refused.value.values["column"]) == ("import.duplicate_column", "Mängd")


def test_a_missing_column_is_named(read_sample: Read) -> None:
    """In the user's language."""
    with pytest.raises(ImportProblem) as refused:
        read_sample("headers_missing.csv", language="sv")
    assert (refused.value.key, refused.value.values["column"]) == ("import.missing_column", "Riktning")


def test_every_heading_of_the_template_is_understood() -> None:
    """The template's own headings are the best known of all."""
    for language in LANGUAGES:
        for field in columns.EXPORTED:
            assert columns.understand(columns.template_heading(field, language))[0] == field
