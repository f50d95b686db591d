"""Decide from OpenStreetMap's tags whether a heavy truck may use a way, and how: pure rules, row by row.

Not honoured: turn restrictions (relations), rules bound to hours (`*:conditional`), axle loads and lengths. A way that
is open to those with business there (`destination`, `delivery`) counts as open.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from config import factors
from geo.road_graph import CONNECTING, FERRY, MAIN, REGIONAL, STREET

Tags = Mapping[str, str]

BOTH_WAYS, FORWARDS, BACKWARDS = 0, 1, -1
CLASS_OF = {
    "motorway": MAIN,
    "trunk": MAIN,
    "primary": MAIN,
    "secondary": REGIONAL,
    "tertiary": CONNECTING,
    "unclassified": STREET,
    "residential": STREET,
    "living_street": STREET,
    "service": STREET,
}
HIGHWAYS = (*CLASS_OF, *(f"{name}_link" for name in ("motorway", "trunk", "primary", "secondary", "tertiary")))
SLOW = ("service", "living_street")
NOT_FOR_TRUCKS = {"driveway", "parking_aisle", "drive-through", "emergency_access"}  # values of service=*

# From what holds for all to what holds for trucks: the last one tagged decides.
ACCESS = ("access", "vehicle", "motor_vehicle", "goods", "hgv")
CLOSED = {"no", "private", "agricultural", "forestry", "military", "emergency", "bus", "psv", "taxi", "use_sidepath"}
OPEN = {"yes", "designated", "permissive", "official", "destination", "delivery", "customers", "unknown", "permit"}
WALLS = {"bollard", "block", "chain", "debris", "jersey_barrier", "log", "planter", "cycle_barrier", "fence", "wall"}

WAY_KEYS = (
    *("highway", "route", "service", "area", "junction", "oneway", "ref", "duration", "foot", "bicycle"),
    *("maxspeed", "maxspeed:forward", "maxspeed:backward", "maxweight", "maxweight:hgv", "maxheight"),
    *("maxheight:physical", *ACCESS),
)
NODE_KEYS = ("barrier", "maxweight", "maxheight", *ACCESS)

ZONE_KMH = {"urban": 50, "rural": 80, "trunk": 100, "motorway": 120, "living_street": 20}  # of Finland: FI:urban
KMH_PER_MPH = 1.609344
KG_PER_T = 1000.0
M_PER_FOOT, M_PER_INCH = 0.3048, 0.0254
LARGEST_ROAD_NUMBER = 99_999


@dataclass(frozen=True)
class Vehicle:
    """Hold what a limit is compared with."""

    gross_t: float
    height_m: float


@dataclass(frozen=True)
class Use:
    """Say how a way is used: class, km/h (0: as its class), number, direction, and the minutes of a ferry."""

    road_class: int
    speed_kmh: float = 0.0
    number: int = 0
    direction: int = BOTH_WAYS
    ferry_minutes: float = 0.0


@cache
def truck() -> Vehicle:
    """Give the default vehicle, the largest combination of Finland."""
    return Vehicle(factors.value("truck.gross_weight"), factors.value("truck.height"))


def use(tags: Tags, vehicle: Vehicle) -> Use | None:
    """Tell how the vehicle uses a way; None when it may not or the way is none for vehicles."""
    if not _open(tags) or not _fits(tags, vehicle):
        return None
    if tags.get("route") == "ferry":
        return Use(FERRY, ferry_minutes=minutes(tags.get("duration", ""))) if _takes_vehicles(tags) else None
    name = tags.get("highway", "").removesuffix("_link")
    if name not in CLASS_OF or tags.get("service") in NOT_FOR_TRUCKS or tags.get("area") == "yes":
        return None
    return Use(CLASS_OF[name], _speed_kmh(name, tags), road_number(tags.get("ref", "")), _direction(name, tags))


def blocks(tags: Tags, vehicle: Vehicle) -> bool:
    """Tell whether a node on a way, such as a bollard, stops the vehicle."""
    barrier = tags.get("barrier")
    if barrier is None:
        return False
    named = any(tags.get(key) for key in ACCESS)
    return not _open(tags) or not _fits(tags, vehicle) or (barrier in WALLS and not named)


def _open(tags: Tags) -> bool:
    tagged = [tags[key] for key in ACCESS if tags.get(key)]
    return not tagged or tagged[-1] not in CLOSED


def _fits(tags: Tags, vehicle: Vehicle) -> bool:
    weights = (tonnes(tags.get(key, "")) for key in ("maxweight", "maxweight:hgv"))
    heights = (metres(tags.get(key, "")) for key in ("maxheight", "maxheight:physical"))
    return all(limit is None or limit >= vehicle.gross_t for limit in weights) and all(
        limit is None or limit >= vehicle.height_m for limit in heights
    )


def _takes_vehicles(tags: Tags) -> bool:
    """Tell a car ferry from a boat for walkers: where nothing is said of vehicles but much of feet, it's for feet."""
    if any(tags.get(key) in OPEN for key in ACCESS[1:]):
        return True
    return not tags.get("foot") and not tags.get("bicycle")


def _direction(name: str, tags: Tags) -> int:
    oneway = tags.get("oneway", "")
    if oneway in {"yes", "true", "1"}:
        return FORWARDS
    if oneway in {"-1", "reverse"}:
        return BACKWARDS
    if oneway in {"no", "false", "0"}:
        return BOTH_WAYS
    by_nature = tags.get("junction") in {"roundabout", "circular"} or (
        name == "motorway" and not tags.get("highway", "").endswith("_link")
    )
    return FORWARDS if by_nature else BOTH_WAYS


def _speed_kmh(name: str, tags: Tags) -> float:
    keys = ("maxspeed", "maxspeed:forward", "maxspeed:backward")
    signs = [limit for key in keys if (limit := speed_kmh(tags.get(key, "")))]
    slow = factors.value(f"speed.{name}") if name in SLOW else 0.0
    # A yard is no faster for standing inside a 50 km/h zone.
    return min([slow, *signs[:1]]) if slow else (signs[0] if signs else 0.0)


def speed_kmh(text: str) -> float:
    """Read a speed limit in km/h; 0 when there is none or it isn't a number."""
    text = text.partition(";")[0].strip()
    zone = re.fullmatch(r"[A-Z]{2}:(?:zone:)?(\w+)", text)
    if zone:
        digits = re.fullmatch(r"zone(\d+)|(\d+)", zone[1])
        return float(digits[1] or digits[2]) if digits else float(ZONE_KMH.get(zone[1], 0))
    found = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*(km/h|kmh|kph|mph)?", text)
    if not found:
        return 0.0
    return round(float(found[1]) * (KMH_PER_MPH if found[2] == "mph" else 1.0), 1)


def tonnes(text: str) -> float | None:
    """Read a weight limit in tonnes; None when there is none or it isn't a number."""
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(t|tonnes?|kg)?", text.strip())
    if not found:
        return None
    number = float(found[1].replace(",", "."))
    return number / KG_PER_T if found[2] == "kg" else number


def metres(text: str) -> float | None:
    """Read a height limit in metres; None when there is none or it isn't a number."""
    imperial = re.fullmatch(r"(\d+)'\s*(?:(\d+)\")?", text.strip())
    if imperial:
        return int(imperial[1]) * M_PER_FOOT + int(imperial[2] or 0) * M_PER_INCH
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*m?", text.strip())
    return float(found[1].replace(",", ".")) if found else None


def minutes(text: str) -> float:
    """Read a duration: 35, 00:35, 1:10:00 or PT1H10M; 0 when it is none."""
    text = text.strip()
    clock = re.fullmatch(r"(\d{1,3}):(\d{2})(?::(\d{2}))?", text)
    if clock:
        return int(clock[1]) * 60 + int(clock[2]) + int(clock[3] or 0) / 60
    iso = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", text)
    if iso:
        return int(iso[1] or 0) * 60 + int(iso[2] or 0) + int(iso[3] or 0) / 60
    return float(text) if re.fullmatch(r"\d{1,4}(\.\d+)?", text) else 0.0


def road_number(text: str) -> int:
    """Read the number of a road from `4`, `E 75;4` or `vt 4`; 0 when there is none, for E roads run over others."""
    for part in re.split(r"[;,]", text):
        found = re.fullmatch(r"(?:vt|kt|st|mt|yt|rv|sv)?\.?\s*(\d{1,5})", part.strip(), re.IGNORECASE)
        if found and int(found[1]) <= LARGEST_ROAD_NUMBER:
            return int(found[1])
    return 0
