"""Write what people decide on a synergy: its stage, its next step, its owner, its notes; and take the last back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from config.errors import StoreProblem
from data import store, tables
from data.model import Stage
from data.store import benefits
from data.store.benefits import Figure

AGREED = ("agreed_low", "agreed_high")
EDITED = ("stage", "lapse_reason", "owner", "next_step", "next_step_on", "note", "showcase_consent", *AGREED)


_LAST = text("""
SELECT id, old FROM change WHERE table_name = 'synergy' AND row_id = :id AND operation = 'UPDATE'
    AND old ?| CAST(:columns AS text[]) ORDER BY id DESC LIMIT 1
""")


@dataclass(frozen=True)
class Row:
    """Name one version of a synergy: the one that somebody has seen."""

    id: int
    version: int


@dataclass(frozen=True)
class Saved:
    """Tell the version that a synergy now has, what its columns held before, and the benefits that came with it."""

    row: Row
    before: Mapping[str, object]
    benefits: tuple[int, ...] = field(default=())


def change(engine: Engine, user: str, row: Row, values: Mapping[str, object], figures: Sequence[Figure] = ()) -> Saved:
    """Write some columns and add benefits, all or nothing; raise StaleEdit when the version is no longer the one named.

    A synergy without any benefit is not completed; the reason of a lapse goes when it is taken up again.
    """
    strange = values.keys() - set(EDITED)
    if strange:
        msg = f"a synergy has no column {sorted(strange)} to edit"
        raise ValueError(msg)
    with store.transaction(engine, user) as session:
        record = _current(session, row)
        added = benefits.insert(session, row.id, figures) if figures else []
        before = _write(session, record, values)
        return Saved(Row(record.id, record.version), before, tuple(added))


def take_back(engine: Engine, user: str, saved: Saved) -> Row:
    """Write back what a change found, and withdraw the benefits that came with it; StaleEdit when somebody was here."""
    with store.transaction(engine, user) as session:
        record = _current(session, saved.row)
        benefits.withdraw(session, saved.benefits)
        _write(session, record, saved.before)
        return Row(record.id, record.version)


def undo_last(engine: Engine, user: str, row: Row, change_id: int) -> Saved:
    """Write back what the last change of a synergy found, whoever made it and however long ago.

    StaleEdit where it is no longer the last one. Benefits that came with it stay, and are taken out by themselves.
    """
    with store.transaction(engine, user) as session:
        record = _current(session, row)
        last = session.execute(_LAST, {"id": row.id, "columns": list(EDITED)}).one_or_none()
        if last is None or last.id != change_id:
            raise benefits.stale(session, "synergy", row.id, EDITED)
        old = {name: value for name, value in last.old.items() if name in EDITED}
        if isinstance(old.get("next_step_on"), str):
            old["next_step_on"] = date.fromisoformat(old["next_step_on"])
        before = _write(session, record, old)
        return Saved(Row(record.id, record.version), before)


def _write(session: Session, record: tables.Synergy, values: Mapping[str, object]) -> dict[str, object]:
    told = dict(values)
    if "stage" in told and told["stage"] != Stage.LAPSED.value:
        told["lapse_reason"] = None
    before = {name: getattr(record, name) for name in told}
    for name, value in told.items():
        setattr(record, name, value)
    if record.stage == Stage.COMPLETED.value and not benefits.count(session, record.id):
        raise StoreProblem("pipeline.completed_needs_benefit")
    session.flush()
    return {name: old for name, old in before.items() if old != told[name]}


def _current(session: Session, row: Row) -> tables.Synergy:
    # Locked: of two who move it the second waits, and then sees the first.
    record = session.get(tables.Synergy, row.id, with_for_update=True)
    if record is None and session.get(tables.Synergy, row.id) is not None:
        raise StoreProblem("roles.not_allowed")  # seen, but another region's
    if record is None or record.deleted_at is not None:
        raise StoreProblem("store.not_found")
    if record.version != row.version:
        raise benefits.stale(session, "synergy", row.id, EDITED)
    return record
