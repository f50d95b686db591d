"""A year's report without a page: read and built at once, for the command line and for measuring."""

from datetime import date

import pandas as pd
from sqlalchemy import Engine

from config.texts import Language
from dashboard.views import report, report_named
from dashboard.views.report_figures import Chosen, Frames, benefit_sums
from dashboard.views.report_named import Named
from data.queries import benefits, report_targets, synergies
from data.queries import report as queries
from data.queries.scope import Scope
from data.queries.synergies import Facts


def read(engine: Engine, year: int, facts: Facts | None = None) -> Frames:
    """Ask the store for all that a report of a year is made of, in the eyes of whoever asks."""
    known = facts or synergies.facts(engine)
    return Frames(
        resources=queries.resources(engine, year),
        synergies=synergies.summed(known, synergies.left_after(engine, year), Scope(year)),
        synergies_before=synergies.summed(known, synergies.left_after(engine, year - 1), Scope(year - 1)),
        benefits=benefits.summed(benefits.facts(engine), known, Scope(year)),
        sums=benefit_sums(benefits.benefit_sums(engine, (year, year - 1)), year),
        events=queries.events(engine, year),
        targets=report_targets.targets(engine, year),
        activation=queries.activation(engine),
        apart=queries.apart(engine),
    )


def named(engine: Engine, chosen: Chosen, most: int | None = report_named.SHOWN, facts: Facts | None = None) -> Named:
    """Ask the store for the synergies of a report by name: the first of each list, or all of them without `most`."""
    known, left = facts or synergies.facts(engine), synergies.left_after(engine, chosen.year)
    found = synergies.standing(known, left, Scope(chosen.year), chosen.region)
    return gathered(engine, found, chosen.year, most)


def gathered(engine: Engine, standing: pd.DataFrame, year: int, most: int | None) -> Named:
    """Ask the store for what the viewer may know of synergies that stand on a list."""
    first = report_named.first(standing, most)
    ids = tuple(int(one) for one in first["id"])
    return report_named.gather(standing, first, queries.named(engine, ids, year), queries.brought(engine, ids, year))


def view(engine: Engine, chosen: Chosen, language: Language, today: date, *, whole: bool = False) -> report.View:
    """Read and build a report; `whole` lists every synergy by name, which a workbook has room for."""
    facts = synergies.facts(engine)
    told = named(engine, chosen, None if whole else report_named.SHOWN, facts)
    return report.build(read(engine, chosen.year, facts), chosen, language, today, named=told)
