"""How long the yearly report of the country takes, from the store to the files."""

import shutil
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

from benchmarks import Figure, seconds
from config.settings import Settings
from dashboard.reports import frames, paper
from dashboard.views.report_figures import Chosen
from data import cluster, store
from data.exporters.report import to_xlsx
from data.migrate import migrate
from data.store import demo, reference

ROUNDS = 3
TODAY = date(2026, 11, 22)


def measure(scale: int = 1) -> list[Figure]:
    """Measure it on demo data of a scale, 5,000 resources each, on a server of its own."""
    home = Path(mkdtemp(prefix="synergia-bench-"))
    home.chmod(0o711)  # the private database runs as another user when root starts it
    settings = Settings(home=home, database_url=None)
    try:
        with cluster.running(settings) as url:
            engine = store.engine(url)
            migrate(engine)
            reference.load(engine, settings.reference)
            demo.load(engine, settings, scale)

            def work() -> None:
                view = frames.view(engine, Chosen(TODAY.year), "fi", TODAY)
                to_xlsx(view.book, "Laskentatapa")
                paper.pdf(view, "fi")

            taken = median(seconds(work) for _ in range(ROUNDS))
            engine.dispose()
    finally:
        cluster.down(settings, force=True)
        shutil.rmtree(home, ignore_errors=True)
    return [Figure(f"yearly report of the country at scale {scale}, both files", taken, "s", 10.0)]
