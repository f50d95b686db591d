"""Learn from decided synergies how much each feature is worth, and keep the default unless that is surely better.

A logistic regression over the features and the default's own score, so that the default is one of the models it can
find. It is fitted and calibrated on some folds and compared with the default on the one left out, in which no offer
stands that it has seen: an offer's popularity would give the answer away. The default is calibrated in the same way,
so that both are compared as probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

LEAST_DECIDED = 200  # below it the weights are noise
LEAST_OF_EACH = 30  # accepted, and rejected
ISOTONIC_FROM = 1_000  # fewer cases and isotonic steps follow chance; a sigmoid has two numbers only
FOLDS = 5
RESAMPLES = 1_000
SURE = (2.5, 97.5)  # percentiles of the interval
BINS = 10
SCORE = "score"
LEAST_GAIN = 0.01  # of log loss; a coin's sides differ by less, and nobody would notice it
HOLD = 10.0  # as strong as some dozens of decisions
NEWTON_STEPS = 20
STRENGTH = 1.0  # scikit-learn's C: the features lie in 0..1, so its default holds coefficients to sensible sizes
LEAST_CHANCE = 1e-6


@dataclass(frozen=True)
class Learned:
    """Hold what each feature is worth, in log-odds, and how log-odds become a probability."""

    worth: Mapping[str, float]
    start: float
    steps: tuple[Floats, Floats] | None = None  # isotonic: log-odds and the probability at each

    def parts(self, columns: pd.DataFrame) -> pd.DataFrame:
        """Give what each feature adds to a pair's log-odds: the truth that an explanation tells."""
        return pd.DataFrame({name: columns[name] * worth for name, worth in self.worth.items()}, index=columns.index)

    def odds(self, columns: pd.DataFrame) -> pd.Series:
        """Give log-odds to rank by: unlike probabilities they have no steps."""
        odds = np.full(len(columns), self.start)
        for name, worth in self.worth.items():  # in one order, so that a pair alone has the odds that it has among many
            odds += worth * columns[name].to_numpy(dtype=float)
        return pd.Series(odds, index=columns.index)

    def probability(self, columns: pd.DataFrame) -> pd.Series:
        """Give the chance that a coordinator takes a pair up."""
        odds = self.odds(columns)
        chance = 1 / (1 + np.exp(-odds)) if self.steps is None else np.interp(odds, *self.steps)
        return pd.Series(np.clip(chance, LEAST_CHANCE, 1 - LEAST_CHANCE), index=columns.index)

    def score(self, columns: pd.DataFrame) -> pd.Series:
        """Give the probability, on a step of it higher for higher odds by less than anybody sees."""
        chance = self.probability(columns)
        if self.steps is None:
            return chance
        step = LEAST_CHANCE / (1 + np.exp(-self.odds(columns).to_numpy()))
        return pd.Series(np.minimum(chance.to_numpy() + step, 1.0), index=columns.index)


@dataclass(frozen=True)
class Lesson:
    """Tell what was learned, from how much, and whether it is used.

    `model` is None where the default stays; `why` is then `too_few` or `not_surely_better`. Losses are mean log
    losses on held-out decisions, `gain` the default's less the learned one's with its 95 % interval;
    `calibration_error` is that of the learned probabilities, held out as well. `demo`: from invented decisions only.
    """

    n: int
    accepted: int
    why: str
    model: Learned | None = None
    default_loss: float = float("nan")
    learned_loss: float = float("nan")
    gain: float = float("nan")
    gain_low: float = float("nan")
    gain_high: float = float("nan")
    default_auc: float = float("nan")
    learned_auc: float = float("nan")
    calibration_error: float = float("nan")
    demo: bool = False


def columns(values: pd.DataFrame, score: pd.Series, unknown: Mapping[str, float]) -> pd.DataFrame:
    """Lay out what is learned from: the features, unknown values filled as the default fills them, and its score."""
    return values.astype(float).fillna(dict(unknown)).fillna(0.0).assign(**{SCORE: score})


def learn(known: pd.DataFrame, accepted: pd.Series, offers: pd.Series) -> Lesson:
    """Learn from decided pairs: `known` has the columns of `columns`, `offers` says whose offer each pair is."""
    right, groups = accepted.to_numpy(dtype=bool), offers.to_numpy()
    n, taken = len(right), int(right.sum())
    if n < LEAST_DECIDED or min(taken, n - taken) < LEAST_OF_EACH or len(np.unique(groups)) < FOLDS:
        return Lesson(n, taken, "too_few")
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415 - costs a second at start-up

    ours, default = (_held_out(known[list(names)], right, groups) for names in (known.columns, [SCORE]))
    gains = _losses(default, right) - _losses(ours, right)
    low, high = _interval(gains, groups)
    default_auc, learned_auc = (float(roc_auc_score(right, chances)) for chances in (default, ours))
    better = low > 0 and float(gains.mean()) >= LEAST_GAIN and learned_auc >= default_auc
    return Lesson(
        n,
        taken,
        "better" if better else "not_surely_better",
        _fit(known, right, groups) if better else None,
        default_loss=float(_losses(default, right).mean()),
        learned_loss=float(_losses(ours, right).mean()),
        gain=float(gains.mean()),
        gain_low=low,
        gain_high=high,
        default_auc=default_auc,
        learned_auc=learned_auc,
        calibration_error=calibration_error(ours, right),
    )


def calibration_error(chances: Floats, right: npt.NDArray[np.bool_]) -> float:
    """Give the mean gap, over ten equal bins by their size, between the chance told and the share that came true."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    told, true = (np.bincount(bins, weights, BINS) for weights in (chances, right.astype(float)))
    return float(np.abs(told - true).sum() / len(right))


def _held_out(known: pd.DataFrame, right: npt.NDArray[np.bool_], groups: npt.NDArray[np.generic]) -> Floats:
    """Give each pair the probability from a model that saw no pair of the same offer."""
    chances = np.empty(len(right))
    for train, test in _folds(right, groups):
        model = _fit(known.iloc[train], right[train], groups[train])
        chances[test] = model.probability(known.iloc[test])
    return chances


def _folds(right: npt.NDArray[np.bool_], groups: npt.NDArray[np.generic]) -> Iterator[tuple[Rows, Rows]]:
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415 - costs a second at start-up

    yield from StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0).split(right, right, groups)


def _fit(known: pd.DataFrame, right: npt.NDArray[np.bool_], groups: npt.NDArray[np.generic]) -> Learned:
    """Fit all, and calibrate on what models fitted without a pair's offer said of it."""
    apart = np.empty(len(right))
    for train, test in _folds(right, groups):
        apart[test] = _weigh(known.iloc[train], right[train]).odds(known.iloc[test])
    return _calibrated(_weigh(known, right), apart, right)


def _weigh(known: pd.DataFrame, right: npt.NDArray[np.bool_]) -> Learned:
    """Fit a logistic regression in which no feature counts against a pair.

    Every feature is made so that more is better. Where one comes out below zero it is chance, or stands for
    something else, and nobody could explain it: it goes, the most contrary first.
    """
    names = [str(name) for name, spread in (known.max() - known.min()).items() if spread > 0]
    while True:
        weights, start = _regression(known[names].to_numpy(), right)
        if not names or min(weights) >= 0:
            return Learned(dict(zip(names, weights, strict=True)), start)
        names.pop(int(np.argmin(weights)))


def _regression(values: Floats, right: npt.NDArray[np.bool_]) -> tuple[list[float], float]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - costs a second at start-up

    if values.shape[1] == 0:
        share = float(right.mean())
        return [], float(np.log(share / (1 - share)))
    fitted = LogisticRegression(C=STRENGTH, solver="newton-cholesky").fit(values, right)
    return fitted.coef_[0].tolist(), float(fitted.intercept_[0])


def _calibrated(model: Learned, odds: Floats, right: npt.NDArray[np.bool_]) -> Learned:
    if len(right) >= ISOTONIC_FROM:
        from sklearn.isotonic import IsotonicRegression  # noqa: PLC0415 - costs a second at start-up

        stairs = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(odds, right)
        return Learned(model.worth, model.start, (stairs.X_thresholds_, stairs.y_thresholds_))
    slope, shift = _sigmoid(odds, right)
    worth = {name: slope * one for name, one in model.worth.items()}
    return Learned(worth, slope * model.start + shift)


def _sigmoid(odds: Floats, right: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Stretch and shift log-odds to fit what came true (Platt 1999), by Newton's method.

    The stretch is held towards 1. Where a model knows nothing its odds on each left-out fold are a constant, the
    lower the more of that fold is right, and a free stretch would make much of that.
    """
    slope, shift = 1.0, 0.0
    for _ in range(NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-(slope * odds + shift)))
        miss, spread = chance - right, chance * (1 - chance)
        gradient = np.array([miss @ odds + HOLD * (slope - 1), miss.sum()])
        bend = np.array([[spread @ odds**2 + HOLD, spread @ odds], [spread @ odds, spread.sum()]])
        step = np.linalg.solve(bend, gradient)
        slope, shift = slope - step[0], shift - step[1]
    return max(float(slope), 0.0), float(shift)


def _losses(chances: Floats, right: npt.NDArray[np.bool_]) -> Floats:
    return np.asarray(-np.log(np.where(right, chances, 1 - chances)))


def _interval(gains: Floats, groups: npt.NDArray[np.generic]) -> tuple[float, float]:
    """Give the 95 % interval of the mean gain, drawing whole offers with replacement."""
    _, at = np.unique(groups, return_inverse=True)
    sums, sizes = np.bincount(at, gains), np.bincount(at)
    drawn = np.random.default_rng(0).integers(len(sums), size=(RESAMPLES, len(sums)))
    low, high = np.percentile(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1), SURE)
    return float(low), float(high)
