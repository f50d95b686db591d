"""Write benefits: add, change, remove and bring back the figures of a synergy."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import cast

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from config.errors import StaleEdit, StoreProblem
from data import store, tables
from data.model import Basis, Metric, Stage
from data.store.edit import FINLAND


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Hold what somebody says that came of a synergy: so much of a metric in a year, and how sure that is."""

    metric: Metric
    amount: float
    basis: Basis
    year: int
    yearly: bool
    attribution_percent: float = 100.0
    source: str = ""


@dataclass(frozen=True)
class Row:
    """Name one version of a benefit."""

    id: int
    version: int = 1


@dataclass(frozen=True)
class Saved:
    """Tell the version that a benefit now has, and the figure that it held before."""

    row: Row
    before: Figure


def add(engine: Engine, user: str, synergy_id: int, figures: Sequence[Figure]) -> list[Row]:
    """Add figures to a synergy, all or none."""
    with store.transaction(engine, user) as session:
        return [Row(one) for one in insert(session, synergy_id, figures)]


def change(engine: Engine, user: str, row: Row, figure: Figure) -> Saved:
    """Write another figure in a benefit's place; raise StaleEdit when it is no longer the version named."""
    with store.transaction(engine, user) as session:
        record = _current(session, row)
        before = _figure(record)
        for name, value in asdict(figure).items():
            setattr(record, name, value)
        session.flush()
        return Saved(Row(record.id, record.version), before)


def remove(engine: Engine, user: str, row: Row) -> None:
    """Remove a benefit softly; raise StoreProblem when it is the only one of a completed synergy."""
    with store.transaction(engine, user) as session:
        record = _current(session, row)
        # Held, or of two people each could take away one of the last two.
        stage = session.scalar(
            select(tables.Synergy.stage).where(tables.Synergy.id == record.synergy_id).with_for_update()
        )
        record.deleted_at = func.now()
        session.flush()
        if stage == Stage.COMPLETED.value and not count(session, record.synergy_id):
            raise StoreProblem("benefit.last_of_completed")


def restore(engine: Engine, user: str, benefit_id: int) -> Row:
    """Take a removal back."""
    with store.transaction(engine, user) as session:
        record = session.get(tables.Benefit, benefit_id, with_for_update=True)
        if record is None or record.deleted_at is None:
            raise StoreProblem("store.not_found")
        record.deleted_at = None
        session.flush()
        return Row(record.id, record.version)


def insert(session: Session, synergy_id: int, figures: Sequence[Figure]) -> list[int]:
    """Add figures within a transaction, and give their ids; those of an invented synergy are invented."""
    demo = session.scalar(select(tables.Synergy.demo).where(tables.Synergy.id == synergy_id))
    if demo is None:
        raise StoreProblem("store.not_found")
    records = [tables.Benefit(synergy_id=synergy_id, demo=demo, **asdict(one)) for one in figures]
    session.add_all(records)
    session.flush()
    return [record.id for record in records]


def withdraw(session: Session, ids: Sequence[int]) -> None:
    """Remove figures within a transaction that has just taken back what they were added for."""
    for record in session.scalars(select(tables.Benefit).where(tables.Benefit.id.in_(ids))):
        record.deleted_at = func.now()
    session.flush()


def count(session: Session, synergy_id: int) -> int:
    """Count the figures that a synergy has."""
    found = select(func.count()).where(tables.Benefit.synergy_id == synergy_id, tables.Benefit.deleted_at.is_(None))
    return int(session.scalar(found) or 0)


def _current(session: Session, row: Row) -> tables.Benefit:
    record = session.get(tables.Benefit, row.id, with_for_update=True)
    if record is None and session.get(tables.Benefit, row.id) is not None:
        raise StoreProblem("roles.not_allowed")  # seen, but not to be changed
    if record is None or record.deleted_at is not None:
        raise StoreProblem("store.not_found")
    if record.version != row.version:
        raise stale(session, "benefit", row.id)
    return record


def stale(session: Session, table: str, row_id: int, columns: Sequence[str] = ()) -> StaleEdit:
    """Tell who changed a row last, or one of some columns of it; and when, in Finnish time."""
    statement = """
    SELECT changed_by, changed_at FROM change WHERE table_name = :table AND row_id = :id
        AND (cardinality(CAST(:columns AS text[])) = 0 OR old ?| CAST(:columns AS text[])) ORDER BY id DESC LIMIT 1
    """
    values = {"table": table, "id": row_id, "columns": list(columns)}
    found = session.execute(text(statement), values).one_or_none()
    if found is None or not found.changed_by:
        return StaleEdit("store.changed_meanwhile_unknown")
    return StaleEdit("store.changed_meanwhile", user=found.changed_by, time=found.changed_at.astimezone(FINLAND))


def _figure(record: tables.Benefit) -> Figure:
    told = {one.name: getattr(record, one.name) for one in fields(Figure)}
    return Figure(**{**told, "metric": Metric(cast("str", told["metric"])), "basis": Basis(cast("str", told["basis"]))})
