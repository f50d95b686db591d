"""Turn a municipality or postal place as people write it into a point, and say how exact the point is."""

import re
from dataclasses import dataclass
from typing import Literal

from geo.regions import Place, Regions

Exactness = Literal["municipality", "former_municipality", "region"]

POSTAL_CODE = re.compile(r"^\s*(?:FI-|AX-)?\d{5}\s+")


@dataclass(frozen=True)
class Spot:
    """Hold a TM35FIN point that stands for a place, and what the place was: its code is that of today."""

    easting: float
    northing: float
    exactness: Exactness
    code: str


def locate(text: str, regions: Regions) -> Spot | None:
    """Find the municipality, else the region, that the text names; None when it names neither.

    Postal code and street are allowed: '33100 Tampere', 'Teollisuustie 5, 33100 Tampere'. A postal place that isn't
    and never was a municipality is not known here.
    """
    for part in reversed(text.split(",")):
        name = POSTAL_CODE.sub("", part).strip()
        match = regions.by_name(name)
        if match.code is not None:
            exactness: Exactness = "former_municipality" if match.former else "municipality"
            return _spot(regions.municipalities[match.code], exactness)
        region = regions.region_by_name(name)
        if region.code is not None:
            return _spot(regions.regions[region.code], "region")
    return None


def _spot(place: Place, exactness: Exactness) -> Spot:
    return Spot(place.easting, place.northing, exactness, place.code)
