"""Nearby partners: who near this resource could use it, and does the haul pay."""

from functools import partial

import streamlit as st

from dashboard import (
    frame,
    layers,
    layers_partners,
    layers_together,
    listing_draft,
    partner_actions,
    partner_calculation,
    partner_choosing,
    partner_compare,
    partner_downloads,
    partner_filters,
    partner_keeping,
    partner_list,
    partner_together,
    partner_weights,
    source,
    source_together,
    source_ways,
    weighing,
)
from dashboard import source_partners as partners
from dashboard.layers_partners import Drawn
from dashboard.partner_shown import Shown
from dashboard.views import partner_legend, partner_rows, partner_terms, together
from dashboard.views.partner_filters import Pool
from dashboard.views.partner_pick import Limit, pick
from dashboard.views.partner_subject import Subject
from dashboard.views.partners import Filter, View, build
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
        with st.container(horizontal=True, key="partner_by", vertical_alignment="center"):
            by, unit = partner_choosing.kind(), partner_actions.choose_unit()
            partner_weights.popover(st.container(width="content"))
            more = st.container(width="content")
        controls = st.columns((56, 44), gap="medium", vertical_alignment="bottom")
        subject = partner_choosing.choose(stamp, by, controls[0])
        if subject is None:
            with title:
                frame.title_row(frame.say("title.partners"))
        else:
            with more:
                _listing(stamp, subject)
            limit = partner_actions.choose_limit(unit, controls[1])
            shown = _view(stamp, subject, limit)
            chosen = partner_together.show(shown)
            with title:
                menu = partial(partner_downloads.menu, shown.view)
                frame.title_row(frame.say("title.partners"), demo=shown.view.demo, downloads=menu)
    if subject is None:
        with left:
            _whole_country()
        return
    view = shown.view
    drawn = Drawn(source_ways.ways(view), source_ways.reached(view))
    legend = partner_legend.legend(view, frame.colours(), frame.language(), reach=bool(drawn.edges))
    if chosen is not None:
        legend += together.legend(chosen, frame.colours().text, frame.language())
    with left:
        _map(view, drawn, legend, f"partners_map_{subject.key}", chosen)
    with folded:
        frame.legend_below(legend)
    partner_compare.dialog(shown)
    partner_calculation.show(shown)


def _listing(stamp: str, subject: Subject) -> None:
    """Offer a draft listing of a stored resource, and to store an idea as one."""
    if subject.kind == "resource":
        listing_draft.button(subject.own[0])
    elif subject.idea is not None:
        partner_keeping.popover(stamp, subject.idea)


def _whole_country() -> None:
    """Draw the map as it stands before there is anything to show on it."""
    st.pydeck_chart(
        layers.deck([], frame.colours()), height="stretch", key="partners_map", alt=frame.say("partners.by")
    )
    frame.attribution(frame.say("overview.source_line"))


def _view(stamp: str, subject: Subject, limit: Limit) -> Shown:
    """Rank the partners as the link asks for, and show their list."""
    language = frame.language()
    found, terms = partners.ranked(stamp, subject, language), partner_calculation.terms()
    decided = partners.decided(stamp, subject)
    facts = partners.facts_of(stamp, subject, found.matches)
    partner_actions.look_for_gone({int(one) for one in found.matches["partner_id"]})
    weighed = weighing.weigh(partner_terms.priced(found.matches, terms), partner_weights.chosen())
    scopes = st.container()
    pool = Pool(weighed, facts, decided, partners.topics(stamp, subject, language))
    wanted = partner_filters.choose(pool)
    kept = pool.of(wanted)
    picked = pick(kept, limit, () if wanted.lapsed else pool.rejected(), nearest=found.weak)
    with scopes:
        scope = partner_actions.choose_scope(picked)
    company = subject.kind == "organisation"
    chosen = Filter(
        subject.own, limit, scope, partner_actions.chosen_partner(), partner_actions.rows(), company=company
    )
    shown = Shown(stamp, subject, build(picked, facts, chosen, language, weak=found.weak), decided, terms)
    partner_list.show(shown, filtered=len(weighed) - len(kept))
    return shown


def warm() -> None:
    """Index all resources before somebody opens the page."""
    partners.warm(source.stamp())


def _map(view: View, drawn: Drawn, legend: str, key: str, chosen: Line | None) -> None:
    language, colours = frame.language(), frame.colours()
    places = tuple(stop.place for stop in chosen.stops) if chosen else ()
    state = layers_partners.view_state(view.origin, (*view.homes, *view.around, *places))
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
