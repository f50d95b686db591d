"""Erase a workshop that was only practised, for good, with all that its tables brought, and nothing else."""

from sqlalchemy import Engine, text

from config.errors import StoreProblem
from data import store

# What a practised card brings is made under keys of its own (dashboard.live.working), so no real company is touched.
_GOING = {
    "resource": "SELECT id FROM resource WHERE event_id = :event",
    "site": "SELECT id FROM site WHERE demo AND source_document = :document",
    "organisation": "SELECT id FROM organisation WHERE demo AND source_document = :document",
}
_SYNERGIES = """
SELECT id FROM synergy
WHERE have_id IN (SELECT id FROM going_resource) OR want_id IN (SELECT id FROM going_resource)
"""
_GONE = "DELETE FROM {0} t USING going_{0} g WHERE t.id = g.id"
_HISTORY = "DELETE FROM change c USING going_{0} g WHERE c.table_name = '{0}' AND c.row_id = g.id"


def document(event_id: int) -> str:
    """Give the name under which a practised workshop's rows are known."""
    return f"practice:{event_id}"


def erase(engine: Engine, event_id: int) -> dict[str, int]:
    """Erase a practised workshop; count what went. Raise StoreProblem for one that was held in earnest."""
    values = {"event": event_id, "document": document(event_id)}
    counts: dict[str, int] = {}
    with store.connection(engine, "server") as connection:
        practised = text("SELECT practice FROM workshop WHERE event_id = :event FOR UPDATE")
        if not connection.scalar(practised, values):
            raise StoreProblem("store.not_found")
        for name, chosen in (*_GOING.items(), ("synergy", _SYNERGIES)):
            connection.execute(text(f"CREATE TEMP TABLE going_{name} ON COMMIT DROP AS {chosen}"), values)
        for name in ("synergy", "resource", "site", "organisation"):
            counts[name] = connection.execute(text(_GONE.format(name))).rowcount
            connection.execute(text(_HISTORY.format(name)))
        connection.execute(text("DELETE FROM event WHERE id = :event"), values)
        connection.execute(text("DELETE FROM change WHERE table_name = 'event' AND row_id = :event"), values)
    return counts
