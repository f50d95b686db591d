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


def _atlas() -> str:
    # Two arrow heads that point east and hang on the end of their line by the notch at their back; one is wider, for
    # the edge in the colour of the page.
    heads = "".join(
        f'<path transform="translate({x} 0)" d="M10 10 L118 64 L10 118 L26 64 Z" fill="#fff" stroke="#fff"'
        f' stroke-width="{stroke}"/>'
        for x, stroke in ((0, 0), (128, 18))
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="128" viewBox="0 0 256 128">{heads}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


ATLAS = _atlas()
ICONS = {
    name: {"x": x, "y": 0, "width": 128, "height": 128, "anchorX": 20, "anchorY": 64, "mask": True}
    for name, x in (("full", 0), ("edge", 128))
}

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
    path = [[round(degree, 4) for degree in to_degrees(*point)] for point in body]
    return path, float(np.degrees(np.arctan2(end_on[1], end_on[0])))


def layers(rows: pd.DataFrame, colours: Palette, *, chosen: str = "", grey: bool = False) -> list[pdk.Layer]:
    """Draw flows, the largest on top, in the colour of their stage or all in grey; beside a chosen one the rest pales.

    `rows` has code, lon, lat, to_lon, to_lat, tonnes, name, a, b, and rollup or a colour of its own. A click selects
    in a layer whose name begins with flows-; another choice changes the names, and so a selection is forgotten once it
    is taken over.
    """
    name = f"flows-{chosen or 'all'}"
    lines, tips = [], []
    for row in rows.sort_values("tonnes").to_dict("records"):
        width = width_px(row["tonnes"])
        size = HEAD_PX + HEAD_TIMES * width
        path, angle = arrow((row["lon"], row["lat"]), (row["to_lon"], row["to_lat"]), size)
        alpha = 255 if chosen in ("", row["code"]) else PALE_ALPHA
        said = {key: row[key] for key in ("code", "name", "a", "b")}
        own = row.get("colour") or colours.rollup[Rollup(row["rollup"])]
        said["c"] = rgb(colours.other if grey else own, alpha)
        lines.append({**said, "p": path, "w": round(width, 2)})
        tips.append({**said, "p": path[-1], "d": round(angle, 1), "s": round(size, 1)})
    casing = [{"p": one["p"], "w": one["w"] + CASING_PX} for one in lines]
    edges = [{key: one[key] for key in ("p", "d", "s")} for one in tips]
    return [
        paths(casing, f"{name}-casing", rgb(colours.page)),
        heads(edges, f"{name}-edges", "edge", rgb(colours.page)),
        paths(lines, name, "c", pickable=True),
        heads(tips, f"{name}-heads", "full", "c", pickable=True),
    ]


def paths(data: object, name: str, colour: object, *, pickable: bool = False) -> pdk.Layer:
    """Draw lines `p` of `w` pixels."""
    return pdk.Layer(
        "PathLayer",
        data,
        id=name,
        get_path="p",
        get_color=colour,
        get_width="w",
        width_units=String("pixels"),
        joint_rounded=True,
        pickable=pickable,
    )


def heads(data: object, name: str, icon: str, colour: object, *, pickable: bool = False) -> pdk.Layer:
    """Draw arrow heads of `s` pixels that hang at `p` and point to `d` degrees from east."""
    return pdk.Layer(
        "IconLayer",
        data,
        id=name,
        icon_atlas=String(ATLAS),
        icon_mapping=ICONS,
        get_icon=String(icon),
        get_position="p",
        get_size="s",
        get_angle="d",
        get_color=colour,
        size_units=String("pixels"),
        billboard=False,
        pickable=pickable,
    )
