from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from config.errors import StoreProblem
from data.store import audit
from data.store.audit import Event, Kind
from data.viewer import Role, Viewer, viewing


def kept(engine: Engine) -> list[tuple[object, ...]]:
    """Read what the audit holds, the oldest first."""
    statement = text("SELECT kind, person, role, subject, rows, details FROM audit ORDER BY id")
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(statement)]


@pytest.fixture
def event(engine: Engine) -> Callable[..., None]:
    """Give a function that keeps an event of so many days ago."""

    def add(subject: str, days: int = 0) -> None:
        statement = text(
            "INSERT INTO audit (kind, subject, happened_at)"
            " VALUES ('exported', :subject, now() - make_interval(days => :days))"
        )
        with engine.begin() as connection:
            connection.execute(statement, {"subject": subject, "days": days})

    return add


def test_an_event_tells_who_in_which_role_took_how_much(engine: Engine) -> None:
    """The viewer is the person; nobody signed in yet is named by the caller, and hostile names are only text."""
    with viewing(Viewer("Anna", Role.REGIONAL, ("18",))):
        audit.record(engine, Kind.EXPORTED, Event(subject="taulukko", rows=7, details={"region": "18"}))
    audit.record(engine, Kind.REFUSED, Event(person="O'Brien\x00\ud800; DROP TABLE audit", subject="x" * 1000))
    first, second = kept(engine)[-2:]
    assert first == ("exported", "Anna", "regional", "taulukko", 7, {"region": "18"})
    assert second[:3] == ("refused", "O'Brien?; DROP TABLE audit", "")
    assert second[3] == "x" * 300


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET person = 'Ville'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "DO $$ BEGIN PERFORM set_config('synergia.retention', 'on', true); DELETE FROM audit; END $$",
        'DO $$ BEGIN DELETE FROM audit /* "\nPL/pgSQL function audit_forget(integer) line 7 */; END $$',
    ],
)
def test_nobody_changes_what_is_written(engine: Engine, event: Callable[..., None], statement: str) -> None:
    """Not even the owner of the tables, by whatever plain statement."""
    event("kept")
    before = kept(engine)
    with pytest.raises(DBAPIError, match="only ever added to"), engine.begin() as connection:
        connection.execute(text(statement))
    assert kept(engine) == before


def test_an_erased_person_is_taken_out_of_the_audit(engine: Engine) -> None:
    """By the one function that may; what happened stays."""
    audit.record(
        engine, Kind.EXPORTED, Event(person="Aino Ahti", subject="Aino Ahdin taulukko", details={"by": "aino ahti"})
    )
    with engine.begin() as connection:
        changed = connection.scalar(text("SELECT audit_redact('aino (ahti|ahdin)', 'X')"))
    assert changed == 1
    assert kept(engine)[-1] == ("exported", "X", "", "X taulukko", None, {"by": "X"})


def test_retention_forgets_what_is_older_and_nothing_else(engine: Engine, event: Callable[..., None]) -> None:
    """An event a day too old goes, one a day younger stays."""
    event("old", 401)
    event("young", 399)
    assert audit.forget(engine, 400) == 1
    assert [row[3] for row in kept(engine) if row[3] in {"old", "young"}] == ["young"]


def test_nobody_wipes_the_last_month(engine: Engine, event: Callable[..., None]) -> None:
    """A retention of zero days, which would hide one's own traces, is refused."""
    event("yesterday", 1)
    with pytest.raises(StoreProblem):
        audit.forget(engine, 0)
    assert "yesterday" in [row[3] for row in kept(engine)]
