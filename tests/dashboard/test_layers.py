import json

import pandas as pd
import pytest

from dashboard import flows, layers, palette
from dashboard.palette import DARK, LIGHT, Palette

PLACES = pd.DataFrame(
    {"code": ["19", "01"], "lon": [26.0, 24.9], "lat": [67.0, 60.3], "name": ["Lappi", "Uusimaa"], "a": "", "b": ""}
)
FLOW = pd.DataFrame(
    {
        "code": ["19-01", "01-19"],
        "lon": [26.0, 24.9],
        "lat": [67.0, 60.3],
        "to_lon": [24.9, 26.0],
        "to_lat": [60.3, 67.0],
        "tonnes": [20_000.0, 100.0],
        "rollup": ["completed", "identified"],
        "name": ["Lappi → Uusimaa", "Uusimaa → Lappi"],
        "a": "",
        "b": "",
    }
)


def coloured(expression: str, code: str) -> list[int]:
    """Work an expression of by_code out as deck.gl would."""
    while expression.startswith("("):
        test, rest = expression[1:-1].split(" ? ", 1)
        depth = 0
        for place, sign in enumerate(rest):
            depth += {"(": 1, ")": -1}.get(sign, 0)
            if depth == 0 and rest[place : place + 3] == " : ":
                break
        expression = rest[:place] if code < test.split("'")[1] else rest[place + 3 :]
    return list(json.loads(expression))


@pytest.mark.parametrize("size", [1, 2, 19, 308])
def test_every_code_gets_its_own_colour(size: int) -> None:
    """The search tree in the expression leads each code to its colour."""
    chosen = {f"{number:03}": [number % 5, 0, 0, 255] for number in range(0, 3 * size, 3)}
    expression = layers.by_code(chosen, [9, 9, 9, 255])
    assert {code: coloured(expression, code) for code in chosen} == chosen


def test_other_colours_make_another_layer() -> None:
    """Its data is the same address, so only another name makes deck.gl look at the colours again."""
    first, second = (layers.areas("regions", {"01": number}, LIGHT)[0] for number in (0, 4))
    assert first.id != second.id
    assert first.data == second.data == "/app/static/map/regions.geojson"


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_a_deck_asks_nobody_outside(colours: Palette) -> None:
    """Base map and outlines come from our own server."""
    drawn = [
        *layers.areas("regions", {"01": 1}, colours),
        *layers.labels(PLACES, colours),
        *flows.layers(FLOW, colours),
    ]
    said = layers.deck(drawn, colours).to_json()
    assert f"/app/static/map/style-{colours.theme}.json" in said
    assert "https://" not in said
    assert "http://" not in said.replace("http://www.w3.org/2000/svg", "")


def test_a_name_has_a_halo_of_eight() -> None:
    """Eight pale copies lie under the crisp text."""
    halo, names = layers.labels(PLACES, LIGHT)
    assert len(halo.data) == 8 * len(names.data) == 16


def test_only_a_code_of_digits_gets_into_an_expression() -> None:
    """What a link says can't write expressions."""
    outline = layers.outline("regions", "1' || true || '", LIGHT)
    assert "true" not in outline.to_json()


def test_both_directions_of_a_flow_are_seen() -> None:
    """Each bends to the right of its way, so that they lie on either side of the straight line."""
    there, _ = flows.arrow((26.0, 67.0), (24.9, 60.3), 10)
    back, _ = flows.arrow((24.9, 60.3), (26.0, 67.0), 10)
    straight = 25.45
    assert there[len(there) // 2][0] < straight < back[len(back) // 2][0]


def test_an_arrow_points_where_it_goes() -> None:
    """From north to south the head looks down, and the line stops before the place."""
    path, angle = flows.arrow((26.0, 67.0), (26.0, 60.0), 10)
    assert -125 < angle < -55
    assert 60.0 < path[-1][1] < 61.5


def test_an_arrow_fits_between_neighbours() -> None:
    """However wide the flow and near the places, there is a line and a head."""
    path, _ = flows.arrow((22.0, 63.0), (22.1, 63.0), 22)
    assert len(path) > 2


def test_the_wider_flow_lies_on_top_and_a_chosen_one_stands_out() -> None:
    """Rows go from small to large; beside a chosen flow the others pale."""
    rows = flows.layers(FLOW, LIGHT, chosen="01-19")[2].data
    assert [row["code"] for row in rows] == ["01-19", "19-01"]
    assert [row["c"][3] for row in rows] == [255, flows.PALE_ALPHA]


def test_a_width_is_between_a_hair_and_a_finger() -> None:
    """1.2 px for nothing, 8 px for anything large."""
    assert flows.width_px(0) == flows.WIDTH_MIN_PX
    assert flows.width_px(46_000) == pytest.approx(1.2 + 46_000**0.5 / 62)
    assert flows.width_px(1e9) == flows.WIDTH_MAX_PX


def test_colours_are_read_as_deck_gl_wants_them() -> None:
    """#23408F is three numbers and its opacity."""
    assert palette.rgb("#23408F", 90) == [35, 64, 143, 90]
    assert palette.css("#FFFFFF", 0.92) == "rgba(255, 255, 255, 0.92)"
    assert palette.of(None) is LIGHT
