"""Every read of the program: one module a subject, one function a question, frames out."""

from collections.abc import Mapping
from typing import cast

import pandas as pd
from psycopg import Connection as Driver
from sqlalchemy import Engine, text

from data.store import refusals

# Tables whose rows a page shows; the counters of the server tell at once, without reading them, that one changed.
_STAMP = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::text FROM pg_stat_user_tables
WHERE relname = ANY(
    '{organisation,site,resource,resource_year,synergy,benefit,event,dataset,import_log,concept_term,lesson,target,'
    'organiser,resource_topic}')
"""


def frame(
    engine: Engine, statement: str, values: Mapping[str, object] | None = None, *, large: bool = False
) -> pd.DataFrame:
    """Read a statement into a frame; a `large` one sums up whole tables. StoreProblem when the database is away."""
    # Begun before the driver is asked, for what begins a transaction says who asks.
    with refusals(), engine.begin() as connection:
        if large:  # or its hash tables and sorts go to disk
            connection.execute(text("SET LOCAL work_mem = '64MB'"))
        compiled = str(text(statement).compile(dialect=engine.dialect))
        driver = cast("Driver[tuple[object, ...]]", connection.connection.driver_connection)
        # Straight from the driver and in binary: rows of text would be parsed field by field, in Python.
        with driver.cursor(binary=True) as cursor:
            cursor.execute(compiled.encode(), values or {})
            return pd.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description or ()])


def stamp(engine: Engine) -> str:
    """Tell the state of the data: another text after any change, in about a millisecond."""
    with refusals(), engine.connect() as connection:
        return str(connection.scalar(text(_STAMP)))
