"""Build road networks from files and places, and download their sources."""

import time
from enum import StrEnum
from pathlib import Path

from commands import console
from config import settings
from config.errors import GeoProblem
from config.texts import text
from geo import build as sources
from geo import fetch as downloads
from geo import road_graph
from geo.engines.road import prepare
from geo.road_graph import RoadGraph

TELL_S = 5.0  # how often a long step says how far it is
BYTES_PER_MB = 1_000_000


class Source(StrEnum):
    """Name what can be downloaded."""

    FINTRAFFIC = "fintraffic"
    FINLAND = "finland"


class Shown:
    """Show the steps of a build, and within a long one now and then how far it is."""

    def __init__(self, steps: console.Steps) -> None:
        self._steps = steps
        self._told = 0.0

    def __call__(self, key: str, **values: object) -> None:
        """Begin a step, or say how far the running one is: that has a count."""
        if "count" not in values:
            self._steps(key, **values)
            self._told = time.monotonic()
        elif time.monotonic() - self._told >= TELL_S:
            console.tell(key, **{name: _spaced(value) for name, value in values.items()})
            self._told = time.monotonic()


def _spaced(number: object) -> str:
    return f"{number:,}".replace(",", " ")


def build(source: str, out: Path | None, radius_km: float | None, *, osmnx: bool) -> RoadGraph:
    """Build a network from a file or a place, index it and set it in place of the old one, all or nothing."""
    chosen = settings.load()
    order = sources.Order(source, radius_km, osmnx)
    try:
        with console.steps() as steps:
            tell = Shown(steps)
            name, graph = sources.read(order, chosen, tell)
            folder = out or chosen.roads / name
            tell("roads.saving", folder=str(folder))
            road_graph.save(graph, folder, prepare)
    except KeyboardInterrupt as stopped:
        raise GeoProblem("roads.stopped") from stopped
    except OSError as error:
        raise GeoProblem("roads.no_room", reason=error.strerror or type(error).__name__) from error
    console.tell("roads.built", folder=str(folder))
    return graph


def fetch(source: Source) -> None:
    """Download SOURCE, going on where an earlier download broke off."""
    told = time.monotonic()

    def progress(there: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_S:
            told = time.monotonic()
            console.tell("roads.fetching", there=there // BYTES_PER_MB, total=total // BYTES_PER_MB)

    try:
        file = downloads.fetch(source.value, settings.load(), progress)
    except KeyboardInterrupt as stopped:
        raise GeoProblem("roads.fetch_stopped") from stopped
    size = file.stat().st_size
    console.answer({"file": str(file), "bytes": size}, [text("roads.fetched", console.language(), file=str(file))])
