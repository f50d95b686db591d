"""Draw flows from region to region as curved arrows; pure, no Streamlit."""

from base64 import b64encode
from math import atan, exp, hypot, log, pi, radians, sqrt, tan

import numpy as np
import pandas as pd
import pydeck as pdk
from pydeck.types import String

from dashboard.palette import Palette, rgb
from data.model import Rollup

EARTH_RADIUS_M = 6_378_137.0  # of Web Mercator's sphere
BEND = 0.22
POINTS = 28
CASING_PX = 2.2
WIDTH_MIN_PX, WIDTH_MAX_PX = 1.2, 8.0
# What a pixel of the whole-country view is in Web Mercator.
PX_M = 3_656.0
GAP_PX = 6.0
HEAD_PX, HEAD_TIMES = 7.0, 1.9
PALE_ALPHA = 70


def _icon(stroke: int) -> dict[str, object]:
    # An arrow head that points east and hangs on the end of its line by the notch at its back.
    shape = f'<path d="M10 10 L118 64 L10 118 L26 64 Z" fill="#fff" stroke="#fff" stroke-width="{stroke}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">{shape}</svg>'
    url = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return {"url": url, "width": 128, "height": 128, "anchorX": 20, "anchorY": 64, "mask": True}


_FULL, _EDGE = _icon(0), _icon(18)

Point = tuple[float, float]


def width_px(tonnes_per_year: float) -> float:
    """Give the width of a flow's line."""
    return min(WIDTH_MAX_PX, WIDTH_MIN_PX + sqrt(max(tonnes_per_year, 0.0)) / 62)


def to_mercator(lon: float, lat: float) -> Point:
    """Turn degrees into Web Mercator metres, in which a curve looks as it is drawn."""
    return EARTH_RADIUS_M * radians(lon), EARTH_RADIUS_M * log(tan(pi / 4 + radians(lat) / 2))


def to_degrees(x: float, y: float) -> Point:
    """Turn Web Mercator metres back into degrees."""
    return float(np.degrees(x / EARTH_RADIUS_M)), float(np.degrees(2 * atan(exp(y / EARTH_RADIUS_M)) - pi / 2))


def arrow(start: Point, end: Point, head_px: float) -> tuple[list[list[float]], float]:
    """Give the path of an arrow between two places in degrees, and the direction of its end in degrees from east.

    The curve bends to the right of its way, so that both directions are seen. It ends where its head begins, so far
    before the place that the tip just reaches it on the map of the whole country.
    """
    (x0, y0), (x1, y1) = to_mercator(*start), to_mercator(*end)
    length = hypot(x1 - x0, y1 - y0)
    middle = ((x0 + x1) / 2 + BEND * (y1 - y0), (y0 + y1) / 2 - BEND * (x1 - x0))
    steps = np.linspace(0, 1, 4 * POINTS)[:, None]
    curve = (1 - steps) ** 2 * [x0, y0] + 2 * steps * (1 - steps) * list(middle) + steps**2 * [x1, y1]
    gap = min(GAP_PX * PX_M, length / 8)
    before = np.hypot(*(curve - curve[0]).T) >= gap
    after = np.hypot(*(curve - curve[-1]).T) >= gap + min(head_px * PX_M, length / 3)
    body = curve[before & after][::4]
    end_on = curve[-1] - body[-1]
    return [list(to_degrees(*point)) for point in body], float(np.degrees(np.arctan2(end_on[1], end_on[0])))


def layers(rows: pd.DataFrame, colours: Palette, *, chosen: str = "", grey: bool = False) -> list[pdk.Layer]:
    """Draw flows, the largest on top, in the colour of their stage or all in grey; beside a chosen one the rest pales.

    `rows` has code, lon, lat, to_lon, to_lat, tonnes, rollup, name, a, b. A click selects in a layer whose name
    begins with flows-; another choice changes the names, and so a selection is forgotten once it is taken over.
    """
    name = f"flows-{chosen or 'all'}"
    data = []
    for row in rows.sort_values("tonnes").to_dict("records"):
        width = width_px(row["tonnes"])
        head = HEAD_PX + HEAD_TIMES * width
        path, angle = arrow((row["lon"], row["lat"]), (row["to_lon"], row["to_lat"]), head)
        alpha = 255 if chosen in ("", row["code"]) else PALE_ALPHA
        colour = rgb(colours.other if grey else colours.rollup[Rollup(row["rollup"])], alpha)
        said = {key: row[key] for key in ("code", "name", "a", "b")}
        drawn = {"path": path, "end": path[-1], "angle": angle, "head": head, "w": width, "cased": width + CASING_PX}
        data.append({**said, **drawn, "c": colour, "full": _FULL, "edge": _EDGE})
    return [
        _paths(data, f"{name}-casing", rgb(colours.page), "cased", pickable=False),
        _heads(data, f"{name}-edges", rgb(colours.page), "edge", pickable=False),
        _paths(data, name, "c", "w", pickable=True),
        _heads(data, f"{name}-heads", "c", "full", pickable=True),
    ]


def _paths(data: object, name: str, colour: object, width: str, *, pickable: bool) -> pdk.Layer:
    return pdk.Layer(
        "PathLayer",
        data,
        id=name,
        get_path="path",
        get_color=colour,
        get_width=width,
        width_units=String("pixels"),
        joint_rounded=True,
        pickable=pickable,
    )


def _heads(data: object, name: str, colour: object, icon: str, *, pickable: bool) -> pdk.Layer:
    return pdk.Layer(
        "IconLayer",
        data,
        id=name,
        get_position="end",
        get_icon=icon,
        get_size="head",
        get_angle="angle",
        get_color=colour,
        size_units=String("pixels"),
        billboard=False,
        pickable=pickable,
    )
