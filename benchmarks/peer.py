"""A peer of the road index in a process of its own: told by a line what to do, it answers with the seconds it took.

Run as a script by `benchmarks.peers`, with the folder of the peer's packages on PYTHONPATH; it knows nothing of the
project, so that neither is measured through the other.
"""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

MS_A_MINUTE = 60_000.0  # routingkit-cch counts in whole numbers


def pandana(at: dict[str, Any]) -> Callable[[int], Any]:
    """Prepare pandana; give what finds the matrix of the first n origins."""
    pandas = importlib.import_module("pandas")
    network = importlib.import_module("pandana").Network(
        pandas.Series(at["x"]),
        pandas.Series(at["y"]),
        pandas.Series(at["tail"]),
        pandas.Series(at["head"]),
        pandas.DataFrame({"minutes": at["minutes"]}),
        twoway=False,
    )

    def matrix(count: int) -> Any:  # noqa: ANN401 - the peer's own kind of array
        starts = np.repeat(at["origins"][:count], len(at["destinations"]))
        return network.shortest_path_lengths(starts, np.tile(at["destinations"], count))

    return matrix


def routingkit_cch(at: dict[str, Any]) -> Callable[[int], Any]:
    """Prepare routingkit-cch by its better order; give what finds the matrix of the first n origins."""
    kit = importlib.import_module("routingkit_cch")
    tail, head = at["tail"].tolist(), at["head"].tolist()
    order = kit.compute_order_inertial(len(at["x"]), tail, head, at["y"].tolist(), at["x"].tolist())
    metric = kit.CCHMetric(kit.CCH(order, tail, head, False), np.rint(at["minutes"] * MS_A_MINUTE).astype(int).tolist())  # noqa: FBT003 - its signature
    search = kit.CCHOneToMany(metric, at["destinations"].tolist())

    def matrix(count: int) -> Any:  # noqa: ANN401 - the peer's own kind of array
        rows = [search.distances_from(start) for start in at["origins"][:count].tolist()]
        return np.array(rows, dtype=float) / MS_A_MINUTE

    return matrix


PEERS = {"pandana": pandana, "routingkit-cch": routingkit_cch}


def main(name: str, folder: Path) -> None:
    """Prepare, then find as many rows of the matrix as each line of the input says."""
    at = {file.stem: np.load(file) for file in folder.glob("*.npy")}
    importlib.import_module(name.replace("-", "_"))  # not a part of preparing
    began = perf_counter()
    matrix = PEERS[name](at)
    _say(perf_counter() - began)
    for line in sys.stdin:
        began = perf_counter()
        found = matrix(int(line))
        _say(perf_counter() - began)
        del found


def _say(took_s: float) -> None:
    sys.stdout.write(f"\ntook {took_s}\n")  # on a line of its own, whatever a library wrote before
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
