"""Take a deletion back while it can be; after that the purge, which the owner of the database runs, ends it."""

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, text

from data import store
from data.store import audit, edit, terms

KEPT_DAYS = 30

# A resource whose synergy is more than lapsed stays for its sake, and so do its site and its company.
_DOOMED = {
    "synergy": """
        SELECT y.id FROM synergy y WHERE y.deleted_at < :until OR y.stage = 'lapsed' AND EXISTS (
            SELECT FROM resource r WHERE r.id IN (y.have_id, y.want_id) AND r.deleted_at < :until)""",
    "resource": """
        SELECT r.id FROM resource r WHERE r.deleted_at < :until
        AND NOT EXISTS (SELECT FROM synergy y WHERE y.have_id = r.id) AND NOT EXISTS (
            SELECT FROM synergy y WHERE y.want_id = r.id)""",
    "site": """
        SELECT s.id FROM site s WHERE s.deleted_at < :until
        AND NOT EXISTS (SELECT FROM resource r WHERE r.site_id = s.id)""",
    "contact": """
        SELECT c.id FROM contact c JOIN organisation o ON o.id = c.organisation_id
        WHERE c.deleted_at < :until OR o.deleted_at < :until""",
    "organisation": """
        SELECT o.id FROM organisation o WHERE o.deleted_at < :until
        AND NOT EXISTS (SELECT FROM site s WHERE s.organisation_id = o.id)
        AND NOT EXISTS (SELECT FROM organiser r WHERE r.organisation_id = o.id)""",
    "expert": """
        SELECT e.id FROM expert e WHERE e.deleted_at < :until
        AND NOT EXISTS (SELECT FROM synergy_expert p WHERE p.expert_id = e.id)""",
    "concept_term": "SELECT id FROM concept_term WHERE deleted_at < :until",
}
# What goes with a row and has no life of its own.
_WITH = {
    "synergy": ("DELETE FROM benefit WHERE synergy_id = ANY(:ids)",),
    "organisation": (
        "DELETE FROM contact_log WHERE organisation_id = ANY(:ids)",
        "UPDATE expert SET organisation_id = NULL, version = version + 1 WHERE organisation_id = ANY(:ids)",
    ),
}


def restore(engine: Engine, user: str, kind: str, row_id: int) -> None:
    """Take the deletion of a company, site, resource or taught word back; StoreProblem when there is nothing to."""
    if kind == "concept_term":
        terms.restore(engine, user, row_id)
    else:
        kinds: dict[str, edit.Kind] = {"organisation": "organisation", "site": "site", "resource": "resource"}
        edit.restore(engine, user, kinds[kind], row_id)
    audit.record(engine, audit.Kind.RESTORED, audit.Event(person=user, subject=f"{kind} {row_id}"))


def purge(engine: Engine, user: str, days: int = KEPT_DAYS) -> Mapping[str, int]:
    """Delete for good what was deleted more than `days` days ago, as the owner; tell how many rows of each table.

    Of its history stays who did something when, and nothing of what it was.
    """
    purged: dict[str, int] = {}
    with store.connection(engine, user) as connection:
        until = connection.scalar(text("SELECT now() - make_interval(days => :days)"), {"days": days})
        for table, doomed in _DOOMED.items():
            ids = list(connection.execute(text(doomed), {"until": until}).scalars())
            if ids:
                _end(connection, table, ids)
                purged[table] = len(ids)
    if purged:
        told = audit.Event(person=user, rows=sum(purged.values()), details=purged)
        audit.record(engine, audit.Kind.PURGED, told)
    return purged


def _end(connection: Connection, table: str, ids: list[int]) -> None:
    for statement in _WITH.get(table, ()):
        connection.execute(text(statement), {"ids": ids})
    connection.execute(text(f"DELETE FROM {table} WHERE id = ANY(:ids)"), {"ids": ids})  # noqa: S608 - our own names
    # The deletion has just written the whole row into the history.
    forget = "UPDATE change SET old = '{}', new = NULL WHERE table_name = :table AND row_id = ANY(:ids)"
    connection.execute(text(forget), {"table": table, "ids": ids})
