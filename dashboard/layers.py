"""Turn frames into pydeck layers; pure, no Streamlit.

Points and paths are longitude and latitude. Every row that can be pointed at has `name`, `a` and `b`, the three lines
of its tooltip. Outlines come by address, so that no run sends them again.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from zlib import crc32

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize
from pydeck.types import String

from dashboard.palette import Colour, Palette, css, rgb

FINLAND = {"latitude": 65.28, "longitude": 24.9, "zoom": 4.42, "min_zoom": 3.6, "max_zoom": 14}
LAKE_ALPHA = 95
HALO_ALPHA = 150
HALO_PX = 1.6
FONT = '"Source Sans", sans-serif'
# A click may miss a dot by this much.
REACH_PX = 13
_RING = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)]
# Where a region's name stands beside its dot: to the right, to the left, above; else below. Small regions' names move
# out of the way of their neighbours'.
_RIGHT = frozenset({"07", "09", "12", "18"})
_LEFT = frozenset({"04", "21"})
_ABOVE = frozenset({"05", "06", "15"})


class Deck(pdk.Deck):  # type: ignore[misc]  # pydeck is untyped
    """Be written once, and without the blanks of pydeck's own JSON, which are half of a frame and parsed slowly."""

    __slots__ = ("_written",)  # beside the attributes, of which the JSON is made

    def to_json(self) -> str:
        """Give the JSON that the browser reads."""
        if not hasattr(self, "_written"):
            self._written = json.dumps(
                self, sort_keys=True, default=default_serialize, separators=(",", ":"), ensure_ascii=False
            )
        return self._written


def deck(layers: Sequence[pdk.Layer], colours: Palette, view: Mapping[str, float] | None = None) -> Deck:
    """Put layers onto our own base map."""
    style = {
        "backgroundColor": colours.page,
        "color": colours.text,
        "fontFamily": FONT,
        "fontSize": "14px",
        "lineHeight": "20px",
        "padding": "8px 12px",
        "borderRadius": "6px",
        "border": f"1px solid {colours.line}",
        "boxShadow": f"0 2px 12px {css('#000000', 0.12)}",
    }
    return Deck(
        layers=list(layers),
        initial_view_state=pdk.ViewState(**{**FINLAND, **(view or {})}),
        map_style=colours.map_style,
        map_provider="mapbox",
        tooltip={"html": "<b>{name}</b><br/>{a}<br/>{b}", "style": style},
    )


def by_code(chosen: Mapping[str, Colour], otherwise: Colour) -> str:
    """Write deck.gl's expression that gives a feature the colour of its code: a search tree over the sorted codes.

    An outline that comes by address can't carry a run's colours, and deck.gl's expressions have no tables.
    """
    runs: list[tuple[str, Colour]] = []
    for code in sorted(chosen):
        if not runs or runs[-1][1] != chosen[code]:
            runs.append((code, chosen[code]))
    return _tree(runs) if runs else str(otherwise)


def mark(expression: str) -> str:
    """Give a short name of an expression: another one when it changes."""
    return f"{crc32(expression.encode()):08x}"


def _tree(runs: Sequence[tuple[str, Colour]]) -> str:
    if len(runs) == 1:
        return str(runs[0][1])
    middle = len(runs) // 2
    return f"(properties.code < '{runs[middle][0]}' ? {_tree(runs[:middle])} : {_tree(runs[middle:])})"


def areas(level: str, classes: Mapping[str, int], colours: Palette, *, blank: Collection[str] = ()) -> list[pdk.Layer]:
    """Fill regions or municipalities with the colour of their class, `blank` ones grey; the lakes paler over them."""
    fills = {code: rgb(colours.amount[number]) for code, number in classes.items()}
    fills |= dict.fromkeys(blank, rgb(colours.panel))
    expression = by_code(fills, rgb(colours.amount[0]))
    fill = pdk.Layer(
        "GeoJsonLayer",
        f"/app/static/map/{level}.geojson",
        # Its data is the same address every time, so deck.gl sees new colours only in a layer of another name.
        id=f"areas-{level}-{mark(expression)}",
        get_fill_color=expression,
        get_line_color=rgb(colours.page),
        line_width_units=String("pixels"),
        get_line_width=1 if level == "regions" else 0.5,
        stroked=True,
        pickable=False,
    )
    return [fill, lakes(colours)]


def lakes(colours: Palette) -> pdk.Layer:
    """Lay the lakes over a filled map."""
    return pdk.Layer(
        "GeoJsonLayer",
        "/app/static/map/lakes.geojson",
        id="lakes",
        get_fill_color=rgb("#FFFFFF" if colours.theme == "light" else colours.page, LAKE_ALPHA),
        stroked=False,
        pickable=False,
    )


def outline(level: str, code: str, colours: Palette) -> pdk.Layer:
    """Draw the border of one region or municipality in the accent colour; none when the code is empty."""
    code = code if code.isascii() and code.isdigit() else ""
    expression = f"properties.code == '{code}' ? {rgb(colours.accent)} : [0, 0, 0, 0]"
    return pdk.Layer(
        "GeoJsonLayer",
        f"/app/static/map/{level}.geojson",
        id=f"outline-{level}-{code}",
        filled=False,
        get_line_color=expression,
        line_width_units=String("pixels"),
        get_line_width=2.4,
        pickable=False,
    )


def dots(rows: pd.DataFrame, colours: Palette, *, name: str, radius_px: float = 3) -> list[pdk.Layer]:
    """Draw small dots, each with a larger invisible one that takes the pointer; `name` is the layer of selections."""
    data = rows[["code", "lon", "lat", "name", "a", "b"]].to_dict("records")
    return [
        _scatter(data, "dots", radius_px, get_fill_color=rgb(colours.text), pickable=False),
        _scatter(data, name, REACH_PX, get_fill_color=[0, 0, 0, 0], pickable=True),
    ]


def _scatter(data: object, name: str, radius_px: float, **more: Any) -> pdk.Layer:  # noqa: ANN401 - deck.gl's own options
    return pdk.Layer(
        "ScatterplotLayer",
        data,
        id=name,
        get_position=more.pop("get_position", "[lon, lat]"),
        get_radius=radius_px,
        radius_units=String("pixels"),
        **more,
    )


def points(data: str | Sequence[Mapping[str, object]], colours: Palette) -> list[pdk.Layer]:
    """Draw sites as dots in their own colour `c` at `p`, from rows or from an address that gives them.

    A site whose place is only known or shown to its municipality (`m` is 1) is a ring.
    """
    return [
        pdk.Layer(
            "ScatterplotLayer",
            data if isinstance(data, str) else list(data),
            id="sites",
            get_position="p",
            get_radius=4,
            radius_units=String("pixels"),
            radius_min_pixels=2.5,
            stroked=True,
            line_width_units=String("pixels"),
            get_line_width="m ? 2 : 0.8",
            get_line_color=f"m ? c : {rgb(colours.page)}",
            get_fill_color=f"m ? {rgb(colours.page)} : c",
            pickable=True,
            auto_highlight=True,
            highlight_color=rgb(colours.accent),
        )
    ]


def ring(lon: float, lat: float, colours: Palette) -> pdk.Layer:
    """Ring the place that was searched for."""
    return _scatter(
        [{"lon": lon, "lat": lat}],
        "found",
        11,
        filled=False,
        stroked=True,
        get_line_color=rgb(colours.accent),
        line_width_units=String("pixels"),
        get_line_width=2.5,
        pickable=False,
    )


def labels(rows: pd.DataFrame, colours: Palette, size_px: float = 12.5) -> list[pdk.Layer]:
    """Write region names beside their dots, each on a halo of eight paler copies."""
    spots = [_spot(str(code)) for code in rows["code"]]
    base = [
        {"lon": lon, "lat": lat, "text": text, "anchor": anchor, "offset": offset}
        for lon, lat, text, (anchor, offset) in zip(rows["lon"], rows["lat"], rows["name"], spots, strict=True)
    ]
    halo = [
        {**row, "offset": [row["offset"][0] + x * HALO_PX, row["offset"][1] + y * HALO_PX]}
        for row in base
        for x, y in _RING
    ]
    return [
        _text(halo, "halo", rgb(colours.page, HALO_ALPHA), size_px),
        _text(base, "names", rgb(colours.text), size_px),
    ]


def _spot(code: str) -> tuple[str, list[float]]:
    if code in _RIGHT:
        return "start", [7, 0]
    if code in _LEFT:
        return "end", [-7, 0]
    return "middle", [0, -11 if code in _ABOVE else 12]


def _text(rows: list[dict[str, Any]], name: str, colour: Colour, size_px: float) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        rows,
        id=name,
        get_position="[lon, lat]",
        get_text="text",
        get_size=size_px,
        get_color=colour,
        get_text_anchor="anchor",
        get_pixel_offset="offset",
        font_family=String(FONT),
        font_weight=600,
        character_set=String("auto"),
        pickable=False,
    )
