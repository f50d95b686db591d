"""The weights of the matcher: defaults.toml, and what a user moves on the screen."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from config.errors import MatchProblem

DEFAULTS = Path(__file__).with_name("defaults.toml")


@dataclass(frozen=True)
class Weights:
    """Hold every number of defaults.toml; `share` adds up to 1."""

    share: Mapping[str, float]
    substance: Mapping[str, float]
    scale: float
    unknown: Mapping[str, float]
    concepts: Mapping[str, float]
    half_km: Mapping[str, float]
    bound: frozenset[str]
    least_score: float
    width: int
    least_share: float

    def shared(self, share: Mapping[str, float]) -> "Weights":
        """Take other shares, in any unit; raise MatchProblem when all are zero or one is negative."""
        total = sum(share.values())
        if total <= 0 or min(share.values()) < 0:
            raise MatchProblem("match.no_weight")
        return replace(self, share={name: share.get(name, 0.0) / total for name in self.share})


@cache
def defaults() -> Weights:
    """Read defaults.toml once a process."""
    table = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    return Weights(
        share=table["share"],
        substance=table["substance"],
        scale=table["substance_scale"]["scale"],
        unknown=table["unknown"],
        concepts=table["concepts"],
        half_km=table["half_km"],
        bound=frozenset(table["bound"]["types"]),
        least_score=table["proposals"]["least_score"],
        width=table["candidates"]["width"],
        least_share=table["candidates"]["least_share"],
    )
