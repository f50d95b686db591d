"""A small Alert-C table with every case that the real one has, and points to measure between."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import osmium
import pytest
from osmium.osm.mutable import Node, Way

from geo import crs

HEADERS = {
    "POINTS": "CID TABCD LCD CLASS TCD STCD JUNCTIONNUMBER RNID N1ID N2ID POL_LCD OTH_LCD SEG_LCD ROA_LCD INPOS INNEG"
    " OUTPOS OUTNEG PRESENTPOS PRESENTNEG DIVERSIONPOS DIVERSIONNEG XCOORD YCOORD INTERRUPTSROAD URBAN ETRS_TM35FINX"
    " ETRS_TM35FINY GEOCODE ORDER",
    "POFFSETS": "CID TABCD LCD NEG_OFF_LCD POS_OFF_LCD",
    "ROADS": "CID TABCD LCD CLASS TCD STCD ROADNUMBER RNID N1ID N2ID POL_LCD NEGATIVEDIRECTION POSITIVEDIRECTION",
    "SEGMENTS": "CID TABCD LCD CLASS TCD STCD ROADNUMBER RNID N1ID N2ID ROA_LCD SEG_LCD POL_LCD RDID ORDER",
}

# lcd, kind of point, segment, road, easting, northing, address
POINTS = (
    (1, "1.11", 0, 100, 400_000, 7_000_000, "4;1;0"),
    (2, "1.11", 0, 100, 410_000, 7_000_000, "4;1;10800"),  # 10.8 km along a 10 km chord
    (3, "1.11", 0, 100, 420_000, 7_000_000, "4;2;0"),  # another section: no length in the table
    (4, "1.11", 0, 200, 410_040, 7_000_030, "77;1;0"),  # 50 m from point 2: one crossing
    (5, "1.11", 0, 200, 410_000, 7_020_000, "77;1;20400"),
    (6, "3.17", 300, 0, 410_200, 7_020_200, "816;1;0"),  # a segment's point; 280 m from the end of road 77
    (7, "3.17", 300, 0, 416_000, 7_020_200, "816;2;0"),  # the other landing of a ferry
    (8, "1.11", 300, 0, 419_000, 7_020_200, "816;2;3100"),
    (9, "1.11", 0, 900, 400_000, 7_000_000, "E18;1;0"),
    (10, "1.11", 0, 900, 420_000, 7_000_000, "E18;1;9"),  # a European road must be no shortcut
)
ROADS = ((100, "1.2", "4"), (200, "1.3", "77"), (800, "1.3", "816"), (900, "1.2", "E18"))
NEIGHBOURS = ((1, 2), (2, 3), (4, 5), (6, 7), (7, 8), (9, 10))


def _line(table: str, **values: object) -> str:
    return "\t".join(str(values.get(name, 0)) for name in HEADERS[table].split())


def _tables(more: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
    points = [
        _line(
            "POINTS",
            LCD=lcd,
            TCD=kind.split(".")[0],
            STCD=kind.split(".")[1],
            SEG_LCD=segment,
            ROA_LCD=road,
            ETRS_TM35FINX=x,
            ETRS_TM35FINY=y,
            GEOCODE=f"FinCode:{address}",
        )
        + "\t"
        for lcd, kind, segment, road, x, y, address in [*POINTS, *more.get("points", ())]
    ]
    roads = [
        _line("ROADS", LCD=lcd, TCD=kind.split(".")[0], STCD=kind.split(".")[1], ROADNUMBER=number)
        for lcd, kind, number in [*ROADS, *more.get("roads", ())]
    ]
    pairs = [*NEIGHBOURS, *more.get("neighbours", ())]
    offsets = [_line("POFFSETS", LCD=one, NEG_OFF_LCD="", POS_OFF_LCD=other) for one, other in pairs]
    return {
        "POINTS": points,
        "POFFSETS": offsets,
        "ROADS": roads,
        "SEGMENTS": [_line("SEGMENTS", LCD=300, ROA_LCD=800)],
    }


@pytest.fixture
def alertc_zip(tmp_path: Path) -> Callable[..., Path]:
    """Give a function that writes the small table, any part of it left out, or more points, roads and neighbours."""

    def write(without: str = "", **more: Sequence[Any]) -> Path:
        path = tmp_path / "table.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("README.DAT", "1;08/06/2026;08/06/2027;Fintraffic Road Ltd;ISO-8859-1;2;1\n")
            for table, lines in _tables(more).items():
                if table != without:
                    head = HEADERS[table].replace(" ", "\t") + ("\t" if table == "POINTS" else "")
                    text = "\n".join([head, *lines]) + "\n"
                    archive.writestr(f"{table}.DAT", text.encode("iso-8859-1"))
        return path

    return write


TOWNS = {
    "Helsinki": (24.9384, 60.1699),
    "Turku": (22.2666, 60.4518),
    "Tampere": (23.7610, 61.4978),
    "Oulu": (25.4682, 65.0121),
    "Rovaniemi": (25.7294, 66.5030),
    "Joensuu": (29.7636, 62.6010),
    "Lappeenranta": (28.1887, 61.0587),
    "Hailuoto": (24.71, 65.01),
    "Mariehamn": (19.9348, 60.0973),
    "Geta": (19.8480, 60.3750),
    "Vårdö": (20.3700, 60.2400),
    "Utö": (21.3700, 59.7800),
}


@pytest.fixture(scope="session")
def town() -> dict[str, npt.NDArray[np.float64]]:
    """Give the TM35FIN points of some towns."""
    return {name: np.ravel(crs.to_tm35fin(*place)) for name, place in TOWNS.items()}


@pytest.fixture
def osm_file(tmp_path: Path) -> Callable[..., Path]:
    """Give a function that writes an extract: nodes as (lon, lat[, tags]), ways as (nodes, tags)."""

    def write(
        nodes: Mapping[int, tuple[Any, ...]],
        ways: Sequence[tuple[list[int], dict[str, str]]],
        *,
        name: str = "roads.osm.pbf",
        date: str = "",
    ) -> Path:
        path = tmp_path / name
        header = osmium.io.Header()
        if date:
            header.set("osmosis_replication_timestamp", date)
        day = datetime(2025, 3, 4, tzinfo=UTC)
        with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
            for number, (lon, lat, *tags) in nodes.items():
                writer.add_node(Node(id=number, location=(lon, lat), tags=tags[0] if tags else {}, timestamp=day))
            for number, (refs, tags) in enumerate(ways, 1):
                writer.add_way(Way(id=number, nodes=refs, tags=tags, timestamp=day))
        return path

    return write
