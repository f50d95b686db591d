"""Draw companies' sites on the map: a dot, or a ring in a soft disc where only the municipality is known; pure."""

import pandas as pd
import pydeck as pdk
from pydeck.types import String

from dashboard import apart, layers
from dashboard.palette import Palette, rgb
from dashboard.views.records import Record, records

MAP_PX = (520.0, 560.0)  # of the map at 1440 x 900, without a margin
CLOSEST_ZOOM = 9.5
SITE_ZOOM = 11.0
DISC_PX = 20
DISC_ALPHA = 46


def country(spots: pd.DataFrame, colours: Palette) -> pdk.Deck:
    """Draw the sites of many companies, small and all alike."""
    rows = [_sign(row, colours, radius_px=3.5) for row in records(spots)]
    return layers.deck([_signs(rows)], colours)


def company(spots: pd.DataFrame, chosen: int | None, colours: Palette) -> pdk.Deck:
    """Draw the sites of one company, the chosen one in the accent colour and above the others."""
    rows = [_sign(row, colours, radius_px=9 if row["id"] == chosen else 7, chosen=chosen) for row in records(spots)]
    rows.sort(key=lambda row: row["id"] == chosen)
    discs = pdk.Layer(
        "ScatterplotLayer",
        [row for row in rows if row["vague"]],
        id="soft_discs",
        get_position="[lon, lat]",
        get_radius=DISC_PX,
        radius_units=String("pixels"),
        get_fill_color=rgb(colours.other, DISC_ALPHA),
    )
    return layers.deck([discs, _signs(rows)], colours, _view(spots, chosen))


def _view(spots: pd.DataFrame, chosen: int | None) -> dict[str, float]:
    one = spots[spots["id"] == chosen]
    shown = spots if one.empty else one
    if shown.empty:
        return {}
    closest = CLOSEST_ZOOM if one.empty else SITE_ZOOM
    longitude, latitude, zoom = apart.fit(shown["lon"].to_numpy(float), shown["lat"].to_numpy(float), MAP_PX, closest)
    return {"longitude": longitude, "latitude": latitude, "zoom": zoom}


def _sign(row: Record, colours: Palette, *, radius_px: float, chosen: int | None = None) -> dict[str, object]:
    colour = rgb(colours.accent if row["id"] == chosen else colours.other)
    page = rgb(colours.page)
    ink = {"fill": page if row["vague"] else colour, "line": colour if row["vague"] else page}
    return {**row, **ink, "radius": radius_px, "width": 2 if row["vague"] else 1}


def _signs(rows: list[dict[str, object]]) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        rows,
        id="sites",
        get_position="[lon, lat]",
        get_radius="radius",
        radius_units=String("pixels"),
        get_fill_color="fill",
        get_line_color="line",
        get_line_width="width",
        line_width_units=String("pixels"),
        stroked=True,
        pickable=True,
    )
