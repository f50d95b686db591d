"""Where things go from a region: short arrows over its border, each with the name and the tonnes at its tip; pure."""

from math import hypot, pi
from typing import Any

import numpy as np
import pydeck as pdk
import shapely
from shapely import LineString, Point

from dashboard import flows, layers_balance, outlines
from dashboard.layers_balance import TALL_PX, Box
from dashboard.palette import Palette, rgb

IN_PX, OUT_PX, TEXT_PX = 34.0, 42.0, 22.0
WORLD_PX = 512
LETTER_PX = 6.8
# So that a tip near another is not written over it.
MOST = 5


def arrows(
    region: str, rows: list[tuple[str, tuple[float, float], float, str]], zoom: float, colours: Palette
) -> list[pdk.Layer]:
    """Draw arrows over the border of a region; each row is a name, the place it leads to, t/a, and these in words.

    They begin inside the border and end outside it, in the direction of the place, however far that is.
    """
    shape = outlines.of("regions")[region]
    paths: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    taken: list[Box] = []
    metre_px = WORLD_PX * 2**zoom / (2 * pi * flows.EARTH_RADIUS_M)
    for name, place, tonnes, said in rows[:MOST]:
        start, end = _ends(shape, place, metre_px)
        width = max(2.0, flows.width_px(tonnes))
        path, angle = flows.arrow(start, end, 7.0)
        paths.append({"p": path, "w": width})
        heads.append({"p": path[-1], "d": round(angle, 1), "s": flows.HEAD_PX + flows.HEAD_TIMES * width})
        down = TEXT_PX if end[1] < start[1] else -TEXT_PX
        box = _box(end, down, max(len(name), len(said)), metre_px)
        if not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
            taken.append(box)
            texts.append({"t": f"{name}\n{said}", "p": list(end), "o": [0, down]})
    accent = rgb(colours.accent)
    return [
        flows.paths([{**one, "w": one["w"] + flows.CASING_PX} for one in paths], "outward-casing", rgb(colours.page)),
        flows.paths(paths, "outward", accent),
        flows.heads(heads, "outward-heads", "full", accent),
        *layers_balance.written(texts, "outward-names", accent, colours),
    ]


def _ends(shape: shapely.Geometry, place: tuple[float, float], metre_px: float) -> tuple[flows.Point, flows.Point]:
    """Give the ends of an arrow in degrees: where the straight way from the middle last crosses the border."""
    middle = shapely.point_on_surface(shape)
    flat = shapely.transform(shape, lambda xy: np.array([flows.to_mercator(x, y) for x, y in xy]))
    (x0, y0), (x1, y1) = flows.to_mercator(middle.x, middle.y), flows.to_mercator(*place)
    way = LineString([(x0, y0), (x1, y1)])
    crossed = way.intersection(shapely.boundary(flat))
    points = [one for one in shapely.get_parts(crossed) if isinstance(one, Point)]
    length = max(hypot(x1 - x0, y1 - y0), 1.0)
    out = max((hypot(one.x - x0, one.y - y0) for one in points), default=length / 2)
    begin, end = max(out - IN_PX / metre_px, 0.0), out + OUT_PX / metre_px
    along = ((x1 - x0) / length, (y1 - y0) / length)
    return (
        flows.to_degrees(x0 + along[0] * begin, y0 + along[1] * begin),
        flows.to_degrees(x0 + along[0] * end, y0 + along[1] * end),
    )


def _box(end: flows.Point, down: float, letters: int, metre_px: float) -> Box:
    x, y = flows.to_mercator(*end)
    wide = letters * LETTER_PX / 2
    return (x * metre_px - wide, -y * metre_px + down - TALL_PX, x * metre_px + wide, -y * metre_px + down + TALL_PX)
