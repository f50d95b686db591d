"""What a site's form may save: a place by its coordinates in any usual system, or by its municipality."""

import re
from dataclasses import dataclass

from data import model
from data.rules.checked import Checked, Desk, Raw
from geo import crs
from geo.regions import Place, Regions

PAIR = 2
_NUMBER = r"-?\d+(?:[.,]\d+)?"
_INTEGERS = re.compile(r"\s*(\d{5,})\s*,\s*(\d{5,})\s*")  # 536400,7122500 is two numbers and no decimal


@dataclass(frozen=True)
class _Spot:
    easting_m: float
    northing_m: float
    municipality: str


def check(raw: Raw, regions: Regions) -> Checked[model.Site]:
    """Check a site: it needs a name and a place, and its coordinates must lie in the municipality stated.

    Fields: name, address, postal_code, postal_place, municipality (code), coordinates (free text), visibility.
    """
    desk = Desk(raw)
    name = desk.line("name", missing="site_name_missing")
    postal_code = desk.line("postal_code")
    if postal_code and not re.fullmatch(r"\d{5}", postal_code, re.ASCII):
        desk.refuse("postal_code", "postal_code")
    stated = regions.municipalities.get(str(raw.get("municipality") or ""))
    coordinates = str(raw.get("coordinates") or "").strip()
    spot = _point(desk, coordinates, stated, regions) if coordinates else _centre(desk, stated)
    site = model.Site(
        name=name,
        easting_m=spot.easting_m if spot else 0.0,
        northing_m=spot.northing_m if spot else 0.0,
        precision=model.Precision.EXACT if coordinates else model.Precision.MUNICIPALITY,
        visibility=desk.choice("visibility", model.SiteVisibility.EXACT),
        address=desk.line("address"),
        postal_code=postal_code or None,
        postal_place=desk.line("postal_place"),
    )
    return desk.done(site)


def _centre(desk: Desk, stated: Place | None) -> _Spot | None:
    if stated is None:
        desk.refuse("municipality", "place_missing")
        return None
    return _Spot(stated.easting, stated.northing, stated.code)


def _point(desk: Desk, text: str, stated: Place | None, regions: Regions) -> _Spot | None:
    pair = _pair(text)
    if pair is None:
        desk.refuse("coordinates", "coordinates_unreadable")
        return None
    spots = _spots(pair, regions)
    if not spots:
        desk.refuse("coordinates", "coordinates_outside")
        return None
    if stated is None:
        desk.remark("coordinates", "point_in", municipality=regions.municipalities[spots[0].municipality])
        return spots[0]
    within = [spot for spot in spots if spot.municipality == stated.code]
    if not within:
        found = regions.municipalities[spots[0].municipality]
        desk.refuse("coordinates", "point_outside_municipality", found=found, stated=stated)
        return None
    return within[0]


def _pair(text: str) -> tuple[float, float] | None:
    joined = _INTEGERS.fullmatch(text)
    found = list(joined.groups()) if joined else re.findall(_NUMBER, text)
    left = re.sub(_NUMBER if not joined else r"\d+", "", text)
    if len(found) != PAIR or re.search(r"\d", left):
        return None
    first, second = (float(number.replace(",", ".")) for number in found)
    return first, second


def _spots(pair: tuple[float, float], regions: Regions) -> list[_Spot]:
    """Give every reading of the pair that lies in a municipality, the likeliest first."""
    points = [crs.resolve(*pair, guess) for guess in crs.identify(*pair)]
    if not points:
        return []
    codes = regions.assign(points).municipality
    return [_Spot(*point, str(code)) for point, code in zip(points, codes, strict=True) if code]
