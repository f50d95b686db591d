"""Nearby partners: who near this resource could use it, and does the haul pay."""

from functools import partial

import streamlit as st

from dashboard import frame, layers_partners, partner_actions, source
from dashboard import source_partners as partners
from dashboard.views import partner_rows
from dashboard.views.partners import LIMIT_KM, LIMIT_MAX_KM, LIMIT_STEP_KM, Filter, View, build, pick


def page() -> None:
    """Draw the page."""
    st.html(partner_rows.sheet(frame.colours()))
    stamp = source.stamp()
    left, right = frame.two_columns()
    with right:
        folded, title = st.container(key="legend_below"), st.container()
        controls = st.columns((58, 42), gap="medium")
        resource = partner_actions.choose_resource(stamp, controls[0])
        if resource is None:
            title.title(frame.say("title.partners"), anchor=False)
            return
        limit = frame.say("partners.limit")
        limit_km = controls[1].slider(limit, 0, LIMIT_MAX_KM, LIMIT_KM, LIMIT_STEP_KM, key="km", bind="query-params")
        decided = partners.synergies(stamp, resource)
        rejected = decided.loc[decided["stage"] == "lapsed", "partner_id"].tolist()
        picked = pick(partners.matches(stamp, resource), limit_km, rejected)
        scope = partner_actions.choose_scope(picked)
        chosen = Filter(resource, limit_km, scope, partner_actions.chosen_partner(), partner_actions.rows())
        view = build(picked, partners.facts(stamp, (resource, *picked.ids)), chosen, frame.language())
        with title:
            frame.title_row(frame.say("title.partners"), demo=view.demo)
        partner_actions.show_list(stamp, view, decided, chosen)
    with left:
        _map(view, f"partners_map_{resource}_{limit_km}")
    with folded:
        frame.legend_below(partner_rows.legend(view, frame.colours(), frame.language()))


def warm() -> None:
    """Index all resources before somebody opens the page."""
    partners.index(source.stamp())


def _map(view: View, key: str) -> None:
    language, colours = frame.language(), frame.colours()
    state = layers_partners.view_state(view.origin, [row.place for row in view.rows])
    st.pydeck_chart(
        layers_partners.deck(view, partners.ways(view), state, colours, language),
        height="stretch",
        key=key,
        on_select=partial(partner_actions.from_map, key),
        selection_mode="single-object",
        alt=layers_partners.alt(view, language),
    )
    frame.legend(partner_rows.legend(view, colours, language), low=True)
    frame.attribution(frame.say("overview.source_line"))
