"""Draw a resource and its partners on the map: ways, numbered rings, the border of the own region; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pydeck as pdk
from pydeck.types import String

from config.texts import Language
from dashboard import apart, palette, wording
from dashboard import layers as base
from dashboard.literal import tooltip
from dashboard.palette import Palette
from dashboard.views.partners import Place, Row, View
from geo import crs, regions

PARTNERS = "partners-"  # the layer of the rings; the open partner follows
RING_PX = 11.5
APART_PX = 26.0  # rings nearer than this are pulled apart
MAP_PX = (520.0, 500.0)  # of the map at 1440 x 900, without the margin in which names and legend stand
CLOSEST = 8.0  # the zoom at which a resource without partners still shows its region
LEGEND_PX = 120  # the legend's height: partners stand above it
LABEL_OFFSET_PX = 17
HALO_PX = 1.6

Ways = Mapping[int, npt.NDArray[np.float64]]  # partner -> (k, 2) TM35FIN points; none where there is no way


def view_state(origin: Place, places: Sequence[Place]) -> dict[str, float]:
    """Give a view that holds the resource and all its partners."""
    lon, lat = crs.to_wgs84([p.easting_m for p in (origin, *places)], [p.northing_m for p in (origin, *places)])
    longitude, latitude, zoom = apart.fit(lon, lat, MAP_PX, CLOSEST)
    middle = apart.to_pixels([longitude], [latitude], zoom) + np.array([0.0, LEGEND_PX / 2])
    longitude, latitude = apart.to_degrees(middle, zoom)[0].tolist()
    return {"longitude": longitude, "latitude": latitude, "zoom": zoom}


def deck(view: View, ways: Ways, state: Mapping[str, float], colours: Palette, language: Language) -> pdk.Deck:
    """Give the whole map."""
    rings = _rings(view.rows, state["zoom"], colours, language)
    drawn = [
        _region(view.origin.region, colours),
        _region_names(colours, language),
        *_ways(view.rows, ways, colours),
        *_place_names(view, rings, colours),  # below the rings, so that no name covers a number
        *_signs(rings, colours),
        *_origin(view, colours),
    ]
    return base.deck(drawn, colours, state)


def _side_colour(row: Row, colours: Palette) -> str:
    return colours.accent if row.crosses else colours.other


def _rings(rows: Sequence[Row], zoom: float, colours: Palette, language: Language) -> list[dict[str, Any]]:
    if not rows:
        return []
    lon, lat = crs.to_wgs84([row.place.easting_m for row in rows], [row.place.northing_m for row in rows])
    moved = apart.to_degrees(apart.apart(apart.to_pixels(lon, lat, zoom), APART_PX), zoom)
    return [
        {
            "partner": row.partner,
            "number": str(row.number),
            "spot": [float(x), float(y)],
            "true_spot": [float(true_x), float(true_y)],
            "line": palette.rgb(_side_colour(row, colours)),
            "fill": palette.rgb(_side_colour(row, colours) if row.selected else colours.page),
            "ink": palette.rgb(colours.page if row.selected else _side_colour(row, colours)),
            "vague": row.place.vague,
            "selected": row.selected,
            "name": tooltip(row.name or wording.t("frame.unnamed", language)),
            "a": f"{row.distance}, {row.minutes}",
            "b": f"{row.euros} €/t · {row.co2e} kg CO₂e/t",
            "place": row.place.name,
        }
        for row, (x, y), true_x, true_y in zip(rows, moved, lon, lat, strict=True)
    ]


def _signs(rings: list[dict[str, Any]], colours: Palette) -> list[pdk.Layer]:
    pulled = [ring for ring in rings if ring["spot"] != ring["true_spot"]]
    return [
        pdk.Layer(
            "ScatterplotLayer",
            [ring for ring in rings if ring["vague"]],
            id="soft_discs",
            get_position="spot",
            get_radius=20,
            radius_units=String("pixels"),
            get_fill_color=palette.rgb(colours.other, 46),
        ),
        pdk.Layer(
            "LineLayer",
            pulled,
            id="hairlines",
            get_source_position="true_spot",
            get_target_position="spot",
            get_color=palette.rgb(colours.secondary),
            get_width=1,
            width_units=String("pixels"),
        ),
        pdk.Layer(
            "ScatterplotLayer",
            rings,
            # Streamlit dims all but what was clicked, for as long as a layer of that name is there.
            id=f"{PARTNERS}{next((ring['partner'] for ring in rings if ring['selected']), 0)}",
            get_position="spot",
            get_radius=RING_PX,
            radius_units=String("pixels"),
            get_fill_color="fill",
            get_line_color="line",
            get_line_width=2,
            line_width_units=String("pixels"),
            stroked=True,
            pickable=True,
        ),
        pdk.Layer(
            "TextLayer", rings, id="numbers", get_text="number", get_position="spot", get_color="ink", **_font(12, 600)
        ),
    ]


def _font(size_px: float, weight: int) -> dict[str, Any]:
    # Not SDF: its hyphens vanish. "auto", or the letters ä ö å are missing.
    return {
        "get_size": size_px,
        "font_family": String('"Source Sans", sans-serif'),
        "font_weight": weight,
        "character_set": String("auto"),
        "get_text_anchor": String("middle"),
        "get_alignment_baseline": String("center"),
    }


def _ways(rows: Sequence[Row], ways: Ways, colours: Palette) -> list[pdk.Layer]:
    drawn = [_way(row, ways[row.partner], colours) for row in rows if len(ways.get(row.partner, ())) > 1]
    chosen = [way for way in drawn if way["selected"]]
    others = [way for way in drawn if not way["selected"]]
    casing = [{**way, "colour": palette.rgb(colours.page), "width": 8.5} for way in chosen if not way["estimated"]]
    solid = [way for way in (*others, *chosen) if not way["estimated"]]
    dashed = [way for way in (*others, *chosen) if way["estimated"]]
    return [
        _paths("ways_casing", casing),
        _paths("ways", solid),
        _paths(
            "ways_estimated",
            dashed,
            extensions=[{"@@type": "PathStyleExtension", "dash": True}],
            get_dash_array=[5, 4],
        ),
    ]


def _way(row: Row, points: npt.NDArray[np.float64], colours: Palette) -> dict[str, Any]:
    lon, lat = crs.to_wgs84(points[:, 0], points[:, 1])
    colour = colours.other if row.estimated else _side_colour(row, colours)
    return {
        "path": np.column_stack([lon.round(5), lat.round(5)]).tolist(),
        "colour": palette.rgb(colour, 255 if row.selected else 190),
        "width": 4.5 if row.selected else 2.0,
        "selected": row.selected,
        "estimated": row.estimated,
    }


def _paths(name: str, rows: list[dict[str, Any]], **more: Any) -> pdk.Layer:  # noqa: ANN401 - pydeck's own
    return pdk.Layer(
        "PathLayer",
        rows,
        id=name,
        get_path="path",
        get_color="colour",
        get_width="width",
        width_units=String("pixels"),
        cap_rounded=True,
        joint_rounded=True,
        **more,
    )


def _origin(view: View, colours: Palette) -> list[pdk.Layer]:
    lon, lat = crs.to_wgs84(view.origin.easting_m, view.origin.northing_m)
    colour = colours.have if view.offered else colours.want
    spot = {"spot": [float(lon), float(lat)], "name": view.origin.name, "a": "", "b": ""}
    dot = pdk.Layer(
        "ScatterplotLayer",
        [spot],
        id="origin",
        get_position="spot",
        get_radius=10,
        radius_units=String("pixels"),
        # An offer is a full dot and a need a ring, whatever the colour.
        get_fill_color=palette.rgb(colour if view.offered else colours.page),
        get_line_color=palette.rgb(colours.page if view.offered else colour),
        get_line_width=2 if view.offered else 4,
        line_width_units=String("pixels"),
        stroked=True,
    )
    soft = pdk.Layer(
        "ScatterplotLayer",
        [spot] if view.origin.vague else [],
        id="origin_disc",
        get_position="spot",
        get_radius=20,
        radius_units=String("pixels"),
        get_fill_color=palette.rgb(colour, 46),
    )
    return [soft, dot]


def _place_names(view: View, rings: list[dict[str, Any]], colours: Palette) -> list[pdk.Layer]:
    lon, lat = crs.to_wgs84(view.origin.easting_m, view.origin.northing_m)
    own = {"spot": [float(lon), float(lat)], "place": view.origin.name}
    # Each place once: the first ring that stands there carries its name.
    once = {ring["place"]: ring for ring in reversed(rings) if ring["place"] != view.origin.name}
    return [*_labels("places", list(once.values()), colours), *_labels("own_place", [own], colours, strong=True)]


def _labels(name: str, rows: list[dict[str, Any]], colours: Palette, *, strong: bool = False) -> list[pdk.Layer]:
    """Write place names under their signs, the same text eight times below as a halo in the page's colour."""
    below = LABEL_OFFSET_PX + 5
    turns = [(np.cos(turn), np.sin(turn)) for turn in np.arange(8) * np.pi / 4]
    halo = [{**row, "offset": [HALO_PX * x, below + HALO_PX * y]} for row in rows for x, y in turns]
    text = [{**row, "offset": [0, below]} for row in rows]
    font = _font(13, 700 if strong else 600)
    common = {"get_text": "place", "get_position": "spot", "get_pixel_offset": "offset", **font}
    return [
        pdk.Layer("TextLayer", halo, id=f"{name}_halo", get_color=palette.rgb(colours.page, 150), **common),
        pdk.Layer(
            "TextLayer", text, id=name, get_color=palette.rgb(colours.text if strong else colours.secondary), **common
        ),
    ]


def _region(code: str, colours: Palette) -> pdk.Layer:
    mine = f"properties.a == '{code}' || properties.b == '{code}'"
    expression = f"{mine} ? {palette.rgb(colours.other)} : [0, 0, 0, 0]"
    return pdk.Layer(
        "GeoJsonLayer",
        "/app/static/map/region_borders.geojson",  # no coast: a line around every islet would drown the ways
        id="own_region",
        get_line_color=expression,
        get_line_width=1.6,
        line_width_units=String("pixels"),
        # Its data is the same address every time: only this tells deck.gl that the region is another.
        update_triggers={"getLineColor": [expression]},
    )


def _region_names(colours: Palette, language: Language) -> pdk.Layer:
    places = list(regions.load().regions.values())
    lon, lat = crs.to_wgs84([p.easting for p in places], [p.northing for p in places])
    rows = [
        {"text": place.name(language).upper(), "spot": [float(x), float(y)]}
        for place, x, y in zip(places, lon, lat, strict=True)
    ]
    colour = palette.rgb(colours.secondary, 150)
    return pdk.Layer(
        "TextLayer", rows, id="region_names", get_text="text", get_position="spot", get_color=colour, **_font(11.5, 600)
    )


def alt(view: View, language: Language) -> str:
    """Say what the map shows, for who can't see it."""
    return wording.t("partners.map_alt", language, place=view.origin.name, count=len(view.rows))
