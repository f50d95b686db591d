from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, text

from config.errors import StoreProblem
from data import store
from data.store.bulk import Batch, upsert

KAJAANI = (535_600.0, 7_122_800.0)


def batch(title: str = "Lentotuhka", document: str = "kysely.xlsx", **more: object) -> Batch:
    """Make a batch of one company with one site and one resource."""
    organisation = {"source_key": "o1", "name": "Kolmen Kosken Voima Oy", "business_id": "1234567-1"}
    site = {"source_key": "s1", "organisation_key": "o1", "name": "Laitos"}
    resource = {"source_key": "r1", "site_key": "s1", "direction": "have", "type": "waste", "title": title}
    return Batch(
        pd.DataFrame([organisation]),
        pd.DataFrame([{**site, "easting_m": KAJAANI[0], "northing_m": KAJAANI[1]}]),
        pd.DataFrame([{**resource, "source_document": document, **more}]),
        pd.DataFrame([{"resource_key": "r1", "year": 2023, "tonnes": 1200.0, "basis": "declared"}]),
    )


def write(engine: Engine, rows: Batch) -> tuple[str, str, str]:
    """Write a batch and tell what became of its three rows."""
    with store.connection(engine, "Aino") as connection:
        outcome = upsert(connection, rows)
    return outcome.organisations["o1"], outcome.sites["s1"], outcome.resources["r1"]


def test_rows_are_created_then_left_then_updated(engine: Engine) -> None:
    """The same content again changes nothing, whatever document it comes in; new content updates only its row."""
    assert write(engine, batch()) == ("created", "created", "created")
    assert write(engine, batch(document="toinen.xlsx")) == ("unchanged", "unchanged", "unchanged")
    assert write(engine, batch(title="Pohjatuhka")) == ("unchanged", "unchanged", "updated")
    with engine.connect() as connection:
        row = connection.execute(text("SELECT title, version, created_by FROM resource")).one()
        change = connection.execute(text("SELECT old, new, changed_by FROM change")).one()
    assert tuple(row) == ("Pohjatuhka", 2, "Aino")
    assert (change.old["title"], change.new["title"], change.changed_by) == ("Lentotuhka", "Pohjatuhka", "Aino")


def test_what_a_person_corrected_outlives_the_next_files(engine: Engine) -> None:
    """The file's other news comes in, today and again; the column that was corrected stays as it was left."""
    write(engine, batch())
    with store.connection(engine, "Aino") as connection:
        connection.execute(text("UPDATE resource SET title = 'Lentotuhkaa, kuiva', version = version + 1"))
    for description in ("Uusi kuvaus", "Vielä uudempi"):
        assert write(engine, batch(title="Tuhka", description=description))[2] == "updated"
        with engine.connect() as connection:
            row = connection.execute(text("SELECT title, description FROM resource WHERE source_key = 'r1'")).one()
        assert tuple(row) == ("Lentotuhkaa, kuiva", description)


def test_a_site_gets_its_municipality_and_region_from_its_point(engine: Engine) -> None:
    """Nobody states the region of a site: its point does."""
    write(engine, batch())
    with engine.connect() as connection:
        assert tuple(connection.execute(text("SELECT municipality_code, region_code FROM site")).one()) == ("205", "18")


def test_a_known_business_id_is_not_doubled(engine: Engine) -> None:
    """A company that is there already under its business ID takes the new site, and keeps its name."""
    write(engine, batch())
    rows = batch()
    rows.organisations["source_key"], rows.sites["organisation_key"] = "other", "other"
    rows.sites["source_key"], rows.resources["site_key"] = "s2", "s2"
    rows.resources["source_key"], rows.years["resource_key"] = "r2", "r2"
    with store.connection(engine, "Aino") as connection:
        outcome = upsert(connection, rows)
        names = connection.execute(text("SELECT count(*) FROM organisation")).scalar()
    assert outcome.organisations == {"other": "unchanged"}
    assert names == 1


@pytest.fixture
def unnumbered(engine: Engine) -> Iterator[Connection]:
    """Give a transaction, rolled back afterwards, in which a company without a business ID is known by its name."""
    with store.connection(engine, "Aino") as connection, connection.begin_nested() as savepoint:
        upsert(connection, companies({"source_key": "old", "name": "Nimi Oy", "kind": "public_body"}))
        yield connection
        savepoint.rollback()


def companies(*rows: dict[str, object]) -> Batch:
    """Make a batch of companies alone."""
    return Batch(
        pd.DataFrame(rows, dtype=object),
        pd.DataFrame(columns=["source_key", "organisation_key", "easting_m", "northing_m"]),
        pd.DataFrame(columns=["source_key", "site_key"]),
    )


def test_a_business_id_joins_the_company_of_its_name(unnumbered: Connection) -> None:
    """The one company of a name gets the number that a later file brings, keeps all else, and is met again by it."""
    numbered = companies({"source_key": "new", "name": "NIMI Oy", "business_id": "2077474-0"})
    assert upsert(unnumbered, numbered).organisations == {"new": "updated"}
    assert upsert(unnumbered, numbered).organisations == {"new": "unchanged"}
    found = unnumbered.execute(text("SELECT name, business_id, kind FROM organisation WHERE name ILIKE 'nimi oy'"))
    assert [tuple(row) for row in found] == [("Nimi Oy", "2077474-0", "public_body")]


def test_a_business_id_joins_nobody_where_two_could_be_meant(unnumbered: Connection) -> None:
    """Two numbers for one name, or a namesake that has a number already: a person must say who is who."""
    two = [{"source_key": one, "name": "Nimi Oy", "business_id": one} for one in ("2077474-0", "0112038-9")]
    outcome = upsert(unnumbered, companies(*two))
    assert set(outcome.organisations.values()) == {"created"}
    third = companies({"source_key": "third", "name": "Nimi Oy", "business_id": "1572860-0"})
    assert upsert(unnumbered, third).organisations == {"third": "created"}


def test_a_batch_that_is_refused_leaves_nothing(engine: Engine) -> None:
    """One row that breaks a rule takes the whole batch with it, and the user hears which rule."""
    rows = batch(quantity_low=5.0, quantity_high=2.0, unit="t")
    rows.resources["source_key"] = "r9"
    rows.sites["source_key"], rows.resources["site_key"] = "s9", "s9"
    rows.years["resource_key"] = "r9"
    with (
        pytest.raises(StoreProblem, match=r"constraint\.ck_resource_quantity"),
        store.connection(engine, "") as connection,
    ):
        upsert(connection, rows)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM site WHERE source_key = 's9'")) == 0


@pytest.mark.parametrize(
    ("easting_m", "northing_m"),
    [(float("nan"), 7_122_800.0), (0.0, 0.0), (27.7, 64.2), (7_122_800.0, 535_600.0), (3_535_600.0, 7_125_000.0)],
)
def test_points_outside_finland_are_refused(engine: Engine, easting_m: float, northing_m: float) -> None:
    """NaN, null island, degrees, swapped axes and KKJ never become a point of the map."""
    rows = batch()
    rows.sites["source_key"], rows.resources["site_key"] = "s8", "s8"
    rows.sites["easting_m"], rows.sites["northing_m"] = easting_m, northing_m
    with pytest.raises(StoreProblem, match=r"constraint\.ck_site"), store.connection(engine, "") as connection:
        upsert(connection, rows)


def test_dates_and_lists_arrive_as_they_were(engine: Engine) -> None:
    """Months, concepts, attributes and dates survive the way into the store."""
    more = {"season_months": [[6, 7]], "concepts": [["ash"]], "attributes": [{"temperature_c": 70}]}
    rows = batch(title="Kausituhka", expires_on=date(2027, 1, 31))
    for name, values in more.items():
        rows.resources[name] = values
    write(engine, rows)
    with engine.connect() as connection:
        row = connection.execute(
            text("SELECT season_months, concepts, attributes, expires_on FROM resource WHERE source_key = 'r1'")
        ).first()
    assert row is not None
    assert tuple(row) == ([6, 7], ["ash"], {"temperature_c": 70}, date(2027, 1, 31))
