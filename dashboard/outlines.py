"""Outlines of regions, sub-regions and municipalities as they are drawn, clipped to land; pure, read once a process."""

import json
from collections.abc import Mapping
from functools import cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from config.settings import ROOT
from dashboard import apart
from geo import sub_regions

MAP_PX = (560.0, 640.0)
CLOSEST = 9.0


@cache
def of(level: str) -> Mapping[str, BaseGeometry]:
    """Give the outlines of a level by code, in degrees; `level` is regions, sub_regions or municipalities."""
    if level == "sub_regions":
        parts = of("municipalities")
        return {
            code: shapely.union_all([parts[one] for one in sub.municipalities])
            for code, sub in sub_regions.load().items()
        }
    features = json.loads((ROOT / "static" / "map" / f"{level}.geojson").read_text(encoding="utf-8"))["features"]
    return {one["properties"]["code"]: shapely.geometry.shape(one["geometry"]) for one in features}


def camera(region: str, size_px: tuple[float, float] = MAP_PX) -> dict[str, float]:
    """Give the view that holds a region; that of the whole country, which is the map's own, where there is none."""
    outline = of("regions").get(region)
    if outline is None:
        return {}
    west, south, east, north = outline.bounds
    lon, lat, zoom = apart.fit(np.array([west, east]), np.array([south, north]), size_px, CLOSEST)
    return {"longitude": lon, "latitude": lat, "zoom": zoom}
