from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, text

from dashboard.ecosystems.choice import Choice
from dashboard.views import ecosystem_balance
from data import store
from data.model import Direction, Organisation, Origin, Resource, ResourceType, Site
from data.queries import balance, flows, topics
from data.store import edit
from data.store import topics as kept

PLACES = {"Kajaani": (536_400.0, 7_122_500.0), "Kuopio": (534_000.0, 6_973_000.0)}
# A company with a site and two resources in every municipality, each of another amount.
EVERYWHERE = """
WITH o AS (INSERT INTO organisation (name) SELECT code FROM municipality RETURNING id, name),
s AS (
    INSERT INTO site (organisation_id, name, point, precision)
    SELECT o.id, 'T', m.point, 'exact' FROM o JOIN municipality m ON m.code = o.name RETURNING id
)
INSERT INTO resource (site_id, direction, type, title, tonnes_low, tonnes_high, source_date)
SELECT s.id, d, 'waste', 'Tuhka', s.id % 97, s.id % 97 + 6, DATE '2025-01-01'
FROM s, unnest(ARRAY['have', 'want']) d WHERE d = 'have' OR s.id % 3 = 0
"""
BY_REGION = """
SELECT coalesce(s.region_code, '') AS region, r.direction, sum((r.tonnes_low + r.tonnes_high) / 2) AS tonnes
FROM resource r JOIN site s ON s.id = r.site_id GROUP BY GROUPING SETS ((s.region_code, r.direction), (r.direction))
"""


@pytest.fixture(scope="module")
def rows(engine: Engine) -> Iterator[dict[str, int]]:
    """Add an offer of 100 t/a ash in Kajaani and needs of 80 and 40 in Kuopio, and synergies of 70 and 60 t/a."""
    made: dict[str, int] = {}
    told = [("offer", "Kajaani", Direction.HAVE, 100), ("near", "Kuopio", Direction.WANT, 80)]
    for name, place, direction, tonnes in [*told, ("far", "Kuopio", Direction.WANT, 40)]:
        company = edit.add_organisation(engine, "Anna", Organisation(name=f"{name} Oy"))
        easting, northing = PLACES[place]
        site = edit.add_site(engine, "Anna", company.id, Site(name="T", easting_m=easting, northing_m=northing))
        resource = Resource(
            direction=direction,
            type=ResourceType.WASTE,
            title="Tuhka",
            tonnes_low=tonnes,
            tonnes_high=tonnes,
            origin=Origin(dated=date(2024, 1, 1)),
        )
        made[name] = edit.add_resource(engine, "Anna", site.id, resource).id
    with store.connection(engine, "Anna") as connection:
        add = """
            INSERT INTO synergy (have_id, want_id, tonnes_per_year, stage, created_at)
            VALUES (:have, :want, :tonnes, :stage, '2024-06-01')
        """
        for want, tonnes, stage in (("near", 70, "completed"), ("far", 60, "identified")):
            values = {"have": made["offer"], "want": made[want], "tonnes": tonnes, "stage": stage}
            connection.execute(text(add), values)
    yield made
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("TRUNCATE organisation, site, resource, synergy CASCADE"))


def test_what_synergies_cover_is_never_more_than_the_resource(engine: Engine, rows: dict[str, int]) -> None:
    """Of 100 t offered 70 go for good, and only 30 are left for a proposal of 60; a need of 40 is covered by 40."""
    assert len(rows) == 3
    told = (
        balance.atoms(engine, 2026, ["waste"]).groupby("direction")[["tonnes", "completed", "active", "proposed"]].sum()
    )
    assert told.loc["have"].tolist() == [100, 70, 0, 30]
    assert told.loc["want"].tolist() == [120, 70, 0, 40]


@pytest.mark.usefixtures("rows")
def test_a_year_before_knows_nothing_of_it(engine: Engine) -> None:
    """Neither the resources nor the synergies were told then."""
    assert balance.atoms(engine, 2023, ["waste"]).empty
    assert flows.atoms(engine, 2023).empty


def test_a_resource_is_read_until_it_is_kept_and_again_when_it_changes(engine: Engine, rows: dict[str, int]) -> None:
    """And after new words, which are another reading."""
    told = topics.unread(engine, "first", 10)
    assert set(told["id"]) == set(rows.values())
    kept.keep(engine, "first", told, ["ash"] * len(told))
    assert topics.left(engine, "first") == 0
    assert topics.left(engine, "second") == 3
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("UPDATE resource SET title = 'Kuona' WHERE id = :id"), {"id": rows["offer"]})
    assert topics.unread(engine, "first", 10)["id"].tolist() == [rows["offer"]]
    kept.keep(engine, "first", told, ["wood"] * len(told))  # of a reading that is too old by now
    assert topics.left(engine, "first") == 1
    assert set(balance.atoms(engine, 2026, ["waste"])["concept"]) == {"ash", "wood"}


@pytest.mark.usefixtures("rows")
def test_flows_are_told_by_way_and_stage(engine: Engine) -> None:
    """From Kainuu to North Savo: 70 t/a completed, 60 proposed; the pairs behind them are the two."""
    told = flows.atoms(engine, 2026)
    assert told[["source", "target"]].drop_duplicates().to_numpy().tolist() == [["18", "11"]]
    assert dict(zip(told["stage"], told["tonnes"], strict=True)) == {"completed": 70, "identified": 60}
    pairs = flows.pairs(engine, 2026, "18", "11")
    assert pairs["tonnes"].tolist() == [70, 60]
    assert flows.pairs(engine, 2026, "11", "18").empty


def test_nineteen_regions_add_up_to_the_country(engine: Engine) -> None:
    """Plain SQL over the rows, the table at each of three levels, and every region alone say the same."""
    with store.connection(engine, "Anna") as connection:
        connection.execute(text(EVERYWHERE))
        told = {(row.region, row.direction): row.tonnes for row in connection.execute(text(BY_REGION))}
    atoms = balance.atoms(engine, 2026, ["waste"])
    regions = sorted({region for region, _ in told if region})
    assert len(regions) == 19
    for side in ("have", "want"):
        whole = told["", side]
        alone = {one: ecosystem_balance.build(atoms, Choice(2026, one), "municipalities", "fi") for one in regions}
        for region, view in alone.items():
            assert view.total[f"{side}_tonnes"] == pytest.approx(told.get((region, side), 0.0))
        assert sum(view.total[f"{side}_tonnes"] for view in alone.values()) == pytest.approx(whole)
        for level in ecosystem_balance.LEVELS:
            country = ecosystem_balance.build(atoms, Choice(2026), level, "fi")
            assert country.places[f"{side}_tonnes"].sum() == pytest.approx(whole)
            assert country.parts[f"{side}_tonnes"].sum() == pytest.approx(whole)
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("TRUNCATE organisation, site, resource CASCADE"))
