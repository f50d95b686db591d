"""Draw a chain or a round over the map of partners: the way past its stops, and the stops with their names; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pydeck as pdk
from pydeck.types import String

from dashboard import palette
from dashboard.literal import tooltip
from dashboard.palette import Palette
from dashboard.views.partners import Place
from dashboard.views.together import Line
from geo import crs
from geo.distance import Piece

RADIUS_PX = 7
LABEL_PX = 13
BESIDE_PX = RADIUS_PX + 5
HALO_PX = 1.6


def layers(
    line: Line, ways: Sequence[Piece], state: Mapping[str, float], origin: Place, colours: Palette
) -> list[pdk.Layer]:
    """Give the layers that go on top of all others; the origin has its name already."""
    lon, lat = crs.to_wgs84(
        [stop.place.easting_m for stop in line.stops], [stop.place.northing_m for stop in line.stops]
    )
    spots: list[dict[str, Any]] = [
        {"spot": [float(x), float(y)], "label": stop.name, "name": tooltip(stop.name), "a": stop.place.name, "b": ""}
        for stop, x, y in zip(line.stops, lon, lat, strict=True)
    ]
    named = [spot for spot, stop in zip(spots, line.stops, strict=True) if stop.place != origin]
    paths: list[dict[str, Any]] = [{"path": _degrees(piece), "dash": _dash(piece)} for piece in ways]
    solid, broken = ([path for path in paths if bool(path["dash"]) == kind] for kind in (False, True))
    style = {"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}
    ink, page = palette.rgb(colours.text), palette.rgb(colours.page)
    return [
        _path("together_casing", solid, page, 8.0),
        _path("together_way", solid, ink, 4.0),
        _path("together_broken", broken, ink, 3.0, extensions=[style], get_dash_array="dash"),
        pdk.Layer(
            "ScatterplotLayer",
            spots,
            id="together_stops",
            get_position="spot",
            get_radius=RADIUS_PX,
            radius_units=String("pixels"),
            get_fill_color=page,
            get_line_color=ink,
            get_line_width=3,
            line_width_units=String("pixels"),
            stroked=True,
            pickable=True,
        ),
        *_names(named, state["longitude"], colours),
    ]


def _degrees(piece: Piece) -> list[list[float]]:
    lon, lat = crs.to_wgs84(piece.points[:, 0], piece.points[:, 1])
    degrees: list[list[float]] = np.column_stack([lon.round(5), lat.round(5)]).tolist()
    return degrees


def _dash(piece: Piece) -> list[float] | None:
    """Dot what is sailed, and dash an estimate, which is a straight line."""
    if piece.ferry:
        return [0.2, 2.2]
    return [5, 4] if len(piece.points) == 2 else None  # noqa: PLR2004 - both ends


def _path(name: str, paths: list[dict[str, Any]], colour: list[int], width_px: float, **more: Any) -> pdk.Layer:  # noqa: ANN401 - pydeck's own
    return pdk.Layer(
        "PathLayer",
        paths,
        id=name,
        get_path="path",
        get_color=colour,
        get_width=width_px,
        width_units=String("pixels"),
        cap_rounded=True,
        joint_rounded=True,
        **more,
    )


def _names(spots: list[dict[str, Any]], middle: float, colours: Palette) -> list[pdk.Layer]:
    """Write the names beside their stops, towards the middle of the map, on a halo of eight paler copies."""
    around = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x, y) != (0, 0)]
    names = [{**one, **_beside(one, middle)} for one in spots]
    halo = [
        {**one, "offset": [one["offset"][0] + x * HALO_PX, one["offset"][1] + y * HALO_PX]}
        for one in names
        for x, y in around
    ]
    told = (("together_halo", halo, colours.page), ("together_names", names, colours.text))
    return [
        pdk.Layer(
            "TextLayer",
            rows,
            id=name,
            get_text="label",
            get_position="spot",
            get_color=palette.rgb(colour),
            get_size=LABEL_PX,
            font_family=String('"Source Sans", sans-serif'),
            font_weight=600,
            character_set=String("auto"),
            get_text_anchor="anchor",
            get_alignment_baseline=String("center"),
            get_pixel_offset="offset",
        )
        for name, rows, colour in told
    ]


def _beside(spot: Mapping[str, Any], middle: float) -> dict[str, Any]:
    east = spot["spot"][0] > middle
    return {"anchor": "end" if east else "start", "offset": [-BESIDE_PX if east else BESIDE_PX, 0]}
