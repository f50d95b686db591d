"""Drafts of listings for Materiaalitori."""

import json
from collections.abc import Hashable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from data import importers
from data.exporters import materiaalitori
from data.exporters.materiaalitori import CLASSES, Source, Wish, check, draft, kind, latest
from data.importers import Options
from data.model import Direction, ResourceType

TODAY = date(2026, 11, 22)
WISH = Wish(TODAY + timedelta(days=60), by_company=True)
ASH = Source(
    direction=Direction.HAVE,
    type=ResourceType.WASTE,
    title="Lentotuhkaa kattilasta",
    description="Kuivaa tuhkaa siilossa",
    concepts=("fly_ash",),
    ewc_code="100101",
    hazardous=False,
    quantity=(1200.0, 1200.0),
    unit="t",
    continuity="continuous",
    company="Tuhka Oy",
    named=True,
    business_id="2077474-0",
    site="Voimalaitos",
    address="Satamatie 1",
    postal_code="94900",
    postal_place="Kemi",
    municipality="Kemi",
    region="Lappi",
    easting_m=383_500.0,
    northing_m=7_293_000.0,
    exact=True,
)


def keys(source: Source, wish: Wish = WISH) -> list[str]:
    """Give what the rules say."""
    return [rule.key for rule in check(source, wish, TODAY)]


def again(source: Source, path: Path) -> tuple[dict[Hashable, object], dict[Hashable, object]]:
    """Import a draft; give its resource and its site."""
    path.write_text(json.dumps([draft(source, WISH)]), encoding="utf-8")
    batch = importers.read("materiaalitori", path, Options()).batch
    return batch.resources.to_dict("records")[0], batch.sites.to_dict("records")[0]


def test_a_draft_of_waste_comes_back_as_it_went_out(tmp_path: Path) -> None:
    """With its code, hazard, amount, point and last day."""
    resource, site = again(ASH, tmp_path / "a.json")
    assert (resource["title"], resource["description"]) == (ASH.title, ASH.description)
    assert (resource["direction"], resource["type"]) == ("have", "waste")
    assert (resource["ewc_code"], resource["hazardous"]) == ("100101", False)
    assert (resource["quantity_low"], resource["quantity_high"], resource["unit"]) == (1200.0, 1200.0, "t")
    assert (resource["continuity"], str(resource["expires_on"])) == ("continuous", "2027-01-21")
    assert (site["name"], site["easting_m"], site["northing_m"]) == ("Voimalaitos", 383_500.0, 7_293_000.0)


@pytest.mark.parametrize(
    ("direction", "type_", "sort"),
    [
        ("have", "waste", "offeringWaste"),
        ("have", "material", "offeringMaterial"),
        ("want", "material", "receivingMaterial"),
        ("have", "expertise", "offeringServices"),
        ("have", "energy", None),
        ("want", "storage", None),
    ],
)
def test_each_resource_has_its_type_of_listing_or_none(
    direction: str, type_: str, sort: str | None, tmp_path: Path
) -> None:
    """And comes back with its direction."""
    source = replace(ASH, direction=Direction(direction), type=ResourceType(type_))
    assert kind(source.direction, source.type) == sort
    if sort is None:
        assert keys(source) == ["listing.no_type"]
    else:
        assert again(source, tmp_path / "b.json")[0]["direction"] == direction


def test_waste_is_listed_by_its_holder_alone() -> None:
    """Whatever else is right."""
    assert keys(ASH, replace(WISH, by_company=False)) == ["materiaalitori.waste_by_proxy"]
    assert keys(ASH) == []
    assert keys(replace(ASH, type=ResourceType.MATERIAL), replace(WISH, by_company=False)) == []


@pytest.mark.parametrize(("days", "fine"), [(-1, False), (0, True), (182, True), (183, False)])
def test_a_listing_is_open_for_half_a_year_at_most(days: int, *, fine: bool) -> None:
    """From today on."""
    found = keys(ASH, Wish(TODAY + timedelta(days=days), by_company=True))
    assert ("listing.expiry" not in found) is fine
    assert latest(TODAY) == TODAY + timedelta(days=182)


def test_what_is_missing_is_said() -> None:
    """A code and a name are musts; an amount and a point are not."""
    assert keys(replace(ASH, ewc_code=None)) == ["listing.no_code"]
    assert keys(replace(ASH, ewc_code="100104")) == ["listing.hazard"]
    assert keys(replace(ASH, company=None)) == ["listing.no_company"]
    stream = replace(ASH, type=ResourceType.MATERIAL, named=False)
    assert keys(stream, replace(WISH, by_company=False)) == ["listing.no_company"]
    assert keys(stream) == []
    assert keys(replace(ASH, quantity=None)) == ["listing.no_amount"]
    assert keys(replace(ASH, exact=False)) == ["listing.no_point"]
    assert keys(ASH, Wish(TODAY + timedelta(days=13), by_company=True)) == ["listing.tsv"]


def test_a_hidden_place_is_not_in_the_draft() -> None:
    """Neither its address nor its point."""
    written = json.dumps(draft(replace(ASH, exact=False), WISH))
    assert "Satamatie" not in written
    assert "383500" not in written
    assert "Kemi" in written


def test_an_amount_in_a_unit_of_theirs() -> None:
    """Loose cubic metres become tonnes where they are known."""
    loose = replace(ASH, unit="i-m3")
    assert draft(materiaalitori.in_tonnes(loose, (300.0, 500.0)), WISH)["materials"][0]["quantity"] == {
        "amount": 400.0,
        "unitOfMeasure": "t",
    }
    assert "quantity" not in draft(materiaalitori.in_tonnes(loose, None), WISH)["materials"][0]


def test_the_material_is_one_of_their_list() -> None:
    """What none of it fits is other waste, or another stream."""
    assert materiaalitori.classification(ASH) == "tuhka"
    assert materiaalitori.classification(replace(ASH, concepts=())) == "muu_jate"
    assert len({one for ours in CLASSES.values() for one in ours}) == sum(map(len, CLASSES.values()))
