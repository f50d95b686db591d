"""What `make bench` measures: figures with their bounds, each beside a named peer where there is one."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from config.settings import ROOT

FILE = ROOT / "build" / "bench.json"
Tell = Callable[[str], object]  # what hears how far a long measurement has come


@dataclass(frozen=True)
class Figure:
    """Hold one measured value, what it may be at most or must be at least, and the peer that it stands against."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    peer: str = ""
    at_least: float | None = None

    def __str__(self) -> str:
        """Write the figure as a row of a table."""
        bounds = {"<= ": self.at_most, ">= ": self.at_least}
        bound = " ".join(f"{sign}{value:g}" for sign, value in bounds.items() if value is not None)
        kept = ("yes" if self.kept else "NO") if bound else ""
        return f"{self.name:<58}{self.value:>12.3f} {self.unit:<8}{bound:>8}  {kept:<4}{self.peer}"

    @property
    def kept(self) -> bool:
        """Tell whether the value is within its bounds."""
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )


HEADER = f"{'figure':<58}{'value':>12} {'unit':<8}{'bound':>8}  kept  peer"


def seconds(work: Callable[[], object]) -> float:
    """Time one call, in seconds."""
    began = perf_counter()
    work()
    return perf_counter() - began


def cpu_seconds(work: Callable[[], object]) -> float:
    """Time one call by what this process uses of the processor: what else runs on the machine counts for less."""
    began = process_time()
    work()
    return process_time() - began


def timed(
    name: str, work: Callable[[], object], spent: Callable[[], float], at_most: float | None = None, rounds: int = 3
) -> list[Figure]:
    """Give the median of some calls by the clock, and of the processor time of this process and of what `spent` tells.

    The latter bears being measured on a machine that does other work, too.
    """
    clock, cpu = [], []
    for _ in range(rounds):
        before = process_time() + spent()
        clock.append(seconds(work))
        cpu.append(process_time() + spent() - before)
    return [Figure(name, median(clock), "s", at_most), Figure(f"{name}: processor", median(cpu), "s CPU")]


def ratio(ours: Callable[[], object], peer: Callable[[], object], rounds: int = 15) -> float:
    """Compare two ways in turn, after one round that doesn't count; give the median of the rounds' ratios."""
    ours(), peer()
    return median(seconds(ours) / seconds(peer) for _ in range(rounds))


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which `share` (0..1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def keep(figures: Sequence[Figure], file: Path = FILE) -> None:
    """Write figures into build/bench.json, over those of the same name."""
    file.parent.mkdir(parents=True, exist_ok=True)
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    names = {figure.name for figure in figures}
    rows = [row for row in known if row["name"] not in names] + [asdict(figure) for figure in figures]
    file.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
