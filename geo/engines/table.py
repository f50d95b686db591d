"""The main-road table that ships with the program: what a fresh machine measures with."""

from config.settings import Settings
from geo import main_roads
from geo.road_engine import RoadEngine


def from_settings(settings: Settings) -> RoadEngine:
    """Make the engine of the main-road table."""
    return RoadEngine(main_roads.load(settings.reference))
