"""Listings of Materiaalitori, with their traps."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from config.errors import ImportProblem
from data import importers
from data.importers import Report

Read = Callable[..., Report]
Found = Callable[[Report], dict[int, list[str]]]
Resources = Callable[[Report], dict[str, dict[str, object]]]


def test_the_four_kinds_of_listing(read_sample: Read, resources: Resources) -> None:
    """Waste, materials sought and services come in; each material of a listing is a row."""
    report = read_sample("materiaalitori.json", "materiaalitori")
    read = resources(report)
    assert set(read) == {"Sahanpurua (puu)", "Sahanpurua (tuhka)", "Otamme maa-aineksia", "Murskausta"}
    wood, wanted = read["Sahanpurua (puu)"], read["Otamme maa-aineksia"]
    assert (wood["direction"], wood["type"], wood["ewc_code"], wood["quantity_high"]) == (
        "have",
        "waste",
        "030105",
        120.0,
    )
    assert (wanted["direction"], wanted["type"], wanted["unit"]) == ("want", "material", None)
    assert {row["channel"] for row in read.values()} == {"materiaalitori"}
    assert {row["visibility"] for row in read.values()} == {"public"}
    assert read["Sahanpurua (tuhka)"]["continuity"] == "one_off"
    assert str(wood["expires_on"]) == "2027-03-01"


def test_their_lon_is_the_easting(read_sample: Read) -> None:
    """In EUREF_FIN lon is metres to the east; a place that is not public shows its municipality only."""
    sites = read_sample("materiaalitori.json", "materiaalitori").batch.sites.set_index("name")
    assert sites.loc["Saha", ["easting_m", "northing_m", "visibility"]].to_list() == [
        327629.0,
        6822243.0,
        "municipality",
    ]


def test_their_ids_are_not_ours(read_sample: Read, found: Found) -> None:
    """Areas are joined by name; a listing that gives their numbers alone has no place."""
    report = read_sample("materiaalitori.json", "materiaalitori")
    assert found(report) == {
        3: ["region_placed"],
        4: ["municipality_unknown"],
        6: ["hazardous_mismatch"],
        7: ["listing_closed"],
        8: ["listing_type"],
        9: ["broken_character"],
    }


def test_again_creates_nothing(read_sample: Read, engine: Engine) -> None:
    """A listing has its own id, so that an edited one is updated."""
    importers.write(engine, "", read_sample("materiaalitori.json", "materiaalitori"))
    again = importers.write(engine, "", read_sample("materiaalitori.json", "materiaalitori"))
    assert (again.created, again.updated, again.unchanged, again.rejected) == (0, 0, 4, 5)


def test_other_json_is_refused(read_sample: Read) -> None:
    """A map of sites is no list of listings."""
    with pytest.raises(ImportProblem) as refused:
        read_sample("shapes.geojson", "materiaalitori")
    assert refused.value.key == "import.not_rfo"
