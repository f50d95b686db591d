"""Draw a what-if view: what breaks red and dashed, what comes up blue, what stays thin and grey; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pydeck as pdk

from dashboard import palette
from dashboard.layers_ecosystems import degrees, path, scatter
from dashboard.literal import tooltip
from dashboard.palette import Palette

DASH = [5, 4]
LINES_MOST = 600


@dataclass(frozen=True)
class Line:
    """Hold an exchange on the map: both ends in TM35FIN metres, what breaks, comes up or stays, and its words."""

    start: tuple[float, float]
    end: tuple[float, float]
    kind: str
    name: str
    said: str


def layers(lines: Sequence[Line], closed: Sequence[tuple[float, float]], colours: Palette) -> list[pdk.Layer]:
    """Draw all of it, what stays at the bottom."""
    by_kind = {
        kind: [_path(one) for one in lines if one.kind == kind][:LINES_MOST] for kind in ("kept", "won", "broken")
    }
    style = {"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}
    ends = {end: one for one in lines for end in (one.start, one.end)}
    dots = [
        {"p": degrees(np.array([xy]))[0], "name": "", "a": "", "b": ""}
        for xy, one in ends.items()
        if one.kind != "kept" and xy not in closed
    ]
    crosses = [{"p": degrees(np.array([xy]))[0], "name": "", "a": "", "b": ""} for xy in closed]
    red = palette.rgb(colours.error_text)
    page = palette.rgb(colours.page)
    return [
        path("kept", by_kind["kept"], palette.rgb(colours.other, 70), 1.0),
        path("won", by_kind["won"], palette.rgb(colours.accent), 2.4, pickable=True),
        path("broken", by_kind["broken"], red, 2.0, pickable=True, extensions=[style], get_dash_array="d"),
        scatter("ends", dots, 3.5, get_fill_color=palette.rgb(colours.other), get_line_color=page, pickable=False),
        scatter("closed", crosses, 8, get_fill_color=page, get_line_color=red, get_line_width=3, pickable=False),
    ]


def _path(line: Line) -> Mapping[str, Any]:
    both = degrees(np.array([line.start, line.end]))
    return {"p": both, "d": DASH, "name": tooltip(line.name), "a": tooltip(line.said), "b": ""}
