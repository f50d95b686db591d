"""Overview: how much symbiosis there is, and between which regions."""

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from config.texts import Language
from dashboard import frame, source
from dashboard.frame import language, say
from dashboard.overview import choice, downloads, drawing, search, words
from dashboard.palette import Theme, of
from dashboard.routes import INLINE_MAX, sites_address
from dashboard.views import overview, overview_told
from dashboard.views.overview_counts import Chosen, Frames
from dashboard.views.overview_sites import site_points
from data.queries.scope import Scope


def page() -> None:
    """Draw the whole country."""
    stamp = source.stamp()
    map_half, words_half = frame.two_columns(frame.COLUMNS_OVERVIEW)
    with words_half:
        folded, title, said = st.container(key="legend_below"), st.container(), st.container()
        if source.first_year(stamp) is None:
            words.nothing_yet(title)
            chosen, view, sites, found = Chosen(year=0), None, None, None
        else:
            chosen = choice.choose(stamp, has_synergies=words.has_synergies(stamp))
            view = _view(stamp, chosen, language())
            found = search.found(stamp, chosen.year)
            rows, sites = (
                _sites(stamp, chosen, language(), frame.colours().theme)
                if chosen.show == "sites"
                else (pd.DataFrame(), None)
            )
            with said:
                words.sentence(view, found)
            words.figures(view)
            chosen = replace(chosen, table=choice.choose_table(chosen))
            told = _told(stamp, chosen, language(), rows)
            words.table(stamp, told.table, chosen, sites)
            if told.notes:
                frame.note(told.notes)
            with title:
                frame.title_row(
                    say("title.overview"),
                    demo=view.demo,
                    downloads=lambda: downloads.menu(told.table, view, rows, chosen),
                )
    with map_half:
        legend = drawing.draw(stamp, view, chosen, sites, found)
    if legend:
        with folded:
            frame.legend_below(legend)


def warm() -> None:
    """Read what the first visitor sees, before there is one."""
    stamp, scope = source.stamp(), Scope(datetime.now(UTC).year)
    if source.first_year(stamp) is not None and source.any_synergy(stamp):
        source.synergies(stamp, scope)
        source.benefits(stamp, scope)
    source.resources(stamp, scope)


# Thirty viewers of the same page build it once: what they share is frozen, and the stamp changes with the data.
@st.cache_resource(max_entries=64, show_spinner=False)
def _view(stamp: str, chosen: Chosen, language: Language) -> overview.View:
    return overview.build(_frames(stamp, chosen), chosen, language)


@st.cache_resource(max_entries=64, show_spinner=False)
def _told(stamp: str, chosen: Chosen, language: Language, _sites: pd.DataFrame) -> overview_told.Told:
    return overview_told.told(_frames(stamp, chosen), chosen, language, _sites)


def _frames(stamp: str, chosen: Chosen) -> Frames:
    """Ask only what the measure needs."""
    scope = Scope(chosen.year, chosen.types)
    if chosen.measure == "resources":
        return Frames(resources=source.resources(stamp, replace(scope, direction=chosen.direction)))
    return Frames(synergies=source.synergies(stamp, scope), benefits=source.benefits(stamp, scope))


@st.cache_resource(max_entries=16, show_spinner=False)
def _sites(stamp: str, chosen: Chosen, language: Language, theme: Theme) -> tuple[pd.DataFrame, drawing.Sites]:
    scope = Scope(chosen.year, chosen.types, chosen.direction)
    rows = source.sites(stamp, scope, "", INLINE_MAX + 1)
    if len(rows) <= INLINE_MAX:
        return rows, drawing.sites_of(rows, site_points(rows, of(theme), language), len(rows))
    counted = source.resources(stamp, scope)
    everywhere = int(counted.loc[counted["kind"] == "country", "sites"].iloc[0])
    rows = rows.head(INLINE_MAX)
    return rows, drawing.sites_of(rows, sites_address(stamp, scope, language, theme), everywhere)
