"""How firmly a group holds: the share of its companies that stay together when some links are taken away."""

from collections.abc import Callable

import numpy as np

from matching.ecosystems.communities import OUTSIDE, Labels, find
from matching.ecosystems.network import Floats, Network

TIMES = 100
TAKEN = 0.1  # of the links, each time others
MOST_LINKS = 2_000_000  # that are looked at in all: a large network is tried fewer times
FEWEST_TIMES = 5
SEED = 20_260_101

Progress = Callable[[int, int], None]


def stability(
    network: Network, labels: Labels, resolution: float, *, times: int = TIMES, progress: Progress | None = None
) -> Floats:
    """Give for each group the mean share of its members in the largest part of it that is found again, in 0..1."""
    groups = int(labels.max(initial=OUTSIDE)) + 1
    tries = repeats(network, times)
    draws, held = np.random.default_rng(SEED), np.zeros(groups)
    for number in range(tries if groups else 0):
        gone = draws.random(len(network.weight)) < TAKEN
        held += _held(labels, find(network.without(gone), resolution), groups)
        if progress:
            progress(number + 1, tries)
    return np.asarray(held / max(tries, 1))


def repeats(network: Network, times: int = TIMES) -> int:
    """Tell how often a network of this size is tried."""
    return int(np.clip(MOST_LINKS // max(len(network.weight), 1), FEWEST_TIMES, times))


def _held(before: Labels, after: Labels, groups: int) -> Floats:
    """Give the share of each group that is still in one group."""
    member = before != OUTSIDE
    size = np.bincount(before[member], minlength=groups)
    stays = member & (after != OUTSIDE)
    width = int(after.max(initial=0)) + 1
    pairs, counts = np.unique(before[stays] * width + after[stays], return_counts=True)
    largest = np.zeros(groups)
    np.maximum.at(largest, pairs // width, counts)
    return np.asarray(largest / np.maximum(size, 1))
