"""How fast and how true the road index is, beside scipy, pandana and routingkit-cch, in turns of one run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import Figure, chart, peers, seconds
from benchmarks.chart import Line, Panel
from benchmarks.networks import road_like
from benchmarks.peers import Say
from benchmarks.race import OURS, PANDANA, SCIPY, SITES, Case, Floats, Times, race
from config.errors import GeoProblem
from config.settings import Settings
from geo import alertc, build, road_graph
from geo.engines import road
from geo.hierarchy import Hierarchy
from geo.road_engine import RoadEngine
from geo.road_graph import RoadGraph

MANY = 20_000  # sites that a new one is measured to
SMALLER = (0.01, 0.05, 0.2)  # of the invented network, to show how times grow
GROWING_SITES = (50, 100, 200, 400, 700, 1_400)
FASTER = {SCIPY: 25.0, PANDANA: 5.0}  # times, at least
CCH_TIMES = 4.0  # at most


@dataclass(frozen=True)
class Order:
    """Say what to measure: a zip of the Alert-C table, the size of the invented network, and where the plot goes."""

    zip: Path | None
    nodes: int
    plot: Path


def measure(settings: Settings, order: Order, say: Say) -> list[Figure]:
    """Measure on the road table of Finland and on an invented network, and plot how the times grow."""
    figures: list[Figure] = []
    grown: list[Times] = []
    alert_c = _alert_c(settings, order.zip, say)
    with peers.installed(say) as packages:
        if alert_c:
            times = race(Case.of("Alert-C", alert_c), packages, rounds=9)
            figures += [*_figures(times), *_opened(times), *_one_to_many(times)]
        for share in (*SMALLER, 1.0) if order.nodes else ():
            say(f"inventing a network of {int(order.nodes * share):,} nodes")
            graph = road_like(int(order.nodes * share))
            grown.append(race(Case.of(f"{len(graph.xy) / 1e6:g} M nodes", graph), packages, rounds=3))
    if grown:
        figures += [*_figures(grown[-1]), *_opened(grown[-1])]
        chart.write(order.plot, _panels(grown))
        say(f"the plot of how the times grow is in {order.plot}")
    return figures


def _alert_c(settings: Settings, zip_: Path | None, say: Say) -> RoadGraph | None:
    """Read the table of Finland's roads, or open the network that was built of it."""
    if zip_:
        return alertc.read(zip_)
    try:
        return road_graph.load(settings.roads / build.ALERTC_NAME)
    except GeoProblem:
        say("no Alert-C network here: give its zip by --zip, or build it by `roads build`; it is left out")
        return None


def _figures(times: Times) -> list[Figure]:
    """Give the ratios and seconds of one race."""
    name, what = times.case.name, f"{SITES}x{SITES} on {times.case.name}"
    figures = [Figure(f"{what}: this index, four costs", times.seconds(OURS), "s")]
    for peer in [name for name in times.matrix_s if name != OURS]:
        figures.append(Figure(f"{what}: {peer}", times.seconds(peer), "s"))
        figures.append(_against(what, times, peer))
    figures.append(Figure(f"preparation of {name}", times.prepared_s[OURS], "s"))
    for peer in [name for name in times.prepared_s if name != OURS]:
        over = times.prepared_s[OURS] / times.prepared_s[peer]
        figures.append(Figure(f"preparation of {name}: {peer}", times.prepared_s[peer], "s"))
        bound = 1.0 if peer == PANDANA else None
        figures.append(Figure(f"preparation of {name}, over the peer", over, "times", bound, peer))
    figures.append(Figure(f"{what}: largest difference", times.difference * 1e9, "1e-9", 1_000.0, SCIPY))
    stored = sum(getattr(times.index, field.name).nbytes for field in fields(Hierarchy))
    return [*figures, Figure(f"index of {name}", stored / 1e9, "GB", 0.7)]


def _against(what: str, times: Times, peer: str) -> Figure:
    if peer in FASTER:
        return Figure(f"{what}, faster than", 1 / times.over(peer), "times", peer=peer, at_least=FASTER[peer])
    return Figure(f"{what}, over the peer", times.over(peer), "times", CCH_TIMES, peer)


def _opened(times: Times) -> list[Figure]:
    """Save the network with its index as `roads build` does, and open both."""
    with TemporaryDirectory(prefix="synergia-opened-") as parent:
        folder = Path(parent) / "roads"
        road_graph.save(times.case.graph, folder, road.prepare)
        opening = median(seconds(lambda: road.open_engine(folder)) for _ in range(9))
        engine = road.open_engine(folder)
        sites = times.case.graph.xy[times.case.origins[:10]]
        first = seconds(lambda: engine.matrix(sites, sites))
    name = times.case.name
    return [
        Figure(f"opening {name}", opening * 1000, "ms", 50.0),
        Figure(f"first 10x10 after opening {name}", first, "s"),
    ]


def _one_to_many(times: Times) -> list[Figure]:
    """Measure a new site to many known ones, there and back, with snapping, access legs and methods."""
    draw = np.random.default_rng(9)
    graph = times.case.graph
    inside = np.flatnonzero(graph.component)
    sites = graph.xy[draw.choice(inside, MANY)] + draw.normal(0.0, 500.0, (MANY, 2))
    engine = RoadEngine(graph, times.index)
    engine.matrix(sites[:1], sites[:1])
    cold = seconds(lambda: engine.matrix(sites[:1], sites))
    engine.matrix(sites, sites[:1])
    new = sites[:9] + 300.0
    ways: Mapping[str, Callable[[Floats], object]] = {
        "from": lambda site: engine.matrix(site, sites),
        "to": lambda site: engine.matrix(sites, site),
    }
    warm = {name: median(seconds(lambda: way(site[None])) for site in new) for name, way in ways.items()}  # noqa: B023 - called at once
    what = f"{MANY:,} sites on {times.case.name}"
    return [
        *(Figure(f"{word} a new site, {what}", took * 1000, "ms", 100.0) for word, took in warm.items()),
        Figure(f"from a site, {what}, none of them known", cold * 1000, "ms"),
    ]


def _panels(grown: list[Times]) -> list[Panel]:
    """Draw how times grow with the nodes of a network and with the sites on it."""
    names = list(grown[-1].matrix_s)
    by_nodes = [Line(name, [(times.nodes, times.seconds(name)) for times in grown]) for name in names]
    made = [name for name in names if name in grown[-1].prepared_s]
    prepared = [Line(name, [(times.nodes, times.prepared_s[name]) for times in grown]) for name in made]
    by_sites = [_by_sites(times) for times in (*grown[:-1:2], grown[-1])]
    return [
        Panel(f"A matrix of {SITES} x {SITES}", "nodes", "seconds", by_nodes),
        Panel("Preparation", "nodes", "seconds", prepared),
        Panel("A matrix of n x n", "n sites", "seconds", by_sites),
    ]


def _by_sites(times: Times) -> Line:
    points = []
    for sites in GROWING_SITES:
        case = Case.of("", times.case.graph, sites)
        case.matrix(times.index)
        points.append((float(sites), median(seconds(lambda: case.matrix(times.index)) for _ in range(3))))  # noqa: B023 - called at once
    return Line(f"{times.nodes:,} nodes", points)
