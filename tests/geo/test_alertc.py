import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from config.errors import GeoProblem
from geo import alertc
from geo.road_graph import FERRY, MAIN, REGIONAL, RoadGraph

Zip = Callable[..., Path]


def link_near(graph: RoadGraph, easting: float, northing: float) -> int:
    """Find the link whose middle lies nearest to a point."""
    middle = graph.xy[graph.ends].mean(axis=1)
    return int(np.argmin(np.hypot(middle[:, 0] - easting, middle[:, 1] - northing)))


def test_lengths_come_from_addresses(alertc_zip: Zip) -> None:
    """Within a section the address metres are the length, even where the road winds."""
    graph = alertc.read(alertc_zip())
    link = link_near(graph, 405_000, 7_000_000)
    assert graph.metres[link] == pytest.approx(10_800)
    assert (graph.road_class[link], graph.number[link]) == (MAIN, 4)


def test_a_section_border_takes_the_ratio_of_its_class(alertc_zip: Zip) -> None:
    """Between sections the straight line grows by what the other main roads show: 10.8 km for 10."""
    graph = alertc.read(alertc_zip())
    assert graph.metres[link_near(graph, 415_000, 7_000_000)] == pytest.approx(10_800, rel=0.01)


def test_a_longer_straight_line_cuts_off_more_bends(alertc_zip: Zip) -> None:
    """Across a section border 30 km take the ratio of points as far apart, not that of near neighbours."""
    bend = [(500.0 * step, 300.0 * np.sin(step / 3)) for step in range(61)]  # 30 km in waves of 9 km
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(bend, axis=0).T) * 1.01)]
    points = [
        (1_000 + step, "1.11", 0, 500, 400_000 + x, 7_200_000 + y, f"5;1;{along[step]:.0f}")
        for step, (x, y) in enumerate(bend)
    ]
    far = [(1_100, "1.11", 0, 500, 500_000, 7_200_000, "5;2;0"), (1_101, "1.11", 0, 500, 530_000, 7_200_000, "5;3;0")]
    pairs = [*((1_000 + step, 1_001 + step) for step in range(60)), (1_100, 1_101), (1_060, 1_100)]
    graph = alertc.read(alertc_zip(points=[*points, *far], roads=[(500, "1.3", "5")], neighbours=pairs))
    assert graph.metres[link_near(graph, 515_000, 7_200_000)] == pytest.approx(along[-1], rel=0.01)
    assert along[-1] > 1.015 * 30_000


@pytest.mark.parametrize(("off_m", "found"), [(250, True), (450, False)])
def test_a_street_finds_its_way_out_of_town(alertc_zip: Zip, off_m: int, *, found: bool) -> None:
    """A street that meets another street still reaches for a numbered road 250 m off."""
    town = [
        (2_001, "1.11", 0, 600, 410_040 + off_m, 7_010_000, "0;0;0"),
        (2_002, "1.11", 0, 600, 411_000, 7_010_000, "0;0;0"),
        (2_003, "1.11", 0, 601, 410_050 + off_m, 7_010_010, "0;0;0"),
        (2_004, "1.11", 0, 601, 410_050 + off_m, 7_010_600, "0;0;0"),
        (2_005, "1.11", 0, 200, 410_040, 7_010_000, "77;1;10000"),
    ]
    pairs = [(2_001, 2_002), (2_003, 2_004), (4, 2_005)]
    graph = alertc.read(alertc_zip(points=town, roads=[(600, "5.0", "0"), (601, "5.0", "0")], neighbours=pairs))
    street = np.argmin(np.hypot(*(graph.xy - [411_000, 7_010_000]).T))
    assert graph.component[street] == found


def test_crossings_are_inferred(alertc_zip: Zip) -> None:
    """Points of two roads 50 m apart become one node, and a road's end reaches another road 280 m away."""
    graph = alertc.read(alertc_zip())
    crossing = np.hypot(*(graph.xy - [410_020, 7_000_015]).T)
    assert (crossing < 50).sum() == 1
    assert graph.component.all()
    assert len(graph.xy) == 7


def test_a_ferry_lies_between_two_landings(alertc_zip: Zip) -> None:
    """A link whose both ends are landings is a ferry; the road on the island isn't."""
    graph = alertc.read(alertc_zip())
    assert graph.road_class[link_near(graph, 413_100, 7_020_200)] == FERRY
    assert graph.road_class[link_near(graph, 417_500, 7_020_200)] == REGIONAL


def test_european_roads_are_left_out(alertc_zip: Zip) -> None:
    """E18 lies over other roads in long leaps: none of its links is taken."""
    graph = alertc.read(alertc_zip())
    chord = np.hypot(*(graph.xy[graph.ends[:, 0]] - graph.xy[graph.ends[:, 1]]).T)
    assert chord.max() < 20_001
    assert (graph.metres >= chord).all()


def test_the_date_of_the_table_is_kept(alertc_zip: Zip) -> None:
    """The manifest tells from which day the roads are."""
    assert alertc.read(alertc_zip()).date == "2026-06-08"


def test_a_zip_without_roads_is_refused(alertc_zip: Zip) -> None:
    """Any other zip is named as such."""
    with pytest.raises(GeoProblem) as refused:
        alertc.read(alertc_zip(without="ROADS"))
    assert refused.value.key == "roads.not_alertc"


def test_a_truncated_zip_is_refused(alertc_zip: Zip) -> None:
    """Half a download is refused as broken."""
    path = alertc_zip()
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(GeoProblem) as refused:
        alertc.read(path)
    assert refused.value.key == "roads.broken_file"


@pytest.mark.parametrize("table", ["POINTS", "POFFSETS", "ROADS", "SEGMENTS", "README"])
@pytest.mark.parametrize("content", [b"", b"\x00\xff\x13" * 99, b"CID\tLCD\n1\t2\n", b"a;b\nc;d;e;f\n", b"\n\n"])
def test_a_garbled_table_is_refused(alertc_zip: Zip, table: str, content: bytes) -> None:
    """Empty, of other bytes, or without its columns: one sentence, whichever table it is."""
    path = alertc_zip(without=table)
    with zipfile.ZipFile(path) as whole:
        others = {name: whole.read(name) for name in whole.namelist() if name != f"{table}.DAT"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as spoilt:
        for name, kept in {**others, f"{table}.DAT": content}.items():
            spoilt.writestr(name, kept)
    with pytest.raises(GeoProblem) as refused:
        alertc.read(path)
    assert refused.value.key in {"roads.broken_file", "roads.not_alertc"}


def test_a_damaged_zip_is_refused(alertc_zip: Zip) -> None:
    """Cut anywhere, or with other bytes in its middle, packed or not."""
    path = alertc_zip()
    with zipfile.ZipFile(path) as plain:
        inside = {name: plain.read(name) for name in plain.namelist()}
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(path, "w", packing) as archive:
            for name, content in inside.items():
                archive.writestr(name, content)
        whole = path.read_bytes()
        spoilt = [whole[: len(whole) * part // 10] for part in range(10)]
        spoilt += [whole[:at] + b"\xff" * 40 + whole[at + 40 :] for at in range(60, len(whole) - 40, len(whole) // 30)]
        for content in spoilt:
            path.write_bytes(content)
            with pytest.raises(GeoProblem) as refused:
                alertc.read(path)
            assert refused.value.key in {"roads.broken_file", "roads.not_alertc"}


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A wrong path is named."""
    with pytest.raises(GeoProblem) as refused:
        alertc.read(tmp_path / "nothing.zip")
    assert refused.value.key == "roads.no_file"
