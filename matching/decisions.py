"""What coordinators decided about proposed synergies, and how often the matcher was right."""

from dataclasses import dataclass
from math import sqrt

import pandas as pd

# A proposal that somebody took up was a good one, whatever became of it later; a lapse speaks by its reason.
TAKEN_UP = ("discussing", "assessing", "negotiating", "implementing", "completed")
LAPSED = "lapsed"
# Who withdrew, or lapsed for a reason of their own, says nothing about the match.
SAYS_NOTHING = ("withdrawn", "other")
CONFIDENCE_Z = 1.96  # 95 %


def outcomes(synergies: pd.DataFrame) -> pd.Series:
    """Tell of each synergy (`stage`, `lapse_reason`) whether it was a good proposal; NA where nobody has decided."""
    stage, reason = synergies["stage"], synergies["lapse_reason"]
    decided = pd.Series(pd.NA, index=synergies.index, dtype="boolean")
    decided[stage.isin(TAKEN_UP)] = True
    decided[(stage == LAPSED) & ~reason.isin(SAYS_NOTHING)] = False
    return decided


def counted(proposed: pd.DataFrame) -> pd.DataFrame:
    """Keep the pairs whose decisions count: real ones, and invented ones only where there is nothing else."""
    decided = outcomes(proposed).notna()
    real = ~proposed["demo"].astype(bool)
    return proposed[real] if (decided & real).any() else proposed


@dataclass(frozen=True)
class Rate:
    """Hold a share of `n` decided proposals with its 95 % interval; `share` is None where nothing is decided."""

    hits: int
    n: int
    share: float | None
    low: float
    high: float


def hit_rate(decided: pd.Series) -> Rate:
    """Count how many of the decided proposals were good, with the interval of Wilson (1927).

    Wilson's interval stays within 0..1 and is honest for few cases and for shares near 0 or 1.
    """
    known = decided.dropna()
    hits, n = int(known.sum()), len(known)
    if n == 0:
        return Rate(0, 0, None, 0.0, 1.0)
    share, square = hits / n, CONFIDENCE_Z**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = CONFIDENCE_Z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n**2))
    return Rate(hits, n, share, max(0.0, middle - half), min(1.0, middle + half))
