"""Draw flows from region to region as curved arrows; pure, no Streamlit."""

from math import atan, cos, exp, hypot, log, pi, radians, sin, sqrt, tan

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
# What a pixel of the whole-country view is in Web Mercator: arrow heads are polygons and grow with the zoom.
PX_M = 3_656.0
GAP_PX = 7.0

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


def arrow(start: Point, end: Point, width: float) -> tuple[list[list[float]], list[list[float]]]:
    """Give the path and the head of an arrow between two places in degrees.

    The curve bends to the right of its way, so that both directions are seen, and stops short of both dots.
    """
    (x0, y0), (x1, y1) = to_mercator(*start), to_mercator(*end)
    length = hypot(x1 - x0, y1 - y0)
    middle = ((x0 + x1) / 2 + BEND * (y1 - y0), (y0 + y1) / 2 - BEND * (x1 - x0))
    head = (7 + 1.8 * width) * PX_M
    gap = min(GAP_PX * PX_M, length / 5)
    steps = np.linspace(gap / length, 1 - gap / length, POINTS)[:, None]
    curve = (1 - steps) ** 2 * [x0, y0] + 2 * steps * (1 - steps) * list(middle) + steps**2 * [x1, y1]
    tip = curve[-1]
    reach = np.hypot(*(curve - tip).T)
    body = curve[reach >= min(head, length / 2) * 0.8]
    base = body[-1]
    angle = float(np.arctan2(*(tip - base)[::-1]))
    size = float(np.hypot(*(tip - base)))
    half = size * 0.45
    left = base + half * np.array([-sin(angle), cos(angle)])
    right = base - half * np.array([-sin(angle), cos(angle)])
    notch = base + 0.18 * (tip - base)
    return [list(to_degrees(*p)) for p in body], [list(to_degrees(*p)) for p in (tip, left, notch, right)]


def layers(rows: pd.DataFrame, colours: Palette, *, name: str = "flows", grey: bool = False) -> list[pdk.Layer]:
    """Draw flows, the largest on top, in the colour of their stage or all in grey.

    `rows` has code, lon, lat, to_lon, to_lat, tonnes, rollup, name, a, b. A click selects in the layer `name` or, on
    a head, in `name`-heads.
    """
    data = []
    for row in rows.sort_values("tonnes").to_dict("records"):
        width = width_px(row["tonnes"])
        path, head = arrow((row["lon"], row["lat"]), (row["to_lon"], row["to_lat"]), width)
        colour = rgb(colours.other if grey else colours.rollup[Rollup(row["rollup"])])
        said = {key: row[key] for key in ("code", "name", "a", "b")}
        data.append({**said, "path": path, "head": head, "w": width, "cased": width + CASING_PX, "c": colour})
    return [
        _paths(data, f"{name}-casing", rgb(colours.page), "cased", pickable=False),
        _paths(data, name, "c", "w", pickable=True),
        pdk.Layer(
            "PolygonLayer",
            data,
            id=f"{name}-heads",
            get_polygon="head",
            get_fill_color="c",
            get_line_color=rgb(colours.page),
            line_width_units=String("pixels"),
            get_line_width=1.1,
            stroked=True,
            pickable=True,
        ),
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
        cap_rounded=True,
        joint_rounded=True,
        pickable=pickable,
    )
