"""Read Fintraffic's Alert-C location table: every numbered road of Finland as points with road addresses.

The table holds no crossings and, between two sections of a road, no length. So points of different roads that lie
close together become one node, and a length across a section border is the straight line times what the lengths known
on that class of road show for straight lines as long.
"""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from config.errors import GeoProblem
from geo.road_ends import join_ends
from geo.road_graph import CONNECTING, FERRY, MAIN, REGIONAL, STREET, RoadGraph

TABLES = ("POINTS", "POFFSETS", "ROADS", "SEGMENTS", "README")
SOURCE = "Fintraffic / digitraffic.fi, Alert-C"
LARGEST_TABLE_BYTES = 200_000_000

JOIN_M = 100.0  # points of different roads this close are one crossing
REACH_M = 400.0  # a road that ends without a crossing, or an interchange, looks for another road this far
REACH_RATIO = 1.2
SHORTEST_CHORD_M = 200.0  # below this the rounding of addresses decides the ratio
CHORD_STEPS_M = (200.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0)  # a longer chord cuts off more bends
STREET_RATIO = 1.1
LEAST_FERRY_M = 150.0

ROAD_CLASS = {"1.1": MAIN, "1.2": MAIN, "2.1": MAIN, "2.2": MAIN, "1.3": REGIONAL, "1.4": CONNECTING, "5.0": STREET}
JUNCTION = "1"
INTERCHANGES = ("1.1", "1.2", "1.3")
FERRY_POINTS = ("3.17", "3.45")

PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What a spoilt zip and a table without its columns or numbers end in; RuntimeError is an encrypted one.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    pd.errors.ParserWarning,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
)

Pairs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def read(path: Path) -> RoadGraph:
    """Turn the zip into a road network; raise GeoProblem when it isn't a whole Alert-C table."""
    try:
        tables = _tables(path)
        points = _points(tables)
        links = _links(tables["POFFSETS"], points)
        return _joined(points, links, _date(tables["README"]))
    except UNREADABLE as error:
        raise GeoProblem("roads.broken_file", file=path.name) from error


def junctions(path: Path) -> pd.DataFrame:
    """Give the named junctions: `name`, TM35FIN `x` and `y`, and `road`, which tells roads apart, one row each.

    Raises
    ------
    GeoProblem
        When the file isn't a whole Alert-C table.
    """
    try:
        tables = _tables(path, (*TABLES, "NAMES"))
        names = tables["NAMES"].drop_duplicates("NID").set_index("NID")["NAME"]
        points = tables["POINTS"][tables["POINTS"]["TCD"] == JUNCTION]
        road = points["ROA_LCD"].where(points["ROA_LCD"] != "0", points["SEG_LCD"])
        x, y = (pd.to_numeric(points[f"ETRS_TM35FIN{axis}"], errors="coerce") for axis in "XY")
        # Of all tables only this one is UTF-8.
        name = points["N1ID"].map(names).fillna("").map(lambda told: told.encode("iso-8859-1").decode(errors="replace"))
        return pd.DataFrame({"name": name, "x": x, "y": y, "road": road}).dropna().reset_index(drop=True)
    except UNREADABLE as error:
        raise GeoProblem("roads.broken_file", file=path.name) from error


def _tables(path: Path, wanted: Sequence[str] = TABLES) -> dict[str, pd.DataFrame]:
    if not path.is_file():
        raise GeoProblem("roads.no_file", file=str(path))
    with zipfile.ZipFile(path) as archive:
        inside = {Path(name).stem.upper(): name for name in archive.namelist() if name.upper().endswith(".DAT")}
        if not set(wanted) <= set(inside):
            raise GeoProblem("roads.not_alertc", file=path.name)
        return {table: _table(archive, inside[table]) for table in wanted}


def _table(archive: zipfile.ZipFile, name: str) -> pd.DataFrame:
    about = archive.getinfo(name)
    if about.file_size > LARGEST_TABLE_BYTES or about.compress_type not in PACKINGS:
        raise GeoProblem("roads.broken_file", file=name)
    text = archive.read(name).decode("iso-8859-1")
    if name.upper().endswith("README.DAT"):
        return pd.DataFrame([text.replace(";", "\t").strip().split("\t")])
    separator = "\t" if "\t" in text.partition("\n")[0] else ";"
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)  # lines longer than the heading
        # Lines of POINTS end in an extra separator, which would shift the columns without index_col=False.
        return pd.read_csv(
            io.StringIO(text), sep=separator, dtype=str, keep_default_na=False, index_col=False, quoting=csv.QUOTE_NONE
        )


def _date(readme: pd.DataFrame) -> str:
    return datetime.strptime(str(readme.iloc[0, 1]), "%d/%m/%Y").replace(tzinfo=UTC).date().isoformat()


def _points(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Give the points that lie on a road, with coordinates, road, class and address in numbers."""
    roads, segments = tables["ROADS"].set_index("LCD"), tables["SEGMENTS"].set_index("LCD")
    points, number = tables["POINTS"].set_index("LCD"), roads["ROADNUMBER"]
    road = points["ROA_LCD"].where(points["ROA_LCD"] != "0", points["SEG_LCD"].map(segments["ROA_LCD"]))
    address = points["GEOCODE"].str.extract(r":(\d+);(\d+);(\d+)").astype(float)
    kind = points["TCD"] + "." + points["STCD"]
    found = pd.DataFrame(
        {
            "x": pd.to_numeric(points["ETRS_TM35FINX"], errors="coerce"),
            "y": pd.to_numeric(points["ETRS_TM35FINY"], errors="coerce"),
            "road": road,
            "road_class": road.map((roads["TCD"] + "." + roads["STCD"]).map(ROAD_CLASS)),
            "number": pd.to_numeric(road.map(number), errors="coerce").fillna(0),
            "section": address[0] * 1000 + address[1],
            "metre": address[2],
            "interchange": kind.isin(INTERCHANGES),
            "ferry": kind.isin(FERRY_POINTS),
        }
    )
    # E18 runs over roads that are there already, in leaps of up to 60 km; Rv and Lv are Norway's and Sweden's.
    named = road.map(number.str.contains("[A-Za-z]")).fillna(value=True).astype(bool)
    found = found[found[["x", "y", "road_class"]].notna().all(axis=1) & ~named].copy()
    if found.empty:
        raise GeoProblem("roads.not_alertc", file="POINTS.DAT")
    found["node"] = np.arange(len(found))
    return found


def _links(offsets: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Give each pair of neighbours along a road with its metres and class."""
    known = offsets["LCD"].isin(points.index) & offsets["POS_OFF_LCD"].isin(points.index)
    start = points.loc[offsets.loc[known, "LCD"]].reset_index(drop=True)
    end = points.loc[offsets.loc[known, "POS_OFF_LCD"]].reset_index(drop=True)
    chord = pd.Series(np.hypot(start["x"] - end["x"], start["y"] - end["y"]))
    addressed = (start["metre"] - end["metre"]).abs().where(start["section"] == end["section"])
    links = pd.DataFrame({"a": start["node"], "b": end["node"], "chord": chord, "road_class": start["road_class"]})
    guessed = chord * _ratios(points, links["road_class"], chord)
    links["metres"] = np.maximum(addressed.fillna(guessed), chord)
    links["number"] = start["number"]
    at_sea = start["ferry"] & end["ferry"] & (chord > LEAST_FERRY_M)
    links["road_class"] = links["road_class"].where(~at_sea, FERRY)
    return links


def _ratios(points: pd.DataFrame, road_class: pd.Series, chord: pd.Series) -> Floats:
    """Give what a road of each class is longer than a straight line of each length, by all pairs of a section's points.

    Neighbours alone would not do: they lie closer together than the points on both sides of a section border.
    """
    known = _within_sections(points)
    ratio = np.full(len(chord), STREET_RATIO)
    for number, pairs in known.groupby("road_class"):
        step = np.digitize(pairs["chord"], CHORD_STEPS_M)
        sums = pairs[["metres", "chord"]].groupby(step).agg(["sum", "mean"])
        mine = (road_class == number).to_numpy()
        shown = sums["metres", "sum"] / sums["chord", "sum"]
        ratio[mine] = np.interp(np.log(chord[mine].clip(lower=1.0)), np.log(sums["chord", "mean"]), shown)
    return ratio


def _within_sections(points: pd.DataFrame) -> pd.DataFrame:
    """Give all pairs of points of one section of a road: class, metres between their addresses and straight line."""
    addressed = points[points["metre"].notna()].reset_index(drop=True)
    pairs = addressed.merge(addressed, on=["road", "section"], suffixes=("", "_to"))
    pairs = pairs[pairs["node"] < pairs["node_to"]]
    chord = np.hypot(pairs["x"] - pairs["x_to"], pairs["y"] - pairs["y_to"])
    metres = (pairs["metre"] - pairs["metre_to"]).abs()
    found = pd.DataFrame({"road_class": pairs["road_class"], "metres": metres, "chord": chord})
    return found[chord > SHORTEST_CHORD_M]


def _joined(points: pd.DataFrame, links: pd.DataFrame, date: str) -> RoadGraph:
    """Make one node of the points of a crossing, and reach out from ends that found none."""
    xy = points[["x", "y"]].to_numpy(dtype=float)
    road = pd.factorize(points["road"])[0]
    pairs = KDTree(xy).query_pairs(REACH_M, output_type="ndarray")
    pairs = pairs[road[pairs[:, 0]] != road[pairs[:, 1]]]
    apart = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T)
    near = pairs[apart <= JOIN_M]
    node = _clusters(near, len(xy))
    centre = np.column_stack([np.bincount(node, xy[:, axis]) / np.bincount(node) for axis in (0, 1)])

    degree = np.bincount(links[["a", "b"]].to_numpy().ravel(), minlength=len(xy))
    road_class = points["road_class"].to_numpy(dtype=np.int64)
    # A street that only meets other streets has not found its way out of the town yet.
    street = road_class == STREET
    counts = ~street[near].all(axis=1)
    lonely = np.bincount(near[counts].ravel(), minlength=len(xy)) == 0
    reaching = lonely & ((degree <= 1) | points["interchange"].to_numpy())
    reach = pairs[(apart > JOIN_M) & (reaching[pairs[:, 0]] | reaching[pairs[:, 1]])]

    ends = np.vstack([node[links[["a", "b"]].to_numpy()], node[reach]])
    classes = np.concatenate([links["road_class"].to_numpy(dtype=np.int64), road_class[reach].max(axis=1)])
    numbers = np.concatenate([links["number"].to_numpy(dtype=np.int64), np.zeros(len(reach), dtype=np.int64)])
    chord = np.hypot(*(centre[ends[:, 0]] - centre[ends[:, 1]]).T)
    metres = np.concatenate([links["metres"].to_numpy(dtype=float), np.zeros(len(reach))])
    metres[len(links) :] = chord[len(links) :] * REACH_RATIO
    useful = ends[:, 0] != ends[:, 1]
    graph = RoadGraph(
        xy=centre,
        ends=ends[useful].astype(np.int32),
        metres=np.maximum(metres, chord)[useful],
        road_class=classes[useful].astype(np.int32),
        number=numbers[useful].astype(np.int32),
        oneway=np.zeros(int(useful.sum()), dtype=bool),
        speed_kmh=np.zeros(int(useful.sum())),
        shape_xy=np.empty((0, 2)),
        shape_start=np.zeros(int(useful.sum()) + 1, dtype=np.int32),
        source=SOURCE,
        date=date,
    )
    # Between two interchanges nobody enters: a road that ends beside a motorway doesn't end at it.
    interchange = np.bincount(node, points["interchange"]) > 0
    return join_ends(graph, np.asarray(interchange[graph.ends].all(axis=1)))


def _clusters(pairs: Pairs, count: int) -> Ints:
    adjacency = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    return np.asarray(connected_components(adjacency, directed=False)[1], dtype=np.int64)
