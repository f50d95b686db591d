"""Write the organisers of the regions: who runs the work where, with whom, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, func
from sqlalchemy.orm import Session

from config.errors import StoreProblem
from data import store, tables
from data.store import versions
from geo import regions

YEARS = range(2000, 2101)


@dataclass(frozen=True, kw_only=True)
class Organiser:
    """Describe an organiser; `id` and `version` are those that were read, None of a new one."""

    organisation_id: int
    regions: Sequence[str]
    coordinators: Sequence[str] = ()
    contract_from: date | None = None
    contract_to: date | None = None
    id: int | None = None
    version: int | None = None


def save(engine: Engine, user: str, organiser: Organiser) -> int:
    """Add an organiser, or change the version that was read; give its id."""
    _check(organiser)
    with store.transaction(engine, user) as session:
        row = _row(session, organiser)
        row.organisation_id = organiser.organisation_id
        row.regions = sorted(set(organiser.regions))
        row.coordinators = [name.strip() for name in organiser.coordinators if name.strip()]
        row.contract_from, row.contract_to = organiser.contract_from, organiser.contract_to
        session.flush()
        return row.id


def remove(engine: Engine, user: str, row_id: int, version: int) -> None:
    """Take an organiser off the list; its organisation stays."""
    with store.transaction(engine, user) as session:
        versions.current(session, tables.Organiser, row_id, version).deleted_at = func.now()


def _row(session: Session, organiser: Organiser) -> tables.Organiser:
    if organiser.id is not None and organiser.version is not None:
        return versions.current(session, tables.Organiser, organiser.id, organiser.version)
    row = tables.Organiser()
    session.add(row)
    return row


def _check(organiser: Organiser) -> None:
    """Refuse what makes no sense, with the sentence that says how to mend it."""
    if not organiser.regions or set(organiser.regions) - regions.load().regions.keys():
        raise StoreProblem("organiser.no_region")
    begins, ends = organiser.contract_from, organiser.contract_to
    if begins and ends and begins > ends:
        raise StoreProblem("organiser.dates_wrong", begins=begins, ends=ends)
    if any(day.year not in YEARS for day in (begins, ends) if day):
        raise StoreProblem("organiser.year_wrong")
