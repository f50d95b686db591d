"""The map of a file: what is new, what is known, and what stands in a doubtful place; pure, no Streamlit."""

from math import cos, log2, pi

import numpy as np
import pandas as pd
import pydeck as pdk

from dashboard.palette import Palette, rgb
from geo import crs

_PIXELS = pdk.types.String("pixels")
MAP_WIDTH_PX, MAP_HEIGHT_PX = 440, 680  # the smallest that the frame gives at 1280 px; Python never learns the real one
ZOOM_LEAST, ZOOM_MOST = 4.2, 9.0
TILE_PX = 512
BEND = 0.22  # of the length of a line, as the flows on the overview
CURVE_POINTS = 28
FINLAND = (65.28, 24.9, 4.42)  # lat, lon and zoom at which Lapland and Åland are both in sight


def view_state(points: pd.DataFrame) -> pdk.ViewState:
    """Choose a view that holds every point and every proposed place; all of Finland where there is none."""
    placed = _placed(points)
    if placed.empty:
        lat, lon, zoom = FINLAND
        return pdk.ViewState(latitude=lat, longitude=lon, zoom=zoom)
    x, y = _mercator(placed["lon"].to_numpy(), placed["lat"].to_numpy())
    width, height = max(np.ptp(x), 1e-6), max(np.ptp(y), 1e-6)
    zoom = min(log2(MAP_WIDTH_PX * 0.8 / (width * TILE_PX)), log2(MAP_HEIGHT_PX * 0.8 / (height * TILE_PX)))
    lon, lat = _degrees((x.min() + x.max()) / 2, (y.min() + y.max()) / 2)
    return pdk.ViewState(latitude=lat, longitude=lon, zoom=float(np.clip(zoom, ZOOM_LEAST, ZOOM_MOST)))


def deck(points: pd.DataFrame, labels: dict[int, str], colours: Palette) -> pdk.Deck:
    """Draw the points of views.importing.map_points; `labels` names the doubtful rows."""
    located = _located(points)
    layers = [
        *_signs(located, colours),
        *_doubts(located[located["sign"] == "doubtful"], labels, colours),
    ]
    return pdk.Deck(
        layers=layers,
        initial_view_state=view_state(points),
        map_style=colours.map_style,
        map_provider="mapbox",
        tooltip=False,
    )


def _located(points: pd.DataFrame) -> pd.DataFrame:
    lon, lat = _wgs84(points["easting"], points["northing"])
    to_lon, to_lat = _wgs84(points["proposed_easting"], points["proposed_northing"])
    return points[["row", "sign"]].assign(lon=lon, lat=lat, to_lon=to_lon, to_lat=to_lat)


def _wgs84(easting: "pd.Series[float]", northing: "pd.Series[float]") -> tuple[np.ndarray, np.ndarray]:
    east, north = easting.to_numpy(dtype=float), northing.to_numpy(dtype=float)
    # A swapped or mistyped pair may lie anywhere on Earth: only what this map can show is drawn.
    seen = (east > -400_000) & (east < 1_300_000) & (north > 6_200_000) & (north < 8_200_000)  # noqa: PLR2004 - TM35FIN metres around Finland
    lon, lat = crs.to_wgs84(np.where(seen, east, np.nan), np.where(seen, north, np.nan))
    return np.where(seen, lon, np.nan), np.where(seen, lat, np.nan)


def _placed(points: pd.DataFrame) -> pd.DataFrame:
    if points.empty:
        return pd.DataFrame(columns=["lon", "lat"])
    located = _located(points)
    proposed = located[["to_lon", "to_lat"]].set_axis(["lon", "lat"], axis="columns")
    return pd.concat([located[["lon", "lat"]], proposed]).dropna()


def _signs(located: pd.DataFrame, colours: Palette) -> list[pdk.Layer]:
    drawn = located.dropna(subset=["lon"])
    looks = {
        "known": (colours.page, colours.other, 5.5, 2.0),
        "new": (colours.other, colours.page, 5.5, 1.5),
        "rejected": (colours.want, colours.page, 5.5, 1.5),
        "doubtful": (colours.want, colours.page, 9.0, 1.5),
    }
    return [
        _dots(drawn[drawn["sign"] == sign][["lon", "lat"]], f"points_{sign}", look)
        for sign, look in looks.items()
        if (drawn["sign"] == sign).any()
    ]


def _dots(data: pd.DataFrame, name: str, look: tuple[str, str, float, float]) -> pdk.Layer:
    fill, line, radius_px, width_px = look
    return pdk.Layer(
        "ScatterplotLayer",
        data=data,
        id=name,
        get_position=["lon", "lat"],
        get_fill_color=rgb(fill),
        get_line_color=rgb(line),
        get_radius=radius_px,
        radius_units=_PIXELS,
        get_line_width=width_px,
        line_width_units=_PIXELS,
        stroked=True,
        filled=True,
    )


def _doubts(doubtful: pd.DataFrame, labels: dict[int, str], colours: Palette) -> list[pdk.Layer]:
    if doubtful.empty:
        return []
    moved = doubtful.dropna(subset=["lon", "to_lon"])
    proposed = doubtful.dropna(subset=["to_lon"])
    rings = proposed[["to_lon", "to_lat"]].set_axis(["lon", "lat"], axis="columns")
    clear = (colours.page, colours.want, 9.0, 3.0)
    named = doubtful.assign(
        name=doubtful["row"].map(labels),
        lon=doubtful["lon"].fillna(doubtful["to_lon"]),
        lat=doubtful["lat"].fillna(doubtful["to_lat"]),
    ).dropna(subset=["lon", "name"])
    return [_dashes(moved, colours), _ring(rings, clear), *_names(named[["lon", "lat", "name"]], colours)]


def _ring(data: pd.DataFrame, look: tuple[str, str, float, float]) -> pdk.Layer:
    layer = _dots(data, "points_proposed", look)
    layer.filled = False
    return layer


def _dashes(moved: pd.DataFrame, colours: Palette) -> pdk.Layer:
    ends = moved[["lon", "lat", "to_lon", "to_lat"]].itertuples(index=False)
    data = [{"path": _curve(*map(float, four))} for four in ends]
    return pdk.Layer(
        "PathLayer",
        data=data,
        id="lines_proposed",
        get_path="path",
        get_color=rgb(colours.want),
        get_width=2,
        width_units=_PIXELS,
        extensions=[{"@@type": "PathStyleExtension", "dash": True}],
        get_dash_array=[5, 4],
    )


def _names(named: pd.DataFrame, colours: Palette) -> list[pdk.Layer]:
    halo = [_text(named, colours.page, (x, y), 150) for x, y in _AROUND]
    return [*halo, _text(named, colours.want_text, (0.0, 0.0), 255)]


_AROUND = [(round(1.6 * cos(turn * pi / 4), 2), round(1.6 * cos(turn * pi / 4 - pi / 2), 2)) for turn in range(8)]


def _text(named: pd.DataFrame, colour: str, shift_px: tuple[float, float], alpha: int) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        data=named,
        get_position=["lon", "lat"],
        get_text="name",
        get_color=rgb(colour, alpha),
        get_size=13,
        size_units=_PIXELS,
        get_text_anchor=pdk.types.String("start"),
        get_pixel_offset=[14 + shift_px[0], shift_px[1]],
        font_family=pdk.types.String('"Source Sans", sans-serif'),
        font_weight=600,
        character_set=pdk.types.String("auto"),
    )


def _mercator(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Turn degrees into shares of the width of the world, y downwards."""
    turned = np.radians(lat)
    return (lon + 180) / 360, (1 - np.log(np.tan(turned) + 1 / np.cos(turned)) / pi) / 2


def _degrees(x: float, y: float) -> tuple[float, float]:
    return x * 360 - 180, float(np.degrees(np.arctan(np.sinh(pi * (1 - 2 * y)))))


def _curve(lon: float, lat: float, to_lon: float, to_lat: float) -> list[list[float]]:
    x, y = _mercator(np.array([lon, to_lon]), np.array([lat, to_lat]))
    middle = np.array([x.mean() - BEND * (y[1] - y[0]) * -1, y.mean() - BEND * (x[1] - x[0])])
    t = np.linspace(0, 1, CURVE_POINTS)
    start, end = np.array([x[0], y[0]]), np.array([x[1], y[1]])
    along = np.outer((1 - t) ** 2, start) + np.outer(2 * t * (1 - t), middle) + np.outer(t**2, end)
    return [list(_degrees(float(px), float(py))) for px, py in along]
