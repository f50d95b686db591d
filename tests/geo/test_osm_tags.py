import pytest

from geo import osm_tags
from geo.osm_tags import BACKWARDS, BOTH_WAYS, FORWARDS, Use, Vehicle
from geo.road_graph import CONNECTING, FERRY, MAIN, REGIONAL, STREET

TRUCK = Vehicle(gross_t=76, height_m=4.4)


@pytest.mark.parametrize(
    ("highway", "road_class"),
    [
        ("motorway", MAIN),
        ("motorway_link", MAIN),
        ("trunk", MAIN),
        ("primary", MAIN),
        ("primary_link", MAIN),
        ("secondary", REGIONAL),
        ("tertiary", CONNECTING),
        ("unclassified", STREET),
        ("residential", STREET),
        ("living_street", STREET),
        ("service", STREET),
    ],
)
def test_classes(highway: str, road_class: int) -> None:
    """Every kind of road that trucks drive has its class."""
    found = osm_tags.use({"highway": highway}, TRUCK)
    assert found is not None
    assert found.road_class == road_class


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"highway": "cycleway"},
        {"highway": "track"},
        {"highway": "construction"},
        {"highway": "proposed"},
        {"railway": "rail"},
        {},
        {"highway": "service", "service": "driveway"},
        {"highway": "service", "service": "parking_aisle"},
        {"highway": "service", "area": "yes"},
        {"highway": "primary", "access": "no"},
        {"highway": "service", "access": "private"},
        {"highway": "residential", "motor_vehicle": "private"},
        {"highway": "residential", "vehicle": "no"},
        {"highway": "tertiary", "hgv": "no"},
        {"highway": "tertiary", "access": "yes", "hgv": "no"},
        {"highway": "unclassified", "maxweight": "12"},
        {"highway": "unclassified", "maxweight": "60 t"},
        {"highway": "unclassified", "maxweight": "3500 kg"},
        {"highway": "unclassified", "maxweight:hgv": "18"},
        {"highway": "secondary", "maxheight": "4.2"},
        {"highway": "secondary", "maxheight": "3,8 m"},
        {"highway": "secondary", "maxheight": "12'6\""},
        {"route": "ferry", "motor_vehicle": "no"},
        {"route": "ferry", "hgv": "no", "motor_vehicle": "yes"},
        {"route": "ferry", "foot": "yes"},
        {"route": "ferry", "access": "private"},
        {"route": "bus"},
    ],
)
def test_what_a_truck_may_not_use(tags: dict[str, str]) -> None:
    """Ways for others, closed ways, and ways signed for less than the vehicle weighs or stands high."""
    assert osm_tags.use(tags, TRUCK) is None


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "service", "access": "no", "hgv": "yes"},
        {"highway": "service", "access": "private", "motor_vehicle": "destination"},
        {"highway": "residential", "hgv": "delivery"},
        {"highway": "tertiary", "maxweight": "76"},
        {"highway": "tertiary", "maxweight": "none"},
        {"highway": "tertiary", "maxheight": "default"},
        {"highway": "tertiary", "maxheight": "4.4"},
        {"highway": "tertiary", "maxheight": "below_default"},
        {"highway": "tertiary", "motorcycle": "no", "foot": "no"},
        {"route": "ferry"},
        {"route": "ferry", "foot": "yes", "motor_vehicle": "yes"},
        {"route": "ferry", "foot": "yes", "hgv": "designated"},
    ],
)
def test_what_a_truck_may_use(tags: dict[str, str]) -> None:
    """The rule nearest to trucks decides, and a limit that is no number or not lower is none."""
    assert osm_tags.use(tags, TRUCK) is not None


def test_a_lighter_vehicle_uses_more() -> None:
    """The limits are compared with the vehicle that is given."""
    tags = {"highway": "unclassified", "maxweight": "20", "maxheight": "3.5"}
    assert osm_tags.use(tags, Vehicle(gross_t=18, height_m=3.4)) is not None
    assert osm_tags.use(tags, Vehicle(gross_t=18, height_m=3.6)) is None
    assert osm_tags.use(tags, Vehicle(gross_t=26, height_m=3.4)) is None


def test_the_default_vehicle_is_the_largest_combination() -> None:
    """The figures come from the factors, with their source."""
    assert osm_tags.truck() == TRUCK


@pytest.mark.parametrize(
    ("tags", "direction"),
    [
        ({"highway": "primary"}, BOTH_WAYS),
        ({"highway": "primary", "oneway": "yes"}, FORWARDS),
        ({"highway": "primary", "oneway": "1"}, FORWARDS),
        ({"highway": "primary", "oneway": "-1"}, BACKWARDS),
        ({"highway": "primary", "oneway": "reverse"}, BACKWARDS),
        ({"highway": "motorway"}, FORWARDS),
        ({"highway": "motorway", "oneway": "no"}, BOTH_WAYS),
        ({"highway": "motorway_link"}, BOTH_WAYS),
        ({"highway": "tertiary", "junction": "roundabout"}, FORWARDS),
        ({"highway": "tertiary", "junction": "circular"}, FORWARDS),
        ({"highway": "tertiary", "junction": "roundabout", "oneway": "-1"}, BACKWARDS),
        ({"route": "ferry", "oneway": "yes"}, BOTH_WAYS),
    ],
)
def test_directions(tags: dict[str, str], direction: int) -> None:
    """What is tagged decides; motorways and roundabouts are one-way by nature."""
    found = osm_tags.use(tags, TRUCK)
    assert found is not None
    assert found.direction == direction


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("80", 80),
        ("80 km/h", 80),
        ("50 mph", 80.5),
        ("FI:urban", 50),
        ("FI:rural", 80),
        ("FI:zone30", 30),
        ("FI:zone:30", 30),
        ("60;80", 60),
        ("none", 0),
        ("signals", 0),
        ("walk", 0),
        ("", 0),
        ("-5", 0),
        ("9999", 0),
    ],
)
def test_speed_limits(text: str, kmh: float) -> None:
    """Numbers, miles and the zones of Finland are read; words are no limit."""
    assert osm_tags.speed_kmh(text) == kmh


@pytest.mark.parametrize(
    ("tags", "kmh"),
    [
        ({"highway": "primary"}, 0),
        ({"highway": "primary", "maxspeed": "100"}, 100),
        ({"highway": "primary", "maxspeed:backward": "60"}, 60),
        ({"highway": "service"}, 20),
        ({"highway": "service", "maxspeed": "50"}, 20),
        ({"highway": "service", "maxspeed": "10"}, 10),
        ({"highway": "living_street"}, 20),
        ({"highway": "residential", "maxspeed": "40"}, 40),
    ],
)
def test_speeds_of_ways(tags: dict[str, str], kmh: float) -> None:
    """A sign decides, yards stay slow, and without a sign the class knows."""
    found = osm_tags.use(tags, TRUCK)
    assert found is not None
    assert found.speed_kmh == kmh


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4", 4),
        ("E 75;4", 4),
        ("4;E75", 4),
        ("vt 4", 4),
        ("Kt 51", 51),
        ("11369", 11369),
        ("E18", 0),
        ("", 0),
        ("1234567", 0),
    ],
)
def test_road_numbers(text: str, number: int) -> None:
    """The national number is taken; European roads run over others."""
    assert osm_tags.road_number(text) == number


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("35", 35), ("00:35", 35), ("1:10", 70), ("01:10:30", 70.5), ("PT1H10M", 70), ("PT25M", 25), ("soon", 0), ("", 0)],
)
def test_durations(text: str, minutes: float) -> None:
    """Minutes, clock time and ISO 8601 are read."""
    assert osm_tags.minutes(text) == minutes


def test_a_ferry_keeps_its_duration() -> None:
    """A ferry has no speed of its own until its length is known."""
    assert osm_tags.use({"route": "ferry", "duration": "00:25"}, TRUCK) == Use(FERRY, ferry_minutes=25)


@pytest.mark.parametrize(
    ("tags", "stops"),
    [
        ({"barrier": "bollard"}, True),
        ({"barrier": "bollard", "hgv": "yes"}, False),
        ({"barrier": "gate"}, False),
        ({"barrier": "gate", "access": "private"}, True),
        ({"barrier": "lift_gate", "access": "permissive"}, False),
        ({"barrier": "height_restrictor", "maxheight": "2.5"}, True),
        ({"highway": "crossing"}, False),
        ({"access": "no"}, False),
    ],
)
def test_barriers(tags: dict[str, str], stops: bool) -> None:  # noqa: FBT001 - a column of the table above
    """A bollard stops a truck, a gate only when it is closed to it."""
    assert osm_tags.blocks(tags, TRUCK) is stops
