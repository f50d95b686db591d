"""Item 1: the same rows from every encoding, and never a replaced letter."""

from collections.abc import Callable

import pytest

from data.importers import Report

Read = Callable[..., Report]
Found = Callable[[Report], dict[int, list[str]]]
Resources = Callable[[Report], dict[str, dict[str, object]]]

NAMES = ["utf8", "utf8_sig", "cp1252", "latin1", "utf16", "cp850", "mac"]


@pytest.mark.parametrize("name", NAMES)
def test_every_encoding_gives_the_same_rows(name: str, read_sample: Read, resources: Resources) -> None:
    """Ä, ö and å come through alike, whatever program has saved the file."""
    report = read_sample(f"encoding_{name}.csv")
    assert report.rejected == 0
    assert set(resources(report)) == {"Öljyinen hiekka", "Päällystekivi"}
    assert list(report.batch.organisations["name"]) == ["Sähkötyö Åström Oy", "Ääni Öy"]
    assert resources(report)["Päällystekivi"]["description"] == "Käyttö väylällä"


def test_letters_lost_before_are_refused_and_mended_where_they_can_be(read_sample: Read, found: Found) -> None:
    """Twice-encoded text is offered mended; a replaced letter can't be, and is refused."""
    report = read_sample("encoding_mojibake.csv")
    assert found(report)[2][0] == "mojibake"
    assert report.problems[0].suggestion == "Sähkö Oy"
    assert "broken_character" in found(report)[3]
    assert report.rejected == 2
