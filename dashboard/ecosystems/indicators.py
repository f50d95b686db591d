"""Indicators over time: what has grown, where, since when."""

from functools import partial

import pydeck as pdk
import streamlit as st

from config.texts import Language
from dashboard import classes, filters, frame, layers, legends, palette, source
from dashboard.ecosystems import downloads, indicators_source
from dashboard.ecosystems.choice import Choice, Drawn
from dashboard.frame import labels, language, say
from dashboard.palette import Theme
from dashboard.views import ecosystem_indicators as views
from dashboard.views.ecosystem_balance_words import place_name
from dashboard.views.ecosystem_indicators import COUNTRY, INDICATORS, Indicators
from dashboard.views.overview_counts import spots
from data.queries.balance import this_year
from geo import regions

ROW_PX = 35
ROWS_SHOWN = 20


def draw(choice: Choice) -> Drawn:
    """Write small charts and their table, and give the sentence and map."""
    stamp, spoken, colours = source.stamp(), language(), frame.colours()
    view = indicators_source.view(stamp, choice)
    indicator = _indicator()
    if not choice.region:  # with the unit of the axes, which the panels of a region name themselves
        st.subheader(views.heading(view, indicator, spoken), anchor=False)
    chart = views.charts(view, choice, indicator, spoken, colours)
    st.altair_chart(chart, theme=None, key=f"indicators_{indicator}_{choice.region}", alt=say("indicators.alt"))
    built = views.table(view, choice, indicator, spoken)
    st.dataframe(
        built.style(),
        hide_index=True,
        row_height=ROW_PX,
        height=ROW_PX * (min(len(built.ids), ROWS_SHOWN) + 1) + 2,
        key="indicators_table",
        alt=say("overview.table_alt", title=say("ecosystems.part_indicators"), count=len(built.ids)),
    )
    if choice.year >= this_year():
        frame.note(say("indicators.unfinished", year=views.year_name(choice.year)))
    frame.note(say("indicators.note"))
    deck, legend = _map(stamp, choice, indicator, spoken, colours.theme, view)
    return Drawn(
        sentence=views.sentence(view, choice, spoken),
        deck=deck,
        alt=say("indicators.map_alt", place=place_name(choice, spoken)),
        legend=legend,
        demo=view.demo,
        downloads=partial(downloads.of_indicators, choice, indicator),
        defaults={"indicator": "completed"},
    )


def _indicator() -> str:
    filters.seed("indicator", INDICATORS, "completed")
    named = labels("indicators.", INDICATORS)
    st.selectbox(say("indicators.indicator"), INDICATORS, format_func=named, key="indicator")
    filters.keep("indicator", "completed")
    return str(st.session_state["indicator"])


# The stamp tells of which data the view is: it is too large to be compared itself.
@st.cache_resource(max_entries=32, show_spinner=False)
def _map(
    stamp: str,  # noqa: ARG001 - a part of the cache's key
    choice: Choice,
    indicator: str,
    language: Language,
    theme: Theme,
    _view: Indicators,
) -> tuple[layers.Deck, str]:
    colours = palette.of(theme)
    rows = _view.rows[(_view.rows["year"] == choice.year) & (_view.rows["region"] != COUNTRY)].set_index("region")
    values = rows[indicator].fillna(0.0)
    limits = classes.breaks(values, whole=indicator != "crossing")
    numbers = dict(zip(values.index.astype(str), classes.classify(values, limits).tolist(), strict=True))
    table = spots(regions.load(), "regions")
    said = [views.told(float(rows.loc[code, indicator]), indicator, language) for code in table.index]
    name = say(f"indicators.{indicator}")
    marked = table.assign(name=table[language], a=[f"{name}: {one}" for one in said], b=str(choice.year))
    drawn: list[pdk.Layer] = layers.areas("regions", numbers, colours)
    drawn.append(layers.outline("regions", choice.region, colours))
    drawn += layers.dots(marked, colours, name=f"pick-regions-{choice.region}")
    drawn += layers.labels(marked, colours)
    shown = tuple(limit * 100 for limit in limits) if indicator == "crossing" else limits
    words, edges = legends.scaled(f"{name}, {choice.year}", shown, language)
    return layers.deck(drawn, colours), legends.title(words) + legends.scale(colours.amount, edges, language)
