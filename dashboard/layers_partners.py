"""Draw a resource and its partners on the map: ways, reach, numbered rings, names, the own region's border; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pydeck as pdk
import shapely
from pydeck.types import String

from config.texts import Language
from dashboard import apart, layers_reach, palette, wording
from dashboard import layers as base
from dashboard import partner_names as names
from dashboard.layers_reach import Reached
from dashboard.literal import tooltip
from dashboard.palette import Palette
from dashboard.views.partners import Place, Row, View
from geo import crs
from geo.distance import Piece

PARTNERS = "partners-"  # the layer of the rings; the open partner follows
FAR_PX = 4.5
BETWEEN_M = 6_000.0  # between the spots of a way that names keep clear of
APART_PX = 26.0  # rings nearer than this are pulled apart
MAP_PX = (500.0, 540.0)  # of the map at 1440 x 900, without the margin in which names and legend stand
CLOSEST = 8.0  # the zoom at which a resource without partners still shows its region
LEGEND_PX = 130  # partners stand above the legend

Ways = Mapping[int, Sequence[Piece]]  # none where there is no way


@dataclass(frozen=True)
class Drawn:
    """Hold what the map shows beside the view: the way to each partner, and the areas within the limit."""

    ways: Ways = field(default_factory=dict)
    reached: Sequence[Reached] = ()

    @property
    def edges(self) -> bool:
        """Tell whether there is an area to explain."""
        return any(one.areas for one in self.reached)


def view_state(origin: Place, places: Sequence[Place]) -> dict[str, float]:
    """Give a view that holds the resource and the partners around it."""
    lon, lat = crs.to_wgs84([p.easting_m for p in (origin, *places)], [p.northing_m for p in (origin, *places)])
    longitude, latitude, zoom = apart.fit(lon, lat, MAP_PX, CLOSEST)
    middle = apart.to_pixels([longitude], [latitude], zoom) + np.array([0.0, LEGEND_PX / 2])
    longitude, latitude = apart.to_degrees(middle, zoom)[0].tolist()
    return {"longitude": longitude, "latitude": latitude, "zoom": zoom}


def deck(view: View, drawn: Drawn, state: Mapping[str, float], colours: Palette, language: Language) -> pdk.Deck:
    """Give the whole map."""
    rings = _rings(view, state["zoom"], colours, language)
    layers = [
        *layers_reach.layers(drawn.reached, colours),
        _region(view.origin.region, colours),
        *_ways(view.rows, drawn.ways, colours),
        *names.layers(view.origin, rings, _spots(drawn.ways), (state, colours, language)),  # below the rings
        _far(view, colours, language),
        *_signs(rings, colours),
        *_origin(view, colours),
    ]
    return base.deck(layers, colours, state)


def _side_colour(row: Row, colours: Palette) -> str:
    return colours.accent if row.crosses else colours.other


def _rings(view: View, zoom: float, colours: Palette, language: Language) -> list[dict[str, Any]]:
    rows = view.rows
    if not rows:
        return []
    places = [view.origin, *(row.place for row in rows)]
    lon, lat = crs.to_wgs84([place.easting_m for place in places], [place.northing_m for place in places])
    # The origin stays where it is, and the rings keep clear of it.
    pixels = apart.to_pixels(lon, lat, zoom)
    spots = apart.apart(pixels, APART_PX)
    moved = apart.to_degrees(np.where(np.isclose(spots, pixels), pixels, spots), zoom)[1:].round(6)
    lon, lat = lon.round(6), lat.round(6)
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
        for row, (x, y), true_x, true_y in zip(rows, moved, lon[1:], lat[1:], strict=True)
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
            get_radius=names.RING_PX,
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


def _spots(ways: Ways) -> npt.NDArray[np.float64]:
    """Give points along all ways, in degrees, that names had better not cover."""
    every = [shapely.LineString(piece.points) for pieces in ways.values() for piece in pieces]
    lines = shapely.MultiLineString([line for line in every if line.length > 0])  # two sites may share a yard
    xy = shapely.get_coordinates(shapely.segmentize(lines, BETWEEN_M))
    return np.column_stack(crs.to_wgs84(xy[:, 0], xy[:, 1]))


def _far(view: View, colours: Palette, language: Language) -> pdk.Layer:
    """Draw those beyond the limit, small and without a number."""
    places = [one.place for one in view.far]
    lon, lat = crs.to_wgs84([place.easting_m for place in places], [place.northing_m for place in places])
    rows = [
        {
            "spot": [float(x), float(y)],
            "name": tooltip(one.name or wording.t("frame.unnamed", language)),
            "a": f"{one.distance}, {one.minutes}",
            "b": wording.t("partners.beyond_limit", language),
        }
        for one, x, y in zip(view.far, lon, lat, strict=True)
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        rows,
        id="beyond",
        get_position="spot",
        get_radius=FAR_PX,
        radius_units=String("pixels"),
        get_fill_color=palette.rgb(colours.page, 200),
        get_line_color=palette.rgb(colours.other, 170),
        get_line_width=1.5,
        line_width_units=String("pixels"),
        stroked=True,
        pickable=True,
    )


def _ways(rows: Sequence[Row], ways: Ways, colours: Palette) -> list[pdk.Layer]:
    last = sorted(rows, key=lambda row: row.selected)  # the open partner's way on top
    drawn = [piece for row in last for piece in _pieces(row, ways.get(row.partner, ()), colours)]
    solid = [piece for piece in drawn if not piece["dash"]]
    casing = [
        {**piece, "colour": palette.rgb(colours.page), "width": 8.5}
        for piece in drawn
        if piece["selected"] and not piece["estimated"]
    ]
    # Of high precision, or the dashes begin anew at each bend of the road and run together.
    style = {"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}
    dashes = {"extensions": [style], "get_dash_array": "dash"}
    return [
        _paths("ways_casing", casing),
        _paths("ways", solid),
        _paths("ways_broken", [piece for piece in drawn if piece["dash"]], **dashes),
    ]


def _pieces(row: Row, pieces: Sequence[Piece], colours: Palette) -> Iterator[dict[str, Any]]:
    """Give a way's parts: solid along the road, dotted over water, dashed where it is estimated."""
    colour = colours.other if row.estimated else _side_colour(row, colours)
    for piece in pieces:
        lon, lat = crs.to_wgs84(piece.points[:, 0], piece.points[:, 1])
        yield {
            "path": np.column_stack([lon.round(5), lat.round(5)]).tolist(),
            "colour": palette.rgb(colour, 255 if row.selected else 190),
            "width": (3.0 if row.estimated else 4.5) if row.selected else 2.0,
            "dash": [0.2, 2.2] if piece.ferry else [5, 4] if row.estimated else None,
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
    homes = view.homes or (view.origin,)
    lon, lat = crs.to_wgs84([one.easting_m for one in homes], [one.northing_m for one in homes])
    colour = colours.have if view.offered else colours.want
    spots = [
        {"spot": [float(x), float(y)], "name": one.name, "a": "", "b": "", "vague": one.vague}
        for one, x, y in zip(homes, lon, lat, strict=True)
    ]
    dot = pdk.Layer(
        "ScatterplotLayer",
        spots,
        id="origin",
        get_position="spot",
        get_radius=names.ORIGIN_PX,
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
        [spot for spot in spots if spot["vague"]],
        id="origin_disc",
        get_position="spot",
        get_radius=20,
        radius_units=String("pixels"),
        get_fill_color=palette.rgb(colour, 46),
    )
    return [soft, dot]


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


def alt(view: View, language: Language) -> str:
    """Say what the map shows, for who can't see it."""
    return wording.t("partners.map_alt", language, place=view.origin.name, count=len(view.rows))
