"""How fast the matcher finds: everything at once, one new resource, and its kernel beside three others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import median

import numpy as np
import pandas as pd
from scipy import sparse

from benchmarks import Figure, percentile, seconds
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

TOP = 10
CHUNK = 256
NEW = 60  # resources that come in one by one
MOST_S = {5_000: 1.0, 50_000: 25.0, 500_000: 1_200.0}
SIZES = (5_000, 50_000)
ROUNDS = {5_000: 7, 50_000: 1}  # of the peers; above, they take longer than anybody waits

Block = tuple[sparse.csr_array, sparse.csr_array]  # the letters of the offers and of the needs of one family


@dataclass(frozen=True)
class Run:
    """Hold what is measured: all resources of a size, their index and the way to tell hauls."""

    size: int
    resources: pd.DataFrame
    index: MatchIndex
    hauls: Hauls


def measure(settings: Settings, sizes: Sequence[int] = SIZES) -> list[Figure]:
    """Measure at each size of demo data."""
    found: list[Figure] = []
    for size in sizes:
        with database(settings, "bench_matching") as engine:
            demo.load(engine, settings, size // 5_000)
            resources = pd.concat(queries.pieces(engine), ignore_index=True)
        hauls = partial(distance.pairs, engine=ENGINES["circuity"](settings))
        found += _at(Run(size, resources, MatchIndex.build(resources), hauls))
    return found


def _at(run: Run) -> list[Figure]:
    name = f"match {run.size:,}"
    found = [_everything(name, run), *_one(name, run), *_layers(name, run)]
    if run.size in ROUNDS:
        found += _peers(name, run)
    return [*found, *_scaled_out(name, run)]


def _everything(name: str, run: Run) -> Figure:
    width = replace(defaults(), width=TOP)
    rows = offers(run.index)

    def work() -> None:
        for _ in candidates.chunks(run.index, rows, width):
            pass

    return Figure(f"{name}: all pairs, top {TOP} by letters and by concepts", seconds(work), "s", MOST_S[run.size])


def _one(name: str, run: Run) -> Iterator[Figure]:
    """Let resources come in one by one, each with a new id, and look for the candidates of each."""
    index, times, walks = run.index, [], []
    draw = np.random.default_rng(1)
    for number, at in enumerate(draw.choice(len(run.resources), NEW)):
        new = run.resources.iloc[[at]].assign(id=10**9 + number)
        held: list[MatchIndex] = []
        took_s = seconds(lambda before=index, row=new, into=held: into.append(before.add(row)))  # type: ignore[misc]
        index = held[0]
        row = np.array([index.position(10**9 + number)])
        times.append(took_s + seconds(lambda now=index, one=row: candidates.find(now, one, defaults())))  # type: ignore[misc]
        part, _ = next(index.by_part(row))
        other = ("want" if part[0] == "have" else "have", part[1])
        question = index.vectors(part, row)
        walks.append(seconds(lambda now=index, to=other, asked=question: now.dots(to, asked)))  # type: ignore[misc]
    yield Figure(f"{name}: a new resource and its candidates, 95th percentile", percentile(times, 0.95), "s", 0.05)
    yield Figure(f"{name}: of it the walk along the postings, median", median(walks), "s")


def _layers(name: str, run: Run) -> Iterator[Figure]:
    """Compare what concepts cost with what letters cost: to read some texts, and to walk along the postings."""
    some = run.index.resources.head(5_000)
    texts = (some["title"] + " " + some["title"] + " " + some["description"]).tolist()
    index = run.index
    words_s = seconds(lambda: index.concept_space.vectors(some))
    letters_s = seconds(lambda: index.characters.weighed(characters.count(texts)))
    yield Figure(f"{name}: read the concepts of texts, over their letters", words_s / letters_s, "times", 1.0)
    part = ("have", "material")
    questions = index.vectors(part, index.side(part).row[:CHUNK])
    kinds = zip((index.base.letters, index.base.concepts), questions, strict=True)
    letters_s, words_s = (seconds(partial(kind.dots, ("want", "material"), asked)) for kind, asked in kinds)
    yield Figure(f"{name}: compare by concepts, over letters", words_s / letters_s, "times", 1.0)


def _peers(name: str, run: Run) -> Iterator[Figure]:
    """Let others find the top ten by letters alone, in turn with ours, which also looks at concepts and at the gate."""
    blocks = [_block(run.index, family) for direction, family in run.index.parts if direction == "have"]
    width = replace(defaults(), width=TOP)
    rows = offers(run.index)
    ways: Mapping[str, Callable[[Block], object]] = {
        "sparse_dot_topn": _topn,
        "scipy in chunks": _chunks,
        "NearestNeighbors": _neighbours,
    }
    ratios: dict[str, list[float]] = {peer: [] for peer in ways}
    for _ in range(ROUNDS[run.size]):
        ours_s = seconds(lambda: list(candidates.chunks(run.index, rows, width)))
        for peer, way in ways.items():
            ratios[peer].append(ours_s / seconds(lambda way=way: [way(block) for block in blocks]))  # type: ignore[misc]
    for peer, values in ratios.items():
        yield Figure(f"{name}: all pairs, over letters by {peer}", median(values), "times", None, peer)


def _block(index: MatchIndex, family: str) -> Block:
    def letters(direction: str) -> sparse.csr_array:
        return index.base.letters.rows((direction, family)).astype(np.float32)

    return letters("have"), letters("want")


def _topn(block: Block) -> object:
    from sparse_dot_topn import sp_matmul_topn  # noqa: PLC0415 - a peer, installed for development alone

    have, want = (sparse.csr_matrix(side) for side in block)
    return sp_matmul_topn(have, sparse.csr_matrix(want.T), top_n=TOP, n_threads=1) if want.shape[0] else None


def _chunks(block: Block) -> object:
    have, want = block[0], block[1].T.tocsr()
    top = min(TOP, want.shape[1])
    return [
        np.argpartition((have[at : at + CHUNK] @ want).toarray(), -top, axis=1)[:, -top:]
        for at in range(0, have.shape[0], CHUNK)
    ]


def _neighbours(block: Block) -> object:
    from sklearn.neighbors import NearestNeighbors  # noqa: PLC0415 - costs seconds at start-up

    top = min(TOP, block[1].shape[0])
    return NearestNeighbors(n_neighbors=top, metric="cosine", algorithm="brute").fit(block[1]).kneighbors(block[0])


def _scaled_out(name: str, run: Run) -> Iterator[Figure]:
    """Compare the whole count, scores and all, with that of two Dask workers."""
    alone_s = seconds(lambda: match_all(run.index, run.hauls))
    yield Figure(f"{name}: everything matched, scored and ranked", alone_s, "s")
    if run.size == min(MOST_S):
        return  # too little to share
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:  # type: ignore[no-untyped-call]
        both_s = seconds(lambda: scaleout.match_all(cluster.scheduler_address, run.index, run.hauls))
    yield Figure(f"{name}: the same by two Dask workers, over one process", both_s / alone_s, "times", 0.625)
