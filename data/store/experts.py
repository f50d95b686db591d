"""Write experts: add, change, remove and bring back; and their part in a synergy."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from sqlalchemy import Engine, delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from config.errors import StaleEdit, StoreProblem
from data import store, tables


@dataclass(frozen=True, kw_only=True)
class Expert:
    """Describe somebody with know-how: `competencies` are ids of concepts, `regions` codes; no region: all of them."""

    name: str
    organisation_id: int | None = None
    email: str = ""
    competencies: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Version:
    """Name one version of an expert: the one that a form was filled from."""

    id: int
    version: int


def add(engine: Engine, user: str, expert: Expert) -> Version:
    """Add an expert to the pool; raise StoreProblem where there is no name."""
    with store.transaction(engine, user) as session:
        record = tables.Expert(**_columns(expert))
        session.add(record)
        session.flush()
        return Version(record.id, record.version)


def change(engine: Engine, user: str, row: Version, expert: Expert) -> Version:
    """Write an expert; raise StaleEdit where somebody has changed it since."""
    columns = _columns(expert)

    def fill(record: tables.Expert) -> None:
        for name, value in columns.items():
            setattr(record, name, value)

    return _write(engine, user, row, fill)


def remove(engine: Engine, user: str, row: Version) -> Version:
    """Take an expert out of the pool; what he or she has taken part in stays."""

    def go(record: tables.Expert) -> None:
        record.deleted_at = func.now()

    return _write(engine, user, row, go)


def restore(engine: Engine, user: str, row: Version) -> Version:
    """Take an expert back into the pool."""

    def back(record: tables.Expert) -> None:
        record.deleted_at = None

    return _write(engine, user, row, back, gone=True)


def involve(engine: Engine, user: str, synergy_id: int, expert_id: int, note: str = "") -> bool:
    """Note that an expert takes part in a synergy; False where that stands already."""
    part = {"synergy_id": synergy_id, "expert_id": expert_id, "note": " ".join(note.split())}
    table = tables.SynergyExpert
    statement = insert(table).values(**part).on_conflict_do_nothing().returning(table.expert_id)
    with store.transaction(engine, user) as session:
        _living(session, expert_id)
        return session.scalar(statement) is not None


def leave(engine: Engine, user: str, synergy_id: int, expert_id: int) -> None:
    """Note that an expert no longer takes part; raise StoreProblem where that stands already, or nobody may."""
    table = tables.SynergyExpert
    gone = table.synergy_id == synergy_id, table.expert_id == expert_id
    with store.transaction(engine, user) as session:
        if session.scalar(delete(table).where(*gone).returning(table.expert_id)) is None:
            raise StoreProblem("store.not_found")


def _columns(expert: Expert) -> dict[str, object]:
    name = " ".join(expert.name.split())
    if not name:
        raise StoreProblem("experts.name_missing")
    told = asdict(expert) | {"name": name, "email": expert.email.strip()}
    told["competencies"] = list(dict.fromkeys(expert.competencies))
    return told | {"regions": sorted(set(expert.regions))}


def _write(
    engine: Engine, user: str, row: Version, how: Callable[[tables.Expert], None], *, gone: bool = False
) -> Version:
    with store.transaction(engine, user) as session:
        record = session.get(tables.Expert, row.id, with_for_update=True)
        if record is None or (record.deleted_at is not None) is not gone:
            raise StoreProblem("store.not_found")
        if record.version != row.version:
            raise StaleEdit("store.changed_meanwhile_unknown")
        how(record)
        session.flush()
        return Version(record.id, record.version)


def _living(session: Session, expert_id: int) -> None:
    record = session.get(tables.Expert, expert_id)
    if record is None or record.deleted_at is not None:
        raise StoreProblem("store.not_found")
