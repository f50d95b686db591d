"""A year's report without a page: read and built at once, for the command line and for measuring."""

from datetime import date

from sqlalchemy import Engine

from config.texts import Language
from dashboard.views import report
from dashboard.views.report_figures import Chosen, Frames, benefit_sums
from data.queries import benefits, report_targets, synergies
from data.queries import report as queries
from data.queries.scope import Scope


def read(engine: Engine, year: int) -> Frames:
    """Ask the store for all that a report of a year is made of, in the eyes of whoever asks."""
    known = synergies.facts(engine)
    return Frames(
        resources=queries.resources(engine, year),
        synergies=synergies.summed(known, synergies.left_after(engine, year), Scope(year)),
        synergies_before=synergies.summed(known, synergies.left_after(engine, year - 1), Scope(year - 1)),
        benefits=benefits.summed(benefits.facts(engine), known, Scope(year)),
        sums=benefit_sums(benefits.benefit_sums(engine, year), benefits.benefit_sums_by_region(engine, year)),
        events=queries.events(engine, year),
        targets=report_targets.targets(engine, year),
        activation=queries.activation(engine),
        apart=queries.apart(engine),
    )


def view(engine: Engine, chosen: Chosen, language: Language, today: date) -> report.View:
    """Read and build a report."""
    return report.build(read(engine, chosen.year), chosen, language, today)
