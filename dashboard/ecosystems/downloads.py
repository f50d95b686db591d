"""Files of the balance and the flows, made when they are asked for; none tells of few companies, unless for own use."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import streamlit as st

from config.texts import Language
from dashboard import audited, exports, frame, pictures, source, source_planning
from dashboard.ecosystems.choice import Choice
from dashboard.frame import language, say
from dashboard.views import (
    ecosystem_balance,
    ecosystem_balance_words,
    ecosystem_flows,
    ecosystem_flows_words,
    ecosystem_indicators,
)
from dashboard.views import ecosystem_files as files
from dashboard.views import ecosystem_indicator_files as indicator_files
from dashboard.views.ecosystem_balance import Balance
from dashboard.views.ecosystem_flows import STAGES, Asked, Flows
from dashboard.views.ecosystem_indicators import Indicators
from data import viewer
from data.exporters import maps
from data.exporters.report import Book, Sheet, to_xlsx
from data.viewer import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: Mapping[str, tuple[str, str]] = {
    "csv": ("text/csv", ":material/table:"),
    "xlsx": (XLSX, ":material/table_view:"),
    "gpkg": ("application/geopackage+sqlite3", ":material/map:"),
    "png": ("image/png", ":material/image:"),
    "pdf": ("application/pdf", ":material/picture_as_pdf:"),
}
AT_ONCE = 10_000  # atoms of a balance whose cells are protected in a fraction of a second
Make = Callable[[], bytes]


class Made(NamedTuple):
    """Hold what a file is made of: its table, all its tables, the layers of its map."""

    sheet: Sheet
    book: Book
    layers: list[maps.Layer]
    demo: bool


def of_balance(choice: Choice, level: str) -> None:
    """Write the entries of the balance, and the profile, which is sought here first."""
    from dashboard.ecosystems import profile_download  # noqa: PLC0415 - it is built on this module

    stamp, spoken, whole = source.stamp(), language(), _whole()

    def made() -> Made:
        view = _balance(stamp, choice, level, spoken, whole=whole)
        going = _flows(stamp, choice, Asked(STAGES), spoken, whole=whole)
        places = files.places_sheet(view, level, spoken)
        sheets = [places, files.parts_sheet(view, spoken), files.flows_sheet(going, spoken)]
        said = files.plain(ecosystem_balance_words.sentence(view, choice, spoken))
        book = files.book(sheets, said, choice, spoken, demo=view.demo)
        layers = [files.areas_layer(view, level, spoken), files.ways_layer(going, spoken)]
        return Made(places, book, layers, view.demo)

    entries("balance", choice, made)
    entry(
        "balance",
        choice,
        "png",
        lambda: pictures.png(files.picture(_balance(stamp, choice, level, spoken, whole=whole), choice, level, spoken)),
    )
    profile_download.entry(choice)
    last("" if whole else _left_out(stamp, choice, level, spoken), whole=whole)


def of_flows(choice: Choice, asked: Asked) -> None:
    """Write the entries of the flows."""
    stamp, spoken, whole = source.stamp(), language(), _whole()

    def made() -> Made:
        view = _flows(stamp, choice, asked, spoken, whole=whole)
        sheet = files.flows_sheet(view, spoken)
        said = files.plain(ecosystem_flows_words.sentence(view, choice, asked, spoken))
        book = files.book([sheet], said, choice, spoken, demo=view.demo)
        return Made(sheet, book, [files.ways_layer(view, spoken)], view.demo)

    entries("flows", choice, made)
    entry(
        "flows",
        choice,
        "png",
        lambda: pictures.png(
            files.ways_picture(_flows(stamp, choice, asked, spoken, whole=whole), choice, asked, spoken)
        ),
    )
    words = "" if whole else ecosystem_flows_words.left_out(_flows(stamp, choice, asked, spoken), spoken)
    last(words, whole=whole)


def of_indicators(choice: Choice, view: Indicators, indicator: str) -> None:
    """Write the entries of the indicators; those of few companies stay out."""
    spoken = language()

    def made() -> Made:
        sheet = indicator_files.sheet(view, spoken)
        said = files.plain(ecosystem_indicators.sentence(view, choice, spoken))
        book = files.book([sheet], said, choice, spoken, demo=view.demo)
        return Made(sheet, book, [indicator_files.layer(view, choice, indicator, spoken)], view.demo)

    entries("indicators", choice, made)
    entry("indicators", choice, "png", lambda: pictures.png(indicator_files.picture(view, choice, indicator, spoken)))


def shared_views(stamp: str, choice: Choice, language: Language) -> tuple[Balance, Flows]:
    """Give balance and flows as they may be handed on."""
    level = "municipalities" if choice.region else "regions"
    return _balance(stamp, choice, level, language), _flows(stamp, choice, Asked(STAGES), language)


def _left_out(stamp: str, choice: Choice, level: str, language: Language) -> str:
    """Say what the files will leave out; where that would take seconds, the page doesn't wait for it."""
    if not source_planning.only_sums() and len(source_planning.balance_atoms(stamp, choice.year)) > AT_ONCE:
        return ""
    return ecosystem_balance_words.left_out(_balance(stamp, choice, level, language), language)


def _whole() -> bool:
    """Let coordinators, who may see every company, take all figures for their own work; nobody else is asked."""
    who = viewer.current()
    if who is None or who.role not in {Role.NATIONAL, Role.REGIONAL}:
        return False
    return st.toggle(say("ecosystems.download_whole"), key="download_whole")


def _balance(stamp: str, choice: Choice, level: str, language: Language, *, whole: bool = False) -> Balance:
    if whole:
        atoms = source_planning.balance_atoms(stamp, choice.year, choice.types)
        return ecosystem_balance.build(atoms, choice, level, language)
    return ecosystem_balance.shared(source_planning.balance_cells(stamp, choice.year), choice, level, language)


def _flows(stamp: str, choice: Choice, asked: Asked, language: Language, *, whole: bool = False) -> Flows:
    told = ecosystem_flows.build if whole else ecosystem_flows.shared
    return told(source_planning.flow_atoms(stamp, choice.year), choice, asked, language)


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
    mime, icon = KINDS[suffix]
    where = choice.region or "fi"
    st.download_button(
        say(f"ecosystems.download_{suffix}"),
        audited.file(say("audit.export_table", name=name), 1 if suffix != "csv" else None, make),
        file_name=f"synergiakartta-{name}-{where}-{choice.year}.{suffix}",
        mime=mime,
        icon=icon,
        type="tertiary",
        on_click="ignore",
        key=f"download_{name}_{suffix}",
    )
