"""The report of a workshop that has ended: paper and a workbook whose figures are those of the screen's last frame."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from config.texts import LANGUAGES, Language, text
from dashboard import audited, source, wording
from dashboard.frame import say
from dashboard.live.board import Board
from dashboard.live.telling import FINLAND
from dashboard.paper import Paper
from dashboard.views import workshop_companies as companies
from dashboard.views import workshop_report as view
from data.exporters import cells
from data.queries import events as queries

Row = Mapping[str, Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIME = {"pdf": "application/pdf", "xlsx": XLSX}
INVENTED = "invented"
SHEET_MAX = 31  # signs in a sheet's name


def downloads(event: Row, board: Board) -> None:
    """Draw the downloads: two files in each language."""
    engine = source.engine()
    steps, cards = queries.steps(engine, event["id"]), queries.cards(engine, event["id"])
    event = {**event, INVENTED: invented(board)}
    with st.container(horizontal=True, key="report"):
        for language in LANGUAGES:
            for suffix, make in (("pdf", pdf), ("xlsx", xlsx)):
                subject = say("workshop_report.audit", name=event["name"], format=suffix.upper())
                st.download_button(
                    say("workshop_page.report_in", spoken=say(f"language.{language}"), format=suffix.upper()),
                    audited.file(subject, len(board.cards), partial(make, event, board, steps, language, cards)),
                    file_name=f"{text('workshop_report.file', language)}-{event['id']}-{language}.{suffix}",
                    mime=MIME[suffix],
                    icon=":material/download:",
                    key=f"report_{suffix}_{language}",
                    on_click="ignore",
                )


def invented(board: Board) -> set[int]:
    """Tell which resources of the suggestions are example data."""
    sides = {int(match[side]["key"]) for match in board.live_matches() for side in ("have", "want")}
    return queries.demo_resources(source.engine(), sorted(sides))


def pdf(event: Row, board: Board, steps: queries.Rows, language: Language, cards: queries.Rows = ()) -> bytes:
    """Make the report on paper."""
    paper = Paper(_title(event, language), language, demo=bool(event["practice"]))
    for mark in _marks(event, language):
        paper.sentence(mark)
    paper.sentence(_sentence(event, language))
    if event["goals"]:
        paper.sentence(str(event["goals"]))
    for part in _parts(event, board, steps, language, cards):
        paper.heading(text(f"workshop_report.part_{part.key}", language))
        if part.rows:
            paper.table(_heads(part, language), part.written(language), shares=part.shares)
        else:
            paper.note(text("workshop_report.nothing", language))
    for note in _notes(language, cards):
        paper.note(note)
    return paper.finish()


def xlsx(event: Row, board: Board, steps: queries.Rows, language: Language, cards: queries.Rows = ()) -> bytes:
    """Make the report as a workbook, a sheet for each table."""
    sheets = {
        text(f"workshop_report.part_{part.key}", language)[:SHEET_MAX]: (_heads(part, language), part.rows)
        for part in _parts(event, board, steps, language, cards)
    }
    notes = [_title(event, language), *_marks(event, language), _sentence(event, language), *_notes(language, cards)]
    return cells.to_book({text("workshop_report.notes", language): ([""], [[note] for note in notes]), **sheets})


def _marks(event: Row, language: Language) -> list[str]:
    """Say what in the report is not of the world."""
    keys = [key for key, is_so in (("practice", event["practice"]), ("demo", event.get(INVENTED))) if is_so]
    return [text(f"workshop_report.{key}_note", language) for key in keys]


def _parts(
    event: Row, board: Board, steps: queries.Rows, language: Language, cards: queries.Rows
) -> Sequence[view.Part]:
    """Give all tables; who was there stands in the coordinator's report alone, whatever the screen may show."""
    found = view.parts(board, steps, language, event.get(INVENTED, frozenset()))
    if not cards:
        return found
    rows = companies.rows(cards, event["invited"], language)
    return [*found, view.Part("companies", companies.HEADS, rows, companies.SHARES)]


def _notes(language: Language, cards: queries.Rows) -> list[str]:
    keys = ("note", "note_names") if cards else ("note",)
    return [text(f"workshop_report.{key}", language) for key in keys]


def _heads(part: view.Part, language: Language) -> list[str]:
    return [text(f"workshop_report.head_{head}", language) for head in part.heads]


def _title(event: Row, language: Language) -> str:
    title = text("workshop_report.title", language, name=event["name"])
    return text("workshop_report.practice_title", language, title=title) if event["practice"] else title


def _sentence(event: Row, language: Language) -> str:
    day = event["opened_at"].astimezone(FINLAND).date()
    place = f", {event['place']}" if event["place"] else ""
    return f"{wording.day(day, language)}{place}"
