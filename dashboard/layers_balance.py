"""The map of a balance: places in seven classes, and their names with the balance; pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pydeck as pdk
import shapely
from pydeck.types import String

from dashboard import apart, layers, outlines, palette
from dashboard.labels import HALO_PX, WIDTH
from dashboard.palette import Colour, Palette, rgb

FONT = '"Source Sans", sans-serif'
SIZE_PX = 12.5
DASH = [4, 3]
TALL_PX = 14.0  # half of two lines
# Where a name may move when it has no room in the middle of its place.
_STEPS = ((0, 0), (0, -15), (0, 15), (-24, 0), (24, 0), (-24, 15), (24, 15), (-24, -15), (24, -15))
Box = tuple[float, float, float, float]


def fills(
    level: str, colour: Mapping[str, Colour], colours: Palette, parts: Mapping[str, Sequence[str]]
) -> list[pdk.Layer]:
    """Fill places with their colour and lay the lakes over them; `parts` are the municipalities of each sub-region."""
    drawn, chosen = level, dict(colour)
    if level == "sub_regions":
        drawn = "municipalities"
        chosen = {one: colour[code] for code, members in parts.items() if code in colour for one in members}
    # All codes are named: what lies between two of the tree's codes would take the colour of its neighbour.
    others: dict[str, Colour] = {code: [0, 0, 0, 0] for code in outlines.of(drawn)}
    expression = layers.by_code({**others, **chosen}, [0, 0, 0, 0])
    lines = layers.by_code({**others, **dict.fromkeys(chosen, rgb(colours.page))}, [0, 0, 0, 0])
    fill = pdk.Layer(
        "GeoJsonLayer",
        f"/app/static/map/{drawn}.geojson",
        id=f"balance-{level}-{layers.mark(expression)}",
        get_fill_color=expression,
        get_line_color=lines,
        line_width_units=String("pixels"),
        get_line_width=0.8,
        stroked=level != "sub_regions",
        pickable=False,
    )
    return [fill, layers.lakes(colours)]


def silent(codes: Collection[str], level: str, colours: Palette) -> list[pdk.Layer]:
    """Draw a dashed border around places of which nothing is recorded; what two of them share is drawn once."""
    shapes = outlines.of(level)
    rims = shapely.union_all([shapes[code].boundary for code in sorted(codes) if code in shapes])
    if rims.is_empty:
        return []
    lines = shapely.get_parts(shapely.line_merge(rims))
    dashes = {"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}
    return [
        pdk.Layer(
            "PathLayer",
            [{"p": np.round(shapely.get_coordinates(line), 4).tolist(), "d": DASH} for line in lines],
            id=f"silent-{level}",
            get_path="p",
            get_color=rgb(colours.other),
            width_units=String("pixels"),
            get_width=1.0,
            extensions=[dashes],
            get_dash_array="d",
            pickable=False,
        )
    ]


def border(region: str, colours: Palette) -> pdk.Layer:
    """Draw the border of the chosen region in the colour of text."""
    expression = f"properties.code == '{region}' ? {rgb(colours.text)} : [0, 0, 0, 0]"
    return pdk.Layer(
        "GeoJsonLayer",
        "/app/static/map/regions.geojson",
        id=f"border-{region}",
        filled=False,
        get_line_color=expression,
        line_width_units=String("pixels"),
        get_line_width=1.6,
        pickable=False,
    )


def names(rows: pd.DataFrame, zoom: float, colours: Palette) -> list[pdk.Layer]:
    """Write name and balance in the middle of each place, the first rows first; those without room are left out."""
    taken: list[Box] = []
    placed: list[dict[str, Any]] = []
    pixels = apart.to_pixels(rows["lon"].to_numpy(float), rows["lat"].to_numpy(float), zoom)
    for row, (x, y) in zip(rows.to_dict("records"), pixels, strict=True):
        wide = max(len(row["name"]), len(row["said"])) * SIZE_PX * WIDTH / 2
        for right, down in _STEPS:
            box = (x + right - wide, y + down - TALL_PX, x + right + wide, y + down + TALL_PX)
            if not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
                taken.append(box)
                said = f"{row['name']}\n{row['said']}"
                placed.append({"t": said, "p": [row["lon"], row["lat"]], "o": [right, down]})
                break
    return written(placed, "names", rgb(colours.text), colours)


def written(placed: list[dict[str, Any]], key: str, ink: Colour, colours: Palette) -> list[pdk.Layer]:
    """Write texts `t` at `p` with an offset `o` in pixels, each on a halo of eight paler copies."""
    turns = [(np.cos(turn) * HALO_PX, np.sin(turn) * HALO_PX) for turn in np.arange(8) * np.pi / 4]
    halo = [
        {**one, "o": [round(one["o"][0] + float(a), 1), round(one["o"][1] + float(b), 1)]}
        for one in placed
        for a, b in turns
    ]
    return [_text(halo, f"{key}_halo", rgb(colours.page, 150)), _text(placed, key, ink)]


def _text(rows: list[dict[str, Any]], key: str, colour: Colour) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        rows,
        id=key,
        get_text="t",
        get_position="p",
        get_pixel_offset="o",
        get_size=SIZE_PX,
        get_color=colour,
        line_height=1.15,
        font_family=String(FONT),
        font_weight=600,
        character_set=String("auto"),
        pickable=False,
    )


def points(rows: pd.DataFrame, key: str) -> pdk.Layer:
    """Lay an invisible dot over each place, which takes the pointer: its name, both sides and the balance."""
    return pdk.Layer(
        "ScatterplotLayer",
        rows[["code", "lon", "lat", "name", "a", "b"]].to_dict("records"),
        id=key,
        get_position="[lon, lat]",
        get_radius=layers.REACH_PX,
        radius_units=String("pixels"),
        get_fill_color=[0, 0, 0, 0],
        pickable=True,
    )


def colour_of(number: int, colours: Palette) -> palette.Colour:
    """Give the colour of a class of balance."""
    return rgb(colours.balance[number])
