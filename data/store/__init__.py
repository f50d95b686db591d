"""Every write of the program: the engine, transactions with their user, and one module a subject."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from config.errors import StaleEdit, StoreProblem
from config.texts import catalogue
from data import viewer
from data.viewer import READERS, Viewer

# All of it for the transaction alone: what outlived it would be the identity of the next user of the connection.
_IDENTITY = text("""
SELECT set_config('role', :db_role, true), set_config('synergia.role', :role, true),
    set_config('synergia.regions', :regions, true), set_config('synergia.organisation', :organisation, true),
    set_config('synergia.event', :event, true), set_config('synergia.user', :name, true)
""")


@cache
def engine(url: str, pool_size: int = 12) -> Engine:
    """Open the owner's pool of connections to a database, once a process and address: it sees and may do everything."""
    return _opened(url, pool_size)


@cache
def bound(url: str, pool_size: int = 12) -> Engine:
    """Open the app's pool: each transaction sees and may do what `viewer.current()` may; where nobody asks, nothing."""
    opened = _opened(url, pool_size)

    def identify(connection: Connection) -> None:
        connection.execute(_IDENTITY, _identity(viewer.current()))

    event.listen(opened, "begin", identify)
    return opened


def _identity(who: Viewer | None) -> dict[str, str]:
    # With the owner's rights given up, too, where the pool could only be opened with the owner's address.
    return {
        "db_role": "synergia_screen" if who is None or who.role in READERS else "synergia_app",
        "role": who.role.value if who else "",
        "regions": ",".join(who.regions) if who else "",
        "organisation": str(who.organisation_id or "") if who else "",
        "event": str(who.event_id or "") if who else "",
        "name": who.name if who else "",
    }


def _opened(url: str, pool_size: int) -> Engine:
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 3, "application_name": "synergiakartta", "options": "-c jit=off"},
    )


def _set_user(connection: Connection, user: str) -> None:
    # Local to the transaction: a setting that outlived it would name the next user of the pooled connection.
    connection.execute(text("SELECT set_config('synergia.user', :user, true)"), {"user": user})


@contextmanager
def transaction(engine: Engine, user: str) -> Iterator[Session]:
    """Run a block as one transaction in the name of `user`; raise StoreProblem where the database refuses it."""
    with refusals(), Session(engine, expire_on_commit=False) as session, session.begin():
        _set_user(session.connection(), user)
        yield session


@contextmanager
def connection(engine: Engine, user: str) -> Iterator[Connection]:
    """Run a block of plain SQL as one transaction in the name of `user`."""
    with refusals(), engine.begin() as opened:
        _set_user(opened, user)
        yield opened


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the database refuses into an error with a sentence for the user."""
    try:
        yield
    except StaleDataError as error:
        raise StaleEdit("store.changed_meanwhile_unknown") from error
    except (IntegrityError, psycopg.IntegrityError) as error:  # COPY goes past SQLAlchemy, so its errors come bare
        raise StoreProblem(_sentence(error)) from error
    except (DBAPIError, psycopg.OperationalError, psycopg.errors.InsufficientPrivilege) as error:
        if _stopped(error):
            raise KeyboardInterrupt from error
        key = _refusal(error)
        if key is None:
            raise
        raise StoreProblem(key) from error


def _refusal(error: Exception) -> str | None:
    """Give the sentence for what is neither the row's fault nor the program's; None where there is none."""
    if isinstance(getattr(error, "orig", error), psycopg.errors.InsufficientPrivilege):
        return "roles.not_allowed"
    gone = isinstance(error, DBAPIError) and error.connection_invalidated
    return "store.away" if gone or isinstance(error, (OperationalError, psycopg.OperationalError)) else None


def _stopped(error: BaseException) -> bool:
    """Tell whether somebody pressed Ctrl-C and the database only refused what was to be cleared up after that."""
    before: BaseException | None = error
    while before is not None and not isinstance(before, KeyboardInterrupt):
        before = before.__context__
    return before is not None


def _sentence(error: IntegrityError | psycopg.IntegrityError) -> str:
    refused = error.orig if isinstance(error, IntegrityError) else error
    name = getattr(getattr(refused, "diag", None), "constraint_name", None) or "unknown"
    key = f"constraint.{name}"
    return key if key in catalogue() else "constraint.unknown"
