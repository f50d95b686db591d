"""How soon a planner's balance and flows are summed up, how soon a choice of them is drawn, and a what-if answered."""

from collections.abc import Callable

import pandas as pd
from sqlalchemy import Engine

from benchmarks import Figure, cpu_seconds, seconds, timed
from config.settings import Settings
from dashboard.ecosystems import materials, whatif_plants
from dashboard.ecosystems.choice import Choice
from dashboard.views import ecosystem_balance, ecosystem_flows
from dashboard.views.ecosystem_flows import STAGES, Asked
from data.queries import balance, distances, flows, network, protected, topics
from data.queries import matching as live
from data.store import topics as kept
from geo import distance, regions, sub_regions
from matching import concepts, whatif
from matching.index import MatchIndex
from matching.pairs import POINT
from matching.topics import leading, reading
from matching.weights import defaults
from matching.whatif import Plant, Scenario, World
from matching.whatif_terms import Terms

YEAR = 2026
PIECE = 20_000
RESOURCES = 5_000  # of demo data at scale 1
WHATIF_MOST_S = 2.0
CLOSED = 5  # the busiest sites, each closed by itself
PLANTS = ("kraft_pulp", "biogas", "steel")


def read(engine: Engine, scale: int) -> list[Figure]:
    """Read what all resources are about, as planners' pages do once."""
    read_s = seconds(lambda: _read(engine))
    return [Figure(f"balance at {RESOURCES * scale:,} resources: topics of all read once", read_s, "s")]


def measure(engine: Engine, scale: int, spent: Callable[[], float]) -> list[Figure]:
    """Time the sums in SQL and the views over them in a store of demo data whose topics are read.

    The bounds are those at 5,000 and at 500,000 resources.
    """
    name = f"at {RESOURCES * scale:,} resources"
    bound = 0.5 if scale == 1 else 3.0
    held, ways = balance.atoms(engine, YEAR, ecosystem_balance.THINGS), flows.atoms(engine, YEAR)
    subs = sub_regions.of_municipality()
    within = {code: (subs[code], place.region) for code, place in regions.load().municipalities.items()}
    view = seconds(lambda: ecosystem_balance.build(held, Choice(YEAR, "11", "wood"), "municipalities", "fi"))
    matrix = seconds(lambda: ecosystem_flows.build(ways, Choice(YEAR), Asked(STAGES), "fi"))
    hidden = seconds(lambda: protected.cells(held, materials.tree().paths, within))
    return [
        *timed(
            f"balance {name}: summed up in SQL ({len(held):,} atoms)",
            lambda: balance.atoms(engine, YEAR, ecosystem_balance.THINGS),
            spent,
            bound,
        ),
        Figure(f"balance {name}: another choice", view, "s", bound),
        Figure(f"balance {name}: every cell protected", hidden, "s"),
        *timed(
            f"flows {name}: summed up in SQL ({len(ways):,} atoms)", lambda: flows.atoms(engine, YEAR), spent, bound
        ),
        Figure(f"flows {name}: another choice", matrix, "s", bound),
    ]


def _read(engine: Engine) -> None:
    known = concepts.load()
    name = reading(known)
    while len(rows := topics.unread(engine, name, PIECE)):
        kept.keep(engine, name, rows, leading(rows, known))


def what_if(engine: Engine, settings: Settings) -> list[Figure]:
    """Time what-if answers, each asked for the first time, on all exchanges of the country; give the slowest.

    The bound is one at FISS size: 700 companies with 5,000 resources.
    """
    exchanges = network.exchanges(engine)
    exchanges = exchanges[exchanges["type"].isin(ecosystem_balance.THINGS)].reset_index(drop=True)
    index = MatchIndex.build(pd.concat(live.pieces(engine), ignore_index=True))
    hauls = distances.hauls(engine, distance.default_engine(settings))
    world = World(exchanges, index, hauls, defaults())
    spot = index.take(index.rows(index.ids[:1]), [*POINT]).to_numpy(dtype=float)
    hauls(spot, spot)  # the network is made ready once
    ends = [exchanges[[side, "tonnes"]].set_axis(["site", "tonnes"], axis=1) for side in ("from_site", "to_site")]
    busiest = pd.concat(ends).groupby("site")["tonnes"].sum().nlargest(CLOSED).index
    asked = {
        "a site closes": [Scenario((int(site),)) for site in busiest],
        "a plant arrives": [Scenario(plants=(Plant(kind, "297"),)) for kind in PLANTS],
        "a limit and a price change": [Scenario(terms=Terms(60.0, 30.0, 1.5))],
    }
    figures = []
    for name, scenarios in asked.items():
        clock, cpu = zip(*(_answered(world, one) for one in scenarios), strict=True)
        told = f"what-if at {RESOURCES:,} resources: {name}, slowest of {len(scenarios)}"
        figures += [Figure(told, max(clock), "s", WHATIF_MOST_S), Figure(f"{told}: processor", max(cpu), "s CPU")]
    return figures


def _answered(world: World, scenario: Scenario) -> tuple[float, float]:
    """Give the seconds of an answer by the clock and of the processor."""
    plants, clock = whatif_plants.listings(scenario.plants), [0.0]

    def answered() -> None:
        clock[0] = seconds(lambda: whatif.answer(world, scenario, plants))

    spent = cpu_seconds(answered)
    return clock[0], spent
