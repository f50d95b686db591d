from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from data import store
from data.model import Direction, Organisation, Resource, ResourceType, Site, Visibility
from data.queries import benefits
from data.queries import synergies as read
from data.queries.scope import Scope
from data.store import edit

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
KUOPIO = {"easting_m": 534_000.0, "northing_m": 6_973_000.0}
LANDFILL, CO2E, INVESTED = "landfill_diverted_tonnes_per_year", "co2e_reduced_tonnes_per_year", "private_investment_eur"


def side(engine: Engine, direction: Direction, place: dict[str, float], visibility: Visibility) -> int:
    """Add a company with one resource, and give the resource's id."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy"))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **place))
    told = Resource(direction=direction, type=ResourceType.WASTE, title="Tuhka", visibility=visibility)
    return edit.add_resource(engine, "Anna", site.id, told).id


def completed(engine: Engine, place: dict[str, float], stage: str = "completed", **more: Visibility) -> int:
    """Add a synergy between two companies of a place, and give its id."""
    visibility = more.get("visibility", Visibility.NETWORK)
    pair = {one.value: side(engine, one, place, visibility) for one in Direction}
    statement = text("INSERT INTO synergy (have_id, want_id, stage) VALUES (:have, :want, :stage) RETURNING id")
    with store.connection(engine, "Anna") as connection:
        return int(connection.execute(statement, {**pair, "stage": stage}).scalar_one())


def gain(engine: Engine, synergy: int, metric: str, amount: float, year: int, **more: object) -> None:
    """Record a benefit."""
    told = {"yearly": metric != INVESTED, "share": 100.0, "basis": "declared", **more}
    statement = """
        INSERT INTO benefit (synergy_id, metric, amount, basis, year, yearly, attribution_percent)
        VALUES (:synergy, :metric, :amount, :basis, :year, :yearly, :share)
    """
    values = {"synergy": synergy, "metric": metric, "amount": amount, "year": year, **told}
    with store.connection(engine, "Anna") as connection:
        connection.execute(text(statement), values)


@pytest.fixture(autouse=True)
def emptied(engine: Engine) -> Iterator[None]:
    """Take everything away again after a test."""
    yield
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("TRUNCATE organisation, site, resource, resource_year, synergy, benefit CASCADE"))


def sums(engine: Engine, year: int = 2026, region: str = "") -> dict[tuple[str, str, bool], float]:
    """Give amounts by metric, basis and whether they are yearly."""
    told = benefits.standing(benefits.benefit_sums(engine, (year, year - 1)), year, region)
    return {(one.metric, one.basis, one.yearly): one.amount for one in told.itertuples()}


def test_bases_and_recurrences_are_never_added_up(engine: Engine) -> None:
    """Each has a row of its own, with what coordination is due of the amount told."""
    first, second = completed(engine, KAJAANI), completed(engine, KAJAANI)
    gain(engine, first, LANDFILL, 100, 2025, share=50.0)
    gain(engine, second, LANDFILL, 40, 2025, basis="estimated")
    gain(engine, first, LANDFILL, 7, 2026, yearly=False)
    gain(engine, first, INVESTED, 9000, 2026)
    assert sums(engine) == {
        (LANDFILL, "declared", True): 50.0,
        (LANDFILL, "estimated", True): 40.0,
        (LANDFILL, "declared", False): 7.0,
        (INVESTED, "declared", False): 9000.0,
    }
    told = benefits.standing(benefits.benefit_sums(engine, (2026,)), 2026).set_index(["metric", "basis", "yearly"])
    declared = told.loc[(LANDFILL, "declared", True)]
    assert (declared["whole"], declared["attribution_percent"], declared["figures"]) == (100.0, 50.0, 1)


def test_a_yearly_figure_stands_until_a_newer_or_a_surer_one(engine: Engine) -> None:
    """One-off figures stay in their year; nothing is known of a year before the first figure."""
    synergy = completed(engine, KAJAANI)
    gain(engine, synergy, CO2E, 10, 2024)
    gain(engine, synergy, CO2E, 12, 2025, basis="verified")
    gain(engine, synergy, CO2E, 99, 2025, basis="estimated")
    gain(engine, synergy, INVESTED, 5000, 2024)
    gain(engine, synergy, INVESTED, 700, 2024)
    gain(engine, synergy, INVESTED, 10, 2024, basis="estimated")
    assert sums(engine, 2023) == {}
    assert sums(engine, 2024) == {(CO2E, "declared", True): 10.0, (INVESTED, "declared", False): 5700.0}
    assert sums(engine, 2026) == {(CO2E, "verified", True): 12.0}
    overview = benefits.summed(benefits.facts(engine), read.facts(engine), Scope(2026))
    assert overview.loc[overview["kind"] == "country", "amount"].tolist() == [12.0]


def test_regions_add_up_to_the_country_to_the_last_digit(engine: Engine) -> None:
    """A synergy belongs to the region of the resource offered; open and hidden ones count nowhere."""
    for place, amount in ((KAJAANI, 0.1), (KUOPIO, 0.2), (KAJAANI, 0.3)):
        gain(engine, completed(engine, place), LANDFILL, amount, 2026)
    gain(engine, completed(engine, KUOPIO, "implementing"), LANDFILL, 1000, 2026)
    gain(engine, completed(engine, KUOPIO, visibility=Visibility.PRIVATE), LANDFILL, 1000, 2026)
    told = benefits.benefit_sums(engine, (2026,))
    assert dict(zip(told["region_code"], told["amount"], strict=True)) == {"": 0.6, "11": 0.2, "18": 0.4}
    assert sums(engine, region="18") == {(LANDFILL, "declared", True): 0.4}
    assert sums(engine)[(LANDFILL, "declared", True)] == 0.6
