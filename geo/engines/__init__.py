"""Engines that know distances; a newcomer is one file here and one line in ENGINES."""

from geo.engines.circuity import from_settings as circuity
from geo.engines.table import from_settings as table
from geo.results import EngineFactory

ENGINES: dict[str, EngineFactory] = {"table": table, "circuity": circuity}
