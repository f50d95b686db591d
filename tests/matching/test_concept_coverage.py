"""How much of the list of waste the table understands: each name that names anything, in each language."""

import csv

import pytest

from config.settings import ROOT
from matching import concepts

LEAST = 0.97
# Entries that name neither a material nor its source: "other wastes", "wastes containing hazardous substances".
NAMELESS = {
    *("061002", "070413", "070513", "070514", "110198", "110207", "110302"),
    *("160303", "160304", "160709", "190211", "190213", "191005", "191006"),
}


def _names(language: str) -> dict[str, str]:
    with (ROOT / "data" / "reference" / "ewc.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if len(row["code"]) == len("000000")]
    # Codes that end in 99 are "not otherwise specified" throughout.
    return {row["code"]: row[language] for row in rows if row["code"][4:] != "99" and row["code"] not in NAMELESS}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_nearly_every_name_of_the_list_is_understood(language: str) -> None:
    """By a concept of its own, not by a property such as hazardous or mixed alone."""
    table = concepts.load()
    names = _names(language)
    unknown = [
        code
        for code, name in names.items()
        if all(table.concepts[one].kind == "property" for one in table.tags(name, language))
    ]
    assert len(names) > 750
    assert 1 - len(unknown) / len(names) >= LEAST, unknown
