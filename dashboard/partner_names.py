"""The names on the map of partners: the origin's, each place once, the regions', as far as there is room; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pydeck as pdk

from config.texts import Language
from dashboard import apart, labels, palette
from dashboard.palette import Palette
from dashboard.views.partners import Place
from geo import crs, regions

RING_PX, ORIGIN_PX = 11.5, 10.0
REGION_SIZE_PX = 11.5
WAY_PX = 3.0
WIDTH_PX = 620.0  # of the map in a window of 1440


def layers(
    origin: Place,
    rings: Sequence[Mapping[str, Any]],
    along: npt.NDArray[np.float64],
    look: tuple[Mapping[str, float], Palette, Language],
) -> list[pdk.Layer]:
    """Write the names; `rings` are the numbered signs with `place` and `spot`, `along` are spots of the ways.

    `look` holds the view state, the colours and the language.
    """
    state, colours, language = look
    zoom = state["zoom"]
    own = _name(origin.name, (origin.easting_m, origin.northing_m), zoom)
    signs = [labels.around(own.pixel, ORIGIN_PX)]
    signs += [labels.around(_pixel(ring["spot"], zoom), RING_PX) for ring in rings]
    once = {ring["place"]: ring["spot"] for ring in reversed(rings) if ring["place"] != origin.name}
    others = [
        labels.Name(place, (spot[0], spot[1]), _pixel(spot, zoom), RING_PX) for place, spot in reversed(once.items())
    ]
    ways = [labels.around(pixel, WAY_PX) for pixel in _thinned(apart.to_pixels(along[:, 0], along[:, 1], zoom))]
    placed = labels.place([own, *others], [*signs, *_margins(state)], ways)
    taken = [*signs, *(one.box for one in placed)]
    return [
        *labels.layers("region_names", _regions(zoom, taken, language), palette.rgb(colours.secondary, 150), colours),
        *labels.layers("places", [one for one in placed if one.name is not own], _ink(colours.secondary), colours),
        *labels.layers("own_place", [one for one in placed if one.name is own], _ink(colours.text), colours, 700),
    ]


def _margins(state: Mapping[str, float]) -> list[labels.Box]:
    """Give what lies left and right of the map as it is seen at first: names would be cut off there."""
    x, y = _pixel((state["longitude"], state["latitude"]), state["zoom"])
    half, far = WIDTH_PX / 2, 10 * WIDTH_PX
    return [(x - far, y - far, x - half, y + far), (x + half, y - far, x + far, y + far)]


def _regions(zoom: float, taken: Sequence[labels.Box], language: Language) -> list[labels.Placed]:
    every = [
        _name(one.name(language).upper(), (one.easting, one.northing), zoom, clear_px=0.0, size_px=REGION_SIZE_PX)
        for one in regions.load().regions.values()
    ]
    return labels.place(every, taken)


def _name(
    text: str, at_m: tuple[float, float], zoom: float, *, clear_px: float = ORIGIN_PX, size_px: float = 13.0
) -> labels.Name:
    lon, lat = crs.to_wgs84(*at_m)
    spot = (float(lon), float(lat))
    return labels.Name(text, spot, _pixel(spot, zoom), clear_px, size_px)


def _pixel(spot: Sequence[float], zoom: float) -> tuple[float, float]:
    x, y = apart.to_pixels([spot[0]], [spot[1]], zoom)[0].tolist()
    return (x, y)


def _thinned(pixels: npt.NDArray[np.float64]) -> list[list[float]]:
    """Keep one spot of those that lie in the same square of a few pixels."""
    square = np.round(pixels / (2 * WAY_PX)).astype(np.int64)
    first = np.unique(square, axis=0, return_index=True)[1]
    return [[float(x), float(y)] for x, y in pixels[first]]


def _ink(code: str) -> palette.Colour:
    return palette.rgb(code)
