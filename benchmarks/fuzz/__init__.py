"""Feed every importer files that nobody meant to write, for as long as one has time."""

import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from traceback import extract_tb

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from benchmarks import Figure
from benchmarks.fuzz.inputs import SHAPES
from benchmarks.fuzz.judge import Case, judge
from benchmarks.fuzz.mutants import mutants, sound
from benchmarks.store import database
from config.settings import ROOT, Settings

CRASHES = ROOT / "build" / "fuzz"
ROUND = 40  # inputs of one kind before the next has its turn
STORED = 4  # every so many inputs are written into a store too


@dataclass
class Tally:
    """Count what was tried, and keep the smallest case of each way to fail."""

    tried: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    crashes: dict[str, Case] = field(default_factory=dict)

    def failed(self, case: Case, error: Exception) -> None:
        """Keep a failure under the place where it happened."""
        last = extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} {Path(last.filename).stem}-{last.name}-{last.lineno} {str(error)[:60]}"
        if place not in self.crashes or case.size < self.crashes[place].size:
            self.crashes[place] = case
            _keep(place, case, error)


def targets() -> Mapping[str, st.SearchStrategy[Case]]:
    """Name every kind of input."""
    return {**SHAPES, **{f"bytes of {name}": mutants(case) for name, case in sound().items()}}


def measure(chosen: Settings, minutes: float, start: int = 0) -> list[Figure]:
    """Try inputs of every kind in turn until the time is over; what fails is kept in build/fuzz."""
    tally = Tally()
    until = monotonic() + 60 * minutes
    number = start
    with database(chosen, "bench_fuzz") as engine, TemporaryDirectory() as made:
        while monotonic() < until:
            for name, strategy in targets().items():
                number += 1
                if monotonic() < until:
                    _round(name, strategy, number, (tally, Path(made, "case"), engine))
    shares = [Figure(f"fuzz: {name}", count, "inputs") for name, count in sorted(tally.tried.items())]
    ends = [Figure(f"fuzz: {name}", count, "inputs") for name, count in sorted(tally.outcomes.items())]
    return [*shares, *ends, Figure("fuzz: ways to fail", len(tally.crashes), "", 0)]


def _round(name: str, strategy: st.SearchStrategy[Case], number: int, held: tuple[Tally, Path, Engine]) -> None:
    tally, folder, engine = held

    @seed(number)
    @settings(
        max_examples=ROUND,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def attempt(case: Case) -> None:
        tally.tried[name] += 1
        try:
            tally.outcomes[judge(case, folder, engine if tally.tried[name] % STORED == 0 else None)] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            tally.failed(case, error)

    attempt()


def _keep(place: str, case: Case, error: Exception) -> None:
    folder = CRASHES / "".join(sign if sign.isalnum() or sign in " -_" else "_" for sign in place)[:120]
    CRASHES.mkdir(parents=True, exist_ok=True)
    case.lay(folder)
    told = [repr(case.options), "", *traceback.format_exception(error)]
    (folder / "trace.txt").write_text("\n".join(told), encoding="utf-8", errors="backslashreplace")
