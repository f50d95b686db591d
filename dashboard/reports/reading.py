"""What the parts read: frames of a year, cached as long as the data is the same."""

from dataclasses import replace
from datetime import datetime

import streamlit as st

from config.texts import Language
from dashboard import source
from dashboard.reading import Reader
from dashboard.reports.frames import gathered
from dashboard.views import report, report_named
from dashboard.views.history import FINLAND
from dashboard.views.report_figures import Chosen, Frames, benefit_sums
from dashboard.views.report_named import Named
from data import viewer
from data.exporters.report import Book
from data.queries import benefits, report_targets
from data.queries import report as queries
from data.queries.scope import Scope
from data.viewer import Role

WRITERS = frozenset({Role.NATIONAL, Role.REGIONAL})


def role() -> Role | None:
    """Tell what whoever looks at the page is."""
    seen = viewer.current()
    return seen.role if seen else None


def may_write(region: str) -> bool:
    """Tell whether the viewer may set what a region means to reach; the database has the last word."""
    seen = viewer.current()
    return seen is not None and (seen.role is Role.NATIONAL or (seen.role is Role.REGIONAL and region in seen.regions))


def frames(year: int) -> Frames:
    """Read everything that a report of a year is made of."""
    read = Reader()
    scope = Scope(year)
    return Frames(
        resources=read(queries.resources, year),
        synergies=source.synergies(read.stamp, scope),
        synergies_before=source.synergies(read.stamp, Scope(year - 1)),
        benefits=source.benefits(read.stamp, scope),
        sums=benefit_sums(read(benefits.benefit_sums, (year, year - 1)), year),  # as the board reads them
        events=read(queries.events, year),
        targets=read(report_targets.targets, year),
        activation=read(queries.activation),
        apart=read(queries.apart),
    )


def view(chosen: Chosen, language: Language) -> report.View:
    """Give the report of a choice."""
    today = datetime.now(FINLAND).date()
    return _view(source.stamp(), chosen, language, today.isoformat(), planner=role() is Role.PLANNER)


@st.cache_resource(max_entries=64, show_spinner=False)
def _view(stamp: str, chosen: Chosen, language: Language, today: str, *, planner: bool) -> report.View:  # noqa: ARG001 - the stamp is a part of the cache's key
    day = datetime.fromisoformat(today).date()
    told = named(chosen, report_named.SHOWN)
    return report.build(frames(chosen.year), chosen, language, day, named=told, planner=planner)


def named(chosen: Chosen, most: int | None) -> Named:
    """Read the synergies of a report by name: the first of each list, or all of them without `most`."""
    standing = source.standing(source.stamp(), chosen.year, chosen.region)
    return gathered(source.engine(), standing, chosen.year, most)


def whole(view: report.View, chosen: Chosen, language: Language) -> Book:
    """Give the report's book with every synergy on its lists."""
    listed = {one.key: one for one in report_named.sheets(named(chosen, None), language)}
    return replace(view.book, sheets=[listed.get(one.key, one) for one in view.book.sheets])


def unlisted(view: report.View, chosen: Chosen) -> int:
    """Count the synergies that the lists of a report leave to its workbook."""
    shown = sum(len(one.rows) for one in view.book.sheets if one.key in report_named.LISTS)
    return max(0, len(source.standing(source.stamp(), chosen.year, chosen.region)) - shown)
