"""The menu of files of the planner's page: each made, and noted in the audit, when it is taken."""

from collections.abc import Callable
from typing import NamedTuple

from dashboard import audited, exports, frame
from dashboard.ecosystems.choice import Choice
from dashboard.frame import language, say
from dashboard.views import ecosystem_files as files
from data.exporters import maps
from data.exporters.report import Book, Sheet, to_xlsx

Make = Callable[[], bytes]


class Made(NamedTuple):
    """Hold what a file is made of: its table, all its tables, the layers of its map."""

    sheet: Sheet
    book: Book
    layers: list[maps.Layer]
    demo: bool


def entries(name: str, choice: Choice, made: Callable[[], Made]) -> None:
    """Write the entries of a table, a workbook and a map."""
    spoken, notes = language(), say("ecosystems.sheet_notes")

    def csv() -> bytes:
        one = made()
        return exports.csv_bytes(files.frame(one.sheet), spoken, demo=one.demo)

    makers: dict[str, Make] = {
        "csv": csv,
        "xlsx": lambda: to_xlsx(made().book, notes),
        "gpkg": lambda: maps.geopackage(made().layers),
    }
    for suffix, make in makers.items():
        entry(name, choice, suffix, make)


def last(left_out: str = "", *, whole: bool = False) -> None:
    """Close the menu with the link, and with what the files leave out, counted where that is known."""
    frame.share()
    if not whole:
        frame.note(f"{say('ecosystems.download_note')} {left_out}".rstrip())


def entry(name: str, choice: Choice, suffix: str, make: Make) -> None:
    """Write one entry of the menu: a file that is made, and noted in the audit, when it is taken."""
    where = choice.region or "fi"
    audited.entry(
        say(f"ecosystems.download_{suffix}"),
        audited.file(say("audit.export_table", name=name), 1 if suffix != "csv" else None, make),
        f"synergiakartta-{name}-{where}-{choice.year}.{suffix}",
        f"download_{name}_{suffix}",
    )
