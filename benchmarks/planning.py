"""How soon a planner's balance and flows are summed up, and how soon a choice of them is drawn."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

from sqlalchemy import Engine, text

from benchmarks import Figure, seconds
from config.settings import Settings
from dashboard.ecosystems import materials
from dashboard.ecosystems.choice import Choice
from dashboard.views import ecosystem_balance, ecosystem_flows
from dashboard.views.ecosystem_flows import STAGES, Asked
from data import cluster, store
from data.migrate import migrate
from data.queries import balance, flows, protected, topics
from data.store import demo, reference
from data.store import topics as kept
from data.viewer import SYSTEM, viewing
from geo import regions, sub_regions
from matching import concepts
from matching.topics import leading, reading

YEAR = 2026
ROUNDS = 5
PIECE = 20_000
RESOURCES = 5_000  # of demo data at scale 1


def measure(scales: tuple[int, ...] = (1,)) -> list[Figure]:
    """Measure at each scale of demo data; the bounds are those at 5,000 and at 500,000 resources."""
    figures: list[Figure] = []
    for scale in scales:
        with _loaded(scale) as engine, viewing(SYSTEM):
            figures += _figures(engine, scale)
    return figures


def _figures(engine: Engine, scale: int) -> list[Figure]:
    """Time reading the topics once, the sums in SQL, and the views over them."""
    name = f"at {RESOURCES * scale:,} resources"
    bound = 0.5 if scale == 1 else 3.0
    read_s = seconds(lambda: _read(engine))
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    balance_s = median(seconds(lambda: balance.atoms(engine, YEAR, ecosystem_balance.THINGS)) for _ in range(ROUNDS))
    flows_s = median(seconds(lambda: flows.atoms(engine, YEAR)) for _ in range(ROUNDS))
    held, ways = balance.atoms(engine, YEAR, ecosystem_balance.THINGS), flows.atoms(engine, YEAR)
    subs = sub_regions.of_municipality()
    within = {code: (subs[code], place.region) for code, place in regions.load().municipalities.items()}
    view = seconds(lambda: ecosystem_balance.build(held, Choice(YEAR, "11", "wood"), "municipalities", "fi"))
    matrix = seconds(lambda: ecosystem_flows.build(ways, Choice(YEAR), Asked(STAGES), "fi"))
    hidden = seconds(lambda: protected.cells(held, materials.tree().paths, within))
    return [
        Figure(f"balance {name}: topics of all read once", read_s, "s"),
        Figure(f"balance {name}: summed up in SQL ({len(held):,} atoms)", balance_s, "s", bound),
        Figure(f"balance {name}: another choice", view, "s", bound),
        Figure(f"balance {name}: every cell protected", hidden, "s"),
        Figure(f"flows {name}: summed up in SQL ({len(ways):,} atoms)", flows_s, "s", bound),
        Figure(f"flows {name}: another choice", matrix, "s", bound),
    ]


def _read(engine: Engine) -> None:
    known = concepts.load()
    name = reading(known)
    while len(rows := topics.unread(engine, name, PIECE)):
        kept.keep(engine, name, rows, leading(rows, known))


@contextmanager
def _loaded(scale: int) -> Iterator[Engine]:
    """Give a store of its own with demo data of a scale."""
    home = Path(mkdtemp(prefix="synergia-bench-"))
    home.chmod(0o711)  # the private database runs as another user when root starts it
    settings = Settings(home=home, database_url=None)
    try:
        with cluster.running(settings) as url:
            owner = store.engine(url)
            migrate(owner)
            reference.load(owner, settings.reference)
            demo.load(owner, settings, scale)
            yield store.bound(cluster.app_url(settings))
    finally:
        cluster.down(settings, force=True)
        shutil.rmtree(home, ignore_errors=True)
