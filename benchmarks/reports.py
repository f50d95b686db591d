"""How long the yearly report of the country takes, from the store to the files."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine

from benchmarks import Figure, timed
from dashboard.reports import frames, paper
from dashboard.views.report_figures import Chosen
from data.exporters.report import to_xlsx

TODAY = date(2026, 11, 22)


def measure(engine: Engine, scale: int, spent: Callable[[], float]) -> list[Figure]:
    """Measure it in a store that holds demo data of a scale, 5,000 resources each."""

    def work() -> None:
        view = frames.view(engine, Chosen(TODAY.year), "fi", TODAY)
        to_xlsx(view.book, "Laskentatapa")
        paper.pdf(view, "fi")

    return timed(f"yearly report of the country at scale {scale}, both files", work, spent, 10.0)
