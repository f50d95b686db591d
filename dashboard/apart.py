"""Pull map signs apart that would cover each other; pure."""

from math import cos, hypot, pi, sin

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

TILE_PX = 512  # what deck.gl counts zoom by
STEPS = 12  # directions that are tried around a sign, at growing distance


def to_pixels(lon: npt.ArrayLike, lat: npt.ArrayLike, zoom: float) -> Floats:
    """Turn degrees into Web Mercator pixels at a zoom, y downwards, as (n, 2)."""
    world = TILE_PX * 2**zoom
    phi = np.radians(np.asarray(lat, dtype=float))
    x = (np.asarray(lon, dtype=float) + 180) / 360 * world
    y = (1 - np.log(np.tan(phi) + 1 / np.cos(phi)) / pi) / 2 * world
    return np.column_stack([x, y])


def to_degrees(pixels: Floats, zoom: float) -> Floats:
    """Turn Web Mercator pixels back into (n, 2) longitude and latitude."""
    world = TILE_PX * 2**zoom
    lat = np.degrees(np.arctan(np.sinh(pi * (1 - 2 * pixels[:, 1] / world))))
    return np.column_stack([pixels[:, 0] / world * 360 - 180, lat])


def fit(lon: Floats, lat: Floats, size_px: tuple[float, float], closest: float = 9.0) -> tuple[float, float, float]:
    """Give longitude, latitude and zoom of a view of that size that holds all points."""
    at = to_pixels(lon, lat, 0.0)
    low, high = at.min(axis=0), at.max(axis=0)
    wide, tall = np.maximum(high - low, 1e-9)
    zoom = min(np.log2(size_px[0] / wide), np.log2(size_px[1] / tall), closest)
    middle = to_degrees(((low + high) / 2)[None, :], 0.0)[0]
    return float(middle[0]), float(middle[1]), float(zoom)


def apart(points: Floats, least_px: float) -> Floats:
    """Move points of (n, 2) pixels so that no two are nearer than `least_px`; the first ones stay where they are."""
    placed: list[tuple[float, float]] = []
    for x, y in points:
        spot = (float(x), float(y))
        ring = 0
        while any(hypot(spot[0] - a, spot[1] - b) < least_px for a, b in placed):
            turn, out = ring % STEPS, 1 + ring // STEPS
            angle = 2 * pi * turn / STEPS
            spot = (float(x) + out * least_px * cos(angle), float(y) + out * least_px * sin(angle))
            ring += 1
        placed.append(spot)
    return np.array(placed).reshape(-1, 2)
