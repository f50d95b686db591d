"""The widgets of the overview: each is a parameter of the link, and together they are the choice."""

from datetime import UTC, datetime

import streamlit as st

from dashboard import choosers, filters, source
from dashboard.frame import labels, say
from dashboard.overview import search
from dashboard.views.overview_counts import BENEFITS, Chosen
from dashboard.views.overview_tables import tables

MEASURES = ("synergies", "resources", "benefits")
LAYERS = ("flows", "names")
DIRECTIONS = ("", "have", "want")
YEARS_MOST = 12


def choose(stamp: str, *, has_synergies: bool) -> Chosen:
    """Draw the row of filters and give the choice they make; the table is chosen later."""
    year_now = datetime.now(UTC).year
    first_measure = "synergies" if has_synergies else "resources"
    defaults = _defaults(year_now)
    with st.container(horizontal=True, key="filters", vertical_alignment="center", gap="small"):
        measure = filters.switch(
            "measure",
            MEASURES,
            labels("overview.measure_", MEASURES),
            name=say("overview.measure"),
            default=first_measure,
        )
        amount = _amount(measure)
        types = choosers.types(say("overview.all_types"))
        year = _year(stamp, year_now)
        region = choosers.region()
        show, level, layers, direction = _map(measure)
        search.popover(stamp)
        filters.clear_button(defaults)
    return Chosen(
        year=year,
        measure=measure,
        amount=amount if measure == "resources" else "count",
        benefit=amount if measure == "benefits" else "co2e",
        types=types,
        direction=direction if measure == "resources" else "",
        region=region,
        show=show,
        level=level,
        layers=layers,
    )


def _defaults(year_now: int) -> dict[str, filters.Value]:
    return {
        "type": [],
        "year": year_now,
        "region": "",
        "show": "areas",
        "level": "regions",
        "layers": list(LAYERS),
        "direction": "",
    }


def choose_table(chosen: Chosen) -> str:
    """Draw the switch between the tables that go with the choice."""
    options = tables(chosen)
    if len(options) == 1:
        return options[0]
    return filters.switch(
        "table", options, labels("overview.table_", options), name=say("overview.table"), default=options[0]
    )


def _amount(measure: str) -> str:
    if measure == "resources":
        options, key = ("count", "tonnes"), "amount"
        return filters.switch(
            key, options, labels("overview.amount_", options), name=say("overview.measure"), default="count"
        )
    if measure == "benefits":
        return filters.switch(
            "benefit",
            tuple(BENEFITS),
            labels("overview.benefit_", BENEFITS),
            name=say("overview.measure"),
            default="co2e",
        )
    return ""


def _year(stamp: str, year_now: int) -> int:
    first = source.first_year(stamp) or year_now
    return choosers.year(range(year_now, max(first, year_now - YEARS_MOST) - 1, -1), year_now)


def _map(measure: str) -> tuple[str, str, tuple[str, ...], str]:
    direction = ""
    with st.popover(say("overview.map"), icon=":material/layers:"):
        show = _one_of("show", ("areas", "sites"))
        level = _one_of("level", ("regions", "municipalities"))
        filters.seed("layers", LAYERS, list(LAYERS))
        layers = st.pills(
            say("overview.layers"),
            LAYERS,
            selection_mode="multi",
            format_func=labels("overview.layer_", LAYERS),
            key="layers",
        )
        filters.keep("layers", list(LAYERS))
        if measure == "resources":
            filters.seed("direction", DIRECTIONS, "")
            directions = {one: say(f"overview.direction_{one or 'all'}") for one in DIRECTIONS}
            direction = st.radio(
                say("overview.direction"),
                DIRECTIONS,
                format_func=directions.__getitem__,
                key="direction",
            )
            filters.keep("direction", "")
    return show, level, tuple(layers or ()), str(direction or "")


def _one_of(key: str, options: tuple[str, str]) -> str:
    filters.seed(key, options, options[0])
    picked = st.segmented_control(
        say(f"overview.{key}"),
        options,
        required=True,
        format_func=labels(f"overview.{key}_", options),
        key=key,
    )
    filters.keep(key, options[0])
    return str(picked or options[0])
