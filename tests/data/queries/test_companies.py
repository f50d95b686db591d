from collections.abc import Mapping

import pytest
from sqlalchemy import Engine, text

from data import store
from data.model import Direction, Organisation, Origin, Resource, ResourceType, Site, SiteVisibility
from data.queries import companies
from data.queries.companies import Sought
from data.store import edit

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
TURKU = {"easting_m": 239_000.0, "northing_m": 6_711_000.0}
NASTY = "<b>100%_\\Oy</b> {x} $a$"


@pytest.fixture(scope="module")
def rows(engine: Engine) -> Mapping[str, edit.Row]:
    """Add five companies, one with everything, one deleted."""
    added = {
        "ash": edit.add_organisation(engine, "Anna", Organisation(name="Ähtärin Tuhka Oy", business_id="1572860-0")),
        "bare": edit.add_organisation(engine, "Anna", Organisation(name="Zeta Oy", other_names=("Öljy Ab",))),
        "demo": edit.add_organisation(engine, "Anna", Organisation(name="Aava Oy", origin=Origin(demo=True))),
        "nasty": edit.add_organisation(engine, "Anna", Organisation(name=NASTY)),
        "gone": edit.add_organisation(engine, "Anna", Organisation(name="Poistettu Oy")),
    }
    organisation_id = added["ash"].id
    hidden = Site(name="Varasto", visibility=SiteVisibility.MUNICIPALITY, **TURKU)
    added["plant"] = edit.add_site(engine, "Anna", organisation_id, Site(name="Tehdas", **KAJAANI))
    added["store"] = edit.add_site(engine, "Anna", organisation_id, hidden)
    have = Resource(direction=Direction.HAVE, type=ResourceType.WASTE, title="Lentotuhka")
    want = Resource(direction=Direction.WANT, type=ResourceType.ENERGY, title="Höyry")
    added["have"] = edit.add_resource(engine, "Anna", added["plant"].id, have)
    added["want"] = edit.add_resource(engine, "Anna", added["store"].id, want)
    edit.delete(engine, "Anna", added["gone"])
    return added


def found(engine: Engine, search: str = "", region: str = "") -> tuple[int, ...]:
    """List the ids that a search finds."""
    return tuple(companies.chosen(engine, Sought(search, region))["id"])


def names(engine: Engine, search: str = "", region: str = "") -> list[str]:
    """List the names that a search finds."""
    return list(companies.page(engine, found(engine, search, region))["name"])


def test_companies_stand_in_the_finnish_alphabet(engine: Engine, rows: Mapping[str, edit.Row]) -> None:
    """Ä comes after Z; a deleted company is in no list and no count."""
    assert rows
    assert names(engine) == [NASTY, "Aava Oy", "Zeta Oy", "Ähtärin Tuhka Oy"]
    assert list(companies.chosen(engine, Sought())["demo"]) == [False, True, False, False]


def test_a_page_tells_what_a_company_has(engine: Engine, rows: Mapping[str, edit.Row]) -> None:
    """Sites, places, offers, needs and types, nothing counted twice."""
    listed = companies.page(engine, found(engine)).set_index("id")
    ash = listed.loc[rows["ash"].id]
    assert (ash["sites"], ash["haves"], ash["wants"]) == (2, 1, 1)
    assert sorted(ash["municipalities"]) == ["205", "853"]
    assert sorted(ash["types"]) == ["energy", "waste"]
    assert listed.loc[rows["bare"].id, ["sites", "haves", "wants"]].tolist() == [0, 0, 0]


def test_a_page_keeps_the_order_it_is_asked_in(engine: Engine, rows: Mapping[str, edit.Row]) -> None:
    """And leaves out what is no company, so that pages cut from one list hold what the list holds."""
    asked = (rows["bare"].id, 10**9, rows["ash"].id)
    assert list(companies.page(engine, asked)["id"]) == [rows["bare"].id, rows["ash"].id]
    assert companies.page(engine, ()).empty


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("ähtärin", ["Ähtärin Tuhka Oy"]),
        ("1572860", ["Ähtärin Tuhka Oy"]),
        ("öljy", ["Zeta Oy"]),
        ("kajaani", ["Ähtärin Tuhka Oy"]),
        ("Åbo", ["Ähtärin Tuhka Oy"]),
        ("  lentotuhka ", ["Ähtärin Tuhka Oy"]),
        ("100%_\\", [NASTY]),
        ("%", [NASTY]),
        ("poistettu", []),
        ("'; DROP TABLE organisation; --", []),
    ],
)
def test_a_search_reads_names_ids_places_and_resources(
    engine: Engine, rows: Mapping[str, edit.Row], search: str, expected: list[str]
) -> None:
    """Letter case is no matter, % and _ are sought as they stand."""
    assert rows
    assert names(engine, search) == expected


def test_a_name_that_begins_with_the_search_comes_first(engine: Engine, rows: Mapping[str, edit.Row]) -> None:
    """The others hold the letter somewhere, and the first of all names among them."""
    assert rows
    assert names(engine, "a") == ["Aava Oy", NASTY, "Zeta Oy", "Ähtärin Tuhka Oy"]


def test_a_region_keeps_the_companies_with_a_site_there(engine: Engine, rows: Mapping[str, edit.Row]) -> None:
    """A company of two regions is found in both."""
    assert rows
    assert names(engine, region="18") == names(engine, region="02") == ["Ähtärin Tuhka Oy"]
    assert names(engine, region="01") == []


def test_a_hidden_site_leaves_the_store_at_its_municipality(engine: Engine, rows: Mapping[str, edit.Row]) -> None:
    """The exact point is in no map; only the form that moves the site has it."""
    shown = companies.places(engine, found(engine)).set_index("id")
    assert shown.loc[rows["plant"].id, ["easting_m", "northing_m"]].tolist() == list(KAJAANI.values())
    hidden = shown.loc[rows["store"].id, ["easting_m", "northing_m"]].tolist()
    assert hidden != list(TURKU.values())
    own = companies.sites(engine, rows["ash"].id).set_index("id")
    assert own.loc[rows["store"].id, ["easting_m", "northing_m"]].tolist() == hidden
    assert own.loc[rows["store"].id, ["true_easting_m", "true_northing_m"]].tolist() == list(TURKU.values())


def test_one_company_with_its_sites_and_resources(engine: Engine, rows: Mapping[str, edit.Row]) -> None:
    """A link to a resource or site finds its company; a link to what is gone finds nothing."""
    ash = companies.company(engine, rows["ash"].id)
    assert ash is not None
    assert (ash["business_id"], ash["version"], ash["created_by"]) == ("1572860-0", 1, "Anna")
    assert list(companies.resources(engine, rows["ash"].id)["title"]) == ["Lentotuhka", "Höyry"]
    assert companies.owner(engine, resource=rows["want"].id) == rows["ash"].id
    assert companies.owner(engine, site=rows["store"].id) == rows["ash"].id
    assert companies.owner(engine, resource=10**9) is None
    assert companies.company(engine, rows["gone"].id) is None


def test_the_yearly_series_is_told_year_by_year(engine: Engine, rows: Mapping[str, edit.Row]) -> None:
    """Each year with its tonnes and how sure they are."""
    statement = "INSERT INTO resource_year VALUES (:id, 2022, 5, 'declared'), (:id, 2023, 0, 'estimated')"
    with store.connection(engine, "Anna") as connection:
        connection.execute(text(statement), {"id": rows["have"].id})
    series = companies.years(engine, rows["ash"].id)
    told = series[["title", "year", "tonnes", "basis"]].itertuples(index=False, name=None)
    assert list(told) == [("Lentotuhka", 2022, 5.0, "declared"), ("Lentotuhka", 2023, 0.0, "estimated")]


def test_history_tells_who_did_what_newest_first(engine: Engine, rows: Mapping[str, edit.Row]) -> None:
    """Changes and creations of the company and all below it, what was deleted since included."""
    assert rows
    organisation = edit.add_organisation(engine, "Anna", Organisation(name="Vanha Oy"))
    site = edit.add_site(engine, "Bertta", organisation.id, Site(name="Halli", **KAJAANI))
    edit.change(engine, "Cecilia", organisation, {"name": "Uusi Oy"})
    edit.delete(engine, "Daavid", site)
    told = companies.history(engine, organisation.id)
    assert list(told["happened_by"]) == ["Daavid", "Cecilia", "Bertta", "Anna"]
    assert list(told["operation"]) == ["UPDATE", "UPDATE", "INSERT", "INSERT"]
    assert (told.loc[1, "old"], told.loc[1, "new"]) == ({"name": "Vanha Oy"}, {"name": "Uusi Oy"})
    assert set(told.loc[0, "old"]) == {"deleted_at"}
