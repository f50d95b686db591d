import numpy as np
import pytest

from geo import crs, regions


@pytest.fixture(scope="module")
def places() -> regions.Regions:
    """Give the places of the shipped reference tables."""
    return regions.load()


def test_every_municipality_holds_its_own_point(places: regions.Regions) -> None:
    """The representative point of each municipality is assigned to it and to its region."""
    expected = list(places.municipalities.values())
    found = places.assign([(place.easting, place.northing) for place in expected])
    assert found.municipality.tolist() == [place.code for place in expected]
    assert found.region.tolist() == [place.region for place in expected]
    assert (found.outside_m == 0).all()


def test_points_outside(places: regions.Regions) -> None:
    """Stockholm, Tallinn and NaN get no code; a kilometre off Hanko's sea border still belongs to somebody."""
    lon, lat = [18.07, 24.75, np.nan], [59.33, 59.44, 60.0]
    found = places.assign(np.column_stack(crs.to_tm35fin(lon, lat)))
    assert found.municipality.tolist() == ["", "", ""]
    assert np.isnan(found.outside_m).all()


def test_a_point_just_outside_is_snapped(places: regions.Regions) -> None:
    """Walk east from Ilomantsi until Finland ends: up to two kilometres further still count, with the distance."""
    start = places.municipalities["146"]
    eastings = start.easting + np.arange(0, 120_000, 250.0)
    found = places.assign(np.column_stack([eastings, np.full_like(eastings, start.northing)]))
    beyond = found.outside_m[found.outside_m > 0]
    assert beyond.size > 0
    assert beyond.max() <= regions.SNAP_M
    assert found.municipality[-1] == ""


def test_no_points(places: regions.Regions) -> None:
    """No points give no codes."""
    assert places.assign(np.empty((0, 2))).municipality.size == 0


@pytest.mark.parametrize(
    ("text", "code", "former"),
    [
        ("Helsinki", "091", False),
        ("HELSINGFORS ", "091", False),
        ("Pedersöre", "599", False),
        ("Mänttä Vilppula", "508", False),
        ("Oulun kaupunki", "564", False),
        ("Pertunmaa", "507", True),
        ("588", "507", True),
        ("Jyväskylän mlk", "179", True),
        ("A\u030aland", None, False),
        ("Vo\u0308yri", "946", False),
    ],
)
def test_names_of_municipalities(places: regions.Regions, text: str, code: str | None, *, former: bool) -> None:
    """Names are found in fi and sv, in any case, decomposed, and by what they were before a merger."""
    match = places.by_name(text)
    assert (match.code, match.former) == (code, former)


def test_a_misspelling_is_answered_with_the_closest_name(places: regions.Regions) -> None:
    """An unknown name is never guessed, only suggested."""
    assert places.by_name("Tamperee") == regions.NameMatch(None, ("Tampere",))


@pytest.mark.parametrize(("text", "code"), [("Pohjois Savo", "11"), ("Nyland", "01"), ("Lapland", "19"), ("21", "21")])
def test_names_of_regions(places: regions.Regions, text: str, code: str) -> None:
    """Regions are found in three languages and by code."""
    assert places.region_by_name(text).code == code


def test_every_region_has_its_municipalities(places: regions.Regions) -> None:
    """19 regions share out the 308 municipalities; Åland has 16."""
    assert sum(len(places.in_region(code)) for code in places.regions) == len(places.municipalities) == 308
    assert len(places.in_region("21")) == 16
