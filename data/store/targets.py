"""Write what regions mean to reach: all changes of a table at once, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from config.errors import StaleEdit, StoreProblem
from data import store, tables
from data.store import versions

AMOUNT_MAX = 1e9  # beyond it somebody has typed a wrong key


@dataclass(frozen=True, kw_only=True)
class Aim:
    """Set one target; no amount takes it away. `id` and `version` are those that were read, None of a new one."""

    region: str
    year: int
    measure: str
    amount: float | None
    id: int | None = None
    version: int | None = None


def save(engine: Engine, user: str, aims: Sequence[Aim]) -> int:
    """Write targets, all or none, and tell how many; StaleEdit where somebody else has set one of them meanwhile."""
    for aim in aims:
        _check(aim)
    with store.transaction(engine, user) as session:
        for aim in aims:
            _write(session, aim)
    return len(aims)


def _check(aim: Aim) -> None:
    amount = aim.amount
    if amount is not None and not (isfinite(amount) and 0 <= amount <= AMOUNT_MAX):
        raise StoreProblem("target.amount", value=amount)


def _write(session: Session, aim: Aim) -> None:
    if aim.id is not None and aim.version is not None:
        row = versions.current(session, tables.Target, aim.id, aim.version)
        if aim.amount is None:
            row.deleted_at = func.now()
        else:
            row.amount = aim.amount
    elif aim.amount is not None:
        _add(session, aim, aim.amount)
    session.flush()


def _add(session: Session, aim: Aim, amount: float) -> None:
    same = select(tables.Target.id).where(
        tables.Target.region_code == aim.region,
        tables.Target.year == aim.year,
        tables.Target.measure == aim.measure,
        tables.Target.deleted_at.is_(None),
    )
    if session.scalar(same) is not None:
        raise StaleEdit("store.changed_meanwhile_unknown")
    session.add(tables.Target(region_code=aim.region, year=aim.year, measure=aim.measure, amount=amount))
