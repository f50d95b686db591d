import tomllib
from collections.abc import Mapping
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from config.settings import ROOT
from data.viewer import Viewer, viewing

KINDS = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
ACTS = {"S": "see", "A": "add", "C": "change", "D": "delete"}
OWN, OTHER = {"region": "06", "municipality": "837"}, {"region": "01", "municipality": "091"}

# Row of the table -> the kind in kinds.toml, the row's name in the world, and what else its statements name.
ROWS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "organisation, own": ("organisation", "organisation.own", {}),
    "organisation, other, named": ("organisation", "organisation.other", {}),
    "organisation, other, unnamed": ("organisation", "organisation.veiled", {}),
    "organisation of a showcase, named": ("organisation", "organisation.star", {}),
    "site, own": ("site", "site.own", {"organisation": "organisation.own", **OWN}),
    "site, other, named, exact": ("site", "site.other", {"organisation": "organisation.other", **OTHER}),
    "exact place of an own site that shows its municipality": (
        "place",
        "site.own_vague",
        {"organisation": "organisation.own", **OWN},
    ),
    "exact place of another site that shows its municipality": (
        "place",
        "site.vague",
        {"organisation": "organisation.vague", **OTHER},
    ),
    "name of another site of an unnamed organisation": (
        "site",
        "site.veiled",
        {"organisation": "organisation.veiled", **OTHER},
    ),
    "resource, other, public": ("resource", "resource.other_public", {"site": "site.other", "visibility": "public"}),
    "resource, other, network": ("resource", "resource.other_network", {"site": "site.other", "visibility": "network"}),
    "resource, other, region": ("resource", "resource.other_region", {"site": "site.other", "visibility": "region"}),
    "resource, other, private": ("resource", "resource.other_private", {"site": "site.other", "visibility": "private"}),
    "resource, own, private": ("resource", "resource.own_private", {"site": "site.own", "visibility": "private"}),
    "resource of a showcase": ("resource", "resource.veiled", {"site": "site.veiled", "visibility": "public"}),
    "yearly amount, other, public": ("year", "resource.other_public", {}),
    "yearly amount, own, private": ("year", "resource.own_private", {}),
    "topic of a resource, other, public": ("topic", "resource.other_public", {}),
    "topic of a resource, other, private": ("topic", "resource.other_private", {}),
    "synergy, own, the other side public": (
        "synergy",
        "synergy.own",
        {"have": "resource.own_spare", "want": "resource.other_spare"},
    ),
    "synergy, own, the other side hidden": (
        "synergy",
        "synergy.hidden",
        {"have": "resource.own_spare", "want": "resource.other_region"},
    ),
    "synergy, other, both sides public": (
        "synergy",
        "synergy.other",
        {"have": "resource.vague", "want": "resource.veiled"},
    ),
    "synergy, showcase": ("synergy", "synergy.showcase", {"have": "resource.vague", "want": "resource.other_spare"}),
    "notes on an own synergy": ("notes", "synergy.own", {"have": "resource.own_spare", "want": "resource.other_spare"}),
    "history of an own synergy": ("history", "synergy.own", {}),
    "expert's part in an own synergy": ("part", "synergy.own", {"spare": "synergy.spare", "expert": "expert"}),
    "benefit of an own synergy": ("benefit", "benefit.own", {"synergy": "synergy.own"}),
    "benefit of a showcase": ("benefit", "benefit.showcase", {"synergy": "synergy.showcase"}),
    "contact, own": ("contact", "contact.own", {"organisation": "organisation.own"}),
    "contact, other": ("contact", "contact.other", {"organisation": "organisation.other"}),
    "talk with an organisation, own": ("talk", "contact_log.own", {"organisation": "organisation.own"}),
    "talk with an organisation, other": ("talk", "contact_log.other", {"organisation": "organisation.other"}),
    "expert": ("expert", "expert", {}),
    "organiser": ("organiser", "organiser", {"organisation": "organisation.other"}),
    "target, own region": ("target", "target.own", OWN),
    "target, other region": ("target", "target.other", OTHER),
    "event, own region": ("event", "event.own", OWN),
    "event, other region": ("event", "event.other", OTHER),
    "workshop, own region": ("workshop", "event.own", {"bare": "event.bare_own"}),
    "workshop, other region": ("workshop", "event.other", {"bare": "event.bare_other"}),
    "card of a workshop, own region": ("card", "event.own", {}),
    "card of a workshop, other region": ("card", "event.other", {}),
    "line of a workshop's screen, own region": ("screen_line", "event.own", {}),
    "line of a workshop's screen, other region": ("screen_line", "event.other", {}),
    "change of an own row": ("change", "organisation.own", {}),
    "change of another row": ("change", "organisation.veiled", {}),
    "merge into an own organisation": ("merge", "merge.own", {"organisation": "organisation.own"}),
    "merge into another organisation": ("merge", "merge.other", {"organisation": "organisation.other"}),
    "import, own": ("import", "import_log.own", {"person": "Minä"}),
    "import, other": ("import", "import_log.other", {"person": "Joku"}),
    "distance between sites": ("distance", "site.other", {}),
    "lesson of the matcher": ("lesson", "lesson", {}),
    "what-if view, own": ("scenario", "scenario.own", {"person": "Minä"}),
    "what-if view, other": ("scenario", "scenario.other", {"person": "Joku"}),
    "taught word": ("word", "concept_term", {}),
    "line of the audit": ("audit", "audit", {}),
    "reference tables and codes": ("reference", "expert", {}),
}
INHERITED = {"place": "site", "notes": "synergy"}  # these are parts of a row, which is added and deleted as a whole


def table() -> tuple[list[str], dict[str, list[str]]]:
    """Read the roles and the rows of the table of the docs."""
    lines = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    start = next(number for number, row in enumerate(cells) if row[0] == "kind of row")
    return cells[start][1:], {row[0]: row[1:] for row in cells[start + 1 :] if len(row) == len(cells[start])}


ROLES, TABLE = table()


def statements(kind: str, act: str, named: Mapping[str, object]) -> list[str]:
    """Give the statements that try an act, with the ids filled in."""
    found = KINDS[kind].get(act) or KINDS[INHERITED[kind]][act]
    return [one.format(**named) for one in (found if isinstance(found, list) else [found])]


def allowed(connection: Connection, statement: str) -> bool:
    """Try a statement and take it back; tell whether a row was got or touched."""
    attempt = connection.begin_nested()
    try:
        result = connection.execute(text(statement))
        return len(result.fetchall()) > 0 if result.returns_rows else result.rowcount > 0
    except DBAPIError as error:
        if isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
            return False
        raise
    finally:
        attempt.rollback()


@pytest.fixture(scope="module")
def spare(engine: Engine, world: Mapping[str, int]) -> Mapping[str, int]:
    """Add an own synergy in which no expert takes part."""
    sides = {"have": world["resource.own_vague"], "want": world["resource.other_public"]}
    with engine.begin() as connection:
        added = text("INSERT INTO synergy (have_id, want_id) VALUES (:have, :want) RETURNING id")
        return {"synergy.spare": int(connection.scalar(added, sides) or 0)}


@pytest.mark.parametrize("role", ROLES)
def test_every_cell_by_plain_sql(
    role: str, app_engine: Engine, world: Mapping[str, int], viewers: Mapping[str, Viewer], spare: Mapping[str, int]
) -> None:
    """What the table says of a role is what the database does under it: see, add, change and delete of every row."""
    ids = {**world, **spare}
    told, found = {}, {}
    with viewing(viewers[role]), app_engine.connect() as connection:
        for row, (kind, name, more) in ROWS.items():
            named = {"id": ids[name], **{key: ids.get(value, value) for key, value in more.items()}}
            can = [
                letter
                for letter, act in ACTS.items()
                if any(allowed(connection, one) for one in statements(kind, act, named))
            ]
            told[row], found[row] = TABLE[row][ROLES.index(role)], "".join(can) or "–"
    assert found == told


def test_the_table_and_what_is_tried_are_the_same() -> None:
    """Every row of the table is tried, for every role that a person can have: 1,368 cells."""
    assert list(TABLE) == list(ROWS)
    assert ROLES == ["national", "regional", "planner", "company", "screen", "public"]
    assert len(TABLE) * len(ROLES) * len(ACTS) == 1368


@pytest.mark.usefixtures("world")
def test_nobody_sees_a_row_of_anybody(app_engine: Engine) -> None:
    """Without identity there are codes and places and nothing else; nor does it outlive a transaction."""
    with app_engine.connect() as connection:
        for kind in (set(KINDS) - {"reference", *INHERITED}) | {"organisation"}:
            every = {one.split()[2] for one in KINDS[kind]["see"]}
            assert [connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in every] == [0] * len(every)  # noqa: S608 - own names
        assert connection.scalar(text("SELECT current_setting('synergia.role', true)")) == ""


def test_every_table_is_under_row_security_or_is_the_same_for_all(engine: Engine) -> None:
    """A new table without rules fails here."""
    open_to_all = {"alembic_version", "dataset", "ewc", "industry", "municipality", "region", "spatial_ref_sys", "unit"}
    with engine.connect() as connection:
        lookups = connection.scalars(
            text("SELECT table_name FROM information_schema.columns WHERE column_name = 'position'")
        )
        open_to_all |= set(lookups)
        bare = connection.scalars(
            text(
                "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
                " AND NOT relrowsecurity"
                " AND has_table_privilege('synergia_app', oid, 'SELECT, INSERT, UPDATE, DELETE')"
            )
        )
        assert set(bare) <= open_to_all
