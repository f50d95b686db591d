"""Keep what-if views: add one, change one, take one away."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, Engine, func, update

from config.errors import StaleEdit
from data import store, tables

Told = Mapping[str, object]


def add(engine: Engine, user: str, name: str, told: Told) -> int:
    """Keep a what-if view under a name and give its id."""
    with store.transaction(engine, user) as session:
        scenario = tables.Scenario(name=" ".join(name.split()), told=dict(told))
        session.add(scenario)
        session.flush()
        return scenario.id


def change(engine: Engine, user: str, scenario_id: int, version: int, name: str, told: Told) -> None:
    """Change one's own; StaleEdit when it was changed or taken away since that version, or is somebody else's."""
    _write(engine, user, (scenario_id, version), {"name": " ".join(name.split()), "told": dict(told)})


def delete(engine: Engine, user: str, scenario_id: int, version: int) -> None:
    """Take one's own away; StaleEdit when it was changed since that version, or is somebody else's."""
    _write(engine, user, (scenario_id, version), {"deleted_at": func.now()})


def _write(engine: Engine, user: str, row: tuple[int, int], values: Mapping[str, Any]) -> None:
    table, (scenario_id, version) = tables.Scenario, row
    statement = (
        update(table)
        .where(table.id == scenario_id, table.version == version, table.deleted_at.is_(None))
        .values(version=version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    with store.transaction(engine, user) as session:
        if cast("CursorResult[Any]", session.execute(statement)).rowcount == 0:
            raise StaleEdit("store.changed_meanwhile_unknown")
