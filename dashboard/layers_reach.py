"""Draw the area that a truck reaches within a limit and within half of it; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pydeck as pdk
import shapely
from pydeck.types import String

from dashboard import palette
from dashboard.palette import Palette
from geo import crs, reach

FILL = 0.05
LIMIT_PX, HALF_PX = 1.8, 1.3
SIMPLE_SHARE = 1.5  # metres a line may be off for each km of the limit: some half a pixel where all of it is in sight
SHORT_SHARE = 120.0  # metres for each km of the limit: shorter edges are left out, they lie along a ragged border
SPECK_SHARE = 4e-4  # of the limit's square: smaller islands are left out

Path = list[list[float]]


@dataclass(frozen=True)
class Reached:
    """Hold an area as rings of longitude and latitude, and the lines at which the limit ends it inland."""

    km: int
    areas: tuple[tuple[Path, ...], ...]
    edges: tuple[Path, ...]


def drawn(area: shapely.Geometry, km: int) -> Reached:
    """Make an area light enough for the map."""
    tolerance_m, speck_m2 = SIMPLE_SHARE * km, SPECK_SHARE * (km * 1000.0) ** 2
    parts = [one for one in shapely.get_parts(area) if shapely.area(one) >= speck_m2]
    light = [shapely.simplify(one, tolerance_m) for one in parts]
    lines = shapely.get_parts(shapely.line_merge(reach.edge(shapely.MultiPolygon(parts))))
    return Reached(
        km,
        tuple(tuple(_degrees(ring) for ring in shapely.get_rings(one)) for one in light if not shapely.is_empty(one)),
        tuple(_degrees(shapely.simplify(one, tolerance_m)) for one in lines if shapely.length(one) > SHORT_SHARE * km),
    )


def _degrees(line: shapely.Geometry) -> Path:
    xy = shapely.get_coordinates(line)
    lon, lat = crs.to_wgs84(xy[:, 0], xy[:, 1])
    return [[float(x), float(y)] for x, y in np.column_stack([lon, lat]).round(4)]


def layers(reached: Sequence[Reached], colours: Palette) -> list[pdk.Layer]:
    """Fill the areas, the smaller one upon the larger, and draw where each ends; the largest comes first."""
    fills = [{"rings": list(rings)} for one in reached for rings in one.areas]
    lines: list[dict[str, Any]] = [
        {"path": path, "width": width, "colour": palette.rgb(colours.accent, alpha)}
        for one, width, alpha in zip(reached, (LIMIT_PX, HALF_PX), (215, 140), strict=False)
        for path in one.edges
    ]
    area = pdk.Layer(
        "PolygonLayer",
        fills,
        id="reach",
        get_polygon="rings",
        get_fill_color=palette.rgb(colours.accent, round(255 * FILL)),
        stroked=False,
        filled=True,
    )
    edge = pdk.Layer(
        "PathLayer",
        lines,
        id="reach_edges",
        get_path="path",
        get_color="colour",
        get_width="width",
        width_units=String("pixels"),
        joint_rounded=True,
    )
    return [area, edge]
