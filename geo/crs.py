"""The only place that names an EPSG code: inside the program every coordinate is ETRS-TM35FIN metres."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

TM35FIN = 3067
WGS84 = 4326
YKJ = 2393
WEB_MERCATOR = 3857

# Finland with Åland, its sea and a margin for rounding: lon, lat and TM35FIN metres.
LON_MIN, LON_MAX = 19.0, 31.7
LAT_MIN, LAT_MAX = 59.4, 70.2
EASTING_MIN, EASTING_MAX = 43_000.0, 760_000.0
NORTHING_MIN, NORTHING_MAX = 6_590_000.0, 7_790_000.0

GK_FALSE_EASTING_M = 500_000.0
GK_HALF_WIDTH_M = 400_000.0  # a zone is 1 degree wide, but cities file points well outside their own
KKJ_HALF_WIDTH_M = 110_000.0

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Guess:
    """Say which system a pair of numbers may be in; `swapped`: the pair stands as (y, x)."""

    epsg: int
    swapped: bool = False
    missing_zone: bool = False  # a KKJ easting that lost the 3 before it: 2-3 km off when read as TM35FIN


@cache
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_tm35fin(x: npt.ArrayLike, y: npt.ArrayLike, epsg: int = WGS84) -> tuple[Floats, Floats]:
    """Turn x (longitude, easting) and y (latitude, northing) of a system into TM35FIN metres; inf where impossible."""
    if epsg == TM35FIN:
        return np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    easting, northing = _transformer(epsg, TM35FIN).transform(x, y)
    return np.asarray(easting, dtype=float), np.asarray(northing, dtype=float)


def to_wgs84(easting: npt.ArrayLike, northing: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Turn TM35FIN metres into longitude and latitude in degrees."""
    lon, lat = _transformer(TM35FIN, WGS84).transform(easting, northing)
    return np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)


def reproject(coordinates: Floats) -> Floats:
    """Turn an (n, 2) array of longitude and latitude into TM35FIN metres, as shapely.transform wants it."""
    return np.column_stack(to_tm35fin(coordinates[:, 0], coordinates[:, 1]))


def in_finland(easting: npt.ArrayLike, northing: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Tell which TM35FIN points lie within the envelope of Finland; NaN and infinity don't."""
    east, north = np.asarray(easting, dtype=float), np.asarray(northing, dtype=float)
    box = (EASTING_MIN, EASTING_MAX, NORTHING_MIN, NORTHING_MAX)
    return (east >= box[0]) & (east <= box[1]) & (north >= box[2]) & (north <= box[3])


def _boxes() -> list[tuple[Guess, Box]]:
    north = (NORTHING_MIN, NORTHING_MAX)
    ykj = (EASTING_MIN + 3_000_000, EASTING_MAX + 3_000_000, *north)
    boxes: list[tuple[Guess, Box]] = [
        (Guess(WGS84), (LON_MIN, LON_MAX, LAT_MIN, LAT_MAX)),
        (Guess(TM35FIN), (EASTING_MIN, EASTING_MAX, *north)),
        (Guess(YKJ), ykj),
        (Guess(WEB_MERCATOR), (2_110_000.0, 3_530_000.0, 8_240_000.0, 11_180_000.0)),
    ]
    # EPSG:3873 is ETRS-GK19 and 3885 ETRS-GK31; the zone stands in front of the easting.
    for zone in range(19, 32):
        middle = zone * 1_000_000 + GK_FALSE_EASTING_M
        boxes.append((Guess(3873 + zone - 19), (middle - GK_HALF_WIDTH_M, middle + GK_HALF_WIDTH_M, *north)))
    # KKJ zones 1, 2 and 4 of old city maps; zone 3 is the same as YKJ.
    for zone, epsg in ((1, 2391), (2, 2392), (4, 2394)):
        middle = zone * 1_000_000 + GK_FALSE_EASTING_M
        boxes.append((Guess(epsg), (middle - KKJ_HALF_WIDTH_M, middle + KKJ_HALF_WIDTH_M, *north)))
    boxes.append((Guess(YKJ, missing_zone=True), (EASTING_MIN, EASTING_MAX, *north)))
    return boxes


_BOXES = _boxes()


def identify(x: float, y: float) -> tuple[Guess, ...]:
    """Tell by range which systems the pair may be in, best first; empty when Finland is in none of them.

    A KKJ point without its zone prefix can't be told from TM35FIN by range: it comes as the second guess, and the
    caller compares both with the municipality that the file states.
    """

    def inside(first: float, second: float) -> Callable[[Box], bool]:
        return lambda box: box[0] <= first <= box[1] and box[2] <= second <= box[3]

    straight, crossed = inside(x, y), inside(y, x)
    as_given = [guess for guess, box in _BOXES if straight(box)]
    turned = [Guess(guess.epsg, swapped=True, missing_zone=guess.missing_zone) for guess, box in _BOXES if crossed(box)]
    return (*as_given, *turned)


def resolve(x: float, y: float, guess: Guess) -> tuple[float, float]:
    """Turn the pair into TM35FIN metres as the guess says."""
    first, second = (y, x) if guess.swapped else (x, y)
    if guess.missing_zone:
        first += 3_000_000
    easting, northing = to_tm35fin(first, second, guess.epsg)
    return float(easting), float(northing)
