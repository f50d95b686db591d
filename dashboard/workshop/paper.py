"""The form of a table on paper: the columns of the sheet, with room to write."""

from collections.abc import Mapping
from typing import Any

from config.texts import Language, text
from dashboard.paper import Paper

LINES = 14
COLUMNS = ("company", "place", "direction", "what", "amount", "unit")
SHARES = (2.2, 1.4, 1.2, 3.2, 1.0, 1.0)


def form(event: Mapping[str, Any], language: Language) -> bytes:
    """Make the form."""
    paper = Paper(text("workshop_report.form_title", language, name=event["name"]), language)
    paper.sentence(text("workshop_report.form_help", language))
    heads = [text(f"workshop_report.form_{name}", language) for name in COLUMNS]
    blank = "\u00a0\n\u00a0"
    paper.table(heads, [[blank] * len(COLUMNS) for _ in range(LINES)], shares=SHARES)
    paper.note(text("workshop_report.form_note", language))
    return paper.finish()
