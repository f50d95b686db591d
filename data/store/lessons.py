"""Write what decided synergies have taught the matcher."""

from collections.abc import Mapping

from sqlalchemy import Engine

from data import store, tables


def add(engine: Engine, user: str, told: Mapping[str, object]) -> None:
    """Keep a lesson; from now on it is the one that counts."""
    with store.transaction(engine, user) as session:
        session.add(tables.Lesson(told=dict(told)))
