import csv
from pathlib import Path

import pytest

from config.settings import ROOT

REFERENCE = ROOT / "data" / "reference"
BATTERY_CODES_ADDED = 36


def table(name: str, folder: Path = REFERENCE) -> list[dict[str, str]]:
    """Read a shipped table."""
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    ("name", "key", "rows"),
    [
        ("regions.csv", "code", 19),
        ("municipalities.csv", "code", 308),
        ("tol2008.csv", "code", 109),
        ("units.csv", "code", 17),
        ("densities.csv", "id", 70),
        ("ewc_changes_2026.csv", "code", 49),
    ],
)
def test_counts_and_keys(name: str, key: str, rows: int) -> None:
    """Each table has the rows it should, each key once, and a name in three languages."""
    found = table(name)
    assert len(found) == rows
    assert len({row[key] for row in found}) == rows
    assert all(row[language] for row in found for language in ("fi", "sv", "en"))


def test_the_list_of_waste_is_whole() -> None:
    """The 842 entries, 111 sub-chapters and 20 chapters stand beside what the battery decision adds."""
    rows = table("ewc.csv")
    old = [row for row in rows if row["change_2026"] != "new"]
    assert {level: sum(row["level"] == level for row in old) for level in "246"} == {"2": 20, "4": 111, "6": 842}
    new = [row for row in rows if row["change_2026"] == "new"]
    assert sum(row["level"] == "6" for row in new) == BATTERY_CODES_ADDED
    assert all(row["hazardous"] in {"true", "false"} for row in rows if row["level"] == "6")


def test_every_waste_code_has_its_parent() -> None:
    """A code hangs below the heading made of its first digits."""
    rows = {row["code"]: row for row in table("ewc.csv")}
    for code, row in rows.items():
        assert row["parent"] == code[:-2]
        assert not row["parent"] or row["parent"] in rows


def test_alkaline_batteries_turn_hazardous() -> None:
    """16 06 04 keeps its old class and says the new one; a deleted code has none."""
    rows = {row["code"]: row for row in table("ewc.csv")}
    assert (rows["160604"]["hazardous"], rows["160604"]["hazardous_2026"]) == ("false", "true")
    assert rows["160605"]["hazardous_2026"] == ""


def test_places_hang_together() -> None:
    """Municipalities lie in regions that exist, and old municipalities lead to today's ones."""
    regions = {row["code"] for row in table("regions.csv")}
    municipalities = table("municipalities.csv")
    codes = {row["code"] for row in municipalities}
    assert {row["region_code"] for row in municipalities} == regions
    former = table("municipality_mergers.csv")
    assert {row["into"] for row in former} <= codes
    assert not {row["code"] for row in former} & codes


def test_densities_are_in_order() -> None:
    """Low is never above typical, typical never above high, and the concept exists."""
    concepts = {row["id"] for row in table("concepts.csv", ROOT / "config" / "taxonomy")}
    for name in ("densities.csv", "conversions.csv", "energy_contents.csv", "piece_weights.csv"):
        for row in table(name):
            assert float(row["low"]) <= float(row["typical"]) <= float(row["high"])
            assert not row["concept"] or row["concept"] in concepts


def test_units_turn_into_a_base_that_exists() -> None:
    """Every unit has a base of its own dimension, and no spelling means two units."""
    units = {row["code"]: row for row in table("units.csv")}
    spellings = [word for row in units.values() for word in (row["code"], *row["synonyms"].split("|"))]
    assert len(spellings) == len(set(spellings))
    for row in units.values():
        assert units[row["base"]]["dimension"] == row["dimension"]
        assert float(row["factor"]) > 0


def test_concepts_hang_together() -> None:
    """Broader terms, uses and waste codes of a concept exist."""
    concepts = {row["id"]: row for row in table("concepts.csv", ROOT / "config" / "taxonomy")}
    waste = {row["code"] for row in table("ewc.csv")}
    for row in concepts.values():
        assert set(filter(None, row["broader"].split("|"))) <= set(concepts)
        assert set(filter(None, row["ewc"].split("|"))) <= waste
        assert all(concepts[use]["kind"] == "use" for use in row["good_for"].split("|") if use)
