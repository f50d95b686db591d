"""How soon the board of synergies and the page of nearby partners answer a link that nobody has opened yet."""

import asyncio
from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple

from benchmarks import Figure, Tell, percentile
from benchmarks.viewer import Viewer
from geo import regions

RESOURCES = range(1, 21)
SITES = range(1, 21)
LIMITS_KM = range(40, 440, 20)


class _Visit(NamedTuple):
    """Hold how long a visit waited, and what server and database worked for it."""

    seconds: float
    cpu_s: float


def measure(address: str, scale: int, tell: Tell, spent: Callable[[], float]) -> list[Figure]:
    """Open the board by region, the partners by resource and limit, and what-if views by site, each for the first time.

    `spent` tells the processor time that server and database have used: what a visit takes of it bears being measured
    on a machine that does other work, too.
    """
    board = [f"region={code}" for code in regions.load().regions]
    partners = [f"resource={number}" for number in RESOURCES]
    closed = [f"part=whatif&closed={number}" for number in SITES]
    limits = [f"resource={RESOURCES[0]}&km={km}" for km in LIMITS_KM]
    small = scale == 1
    told = (
        ("board: another region", "synergies", board, 1.0 if small else None),
        ("nearby partners: another resource", "partners", partners, 1.0 if small else 2.0),
        ("nearby partners: another limit", "partners", limits, 0.3),
        ("what if: a site closes", "ecosystems", closed, 2.0 if small else None),
    )
    figures = []
    for name, page, links, bound in told:
        tell(f"scale {scale}: {name}")
        taken = _opened(address, page, links, spent)
        named = f"{name} at scale {scale}"
        figures.append(
            Figure(f"{named}, 95th percentile", percentile([one.seconds for one in taken], 0.95), "s", bound)
        )
        figures.append(Figure(f"{named}: processor", median(one.cpu_s for one in taken), "s CPU"))
    return figures


def _opened(address: str, page: str, links: Sequence[str], spent: Callable[[], float]) -> list[_Visit]:
    async def one(query: str) -> _Visit:
        async with Viewer(address, query) as viewer:
            before = spent()
            return _Visit(await viewer.run(page), spent() - before)

    async def each() -> list[_Visit]:
        await one("")  # brings the page's libraries and what all its links share
        return [await one(query) for query in links]

    return asyncio.run(each())
