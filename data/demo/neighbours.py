"""Which companies are planned as neighbours: who needs heat, steam or water settles where somebody has it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from data.demo import catalogue
from data.demo.catalogue import Archetype
from geo.regions import Place

# How many companies of a part settle for a stream that they need. Few kinds of plants can feed a steam line.
SETTLERS: Mapping[str, int] = {
    "want_dh_heat": 10,
    "want_greenhouse_heat": 8,
    "steam_demand": 14,
    "want_hall_heat": 16,
    "want_water_reuse": 22,
    "want_cooling": 4,
}
MOST_BESIDE = 3  # companies that settle by one and the same


@dataclass(frozen=True)
class Plan:
    """Hold a company before it is written: its kind, its home, which of how many of its kind, what it shares."""

    archetype: Archetype
    home: Place
    number: int
    alike: int
    shared: tuple[str, ...] = ()


def plan(rng: np.random.Generator, drawn: Iterable[Plan]) -> list[Plan]:
    """Let some settle in the municipality of a company that has what they need, of their own region first."""
    plans = list(drawn)
    beside: dict[int, int] = {}
    settled: set[int] = set()
    for need, count in SETTLERS.items():
        sources = frozenset(catalogue.streams()[need].fed_by)
        able = [at for at, one in enumerate(plans) if need in one.archetype.streams]
        giving = [at for at, one in enumerate(plans) if not sources.isdisjoint(one.archetype.streams)]
        for at in rng.permutation(able)[:count].tolist():
            if at in beside or at in settled:
                continue
            hosts = [to for to in giving if to not in settled and to != at and beside.get(to, 0) < MOST_BESIDE]
            near = [to for to in hosts if plans[to].home.region == plans[at].home.region] or hosts
            if near:
                to = near[int(rng.integers(len(near)))]
                _settle(plans, at, to, need, sources)
                settled.add(at)
                beside[to] = beside.get(to, 0) + 1
    return plans


def _settle(plans: list[Plan], at: int, to: int, need: str, sources: frozenset[str]) -> None:
    host = plans[to]
    plans[at] = replace(plans[at], home=host.home, shared=(*plans[at].shared, need))
    given = next((one for one in host.shared if one in sources), _given(host.archetype, sources))
    plans[to] = replace(host, shared=tuple(dict.fromkeys((*host.shared, given))))


def _given(archetype: Archetype, sources: frozenset[str]) -> str:
    """Give what a kind of plant has most surely of some streams."""
    own = {key: weight for key, (weight, _) in archetype.streams.items() if key in sources}
    return max(own, key=lambda key: (own[key], key))
