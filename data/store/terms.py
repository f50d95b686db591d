"""Write what coordinators teach the matcher: words for concepts, and what a resource is about."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Engine, Result, func, update

from config.errors import StaleEdit, StoreProblem
from config.texts import Language
from data import store, tables


def add(engine: Engine, user: str, concept: str, language: Language, word: str) -> int:
    """Teach a word for a concept and give the row's id; raise StoreProblem when the word is taught already."""
    with store.transaction(engine, user) as session:
        term = tables.ConceptTerm(concept=concept, language=language, word=" ".join(word.split()))
        session.add(term)
        session.flush()
        return term.id


def forget(engine: Engine, user: str, term_id: int) -> None:
    """Take a word back; raise StoreProblem when it is gone."""
    _set_deleted(engine, user, term_id, deleted=True)


def restore(engine: Engine, user: str, term_id: int) -> None:
    """Teach a word again that was taken back."""
    _set_deleted(engine, user, term_id, deleted=False)


def correct(engine: Engine, user: str, resource_id: int, version: int, concepts: Sequence[str]) -> None:
    """Set what a resource is about; nothing at all lets its text speak again. StaleEdit when it was changed since."""
    table = tables.Resource
    statement = (
        update(table)
        .where(table.id == resource_id, table.version == version, table.deleted_at.is_(None))
        .values(concepts=list(dict.fromkeys(concepts)), concepts_corrected=bool(concepts), version=table.version + 1)
        .execution_options(synchronize_session=False)
    )
    with store.transaction(engine, user) as session:
        if _rows(session.execute(statement)) == 0:
            raise StaleEdit("store.changed_meanwhile_unknown")


def _set_deleted(engine: Engine, user: str, term_id: int, *, deleted: bool) -> None:
    table = tables.ConceptTerm
    was = table.deleted_at.is_(None) if deleted else table.deleted_at.is_not(None)
    statement = (
        update(table)
        .where(table.id == term_id, was)
        .values(deleted_at=func.now() if deleted else None)
        .execution_options(synchronize_session=False)
    )
    with store.transaction(engine, user) as session:
        if _rows(session.execute(statement)) == 0:
            raise StoreProblem("store.not_found")


def _rows(result: Result[Any]) -> int:
    return cast("CursorResult[Any]", result).rowcount
