"""Draw ecosystems: hulls, companies, links inside, bridges between; pure, no Streamlit."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pydeck as pdk
import shapely
from pydeck.types import String

from config.texts import Language
from dashboard import apart, labels, layers_balance, outlines, palette
from dashboard import layers as base
from dashboard.labels import Name
from dashboard.literal import tooltip
from dashboard.palette import Colour, Palette
from dashboard.views.ecosystem_communities import Row, Spot, View
from dashboard.wording import counted, t, tonnes
from geo import crs
from matching.ecosystems import OUTSIDE

MAP_PX = (560.0, 640.0)
CLOSEST = 9.5
HULLS_MOST, NAMES_MOST, LINKS_MOST, BRIDGES_MOST = 40, 14, 2_500, 12
FILL, PALE = 0.10, 0.03
DASH = [5, 4]
COMPANIES = "companies-"  # the layer of the dots; the chosen group follows
HULLS = "hulls-"

Floats = npt.NDArray[np.float64]
Pairs = Sequence[tuple[int, int]]


def camera(spots: Sequence[tuple[float, float]], region: str = "") -> dict[str, float]:
    """Give a view that holds some TM35FIN points and a region as a whole; the country where there is neither."""
    if not spots and not region:
        return {}
    found = crs.to_wgs84([x for x, _ in spots], [y for _, y in spots])
    lon, lat = (np.asarray(one, dtype=float) for one in found)
    if region:  # or nobody would know where on the map they are
        west, south, east, north = outlines.of("regions")[region].bounds
        lon, lat = np.append(lon, [west, east]), np.append(lat, [south, north])
    longitude, latitude, zoom = apart.fit(lon, lat, MAP_PX, CLOSEST)
    return {"longitude": longitude, "latitude": latitude, "zoom": zoom}


def ground(region: str, colours: Palette) -> list[pdk.Layer]:
    """Draw the country that all the rest stands on, with the border of the chosen region."""
    border = [layers_balance.border(region, colours)] if region else []  # no accent: that is for what comes up
    return [*base.areas("regions", {}, colours), *border]


def colour(group: int, colours: Palette) -> str:
    """Give a group its colour; beyond nine they come again, and names tell them apart."""
    return colours.other if group == OUTSIDE else tuple(colours.types.values())[group % len(colours.types)]


def layers(
    view: View, chosen: int, state: Mapping[str, float], colours: Palette, language: Language
) -> list[pdk.Layer]:
    """Draw all of it; beside a chosen group (its number, OUTSIDE for none) the others pale."""
    rows = [row for row in view.rows[:HULLS_MOST] if len(row.hull)]
    bridges = [tie.spot for tie in view.bridges[:BRIDGES_MOST]]
    ids = {spot.company for spot in bridges}
    return [
        _hulls(rows, chosen, colours, language),
        _lines("links", view.links[:LINKS_MOST], view.spots, chosen, colours),
        _dashes([pair for pair in view.crossing if ids & set(pair)], view.spots, colours),
        _dots([spot for spot in view.spots.values() if spot.company not in ids], chosen, colours, language),
        _rings(bridges, colours, language),
        *_names(rows[:NAMES_MOST], state, colours),
    ]


def _strength(group: int, chosen: int) -> int:
    return 255 if chosen in (OUTSIDE, group) else 70


def _hulls(rows: Sequence[Row], chosen: int, colours: Palette, language: Language) -> pdk.Layer:
    drawn = []
    for row in rows:
        one = row.ecosystem
        ink = colour(one.number, colours)
        fill = FILL if chosen in (OUTSIDE, one.number) else PALE
        drawn.append(
            {
                "p": degrees(row.hull),
                "f": palette.rgb(ink, round(255 * fill)),
                "c": palette.rgb(ink, _strength(one.number, chosen)),
                "group": one.number,
                "name": tooltip(row.name),
                "a": f"{counted(len(one.companies), 'organisation', language)}, {tonnes(one.tonnes, language)}",
                "b": tooltip(row.materials),
            }
        )
    return pdk.Layer(
        "PolygonLayer",
        drawn,
        id=f"{HULLS}{chosen}",
        get_polygon="p",
        get_fill_color="f",
        get_line_color="c",
        get_line_width=1.4,
        line_width_units=String("pixels"),
        stroked=True,
        pickable=True,
    )


def degrees(points: Floats) -> list[list[float]]:
    """Turn (n, 2) TM35FIN points into degrees for the map."""
    lon, lat = crs.to_wgs84(points[:, 0], points[:, 1])
    found: list[list[float]] = np.column_stack([np.round(lon, 5), np.round(lat, 5)]).tolist()
    return found


def _at(spot: Spot) -> list[float]:
    return degrees(np.array([spot.xy]))[0]


def _lines(name: str, pairs: Pairs, spots: Mapping[int, Spot], chosen: int, colours: Palette) -> pdk.Layer:
    drawn = [
        {
            "p": degrees(np.array([spots[one].xy, spots[other].xy])),
            "c": palette.rgb(colour(spots[one].group, colours), 150 if chosen in (OUTSIDE, spots[one].group) else 30),
        }
        for one, other in pairs
    ]
    return path(name, drawn, "c", 1.2)


def _dashes(pairs: Pairs, spots: Mapping[int, Spot], colours: Palette) -> pdk.Layer:
    drawn = [{"p": degrees(np.array([spots[one].xy, spots[other].xy])), "d": DASH} for one, other in pairs]
    style = {"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}
    return path("bridge_links", drawn, palette.rgb(colours.text), 1.6, extensions=[style], get_dash_array="d")


def path(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    colour: str | Colour,
    width: float | str,
    **more: Any,  # noqa: ANN401 - deck.gl's own
) -> pdk.Layer:
    """Draw lines `p`."""
    return pdk.Layer(
        "PathLayer",
        list(rows),
        id=name,
        get_path="p",
        get_color=colour,
        get_width=width,
        width_units=String("pixels"),
        joint_rounded=True,
        cap_rounded=True,
        **more,
    )


def _told(spot: Spot, language: Language) -> dict[str, Any]:
    name = tooltip(spot.name or t("frame.unnamed", language))
    place = f"{spot.place} ({t('communities.vague', language)})" if spot.vague else spot.place
    return {"p": _at(spot), "group": spot.group, "name": name, "a": tooltip(place), "b": ""}


def _dots(spots: Sequence[Spot], chosen: int, colours: Palette, language: Language) -> pdk.Layer:
    drawn = [
        {**_told(spot, language), "c": palette.rgb(colour(spot.group, colours), _strength(spot.group, chosen))}
        for spot in sorted(spots, key=lambda one: one.group != OUTSIDE)
    ]
    return scatter(f"{COMPANIES}{chosen}", drawn, 3.5, get_fill_color="c", get_line_color=palette.rgb(colours.page))


def _rings(spots: Sequence[Spot], colours: Palette, language: Language) -> pdk.Layer:
    drawn = [_told(spot, language) for spot in spots]
    return scatter(
        "bridges",
        drawn,
        6.0,
        get_fill_color=palette.rgb(colours.page),
        get_line_color=palette.rgb(colours.text),
        get_line_width=2.2,
    )


def scatter(name: str, rows: Sequence[Mapping[str, Any]], radius_px: float | str, **more: Any) -> pdk.Layer:  # noqa: ANN401 - deck.gl's own
    """Draw signs at `p` with a line around them."""
    return pdk.Layer(
        "ScatterplotLayer",
        list(rows),
        id=name,
        get_position="p",
        get_radius=radius_px,
        radius_units=String("pixels"),
        line_width_units=String("pixels"),
        **{"stroked": True, "get_line_width": 1, "pickable": True, **more},
    )


def _names(rows: Sequence[Row], state: Mapping[str, float], colours: Palette) -> list[pdk.Layer]:
    """Write names over their hulls, the largest first, where they find room."""
    zoom = state.get("zoom", 4.42)
    names = []
    for row in rows:
        middle = shapely.Polygon(row.hull).representative_point()
        spot = degrees(np.array([[middle.x, middle.y]]))[0]
        pixel = apart.to_pixels([spot[0]], [spot[1]], zoom)[0]
        names.append(Name(row.name, (spot[0], spot[1]), (float(pixel[0]), float(pixel[1])), 0.0))
    return labels.layers("hull_names", labels.place(names, []), palette.rgb(colours.text), colours)
