"""What the yearly report says: its sentence, its tables, and how they were counted; from frames alone."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from config.texts import Language
from dashboard.views import report_named, report_tables
from dashboard.views.report_figures import Chosen, Frames, figures, of
from dashboard.views.report_named import Named
from dashboard.wording import counted, day, number, rich, t
from data.exporters.report import FEW, Book, Sheet
from data.queries.suppression import FEW_COMPANIES
from geo import regions


@dataclass(frozen=True)
class View:
    """Hold the report of a place and year, ready-made in the reader's language; `sentence` is HTML."""

    sentence: str
    book: Book
    demo: bool

    def sheet(self, key: str) -> Sheet | None:
        """Give a table by its key; None where this report has none."""
        return next((one for one in self.book.sheets if one.key == key), None)


def build(
    frames: Frames,
    chosen: Chosen,
    language: Language,
    today: date,
    *,
    named: Named | None = None,
    planner: bool = False,
) -> View:
    """Build the report, with its synergies by name where these are given; a planner's says it tells only a part."""
    sheets = [
        report_tables.summary(frames, chosen, language),
        report_tables.rollups(frames, chosen, language),
        report_tables.stages(frames, chosen, language),
        report_tables.channels(frames, chosen, language),
        report_tables.yearly(frames, chosen, language),
        report_tables.once(frames, chosen, language),
        *(report_named.sheets(named, language) if named else ()),
        report_tables.occasions(frames, chosen, language),
    ]
    if len(frames.activation):
        sheets.append(report_tables.activation(frames, chosen, language))
    if not chosen.region:
        sheets.append(report_tables.by_region(frames, language, chosen.year))
    demo = any(bool(of(frame, chosen, name)["demo"].any()) for frame, name in _told(frames) if len(frame))
    title = t("report.title", language, place=place(chosen.region, language), year=chosen.year)
    words = _values(frames, chosen, language)
    book = Book(
        title,
        t("report.sentence", language, **words),
        sheets,
        notes(frames, chosen, language, today, planner=planner, demo=demo),
        {"author": t("product.name", language)},
    )
    return View(rich("report.sentence", language, **words), book, demo)


def place(region: str, language: Language) -> str:
    """Name a region, or the whole country."""
    return regions.load().regions[region].name(language) if region else t("report.whole_country", language)


def _told(frames: Frames) -> tuple[tuple[pd.DataFrame, str], ...]:
    return (frames.resources, "code"), (frames.synergies, "source"), (frames.benefits, "code")


def _values(frames: Frames, chosen: Chosen, language: Language) -> dict[str, object]:
    told = figures(frames, chosen)
    companies, completed = told["companies"], told["completed"]
    return {
        "place": place(chosen.region, language),
        "year": chosen.year,
        "companies": FEW if companies is None else counted(int(companies), "organisation", language),
        "synergies": counted(int(told["synergies"] or 0), "synergy", language),
        "completed": number(completed, language),
    }


def notes(frames: Frames, chosen: Chosen, language: Language, today: date, *, planner: bool, demo: bool) -> list[str]:
    """Say how the figures were counted, as of when, and what is left out."""
    keys = [
        "note_counting",
        "note_new",
        "note_synergies",
        "note_agreed",
        "note_named",
        "note_benefits",
        "note_once",
        "note_targets",
        "note_rounded",
    ]
    if planner:
        keys.append("note_planner")
    said = [t("report.note_made", language, day=day(today, language))]
    if chosen.year == today.year:
        said.append(t("report.note_running", language, year=chosen.year))
    said += [t(f"report.{key}", language) for key in keys]
    beside = frames.beside(chosen.region)
    if beside and chosen.year == today.year:
        said.append(t("report.note_beside", language, synergies=counted(beside, "synergy", language)))
    if not planner and _small(frames, chosen):
        said.append(t("report.note_small", language))
    return [*said, t("frame.demo_help", language)] if demo else said


def _small(frames: Frames, chosen: Chosen) -> bool:
    """Tell whether a figure is of one or two companies, which a coordinator may know and the public may not."""
    told = frames.resources
    if len(told) and chosen.region:
        told = told[told["code"] == chosen.region]
    found = of(frames.synergies, chosen, "source")
    few = bool(found["few"].any()) if len(found) else False
    return few or (len(told) > 0 and bool(told["companies"].between(1, FEW_COMPANIES - 1).any()))
