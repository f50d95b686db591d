"""Files of the balance and the flows, made when they are asked for; none tells of few companies, unless for own use."""

import streamlit as st

from config.texts import Language
from dashboard import pictures, source, source_planning
from dashboard.ecosystems import handed_on, indicators_source, profile_download
from dashboard.ecosystems.choice import Choice
from dashboard.ecosystems.menu import Made, entries, entry, last
from dashboard.frame import language, say
from dashboard.views import (
    ecosystem_balance_words,
    ecosystem_flows_words,
    ecosystem_indicators,
)
from dashboard.views import ecosystem_files as files
from dashboard.views import ecosystem_indicator_files as indicator_files
from dashboard.views.ecosystem_flows import STAGES, Asked
from data import viewer
from data.viewer import Role

AT_ONCE = 10_000  # atoms of a balance whose cells are protected in a fraction of a second


def of_balance(choice: Choice, level: str) -> None:
    """Write the entries of the balance, and the profile, which is sought here first."""
    stamp, spoken, whole = source.stamp(), language(), _whole()

    def made() -> Made:
        view = handed_on.balance(stamp, choice, level, spoken, whole=whole)
        going = handed_on.flows(stamp, choice, Asked(STAGES), spoken, whole=whole)
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
        lambda: pictures.png(
            files.picture(handed_on.balance(stamp, choice, level, spoken, whole=whole), choice, level, spoken)
        ),
    )
    profile_download.entry(choice)
    last("" if whole else _left_out(stamp, choice, level, spoken), whole=whole)


def of_flows(choice: Choice, asked: Asked) -> None:
    """Write the entries of the flows."""
    stamp, spoken, whole = source.stamp(), language(), _whole()

    def made() -> Made:
        view = handed_on.flows(stamp, choice, asked, spoken, whole=whole)
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
            files.ways_picture(handed_on.flows(stamp, choice, asked, spoken, whole=whole), choice, asked, spoken)
        ),
    )
    words = "" if whole else ecosystem_flows_words.left_out(handed_on.flows(stamp, choice, asked, spoken), spoken)
    last(words, whole=whole)


def of_indicators(choice: Choice, indicator: str) -> None:
    """Write the entries of the indicators, the profile first; those of few companies stay out."""
    view, spoken = indicators_source.view(source.stamp(), choice), language()

    def made() -> Made:
        sheet = indicator_files.sheet(view, spoken)
        said = files.plain(ecosystem_indicators.sentence(view, choice, spoken))
        book = files.book([sheet], said, choice, spoken, demo=view.demo)
        return Made(sheet, book, [indicator_files.layer(view, choice, indicator, spoken)], view.demo)

    profile_download.entry(choice)
    entries("indicators", choice, made)
    entry("indicators", choice, "png", lambda: pictures.png(indicator_files.picture(view, choice, indicator, spoken)))
    last()


def _left_out(stamp: str, choice: Choice, level: str, language: Language) -> str:
    """Say what the files will leave out; where that would take seconds, the page doesn't wait for it."""
    if not source_planning.only_sums() and len(source_planning.balance_atoms(stamp, choice.year)) > AT_ONCE:
        return ""
    return ecosystem_balance_words.left_out(handed_on.balance(stamp, choice, level, language), language)


def _whole() -> bool:
    """Let coordinators, who may see every company, take all figures for their own work; nobody else is asked."""
    who = viewer.current()
    if who is None or who.role not in {Role.NATIONAL, Role.REGIONAL}:
        return False
    return st.toggle(say("ecosystems.download_whole"), key="download_whole")
