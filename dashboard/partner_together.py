"""Below the list of partners: exchanges in two steps and loads filled together; one of them may be on the map."""

import streamlit as st

from dashboard import filters, frame, old_links
from dashboard import source_partners as partners
from dashboard import source_together as together
from dashboard.literal import literal
from dashboard.palette import css
from dashboard.views import together as view
from dashboard.views.partner_terms import Terms
from dashboard.views.partners import View
from dashboard.views.together import Line, Section

CHOSEN = "together"
TINT = 0.06


def show(stamp: str, resource: int, shown: View, terms: Terms) -> Line | None:
    """Show both sections where there is anything in them, and give the line that the map shows."""
    sections = [one for one in _sections(stamp, resource, shown, terms) if one.lines]
    chosen = filters.chosen(CHOSEN)
    if chosen is not None and all(line.key != chosen for section in sections for line in section.lines):
        old_links.note(CHOSEN, [chosen])
    if not sections:
        return None
    language, colours = frame.language(), frame.colours()
    st.html(view.sheet(colours.line, colours.secondary, css(colours.accent, TINT), colours.want_text))
    for section in sections:
        st.subheader(frame.say(f"{section.kind}.title"), anchor=False)
        frame.note(frame.say(f"{section.kind}.note"))
        with st.container(key=f"together_section_{section.kind}"):
            for line in section.lines:
                _line(line, chosen=line.key == chosen)
    with st.expander(frame.say("together.as_table")):
        st.html("".join(view.table(section, language) for section in sections))
    return next((line for section in sections for line in section.lines if line.key == chosen), None)


def _sections(stamp: str, resource: int, shown: View, terms: Terms) -> tuple[Section, Section]:
    chains, pools = together.chains(stamp, resource), together.pools(stamp, resource, terms.vehicle.name)
    facts = view.facts_of(partners.facts(stamp, view.ids(chains, pools)))
    language = frame.language()
    return (
        view.chained(chains, facts, shown.limit.most_km, language, offered=shown.offered),
        view.pooled(pools, facts, shown.limit.most_km, terms.value_eur_per_t, language),
    )


def _line(line: Line, *, chosen: bool) -> None:
    with st.container(key=f"together_line_{'on' if chosen else 'off'}_{line.key}"):
        st.html(view.html(line))
        st.button(
            literal(frame.say("together.hide" if chosen else "together.show", line=line.words)),
            key=f"together_{line.key}",
            on_click=filters.choose,
            args=(CHOSEN, None if chosen else line.key),
        )
