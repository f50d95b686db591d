"""How soon the board of synergies and the page of nearby partners answer a link that nobody has opened yet."""

import asyncio
from collections.abc import Sequence

from benchmarks import Figure, percentile
from benchmarks.viewer import Viewer
from geo import regions

RESOURCES = range(1, 21)
LIMITS_KM = range(40, 440, 20)


def measure(address: str, scale: int) -> list[Figure]:
    """Open the board by region and the partners by resource and limit, each question for the first time."""
    board = [f"region={code}" for code in regions.load().regions]
    partners = [f"resource={number}" for number in RESOURCES]
    limits = [f"resource={RESOURCES[0]}&km={km}" for km in LIMITS_KM]
    told = (
        ("board: another region", "synergies", board, 1.0 if scale == 1 else None),
        ("nearby partners: another resource", "partners", partners, 1.0 if scale == 1 else 2.0),
        ("nearby partners: another limit", "partners", limits, 0.3),
    )
    return [
        Figure(f"{name} at scale {scale}, 95th percentile", percentile(_opened(address, page, links), 0.95), "s", bound)
        for name, page, links, bound in told
    ]


def _opened(address: str, page: str, links: Sequence[str]) -> list[float]:
    async def one(query: str) -> float:
        async with Viewer(address, query) as viewer:
            return await viewer.run(page)

    async def each() -> list[float]:
        await one("")  # brings the page's libraries and what all its links share
        return [await one(query) for query in links]

    return asyncio.run(each())
