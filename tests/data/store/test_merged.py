"""What people have merged is found again by the next import of the same file."""

import pandas as pd
import pytest
from sqlalchemy import Engine, text

from config.errors import StoreProblem
from data import store
from data.queries import doctor as queries
from data.store import bulk, merge
from data.store.bulk import Batch, Outcome
from data.store.edit import Row

PLACE = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
NAMES = {"a": "Kainuun Tuhka Oy", "b": "Kainuun Tuhka ja Kuona", "c": "Toinen Oy"}


def batch(*keys: str) -> Batch:
    """Give companies with a site each, and on it ash with a year's amount."""
    return Batch(
        pd.DataFrame([{"source_key": one, "name": NAMES[one]} for one in keys]),
        pd.DataFrame([{"source_key": f"s{one}", "organisation_key": one, "name": "Tehdas", **PLACE} for one in keys]),
        pd.DataFrame(
            [
                {"source_key": f"r{one}", "site_key": f"s{one}", "direction": "have", "type": "waste", "title": "Tuhka"}
                for one in keys
            ]
        ),
        pd.DataFrame(
            [
                {"resource_key": f"r{one}", "year": year, "tonnes": 10.0 + at, "basis": "declared"}
                for at, one in enumerate(keys)
                for year in (2023, 2024 + at)
            ]
        ),
    )


def imported(engine: Engine, given: Batch) -> Outcome:
    """Write a batch."""
    with store.connection(engine, "Anna") as connection:
        return bulk.upsert(connection, given)


def row(engine: Engine, kind: str, key: str) -> Row:
    """Name the present version of an imported row."""
    with engine.connect() as connection:
        asked = text(f"SELECT id, version FROM {kind} WHERE source_key = :key")  # noqa: S608 - this module's words
        found = connection.execute(asked, {"key": key}).one()
    return Row(kind, found.id, found.version)  # type: ignore[arg-type]


def live(engine: Engine, kind: str) -> int:
    """Count the rows that are there."""
    with engine.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {kind} WHERE deleted_at IS NULL")) or 0)  # noqa: S608 - ours


@pytest.fixture
def united(engine: Engine) -> tuple[int, int]:
    """Import three companies, merge the second into the first with its ash, and give both merges."""
    imported(engine, batch("a", "b", "c"))
    company = merge.organisations(engine, "Anna", row(engine, "organisation", "a"), row(engine, "organisation", "b"))
    ash = merge.resources(engine, "Anna", row(engine, "resource", "ra"), row(engine, "resource", "rb"))
    return company.id, ash.id


def test_an_import_makes_nothing_anew_that_was_merged(engine: Engine, united: tuple[int, int]) -> None:
    """The same file again, and another one with the old name; once the merges are taken back all is as before."""
    there = (live(engine, "organisation"), live(engine, "resource"))
    again = imported(engine, batch("a", "b", "c"))
    assert set(again.organisations.values()) == set(again.resources.values()) == {"unchanged"}
    assert (live(engine, "organisation"), live(engine, "resource")) == there
    with engine.connect() as connection:
        told = text("SELECT year, tonnes FROM resource_year WHERE resource_id = :id ORDER BY year")
        years = [tuple(one) for one in connection.execute(told, {"id": row(engine, "resource", "ra").id})]
    assert years == [(2023, 10.0), (2024, 10.0), (2025, 11.0)]
    other = imported(engine, Batch(pd.DataFrame([{"source_key": "new", "name": NAMES["b"]}]), *_nothing()))
    assert other.organisations == {"new": "unchanged"}
    for one in reversed(united):
        merge.undo(engine, "Anna", one)
    assert set(imported(engine, batch("a", "b", "c")).organisations.values()) == {"unchanged"}
    assert live(engine, "organisation") == there[0] + 1


def _nothing() -> tuple[pd.DataFrame, pd.DataFrame]:
    sites = pd.DataFrame(columns=["source_key", "organisation_key", "easting_m", "northing_m"])
    return sites, pd.DataFrame(columns=["source_key", "site_key"])


def test_two_that_were_told_to_be_different_are_not_asked_about_again(engine: Engine) -> None:
    """Until somebody wants to be asked; it is no merge, and can't be taken back as one."""
    imported(engine, batch("a"))
    double = Batch(pd.DataFrame([{"source_key": "d", "name": "KAINUUN TUHKA"}]), *_nothing())
    imported(engine, double)
    before = queries.companies_twice(engine)
    (pair,) = before[before["other"] == "KAINUUN TUHKA"].to_dict("records")
    one, other = (Row("organisation", int(pair[f"{who}id"]), int(pair[f"{who}version"])) for who in ("", "other_"))
    kept = merge.keep_apart(engine, "Anna", one.id, one, other)
    assert len(queries.companies_twice(engine)) == len(before) - 1
    told = queries.merges(engine)
    assert told[told["id"] == kept][["apart", "merged_by"]].to_numpy().tolist() == [[True, "Anna"]]
    with pytest.raises(StoreProblem):
        merge.undo(engine, "Anna", kept)
    merge.ask_again(engine, "Anna", kept)
    assert len(queries.companies_twice(engine)) == len(before)
    assert kept not in set(queries.merges(engine)["id"])
