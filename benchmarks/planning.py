"""How soon a planner's balance and flows are summed up, and how soon a choice of them is drawn."""

from collections.abc import Callable

from sqlalchemy import Engine

from benchmarks import Figure, seconds, timed
from dashboard.ecosystems import materials
from dashboard.ecosystems.choice import Choice
from dashboard.views import ecosystem_balance, ecosystem_flows
from dashboard.views.ecosystem_flows import STAGES, Asked
from data.queries import balance, flows, protected, topics
from data.store import topics as kept
from geo import regions, sub_regions
from matching import concepts
from matching.topics import leading, reading

YEAR = 2026
PIECE = 20_000
RESOURCES = 5_000  # of demo data at scale 1


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
