"""How high the right answers stand in a ranking, where equal scores have no order of their own.

Whoever breaks ties by position measures the order of the file: the answer is often the first of its kind. So both
figures are the mean over all orders that the equal scores allow.
"""

import numpy as np
import numpy.typing as npt

TOP = 10


def recall_and_reciprocal(
    scores: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], top: int = TOP
) -> tuple[float, float]:
    """Give the share of right answers among the best `top`, and one over the rank of the first of them."""
    above = np.array([(scores > score).sum() for score in scores[right]])
    level = np.array([(scores == score).sum() for score in scores[right]])
    # Each of `level` equals stands on the ranks above+1 .. above+level with the same chance.
    recall = np.clip((top - above) / level, 0.0, 1.0).mean()
    best = above.argmin()
    return float(recall), _mean_reciprocal(int(above[best]), int(level[best]), int((above == above[best]).sum()))


def _mean_reciprocal(above: int, level: int, right: int) -> float:
    """Average 1/rank of the first of `right` answers shuffled among `level` equals, with `above` before them."""
    chance, mean = 1.0, 0.0  # chance: no right answer has come so far
    for place in range(level):
        here = min(1.0, right / (level - place))
        mean += chance * here / (above + place + 1)
        chance *= 1.0 - here
    return mean
