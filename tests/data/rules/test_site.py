import pytest

from data.model import Precision, Site, SiteVisibility
from data.rules import site
from data.rules.checked import Checked
from geo import regions

KAJAANI = (536_400.0, 7_122_500.0)


def check(**more: object) -> Checked[Site]:
    """Check a site that is right but for what is given."""
    return site.check({"name": "Tehdas", **more}, regions.load())


@pytest.mark.parametrize(
    "typed",
    ["536400 7122500", "7122500, 536400", "536400,7122500", "64.2268, 27.7503", "64,2268 27,7503", "27.7503 64.2268"],
)
def test_coordinates_are_read_in_any_usual_system(typed: str) -> None:
    """Metres or degrees, either order, point or comma before decimals."""
    checked = check(coordinates=typed)
    assert checked.value is not None
    assert (checked.value.easting_m, checked.value.northing_m) == pytest.approx(KAJAANI, abs=150)
    assert checked.value.precision == Precision.EXACT
    told = checked.faults["coordinates"][0]
    assert (told.rule, told.values["municipality"].fi) == ("form.point_in", "Kajaani")


def test_a_site_may_be_known_by_its_municipality_alone() -> None:
    """Then it stands at the municipality's point, and says so."""
    checked = check(municipality="205", visibility="municipality", postal_code="87100")
    assert checked.faults == {}
    assert checked.value is not None
    assert checked.value.precision == Precision.MUNICIPALITY
    assert checked.value.visibility == SiteVisibility.MUNICIPALITY
    kajaani = regions.load().municipalities["205"]
    assert (checked.value.easting_m, checked.value.northing_m) == (kajaani.easting, kajaani.northing)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("Kajaani", "coordinates_unreadable"),
        ("1 2 3", "coordinates_unreadable"),
        ("0 0", "coordinates_outside"),
        ("59.33, 18.06", "coordinates_outside"),
        ("65.33 21.49", "coordinates_outside"),
    ],
)
def test_coordinates_outside_finland_are_refused(typed: str, rule: str) -> None:
    """Words, three numbers, null island, Stockholm, Piteå."""
    checked = check(coordinates=typed)
    assert checked.value is None
    assert [fault.rule for fault in checked.faults["coordinates"]] == [f"form.{rule}"]


def test_a_point_outside_its_municipality_is_refused_and_both_are_named() -> None:
    """One of the two is wrong, and only the user knows which."""
    checked = check(coordinates="536400 7122500", municipality="091")
    fault = checked.faults["coordinates"][0]
    assert checked.value is None
    assert fault.rule == "form.point_outside_municipality"
    assert (fault.values["found"].fi, fault.values["stated"].fi) == ("Kajaani", "Helsinki")


def test_a_site_needs_a_place_and_a_name() -> None:
    """And a postal code of five digits, if it has one."""
    checked = site.check({"name": "", "postal_code": "8710"}, regions.load())
    told = {field: [fault.rule for fault in faults] for field, faults in checked.faults.items()}
    assert told == {
        "name": ["form.site_name_missing"],
        "postal_code": ["form.postal_code"],
        "municipality": ["form.place_missing"],
    }
