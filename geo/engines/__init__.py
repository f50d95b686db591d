"""Engines that know distances; a newcomer is one file here and one line in ENGINES."""

from geo.engines import circuity, road, table
from geo.results import EngineFactory

ENGINES: dict[str, EngineFactory] = {
    "road": road.from_settings,
    "table": table.from_settings,
    "circuity": circuity.from_settings,
}
