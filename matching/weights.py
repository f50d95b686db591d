"""The weights of the matcher: defaults.toml and typed.toml, and what a user moves on the screen."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from config.errors import MatchProblem
from matching.learning import Learned

DEFAULTS, TYPED = (Path(__file__).with_name(name) for name in ("defaults.toml", "typed.toml"))


@dataclass(frozen=True)
class Weights:
    """Hold every number of defaults.toml and typed.toml; `share` adds up to 1.

    `learned` is what decisions have taught, where that is surely better: see judged.py.
    """

    share: Mapping[str, float]
    substance: Mapping[str, float]
    scale: float
    power: float
    even: float
    unknown: Mapping[str, float]
    concepts: Mapping[str, float]
    half_km: Mapping[str, float]
    bound: frozenset[str]
    least_score: float
    width: int
    least_share: float
    factors: Mapping[str, Sequence[str]]
    anywhere: frozenset[str]
    energy: Mapping[str, Mapping[str, float]]
    large_heat: Mapping[str, float]
    lift: Mapping[str, float]
    near: Mapping[str, float]
    learned: Learned | None = None

    def shared(self, share: Mapping[str, float]) -> "Weights":
        """Take other shares, in any unit; raise MatchProblem when all are zero or one is negative."""
        total = sum(share.values())
        if total <= 0 or min(share.values()) < 0:
            raise MatchProblem("match.no_weight")
        return replace(self, share={name: share.get(name, 0.0) / total for name in self.share})


@cache
def defaults() -> Weights:
    """Read defaults.toml and typed.toml once a process."""
    table, typed = (tomllib.loads(file.read_text(encoding="utf-8")) for file in (DEFAULTS, TYPED))
    return Weights(
        share=table["share"],
        substance=table["substance"],
        scale=table["substance_scale"]["scale"],
        power=table["calibration"]["power"],
        even=table["calibration"]["even"],
        unknown=table["unknown"] | typed["unknown"],
        concepts=table["concepts"],
        half_km=table["half_km"],
        bound=frozenset(table["bound"]["types"]),
        least_score=table["proposals"]["least_score"],
        width=table["candidates"]["width"],
        least_share=table["candidates"]["least_share"],
        factors=typed["factors"],
        anywhere=frozenset(typed["anywhere"]["types"]),
        energy=typed["energy"],
        large_heat=typed["large_heat"],
        lift=typed["lift"],
        near=typed["near"],
    )
