"""What a planner can reckon from all that the store answers: over years, types, directions, places and materials."""

from collections.abc import Iterator
from itertools import product

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from data import store
from data.queries import balance, overview, report
from data.queries.scope import Scope
from data.viewer import Role, Viewer, viewing
from geo import regions, sub_regions
from tests.data.queries.subtracting import betrayed, parts

PLANNER = Viewer("Pia", Role.PLANNER)
NOW = balance.this_year()
YEARS = (NOW - 2, NOW - 1, NOW, NOW + 1)
PATHS = {"bark": ("bark", "wood"), "wood": ("wood",), "ash": ("ash",)}
THINGS = ("material", "waste")
TOWNS = ("837", "980", "091")  # two of one region, one of another
ROW = st.fixed_dictionaries(
    {
        "company": st.integers(0, 4),
        "town": st.sampled_from(TOWNS),
        "direction": st.sampled_from(["have", "want"]),
        "type": st.sampled_from(["waste", "material", "energy"]),
        "concept": st.sampled_from([*PATHS, ""]),
        "told": st.sampled_from(YEARS[:3]),
        "until": st.sampled_from([None, *YEARS[:3]]),
        "grows": st.booleans(),  # another amount from the last year on
        "open": st.booleans(),
    }
)
ADD = """
WITH s AS (
    INSERT INTO site (organisation_id, name, point, precision)
    SELECT :company, 'T', point, 'exact' FROM municipality WHERE code = :town RETURNING id
)
INSERT INTO resource (site_id, direction, type, title, tonnes_low, tonnes_high, source_date, expires_on, visibility)
SELECT id, :direction, :type, 'X', :tonnes, :tonnes, make_date(:told, 1, 2), make_date(:until, 6, 1), :visibility FROM s
RETURNING id
"""


@pytest.fixture
def within() -> dict[str, tuple[str, str]]:
    """Give where each municipality lies."""
    subs = sub_regions.of_municipality()
    return {code: (subs[code], place.region) for code, place in regions.load().municipalities.items()}


def plant(engine: Engine, rows: list[dict[str, object]]) -> list[int]:
    """Write rows anew; those that are not public have a power of two as t/a, whose companies are given."""
    owners: list[int] = []
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("TRUNCATE organisation, site, resource, resource_year, resource_topic CASCADE"))
        company = text("INSERT INTO organisation (name) VALUES (:name) RETURNING id")
        ids = {one: connection.scalar(company, {"name": f"Yritys {one}"}) for one in range(5)}
        for row in rows:
            more = {"company": ids[int(str(row["company"]))], "tonnes": 0 if row["open"] else 2 ** len(owners)}
            more["visibility"] = "public" if row["open"] else "network"
            made = connection.scalar(text(ADD), row | more)
            connection.execute(text("INSERT INTO resource_topic SELECT :id, :concept, now(), 'x'"), row | {"id": made})
            if row["open"]:
                continue
            owners.append(int(str(row["company"])))
            if row["grows"]:
                year = "INSERT INTO resource_year VALUES (:id, :year, :tonnes, 'declared')"
                connection.execute(text(year), {"id": made, "year": NOW, "tonnes": 2 ** len(owners)})
                owners.append(owners[-1])
    return owners


def asked(engine: Engine, within: dict[str, tuple[str, str]]) -> Iterator[pd.Series]:
    """Ask for every sum that there is for a planner."""
    with viewing(PLANNER):
        for year in YEARS:
            for types, side in product(((), ("waste",), THINGS), ("", "have")):
                told = overview.resources(engine, Scope(year, types, side))
                yield from (told["have_tonnes"], told["want_tonnes"])
            told = balance.shared(engine, year, PATHS, within, THINGS)
            yield told.loc[~told["hidden"], "tonnes"]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, min_size=12, max_size=24))
def test_no_two_answers_betray_a_company(
    engine: Engine, app_engine: Engine, within: dict[str, tuple[str, str]], rows: list[dict[str, object]]
) -> None:
    """No combination of sums of any years and filters is one company's, nor that of two, who would know their own."""
    owners = plant(engine, rows)
    sums = [float(one) for told in asked(app_engine, within) for one in told]
    assert betrayed(sums, owners) == []


def test_what_is_not_public_is_told_of_three(
    engine: Engine, app_engine: Engine, within: dict[str, tuple[str, str]]
) -> None:
    """Three companies' bark in a town is in this year's sums, and in no other year's: the test above does see."""
    row: dict[str, object] = {"town": "837", "direction": "have", "type": "waste", "concept": "bark"}
    row |= {"told": YEARS[0], "until": None, "grows": False, "open": False}
    owners = plant(engine, [row | {"company": one} for one in range(3)])
    with viewing(PLANNER):
        told = balance.shared(app_engine, NOW, PATHS, within, THINGS)
        assert balance.shared(app_engine, NOW - 1, PATHS, within, THINGS).empty
    assert set(told["tonnes"]) == {7.0}
    assert parts([7.0], len(owners)).tolist() == [[1, 1, 1]]
    assert {"837", "06", ""} <= set(told["place"])


def test_who_only_offers_services_hides_nobody(
    engine: Engine, app_engine: Engine, within: dict[str, tuple[str, str]]
) -> None:
    """One company's waste beside two that only offer services, not public either: its tonnes are in no answer."""
    row: dict[str, object] = {"town": "837", "direction": "have", "concept": "", "told": NOW, "until": None}
    row |= {"grows": False, "open": False}
    plant(engine, [row | {"company": 0, "type": "waste"}, *(row | {"company": k, "type": "service"} for k in (1, 2))])
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("UPDATE resource SET tonnes_low = NULL, tonnes_high = NULL WHERE type = 'service'"))
    assert [one for told in asked(app_engine, within) for one in told if one > 0] == []


def test_a_report_counts_what_a_planner_sees(engine: Engine, app_engine: Engine) -> None:
    """Resources by channel of any year are those that are public."""
    row: dict[str, object] = {"town": "837", "direction": "have", "type": "waste", "concept": "", "until": None}
    row |= {"told": NOW - 1, "grows": False}
    plant(engine, [row | {"company": one, "open": one == 0} for one in range(5)])
    with viewing(PLANNER):
        told = [report.resources(app_engine, year).query("code == '' and channel == ''") for year in YEARS]
    assert [int(one["resources"].sum()) for one in told] == [0, 1, 1, 1]
