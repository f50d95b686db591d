"""Draw what a missing processor would collect: offers by size, roads, candidate rings with their numbers; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import pydeck as pdk
from pydeck.types import String

from config.texts import Language
from dashboard import labels, palette
from dashboard.apart import to_pixels
from dashboard.labels import Name
from dashboard.layers_ecosystems import degrees, path, scatter
from dashboard.literal import tooltip
from dashboard.palette import Palette
from dashboard.views.ecosystem_missing import Named
from dashboard.wording import hundreds, number, t
from geo.distance import Piece

RING_PX = 14
SITES = "sites-"
SMALLEST_PX, LARGEST_PX = 3.0, 11.0
DOTTED = [0.2, 2.2]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Offer:
    """Hold an offer on the map, and the site that would take it; 0 where none would."""

    xy: tuple[float, float]
    name: str
    place: str
    tonnes: float
    site: int


def radius_px(tonnes: float) -> float:
    """Give the size of an offer's dot."""
    return min(LARGEST_PX, SMALLEST_PX + sqrt(max(tonnes, 0.0)) / 20)


def layers(
    offers: Sequence[Offer],
    sites: Sequence[Named],
    ways: Sequence[tuple[Piece, ...]],
    look: tuple[Mapping[str, float], Palette, Language],
) -> list[pdk.Layer]:
    """Draw all of it; offers that no site would take are pale."""
    state, colours, language = look
    solid = [_piece(piece) for way in ways for piece in way if not piece.ferry]
    ferries = [{**_piece(piece), "d": DOTTED} for way in ways for piece in way if piece.ferry]
    style = {"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}
    blue = palette.rgb(colours.accent, 205)
    return [
        path("haul_casing", solid, palette.rgb(colours.page), 4.2),
        path("hauls", solid, blue, 2.2),
        path("ferries", ferries, blue, 2.4, extensions=[style], get_dash_array="d"),
        _offers(offers, colours, language),
        *_sites(sites, state, colours, language),
    ]


def _piece(piece: Piece) -> dict[str, Any]:
    return {"p": degrees(piece.points)}


def _offers(offers: Sequence[Offer], colours: Palette, language: Language) -> pdk.Layer:
    drawn = [
        {
            "p": degrees(np.array([one.xy]))[0],
            "r": round(radius_px(one.tonnes), 1),
            "c": palette.rgb(colours.have, 255 if one.site else 90),
            "name": tooltip(one.name or t("frame.unnamed", language)),
            "a": tooltip(one.place),
            "b": f"{hundreds(one.tonnes, language)} t/a" if one.tonnes else "",
        }
        for one in sorted(offers, key=lambda offer: -offer.tonnes)
    ]
    return scatter("offers", drawn, "r", get_fill_color="c", get_line_color=palette.rgb(colours.page))


def _sites(sites: Sequence[Named], state: Mapping[str, float], colours: Palette, language: Language) -> list[pdk.Layer]:
    drawn, names = [], []
    for one in sites:
        spot = degrees(np.array([[one.place.easting, one.place.northing]]))[0]
        pixel = to_pixels([spot[0]], [spot[1]], state.get("zoom", 4.42))[0]
        names.append(Name(one.name(language), (spot[0], spot[1]), (float(pixel[0]), float(pixel[1])), RING_PX))
        tonnes, km = hundreds(one.site.tonnes, language), number(one.site.mean_km, language, 1)
        drawn.append(
            {
                "p": spot,
                "number": str(one.number),
                "f": palette.rgb(colours.accent if one.site.chosen else colours.page),
                "i": palette.rgb(colours.page if one.site.chosen else colours.accent),
                "name": tooltip(one.name(language)),
                "a": f"{t('missing.col_exchanges', language)} {one.site.exchanges}, {tonnes} t/a",
                "b": f"{t('missing.col_km', language)} {km}",
            }
        )
    taken = [labels.around(name.pixel, RING_PX) for name in names]
    ring = {"get_fill_color": "f", "get_line_color": palette.rgb(colours.accent), "get_line_width": 2}
    text = pdk.Layer(
        "TextLayer",
        drawn,
        id="site_numbers",
        get_text="number",
        get_position="p",
        get_color="i",
        get_size=14,
        font_family=String('"Source Sans", sans-serif'),
        font_weight=600,
        get_text_anchor=String("middle"),
        get_alignment_baseline=String("center"),
    )
    written = labels.layers("site_names", labels.place(names, taken), palette.rgb(colours.accent), colours)
    return [scatter(f"{SITES}all", drawn, RING_PX, **ring), text, *written]
