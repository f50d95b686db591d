from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine, text

from data import queries, store
from data.model import (
    Continuity,
    Direction,
    Organisation,
    Origin,
    Precision,
    Resource,
    ResourceType,
    Site,
    SiteVisibility,
    Visibility,
)
from data.queries import benefits, overview
from data.queries import synergies as read
from data.queries.scope import Scope
from data.store import edit

NOW = Scope(2026)
KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
KUOPIO = {"easting_m": 534_000.0, "northing_m": 6_973_000.0}
HELSINKI = {"easting_m": 385_600.0, "northing_m": 6_672_000.0}


def add(engine: Engine, name: str, place: dict[str, float], **more: object) -> tuple[int, edit.Row]:
    """Add a company with one site; give both ids."""
    company = edit.add_organisation(
        engine, "Anna", Organisation(name=name, naming_consent=bool(more.pop("named", True)))
    )
    return company.id, edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **place, **more))


def offer(engine: Engine, site: edit.Row, tonnes: float, **more: object) -> edit.Row:
    """Add a resource of so many tonnes a year, told in 2024 unless said otherwise."""
    told = {
        "direction": Direction.HAVE,
        "type": ResourceType.WASTE,
        "title": "Tuhka",
        "tonnes_low": tonnes,
        "tonnes_high": tonnes,
        "origin": Origin(dated=date(2024, 5, 1)),
    }
    return edit.add_resource(engine, "Anna", site.id, Resource(**{**told, **more}))


def link(engine: Engine, have: edit.Row, want: edit.Row, **more: object) -> int:
    """Add a synergy of 2024."""
    told = {"tonnes": 100.0, "stage": "identified", "km": 50.0, "method": "road", "reason": None, **more}
    statement = """
        INSERT INTO synergy (have_id, want_id, tonnes_per_year, stage, road_km, method, lapse_reason, created_at)
        VALUES (:have, :want, :tonnes, :stage, :km, :method, :reason, '2024-06-01') RETURNING id
    """
    with store.connection(engine, "Anna") as connection:
        return int(connection.execute(text(statement), {"have": have.id, "want": want.id, **told}).scalar_one())


def gain(engine: Engine, synergy: int, metric: str, amount: float, year: int, **more: object) -> None:
    """Record a benefit."""
    told = {"yearly": True, "share": 100.0, "basis": "declared", **more}
    statement = """
        INSERT INTO benefit (synergy_id, metric, amount, basis, year, yearly, attribution_percent)
        VALUES (:synergy, :metric, :amount, :basis, :year, :yearly, :share)
    """
    with store.connection(engine, "Anna") as connection:
        connection.execute(
            text(statement), {"synergy": synergy, "metric": metric, "amount": amount, "year": year, **told}
        )


@pytest.fixture(autouse=True)
def emptied(engine: Engine) -> Iterator[None]:
    """Take everything away again after a test."""
    yield
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("TRUNCATE organisation, site, resource, resource_year, synergy, benefit CASCADE"))


def synergies(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Sum the synergies of a choice up, as the dashboard does."""
    return read.summed(read.facts(engine), read.left_after(engine, scope.year), scope)


def of(frame: pd.DataFrame, kind: str, code: str = "", column: str = "code") -> pd.Series:
    """Give the one row of a kind and code."""
    (index,) = frame.index[(frame["kind"] == kind) & (frame[column] == code)]
    return frame.loc[index]


def test_regions_and_municipalities_add_up_to_the_country(engine: Engine) -> None:
    """Every resource is in one municipality, one region and the country."""
    for number, place in enumerate([KAJAANI, KAJAANI, KUOPIO, HELSINKI]):
        _, site = add(engine, f"Yritys {number}", place)
        offer(engine, site, 100.0 * (number + 1))
        offer(engine, site, 7.0, direction=Direction.WANT)
    found = overview.resources(engine, NOW)
    for column in ("resources", "sites", "have_tonnes", "want_tonnes"):
        sums = found.groupby("kind")[column].sum()
        assert sums["country"] == sums["region"] == sums["municipality"]
    kainuu = of(found, "region", "18")
    assert (kainuu["resources"], kainuu["companies"], kainuu["have_tonnes"], kainuu["want_tonnes"]) == (4, 2, 300, 14)


def test_what_not_everybody_may_see_is_not_counted(engine: Engine) -> None:
    """Private and regional resources are in no sum, nor on the map."""
    _, site = add(engine, "Hiljainen Oy", KAJAANI)
    for visibility in (Visibility.PRIVATE, Visibility.REGION):
        offer(engine, site, 5.0, visibility=visibility)
    assert overview.resources(engine, NOW).query("kind == 'region'").empty
    assert overview.sites(engine, NOW).empty
    offer(engine, site, 5.0, visibility=Visibility.PUBLIC)
    assert of(overview.resources(engine, NOW), "country")["resources"] == 1


def test_a_one_off_batch_is_no_yearly_flow(engine: Engine) -> None:
    """It is counted as a resource, but its tonnes are not added to yearly ones."""
    _, site = add(engine, "Purku Oy", KAJAANI)
    offer(engine, site, 900.0, continuity=Continuity.ONE_OFF)
    offer(engine, site, 10.0)
    country = of(overview.resources(engine, NOW), "country")
    assert (country["resources"], country["have_tonnes"]) == (2, 10)


def test_a_resource_counts_from_its_year_to_its_expiry(engine: Engine) -> None:
    """Told in 2024 and expired in 2025: there in 2024 and 2025, not before and not after."""
    _, site = add(engine, "Ajan Oy", KAJAANI)
    offer(engine, site, 10.0, expires_on=date(2025, 3, 1))
    there = {year: of(overview.resources(engine, Scope(year)), "country")["resources"] for year in range(2023, 2027)}
    assert there == {2023: 0, 2024: 1, 2025: 1, 2026: 0}


def test_a_yearly_series_gives_the_tonnes_of_the_year(engine: Engine) -> None:
    """The latest figure up to the year counts, not the range that was told once."""
    _, site = add(engine, "Sarja Oy", KAJAANI)
    resource = offer(engine, site, 10.0, origin=Origin(dated=date(2020, 1, 1)))
    with store.connection(engine, "Anna") as connection:
        statement = (
            "INSERT INTO resource_year (resource_id, year, tonnes, basis) VALUES (:id, :year, :tonnes, 'declared')"
        )
        for year, tonnes in ((2021, 40.0), (2023, 60.0)):
            connection.execute(text(statement), {"id": resource.id, "year": year, "tonnes": tonnes})
    told = {year: of(overview.resources(engine, Scope(year)), "country")["have_tonnes"] for year in (2020, 2022, 2026)}
    assert told == {2020: 10, 2022: 40, 2026: 60}


def test_types_and_direction_narrow_the_count(engine: Engine) -> None:
    """Only the types asked for, only the direction asked for."""
    _, site = add(engine, "Laji Oy", KAJAANI)
    offer(engine, site, 1.0)
    offer(engine, site, 1.0, type=ResourceType.WATER, direction=Direction.WANT)
    scopes = [Scope(2026, ("water",)), Scope(2026, (), "have"), Scope(2026, ("water",), "have")]
    assert [of(overview.resources(engine, one), "country")["resources"] for one in scopes] == [1, 1, 0]


def test_a_synergy_belongs_to_the_region_that_offers(engine: Engine) -> None:
    """Its tonnes go out of one region and into the other, once in the country."""
    (_, kajaani), (_, helsinki) = add(engine, "A Oy", KAJAANI), add(engine, "B Oy", HELSINKI)
    link(engine, offer(engine, kajaani, 1), offer(engine, helsinki, 1, direction=Direction.WANT))
    found = synergies(engine, NOW)
    assert of(found, "region", "18", "source")["synergies"] == 1
    assert of(found, "into_region", "01", "source")["tonnes"] == 100
    assert of(found, "into_municipality", "091", "source")["synergies"] == 1
    assert of(found, "country", "", "source")["crossing"] == 1
    flow = of(found, "flow", "18", "source")
    assert (flow["target"], flow["tonnes"], flow["km"], bool(flow["few"])) == ("01", 100, 50, True)
    sums = found.groupby("kind")["synergies"].sum()
    assert sums["country"] == sums["region"] == sums["municipality"] == 1


def test_few_means_fewer_than_three_companies_on_both_sides(engine: Engine) -> None:
    """Two companies with many synergies are few; a third one makes the cell public."""
    (_, kajaani), (_, kuopio), (_, third) = (
        add(engine, name, place) for name, place in (("A Oy", KAJAANI), ("B Oy", KUOPIO), ("C Oy", KUOPIO))
    )
    have = [offer(engine, kajaani, 1) for _ in range(4)]
    want = [offer(engine, kuopio, 1, direction=Direction.WANT) for _ in range(3)]
    for one, other in zip(have[:3], want, strict=True):
        link(engine, one, other)
    assert bool(of(synergies(engine, NOW), "flow", "18", "source")["few"])
    link(engine, have[3], offer(engine, third, 1, direction=Direction.WANT))
    found = synergies(engine, NOW)
    assert not of(found, "flow", "18", "source")["few"]
    assert not of(found, "region", "18", "source")["few"]


def test_a_lapsed_synergy_is_no_synergy(engine: Engine) -> None:
    """Nor is one whose resource is private."""
    (_, kajaani), (_, kuopio) = add(engine, "A Oy", KAJAANI), add(engine, "B Oy", KUOPIO)
    want = offer(engine, kuopio, 1, direction=Direction.WANT)
    link(engine, offer(engine, kajaani, 1), want, stage="lapsed", reason="price")
    link(engine, offer(engine, kajaani, 1, visibility=Visibility.PRIVATE), want)
    assert synergies(engine, NOW).empty


def test_an_earlier_year_shows_the_stage_of_then(engine: Engine) -> None:
    """The history tells what a synergy was at the end of the year."""
    (_, kajaani), (_, kuopio) = add(engine, "A Oy", KAJAANI), add(engine, "B Oy", KUOPIO)
    synergy = link(engine, offer(engine, kajaani, 1), offer(engine, kuopio, 1, direction=Direction.WANT))
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("UPDATE synergy_history SET changed_at = '2024-06-01'"))
        connection.execute(text("UPDATE synergy SET stage = 'completed' WHERE id = :id"), {"id": synergy})
        connection.execute(text("UPDATE synergy_history SET changed_at = '2025-06-01' WHERE to_stage = 'completed'"))
    done = {
        year: of(synergies(engine, Scope(year)), "country", "", "source")["completed"] for year in (2024, 2025, 2026)
    }
    assert done == {2024: 0, 2025: 1, 2026: 1}
    assert synergies(engine, Scope(2023)).empty


def test_a_yearly_benefit_counts_once_and_goes_on(engine: Engine) -> None:
    """The latest figure of a synergy and metric stands until a newer one; one-off ones are not in the sum."""
    (_, kajaani), (_, kuopio) = add(engine, "A Oy", KAJAANI), add(engine, "B Oy", KUOPIO)
    done = link(
        engine, offer(engine, kajaani, 1), offer(engine, kuopio, 1, direction=Direction.WANT), stage="completed"
    )
    gain(engine, done, "co2e_reduced_tonnes_per_year", 100, 2024)
    gain(engine, done, "co2e_reduced_tonnes_per_year", 300, 2026, share=50.0, basis="verified")
    gain(engine, done, "cost_savings_eur_per_year", 9_000, 2026, yearly=False)
    told = {}
    for year in (2024, 2025, 2026):
        row = of(benefits.summed(benefits.facts(engine), read.facts(engine), Scope(year)), "country")
        told[year] = (row["amount"], row["before"], row["verified"])
    assert told == {2024: (100, 0, 0), 2025: (100, 100, 0), 2026: (150, 100, 1)}


def test_a_hidden_name_and_an_exact_point_never_leave_the_store(engine: Engine) -> None:
    """A site that shows only its municipality has the municipality's point, a company without consent no name."""
    add_to = {"visibility": SiteVisibility.MUNICIPALITY, "precision": Precision.EXACT, "named": False}
    _, site = add(engine, "Salainen Oy", KAJAANI, **add_to)
    offer(engine, site, 1)
    (row,) = overview.sites(engine, NOW).to_dict("records")
    with engine.connect() as connection:
        lon = connection.scalar(text("SELECT ST_X(ST_Transform(point, 4326)) FROM municipality WHERE code = '205'"))
    assert row["name"] == ""
    assert row["municipality_only"]
    assert row["lon"] == pytest.approx(lon, abs=1e-4)
    assert overview.search(engine, "Salainen").empty


def test_search_finds_places_and_companies(engine: Engine) -> None:
    """By a part of the name in Finnish or Swedish, % and _ as they stand."""
    _, site = add(engine, "Vuoren 100 % Tuhka Oy", KAJAANI)
    offer(engine, site, 1)
    assert overview.search(engine, "helsingf")["id"].tolist() == ["091"]
    assert overview.search(engine, "100 %")["name"].tolist() == ["Vuoren 100 % Tuhka Oy"]
    assert overview.search(engine, "_").empty


def test_the_stamp_changes_with_the_data(engine: Engine) -> None:
    """What is cached under the old stamp is not shown again."""
    before = queries.stamp(engine)
    add(engine, "Uusi Oy", KAJAANI)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_stat_force_next_flush()"))
    add(engine, "Uusi 2 Oy", KAJAANI)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_stat_clear_snapshot()"))
    engine.dispose()  # a connection that ends tells its counts
    assert queries.stamp(engine) != before


def test_an_empty_store_has_no_first_year(engine: Engine) -> None:
    """The page then says how to begin."""
    assert overview.first_year(engine) is None
    assert not overview.any_synergy(engine)
    _, site = add(engine, "Eka Oy", KAJAANI)
    offer(engine, site, 1)
    assert overview.first_year(engine) == 2024
