"""What the matcher reads: every live resource with its place, all of them or those that changed."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Engine

from data.queries import frame
from data.queries.scope import LIVE, POINT, VAGUE

PIECE = 20_000  # rows a read: some 40 MB


def resources(engine: Engine, ids: Sequence[int] | None = None) -> pd.DataFrame:
    """Read the resources that can be matched, by id; all of them, or those of `ids` that are still there.

    Columns: those of matching.frame.COLUMNS. The point is in EPSG:3067 metres, a municipality's where `exact` is
    False.
    """
    chosen = "" if ids is None else "AND r.id = ANY(:ids)"
    statement = f"""
    SELECT r.id, s.organisation_id, r.site_id, r.direction, r.type, r.title, r.description, r.language,
        CASE WHEN r.concepts_corrected THEN CAST('{{!}}' AS text[]) || r.concepts ELSE r.concepts END AS concepts,
        r.ewc_code, r.hazardous, r.tonnes_low, r.tonnes_high, r.quantity_low, r.quantity_high, r.unit, r.continuity,
        r.available_from, r.available_to, r.season_months, r.attributes,
        r.visibility, s.region_code,
        {POINT},
        NOT {VAGUE} AS exact
    {LIVE} {chosen}
    ORDER BY r.id
    """
    return frame(engine, statement, {} if ids is None else {"ids": [int(one) for one in ids]})


def pieces(engine: Engine, ids: Sequence[int] | None = None) -> Iterator[pd.DataFrame]:
    """Read what `resources` reads, some thousand rows at a time: all at once they would fill the memory."""
    if ids is not None:
        yield resources(engine, ids)
        return
    all_ids = live_ids(engine)
    for start in range(0, len(all_ids), PIECE):
        yield resources(engine, all_ids[start : start + PIECE].tolist())


def live_ids(engine: Engine) -> npt.NDArray[np.int64]:
    """List the ids of all resources that can be matched, in ascending order."""
    # As one text of bytes: half a million rows of one number each would be made into as many objects.
    packed = frame(engine, f"SELECT string_agg(int8send(r.id), ''::bytea ORDER BY r.id) AS ids {LIVE}")["ids"].iloc[0]
    return np.frombuffer(packed or b"", dtype=">i8").astype(np.int64)


def tally(engine: Engine) -> tuple[int, int]:
    """Count the resources that can be matched and add up their ids: the quickest way to see that one is gone."""
    found = frame(engine, f"SELECT count(*) AS n, coalesce(sum(r.id), 0)::bigint AS total {LIVE}").iloc[0]
    return int(found["n"]), int(found["total"])


def identity(engine: Engine) -> str:
    """Tell this database from any other, also from one that later stands at the same address."""
    statement = """
    SELECT concat(system_identifier, '/', oid) AS identity FROM pg_control_system(), pg_database
    WHERE datname = current_database()
    """
    return str(frame(engine, statement)["identity"].iloc[0])


def now(engine: Engine) -> int:
    """Give the number of the oldest transaction that has not ended: all before it can be seen."""
    return int(frame(engine, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS mark")["mark"].iloc[0])


def changed(engine: Engine, since: int) -> list[int]:
    """List the resources that, or whose site or company, were written by a transaction from number `since` on.

    The row's own transaction number, and not its time of change: a long import that commits late would be missed.
    """
    statement = """
    WITH mark AS (SELECT age(CAST(CAST(CAST(:since AS text) AS xid8) AS xid)) AS most)
    SELECT r.id FROM shown_resource r JOIN shown_site s ON s.id = r.site_id
        JOIN shown_organisation o ON o.id = s.organisation_id, mark
    WHERE age(r.written) <= most OR age(s.written) <= most OR age(o.written) <= most
    ORDER BY r.id
    """
    return [int(one) for one in frame(engine, statement, {"since": since})["id"]]
