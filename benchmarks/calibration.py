"""Fit how a weighted sum is read as a chance, on listings that may be read, and say how far chances are off."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching import evaluate
from matching.evaluate import Run
from matching.learning import BINS, calibration_error
from matching.score import SURE
from matching.weights import DEFAULTS

Floats = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]

PLACES = 3  # decimals of what is written
LOOSE = 1e6  # scikit-learn's C: two numbers and tens of thousands of pairs need no holding back


def fit(tables: Sequence[pd.DataFrame], best: int) -> tuple[float, float]:
    """Give `power` and `even` of defaults.toml from the `best` needs of each offer, in all conditions of the tables."""
    told = [pairs(run, table, best) for table in tables for run in evaluate.run_all(table, evaluate.by_substance)]
    return curve(np.concatenate([one[0] for one in told]), np.concatenate([one[1] for one in told]))


def curve(sums: Floats, right: Truth) -> tuple[float, float]:
    """Fit a logistic regression on the logarithm of the evidence, and give it as `power` and `even`."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - costs a second at start-up

    some = sums > 0
    evidence = np.log(-np.log1p(-np.minimum(sums[some], SURE)))
    model = LogisticRegression(C=LOOSE).fit(evidence[:, None], right[some])
    power = float(model.coef_[0, 0])
    return round(power, PLACES), round(-float(np.expm1(-np.exp(-model.intercept_[0] / power))), PLACES)


def write(power: float, even: float, file: Path = DEFAULTS) -> None:
    """Put both numbers in their places in defaults.toml, and leave all else as it is."""
    text = file.read_text(encoding="utf-8")
    for name, value in (("power", power), ("even", even)):
        text = re.sub(rf"(?m)^{name} = [\d.]+", f"{name} = {value}", text, count=1)
    file.write_text(text, encoding="utf-8")


def pairs(run: Run, table: pd.DataFrame, best: int | None = None) -> tuple[Floats, Truth]:
    """Give the score of every pair and whether it is right; `best` keeps so many needs of each offer."""
    relevant = evaluate.relevant_needs(table)
    right = np.array([[need in relevant[offer] for need in run.needs] for offer in run.offers], dtype=bool)
    order = np.argsort(-run.scores, axis=1, kind="stable")[:, : best or len(run.needs)]
    return np.take_along_axis(run.scores, order, axis=1).ravel(), np.take_along_axis(right, order, axis=1).ravel()


def error(runs: Sequence[Run], table: pd.DataFrame, best: int | None = None, *, alike: bool = False) -> float:
    """Give the expected calibration error of scores read as chances.

    The mean over ten bins, each by its number of pairs, of |mean score - share of right pairs|: bins equally wide, or
    of equally many pairs where `alike`.
    """
    told = [pairs(run, table, best) for run in runs]
    scores, right = np.concatenate([one[0] for one in told]), np.concatenate([one[1] for one in told])
    if not alike:
        return calibration_error(scores, right)
    return sum(abs(float((scores[at] - right[at]).sum())) for at in _tenths(scores)) / len(scores)


def _tenths(scores: Floats) -> Iterator[npt.NDArray[np.intp]]:
    yield from np.array_split(np.argsort(scores, kind="stable"), BINS)
