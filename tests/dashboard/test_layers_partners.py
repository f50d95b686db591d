import json
from typing import Any

import numpy as np
import pytest
import shapely

from config import settings
from dashboard import layers_partners, layers_reach, palette
from dashboard.layers_partners import Drawn
from dashboard.views.partner_pick import Limit
from dashboard.views.partners import Place, Row, View
from geo import crs
from geo.distance import Piece
from geo.engines import ENGINES
from geo.reach import Reach
from geo.road_engine import RoadEngine

KEMI = Place("Kemi", 388_000.0, 7_292_000.0, "19", vague=False)
OULU = Place("Oulu", 428_000.0, 7_210_000.0, "17", vague=False)


def partner(number: int, method: str, *, ferry: bool = False, selected: bool = False) -> Row:
    """Give a row of the list."""
    return Row(
        number=number,
        partner=100 + number,
        name=f"Yritys {number} Oy",
        detail="",
        start=KEMI,
        place=OULU,
        bars={},
        score=0.5,
        distance="110 km",
        km="110",
        below_km="",
        euros="11",
        co2e="12",
        minutes="1 h",
        coverage="",
        method=method,
        ferry=ferry,
        crosses=True,
        selected=selected,
        precedents=0,
        match={},
    )


def view(*rows: Row) -> View:
    """Give a page around Kemi."""
    counts = {"all": len(rows), "own": 0, "other": len(rows)}
    around = tuple(row.place for row in rows)
    return View(KEMI, (KEMI,), True, Limit(300), rows, counts, 0, "", (), around, None, False, False)  # type: ignore[arg-type]  # noqa: FBT003 - in their order


def drawn(shown: View, ways: dict[int, tuple[Piece, ...]]) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of each layer as the browser gets them."""
    state = layers_partners.view_state(shown.origin, shown.around)
    deck = layers_partners.deck(shown, Drawn(ways), state, palette.LIGHT, "fi")
    return {layer["id"]: layer["data"] for layer in json.loads(deck.to_json())["layers"]}


def line(*points: tuple[float, float], ferry: bool = False) -> Piece:
    """Give a piece of a way."""
    return Piece(np.array(points), ferry)


START, MIDDLE, END = (388_000.0, 7_292_000.0), (400_000.0, 7_250_000.0), (428_000.0, 7_210_000.0)


def test_roads_are_solid_estimates_dashed_and_ferries_dotted() -> None:
    """Each piece of a way as what it is; the casing lies under the chosen road alone, and never under an estimate."""
    rows = (partner(1, "road+ferry", ferry=True, selected=True), partner(2, "estimate"), partner(3, "none"))
    ways = {101: (line(START, MIDDLE), line(MIDDLE, END, ferry=True)), 102: (line(START, END),), 103: ()}
    layers = drawn(view(*rows), ways)
    assert [(way["width"], way["estimated"]) for way in layers["ways"]] == [(4.5, False)]
    dashes = {(way["estimated"], tuple(way["dash"])) for way in layers["ways_broken"]}
    assert len(dashes) == 2
    assert {estimated for estimated, _ in dashes} == {True, False}
    assert {way["estimated"] for way in layers["ways_casing"]} == {False}


def test_rings_at_one_place_are_pulled_apart_with_a_hairline() -> None:
    """Three in Oulu: the first stays, the others move by at least a ring."""
    layers = drawn(view(partner(1, "road"), partner(2, "road"), partner(3, "road")), {})
    rings = layers[f"{layers_partners.PARTNERS}0"]
    zoom = layers_partners.view_state(KEMI, [OULU])["zoom"]
    pixels = layers_partners.apart.to_pixels([r["spot"][0] for r in rings], [r["spot"][1] for r in rings], zoom)
    gaps = [float(np.hypot(*(pixels[a] - pixels[b]))) for a, b in ((0, 1), (0, 2), (1, 2))]
    assert min(gaps) >= 24
    assert len(layers["hairlines"]) == 2


@pytest.mark.parametrize("km", [50, 150, 300, 500])
def test_an_area_is_light_and_its_edge_lies_inland(km: int) -> None:
    """Under 60 kB a limit, closed rings, and no edge longer than the outline it is cut from."""
    engine = ENGINES["table"](settings.load())
    assert isinstance(engine, RoadEngine)
    found = layers_reach.drawn(Reach(engine.graph).area(START, km=km), km)
    assert found.areas
    assert found.edges
    assert len(json.dumps(found.areas)) + len(json.dumps(found.edges)) < 60_000
    for ring in (ring for rings in found.areas for ring in rings):
        assert ring[0] == ring[-1]
    lon, lat = crs.to_wgs84(*START)
    whole = shapely.union_all([shapely.Polygon(rings[0], list(rings[1:])).buffer(0) for rings in found.areas])
    assert shapely.contains_xy(whole, lon, lat)


def test_no_limit_has_no_area() -> None:
    """And nothing is drawn of it."""
    nothing = layers_reach.drawn(shapely.MultiPolygon(), 0)
    assert (nothing.areas, nothing.edges) == ((), ())
    assert not Drawn({}, (nothing,)).edges
