"""Fill the cache of distances: all pairs of sites, a chunk of new sites at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from psycopg import Connection as DriverConnection
from psycopg import Cursor
from sqlalchemy import Engine

from config.errors import StoreProblem
from data import store
from data.queries import distances as queries
from geo import distance
from geo.distance import DistanceEngine, Distances

Progress = Callable[[int, int], None]
Rows = Cursor[tuple[object, ...]]

CHUNK_PAIRS = 100_000  # ways from new sites a transaction, and as many back: it lasts a second, and edits of sites wait
# All pairs of so many sites are 4 million rows, 0.7 GB, written in a minute. At 70,000 sites they would be 4.9
# billion, and no choice of them helps: the pairs that a page shows lie all over Finland, and a list in which some are
# missing costs as much as one in which all are. So beyond this all are computed when they are asked for, which
# takes 20-50 ms for one resource however many sites there are.
MOST_SITES = 2_000


@dataclass(frozen=True)
class Filled:
    """Tell how many sites and ordered pairs the cache holds, and how many pairs were computed for it now."""

    sites: int
    pairs: int
    computed: int


def fits(engine: Engine) -> bool:
    """Tell whether there are few enough sites to keep all their distances."""
    return queries.count_sites(engine) <= MOST_SITES


def fill(engine: Engine, user: str, roads: DistanceEngine, progress: Progress | None = None) -> Filled:
    """Compute the distances that are missing: all at first, later the rows and columns of new and moved sites.

    Each chunk is a transaction, after which all pairs of the sites done so far are there: stopped at any moment,
    the next call goes on. Distances of another network are removed. Raise StoreProblem when there are too many sites.
    """
    with _alone(engine, user) as cursor:
        _remove_stale(cursor, roads.hash)
    computed, sites, left = 0, 0, True
    while left:
        with _alone(engine, user) as cursor:
            places = _places(cursor, roads.hash)
            if len(places) > MOST_SITES:
                raise StoreProblem("roads.too_many_sites", sites=len(places), most=MOST_SITES)
            known, pairs = _add(cursor, roads, places)
        computed, sites, left = computed + pairs, len(places), known < len(places)
        if progress:
            progress(known, sites)
    if computed:
        with _alone(engine, user) as cursor:
            cursor.execute("ANALYZE distance_site, distance_cache")  # or the next reads take 3 times as long
    return Filled(sites, sites**2, computed)


@contextmanager
def _alone(engine: Engine, user: str) -> Iterator[Rows]:
    """Open a transaction that no other filling and no change of a cached site runs beside."""
    with store.connection(engine, user) as connection:
        driver = cast("DriverConnection[tuple[object, ...]]", connection.connection.driver_connection)
        with driver.cursor(binary=True) as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(726005)")  # the trigger forget_distances takes it too
            yield cursor


def _remove_stale(cursor: Rows, graph_hash: str) -> None:
    """Remove what belongs to another network, and sites that the trigger missed: a municipality's centre has moved."""
    for table in ("distance_site", "distance_cache"):
        cursor.execute(f"DELETE FROM {table} WHERE graph_hash <> %s", [graph_hash])  # noqa: S608 - the names above
    cursor.execute(
        f"WITH gone AS (DELETE FROM distance_site WHERE (site_id, easting_m, northing_m) NOT IN ({queries.PLACES})"  # noqa: S608 - our own words
        " RETURNING site_id) DELETE FROM distance_cache"
        " WHERE from_site_id IN (SELECT site_id FROM gone) OR to_site_id IN (SELECT site_id FROM gone)"
    )


def _places(cursor: Rows, graph_hash: str) -> pd.DataFrame:
    cursor.execute(
        f"SELECT place.*, done.site_id IS NOT NULL FROM ({queries.PLACES}) place"  # noqa: S608 - our own words
        " LEFT JOIN distance_site done ON done.graph_hash = %s AND done.site_id = place.site_id ORDER BY place.site_id",
        [graph_hash],
    )
    return pd.DataFrame(cursor.fetchall(), columns=["site_id", "easting_m", "northing_m", "known"])


def _add(cursor: Rows, roads: DistanceEngine, places: pd.DataFrame) -> tuple[int, int]:
    """Write the distances of the next sites, from and to each other and those that are there; count sites and pairs."""
    is_known = places["known"].to_numpy(dtype=bool)
    new, known = places[~is_known][: CHUNK_PAIRS // max(len(places), 1)], places[is_known]
    if new.empty:
        return len(known), 0
    for start, end in ((new, pd.concat([new, known])), (known, new)):
        ways = distance.matrix(_points(start), _points(end), roads)
        _copy(cursor, roads.hash, start["site_id"].tolist(), end["site_id"].tolist(), ways)
    with cursor.copy("COPY distance_site (graph_hash, site_id, easting_m, northing_m) FROM STDIN") as copy:
        for site_id, easting_m, northing_m, _ in new.itertuples(index=False):
            copy.write_row((roads.hash, site_id, easting_m, northing_m))
    return len(new) + len(known), len(new) * (len(new) + 2 * len(known))


def _points(places: pd.DataFrame) -> distance.Floats:
    return places[["easting_m", "northing_m"]].to_numpy(dtype=float)


def _copy(cursor: Rows, graph_hash: str, origins: list[int], destinations: list[int], ways: Distances) -> None:
    names = ("graph_hash", "from_site_id", "to_site_id", *queries.COLUMNS)
    with cursor.copy(f"COPY distance_cache ({', '.join(names)}) FROM STDIN") as copy:
        for row, origin in enumerate(origins):
            values = (_plain(getattr(ways, name)[row]) for name in queries.COLUMNS)
            for target, *way in zip(destinations, *values, strict=True):
                copy.write_row((graph_hash, origin, target, *way))


def _plain(values: np.ndarray) -> list[object]:
    """Give Python's own values, None for NaN: the database takes NaN for larger than any number."""
    plain = values.astype(object)
    if values.dtype.kind == "f":
        plain[np.isnan(values)] = None
    return cast("list[object]", plain.tolist())
