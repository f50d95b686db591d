"""Hold a row to the version that a form was read with, whatever its table."""

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.errors import StaleEdit, StoreProblem
from data import tables
from data.store.edit import FINLAND

T = TypeVar("T", bound=Any)


def current(session: Session, table: type[T], row_id: int, version: int) -> T:
    """Lock a living row and give it; raise StaleEdit where it is another version, StoreProblem where it is gone.

    A row that may be read and not changed can't be locked either: that is the role's answer, and not a lost row.
    """
    found = session.get(table, row_id, with_for_update=True)
    if found is None and session.get(table, row_id) is not None:
        raise StoreProblem("roles.not_allowed")
    if found is None or found.deleted_at is not None:
        raise StoreProblem("store.not_found")
    if found.version != version:
        raise stale(session, table.__tablename__, row_id)
    return found


def stale(session: Session, table_name: str, row_id: int) -> StaleEdit:
    """Say who was first, where the viewer may know it."""
    change = tables.Change
    found = session.execute(
        select(change.changed_by, change.changed_at)
        .where(change.table_name == table_name, change.row_id == row_id)
        .order_by(change.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None or not found.changed_by:
        return StaleEdit("store.changed_meanwhile_unknown")
    return StaleEdit("store.changed_meanwhile", user=found.changed_by, time=found.changed_at.astimezone(FINLAND))
