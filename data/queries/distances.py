"""What is cached of the distances between sites, and the places that they are measured from."""

from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Engine, text

from data.queries import frame
from data.queries.scope import POINT
from data.store import refusals
from data.viewer import SYSTEM, viewing
from geo import distance
from geo.distance import DistanceEngine, Distances

# Measured with 774 sites: the 200 pairs of one resource are read in 7-9 ms and computed in 33-39 ms, nearly all of it
# the climbs of their places. Reading costs 13 µs for each pair more, computing less than 1: at 20,000 pairs both take
# 0.2-0.4 s, at 50,000 0.7 and 0.3 s.
MOST_PAIRS = 20_000
COLUMNS = ("km", "minutes", "method", "access_km", "ferry_km", "low_km", "high_km")

# The same points as the matcher sees: a municipality's where nobody may know more.
PLACES = f"""
    SELECT s.id AS site_id, {POINT}
    FROM shown_site s
    JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
    JOIN municipality m ON m.code = s.municipality_code
    WHERE s.deleted_at IS NULL
"""  # noqa: S608 - the program's own words

Floats = npt.NDArray[np.float64]


def hauls(engine: Engine, roads: DistanceEngine) -> Callable[[Floats, Floats], Distances]:
    """Give a function that knows the way of each pair of points: from the cache where it is there, else computed."""
    return partial(distance.pairs, engine=roads, known=partial(known, engine, roads.hash))


def known(
    engine: Engine, graph_hash: str, origins: Floats, destinations: Floats
) -> tuple[npt.NDArray[np.intp], Distances]:
    """Find pairs of (n, 2) TM35FIN points in the cache; give the rows that were found and their distances.

    By point and not by site, so that a site that has moved since finds nothing instead of what was true before.
    """
    # Whoever asks has the points already, so the way between them is no secret; the cache itself tells where sites are.
    with viewing(SYSTEM):
        found = _read(engine, graph_hash, origins, destinations) if len(origins) <= MOST_PAIRS else pd.DataFrame()
    if found.empty:
        return np.empty(0, dtype=np.intp), distance.empty((0,))
    values = (found[name].to_numpy(dtype=str if name == "method" else float) for name in COLUMNS)
    return found["row"].to_numpy(dtype=np.intp), Distances(*values)


def _read(engine: Engine, graph_hash: str, origins: Floats, destinations: Floats) -> pd.DataFrame:
    # Sites in one place share their distances: any of them will do.
    statement = f"""
    WITH place AS (
        SELECT min(site_id) AS site_id, easting_m, northing_m FROM distance_site WHERE graph_hash = :hash
        GROUP BY easting_m, northing_m
    )
    SELECT asked.number - 1 AS row, {", ".join(COLUMNS)}
    FROM unnest(CAST(:ax AS float[]), CAST(:ay AS float[]), CAST(:bx AS float[]), CAST(:by AS float[]))
        WITH ORDINALITY AS asked (ax, ay, bx, by, number)
    JOIN place a ON a.easting_m = asked.ax AND a.northing_m = asked.ay
    JOIN place b ON b.easting_m = asked.bx AND b.northing_m = asked.by
    JOIN distance_cache c ON c.graph_hash = :hash AND c.from_site_id = a.site_id AND c.to_site_id = b.site_id
    """  # noqa: S608 - the columns above
    sides = {"ax": origins[:, 0], "ay": origins[:, 1], "bx": destinations[:, 0], "by": destinations[:, 1]}
    return frame(engine, statement, {"hash": graph_hash, **{name: side.tolist() for name, side in sides.items()}})


def count_sites(engine: Engine) -> int:
    """Count the sites that distances are measured between."""
    with refusals(), engine.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM ({PLACES}) place")) or 0)  # noqa: S608 - as above
