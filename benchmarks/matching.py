"""How fast the matcher finds: everything at once, one new resource, and its kernel beside three others.

Seconds are those of the processor, of one thread: on a machine that does nothing else they are those of the clock.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import process_time

import numpy as np
import pandas as pd

from benchmarks import Figure, chart, cpu_seconds, keep, match_peers, percentile, seconds
from benchmarks.chart import Line, Panel
from benchmarks.match_peers import TOP
from benchmarks.store import database
from config.settings import Settings
from data.queries import matching as queries
from data.store import demo
from geo import distance
from geo.engines import ENGINES
from matching import candidates, characters, scaleout
from matching.everything import match_all, offers
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.weights import defaults

OURS, WHOLE = "this matcher", "the same, scored with roads"
CHUNK = 256
NEW = 60  # resources that come in one by one
MOST_S = {5_000: 1.0, 50_000: 25.0, 500_000: 1_200.0}
WHOLE_MOST_S = {500_000: 1_200.0}
MOST_MB = 4_000.0
SCALES: Mapping[str, Sequence[int]] = {
    "small": (1_000, 5_000),
    "usual": (1_000, 5_000, 20_000, 50_000),
    "full": (1_000, 5_000, 20_000, 50_000, 500_000),
}
ROUNDS = {1_000: 7, 5_000: 5, 20_000: 1, 50_000: 1}  # of the peers; above, they take longer than anybody waits
LARGE = 20_000  # resources whose memory says something
SHARED = (20_000, 500_000)  # resources that are shared out to workers: fewer are too little to share
DEMO_LIVE = 4_200  # resources of the demo data at scale 1 that are neither expired nor given away


@dataclass(frozen=True)
class Run:
    """Hold what is measured: all resources of a size, their index and the way to tell hauls."""

    size: int
    resources: pd.DataFrame
    index: MatchIndex
    hauls: Hauls

    @property
    def name(self) -> str:
        """Give how figures of this size begin."""
        return f"match {self.size:,}"


def measure(settings: Settings, scale: str, plot: Path) -> list[Figure]:
    """Measure at each size of a scale, drawn by chance from demo data; keep figures and plot after each."""
    sizes = SCALES[scale]
    engine = ENGINES["road"](settings)
    hauls = partial(distance.pairs, engine=engine)
    resources = _demo(settings, max(sizes))
    found: list[Figure] = []
    times: dict[str, dict[int, float]] = {}
    for size in sizes:
        some = resources.sample(frac=size / max(sizes), random_state=1).sort_values("id", ignore_index=True)
        place = some[["easting_m", "northing_m"]].to_numpy(dtype=float)[:1]
        hauls(place, place)  # the network is made ready once
        run = Run(size, some, MatchIndex.build(some), hauls)
        found += _at(run, times)
        keep(found)
        _draw(plot, times)
    return found


def _demo(settings: Settings, size: int) -> pd.DataFrame:
    with database(settings, "bench_matching") as engine:
        demo.load(engine, settings, ceil(size / DEMO_LIVE))
        return pd.concat(queries.pieces(engine), ignore_index=True).head(size)


def _at(run: Run, times: dict[str, dict[int, float]]) -> Iterator[Figure]:
    def took(name: str, spent_s: float) -> float:
        return times.setdefault(name, {}).setdefault(run.size, spent_s)

    most_s = MOST_S.get(run.size)
    ratios = _in_turn(run)
    spent_s = took(OURS, median(ratios.pop(OURS)))
    yield Figure(f"{run.name}: all pairs, top {TOP} by letters and by concepts", spent_s, "s CPU", most_s)
    for peer, others_s in ratios.items():
        over = spent_s / took(peer, median(others_s))
        yield Figure(f"{run.name}: all pairs, over letters by {peer}", over, "times", None, peer)
    clock_s: list[float] = []
    whole_s = cpu_seconds(lambda: clock_s.append(seconds(lambda: match_all(run.index, run.hauls))))
    yield Figure(
        f"{run.name}: everything scored with roads and ranked",
        took(WHOLE, whole_s),
        "s CPU",
        WHOLE_MOST_S.get(run.size),
    )
    for figure in _one(run):
        took(figure.name.removeprefix(run.name), figure.value)
        yield figure
    yield from _layers(run)
    if run.size >= LARGE:
        yield Figure(f"{run.name}: most memory", getrusage(RUSAGE_SELF).ru_maxrss / 1000, "MB", MOST_MB)
    if run.size in SHARED:
        yield from _shared(run, whole_s, *clock_s)


def _in_turn(run: Run) -> dict[str, list[float]]:
    """Let peers find the top ten by letters alone, in turn with ours, which also looks at concepts and at the gate."""
    width, rows = replace(defaults(), width=TOP), offers(run.index)
    turns = {OURS: lambda: sum(asked for asked, _ in candidates.chunks(run.index, rows, width))}
    if run.size in ROUNDS:
        blocks = match_peers.blocks(run.index)
        turns |= {peer: partial(_each, way, blocks) for peer, way in match_peers.WAYS.items()}
    rounds = range(ROUNDS.get(run.size, 1))
    spent = [{name: cpu_seconds(work) for name, work in turns.items()} for _ in rounds]
    return {name: [one[name] for one in spent] for name in turns}


def _each(way: match_peers.Way, blocks: Sequence[match_peers.Block]) -> int:
    for block in blocks:
        way(block)
    return len(blocks)


def _one(run: Run) -> Iterator[Figure]:
    """Let resources come in one by one, each with a new id, and look for the candidates of each."""
    index, times, walks = run.index, [], []
    draw = np.random.default_rng(1)
    for number, at in enumerate(draw.choice(len(run.resources), NEW)):
        new = run.resources.iloc[[at]].assign(id=10**9 + number)
        began = process_time()
        index = index.add(new)
        row = np.array([index.position(10**9 + number)])
        candidates.find(index, row, defaults())
        times.append((process_time() - began) * 1000)
        part, _ = next(index.by_part(row))
        other = ("want" if part[0] == "have" else "have", part[1])
        question = index.vectors(part, row)
        walks.append(cpu_seconds(partial(index.dots, other, question)) * 1000)
    # The first reads what a server has read long since.
    yield Figure(
        f"{run.name}: a new resource and its candidates, 95th percentile", percentile(times[1:], 0.95), "ms", 50
    )
    yield Figure(f"{run.name}: of it the walk along the postings, median", median(walks), "ms")


def _layers(run: Run) -> Iterator[Figure]:
    """Compare what concepts cost with what letters cost: to read some texts, and to walk along the postings."""
    index = run.index
    some = index.resources.head(5_000)
    texts = (some["title"] + " " + some["title"] + " " + some["description"]).tolist()
    part = ("have", "material")
    questions = index.vectors(part, index.side(part).row[:CHUNK])
    kinds = zip((index.base.letters, index.base.concepts), questions, strict=True)
    letters, concepts = (partial(kind.dots, ("want", "material"), asked) for kind, asked in kinds)
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "read the concepts of texts": (
            partial(index.concept_space.vectors, some),
            lambda: index.characters.weighed(characters.count(texts)),
        ),
        "compare by concepts": (concepts, letters),
    }
    for name, (ours, peer) in pairs.items():
        ratio = median(cpu_seconds(ours) / cpu_seconds(peer) for _ in range(5))
        yield Figure(f"{run.name}: {name}, over their letters", ratio, "times", 1.0)


def _shared(run: Run, alone_cpu_s: float, alone_s: float) -> Iterator[Figure]:
    """Compare the whole count, scores and all, with that of two Dask workers of one thread each."""
    from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        work = partial(scaleout.match_all, cluster.scheduler_address, hauls=run.hauls)
        work(index=MatchIndex.build(run.resources.head(1_000)))  # workers load their libraries
        began, here = client.run(process_time), process_time()
        both_s = seconds(partial(work, index=run.index))
        here = process_time() - here
        busiest_s = max(spent - began[worker] for worker, spent in client.run(process_time).items())
    yield Figure(f"{run.name}: by two Dask workers, over one process, by the clock", both_s / alone_s, "times", 0.625)
    busy = (busiest_s + here) / alone_cpu_s
    yield Figure(f"{run.name}: CPU of the busier worker and the asker, over one process", busy, "times", 0.625)


def _draw(plot: Path, times: Mapping[str, Mapping[int, float]]) -> None:
    def lines(names: Sequence[str], said: Mapping[str, str]) -> list[Line]:
        return [Line(said.get(name, name), sorted(times[name].items())) for name in names]

    every = [name for name in times if not name.startswith(":")]
    one = [name for name in times if name.startswith(":")]
    short = dict(zip(one, ("with its candidates (p95)", "walk (median)"), strict=True))
    panels = [
        Panel("All pairs, top 10 each", "resources", "seconds of CPU", lines(every, {})),
        Panel("One new resource", "resources", "milliseconds of CPU", lines(one, short)),
    ]
    chart.write(plot, panels)
