"""Communities and sites: how well planted ecosystems are found again, and how fast large networks fall apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks import Figure, cpu_seconds
from geo.siting import Sites, Task, aggregated, p_median
from matching.ecosystems import MEDIUM, OUTSIDE, Network, find, stability, weave

SIZES = {700: (2_500, 1.0), 70_000: (1_000_000, 30.0)}
PLACES, DEMANDS, SITING_MOST_S = 308, 5_000, 30.0
GROUP = 40  # companies that mostly deal with each other, in the invented networks
COLUMNS = ("from_company", "to_company", "score", "tonnes", "km", "material")

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Planted:
    """Hold exchanges, as network.weave reads them, and the true group of each company, OUTSIDE for noise."""

    exchanges: pd.DataFrame
    group: Labels


def planted(seed: int = 1, sizes: Sequence[int] = (24, 18, 14), noise: int = 24) -> Planted:
    """Draw ecosystems of near and large exchanges, and companies whose small and long ones lead anywhere.

    Who only counts links is led astray: noise has as many of them as the ecosystems have.
    """
    rng = np.random.default_rng(seed)
    group = np.concatenate([np.repeat(np.arange(len(sizes)), sizes), np.full(noise, OUTSIDE)])
    ids = rng.permutation(len(group)) + 100  # ids tell nothing
    rows: list[tuple[int, int, float, float, float, str]] = []
    for own, material in enumerate(("wood", "manure", "metal")[: len(sizes)]):
        members = ids[group == own]
        for one in members:
            for other in rng.choice(members[members != one], 3, replace=False):
                told = rng.uniform(0.5, 0.9), rng.lognormal(7, 1), rng.uniform(2, 40)
                rows.append((int(one), int(other), *told, material))
    for one in ids[group == OUTSIDE]:
        for other in rng.choice(ids[ids != one], 6, replace=False):
            told = rng.uniform(0.3, 0.5), rng.lognormal(2, 1), rng.uniform(20, 400)
            rows.append((int(one), int(other), *told, ""))
    return Planted(pd.DataFrame(rows, columns=[*COLUMNS]), group[np.argsort(ids)])


def agreement(found: Labels, truth: Labels) -> float:
    """Give the adjusted Rand index of two groupings; companies of no group are one of their own each."""
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415 - costs seconds at start-up

    return float(adjusted_rand_score(_apart(truth), _apart(found)))


def _apart(labels: Labels) -> Labels:
    alone = labels == OUTSIDE
    return np.where(alone, -np.arange(1, len(labels) + 1), labels)


def plain(network: Network) -> Labels:
    """Group companies by who is linked with whom alone: greedy modularity by networkx."""
    import networkx as nx  # noqa: PLC0415 - only to compare with

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(network)))
    graph.add_edges_from(zip(network.first.tolist(), network.second.tolist(), strict=True))
    found = np.full(len(network), OUTSIDE, dtype=np.int64)
    for number, members in enumerate(nx.community.greedy_modularity_communities(graph)):
        found[list(members)] = number
    return found


def invented(companies: int, links: int, seed: int = 1) -> Network:
    """Draw a network in which seven links of ten stay within groups of GROUP companies."""
    rng = np.random.default_rng(seed)
    first = rng.integers(0, companies, links)
    near = np.minimum(first // GROUP * GROUP + rng.integers(0, GROUP, links), companies - 1)
    second = np.where(rng.random(links) < 0.7, near, rng.integers(0, companies, links))  # noqa: PLR2004 - as told above
    told = {"score": rng.random(links), "tonnes": rng.lognormal(5, 2, links), "km": rng.uniform(1, 400, links)}
    return weave(pd.DataFrame({"from_company": first, "to_company": second, **told}))


def measure() -> list[Figure]:
    """Measure all of it."""
    known = planted()
    network = weave(known.exchanges)
    figures = [
        Figure(
            "three planted ecosystems and noise: adjusted Rand index, to go wrong", 1 - _ours(network, known), "", 0.1
        ),
        Figure("the same by plain modularity", 1 - agreement(plain(network), known.group), ""),
    ]
    for companies, (links, most_s) in SIZES.items():
        drawn = invented(companies, links)
        name = f"{companies} companies, {len(drawn.first)} links"
        figures.append(Figure(f"{name}: communities", cpu_seconds(partial(find, drawn)), "s CPU", most_s))
        labels = find(drawn)
        spent = cpu_seconds(partial(stability, drawn, labels, MEDIUM))
        figures.append(Figure(f"{name}: their stability", spent, "s CPU"))
    return [*figures, *_siting()]


def _ours(network: Network, known: Planted) -> float:
    return agreement(find(network), known.group)


def _siting() -> list[Figure]:
    rng = np.random.default_rng(1)
    here, there = rng.uniform(0, 700, (DEMANDS, 2)), rng.uniform(0, 700, (PLACES, 2))
    km = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1))
    nearest = np.unique(km.argmin(axis=1), return_inverse=True)[1].astype(np.intp)
    joined, weight = aggregated(km, rng.lognormal(5, 1, DEMANDS), nearest)
    task = Task(joined, weight, 150.0, 200_000.0)
    found: list[Sites] = []
    spent = cpu_seconds(lambda: found.append(p_median(task, 3)))
    name = f"p-median, {PLACES} places, {DEMANDS} demands"
    return [
        Figure(f"{name}: three sites", spent, "s CPU", SITING_MOST_S),
        Figure(f"{name}: gap at the end", found[0].gap * 100, "%"),
    ]
