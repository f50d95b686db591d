"""Release a completed synergy to the public, and take it back."""

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from config.errors import StoreProblem
from data import store, tables
from data.model import Stage, Visibility
from data.store import versions

# In the viewer's eyes: a side that whoever releases may not see is not public either.
_PUBLIC = text(
    "SELECT count(*) FROM shown_resource WHERE id = ANY(:ids) AND visibility = :public AND deleted_at IS NULL"
)


def release(engine: Engine, user: str, synergy_id: int, version: int, *, have_agrees: bool, want_agrees: bool) -> None:
    """Show a synergy to the public; StoreProblem unless both parties agree and everything of it is public."""
    if not (have_agrees and want_agrees):
        raise StoreProblem("showcase.both_agree")
    with store.transaction(engine, user) as session:
        row = versions.current(session, tables.Synergy, synergy_id, version)
        if row.stage != Stage.COMPLETED.value:
            raise StoreProblem("showcase.not_completed")
        if not _public(session, row):
            raise StoreProblem("showcase.not_public")
        row.showcase_consent = True


def withdraw(engine: Engine, user: str, synergy_id: int, version: int) -> None:
    """Take a synergy back from the public, from this moment on; either party may ask for it."""
    with store.transaction(engine, user) as session:
        versions.current(session, tables.Synergy, synergy_id, version).showcase_consent = False


def _public(session: Session, row: tables.Synergy) -> bool:
    sides = [row.have_id, row.want_id]
    found = session.scalar(_PUBLIC, {"ids": sides, "public": Visibility.PUBLIC.value})
    return int(found or 0) == len(sides)
