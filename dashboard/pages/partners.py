"""Nearby partners: who near this resource could use it, and does the haul pay."""

from functools import partial

import streamlit as st

from dashboard import (
    frame,
    layers_partners,
    layers_together,
    partner_actions,
    partner_calculation,
    partner_downloads,
    partner_list,
    partner_together,
    partner_weights,
    source,
    source_together,
    weighing,
)
from dashboard import source_partners as partners
from dashboard.layers_partners import Drawn
from dashboard.views import partner_legend, partner_rows, partner_terms, together
from dashboard.views.partners import LIMIT_KM, LIMIT_MAX_KM, LIMIT_STEP_KM, Filter, View, build, pick
from dashboard.views.together import Line


def page() -> None:
    """Draw the page."""
    st.html(partner_rows.sheet(frame.colours()))
    stamp = source.stamp()
    left, right = frame.two_columns()
    with right:
        with st.spinner(frame.say("teaching.rereading")):  # seconds after a word was taught, else no time at all
            partners.index(stamp)
        folded, title = st.container(key="legend_below"), st.container()
        controls = st.columns((49, 33, 18), gap="medium", vertical_alignment="bottom")
        resource = partner_actions.choose_resource(stamp, controls[0])
        if resource is None:
            title.title(frame.say("title.partners"), anchor=False)
            return
        limit = frame.say("partners.limit")
        limit_km = controls[1].slider(limit, 0, LIMIT_MAX_KM, LIMIT_KM, LIMIT_STEP_KM, key="km", bind="query-params")
        partner_weights.popover(controls[2])
        view = _view(stamp, resource, limit_km)
        chosen = partner_together.show(stamp, resource, view, partner_calculation.terms())
        with title:
            frame.title_row(frame.say("title.partners"), demo=view.demo, downloads=lambda: partner_downloads.menu(view))
    drawn = Drawn(partners.ways(view), partners.reached(view))
    legend = partner_legend.legend(view, frame.colours(), frame.language(), reach=bool(drawn.edges))
    if chosen is not None:
        legend += together.legend(chosen, frame.colours().text, frame.language())
    with left:
        _map(view, drawn, legend, f"partners_map_{resource}", chosen)
    with folded:
        frame.legend_below(legend)
    partner_calculation.show(stamp, view)


def _view(stamp: str, resource: int, limit_km: int) -> View:
    """Rank the partners as the link asks for, and show their list."""
    found, terms = partners.found(stamp, resource), partner_calculation.terms()
    decided = partners.synergies(stamp, resource)
    rejected = decided.loc[decided["stage"] == "lapsed", "partner_id"].tolist()
    weighed = weighing.weigh(partner_terms.priced(found.matches, terms), partner_weights.chosen())
    picked = pick(weighed, limit_km, rejected, nearest=found.weak)
    scope = partner_actions.choose_scope(picked)
    chosen = Filter(resource, limit_km, scope, partner_actions.chosen_partner(), partner_actions.rows())
    ids = (resource, *sorted(int(one) for one in found.matches["partner_id"]))
    view = build(picked, partners.facts(stamp, ids), chosen, frame.language(), weak=found.weak)
    partner_list.show(stamp, view, decided, terms)
    return view


def warm() -> None:
    """Index all resources before somebody opens the page."""
    partners.warm(source.stamp())


def _map(view: View, drawn: Drawn, legend: str, key: str, chosen: Line | None) -> None:
    language, colours = frame.language(), frame.colours()
    places = tuple(stop.place for stop in chosen.stops) if chosen else ()
    state = layers_partners.view_state(view.origin, (*view.around, *places))
    deck = layers_partners.deck(view, drawn, state, colours, language)
    if chosen is not None:
        deck.layers += layers_together.layers(chosen, source_together.ways(places), state, view.origin, colours)
    st.pydeck_chart(
        deck,
        height="stretch",
        key=key,
        on_select=partial(partner_actions.from_map, key),
        selection_mode="single-object",
        alt=layers_partners.alt(view, language),
    )
    frame.legend(legend, low=True)
    frame.attribution(frame.say("overview.source_line"))
