"""Below the list of partners: exchanges in two steps and loads filled together; one of them may be on the map."""

import streamlit as st

from dashboard import filters, frame, old_links
from dashboard import source_partners as partners
from dashboard import source_together as together
from dashboard.literal import literal
from dashboard.palette import css
from dashboard.partner_shown import Shown
from dashboard.views import partner_subject
from dashboard.views import together as view
from dashboard.views.partner_subject import IDEA_ID
from dashboard.views.together import Line, Section

CHOSEN = "together"
TINT = 0.06


def show(shown: Shown) -> Line | None:
    """Show both sections where there is anything in them, and give the line that the map shows."""
    sections = [one for one in _sections(shown) if one.lines]
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
    if len(shown.subject.own) > together.OWN:
        frame.note(frame.say("together.some", count=together.OWN))
    with st.expander(frame.say("together.as_table")):
        st.html("".join(view.table(section, language) for section in sections))
    return next((line for section in sections for line in section.lines if line.key == chosen), None)


def _sections(shown: Shown) -> tuple[Section, Section]:
    stamp, subject, language, limit_km = shown.stamp, shown.subject, frame.language(), shown.view.limit.most_km
    chains = together.chains(stamp, subject, language)
    pools = together.pools(stamp, subject, shown.terms.vehicle.name, language)
    facts = view.facts_of(partners.facts(stamp, tuple(one for one in view.ids(chains, pools) if one != IDEA_ID)))
    if subject.idea is not None:
        facts |= {IDEA_ID: {**partner_subject.fact(subject.idea), "organisation": subject.idea.words}}
    return (
        view.chained(chains, facts, limit_km, language, own=subject.own),
        view.pooled(pools, facts, limit_km, shown.terms.value_eur_per_t, language, own=subject.own),
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
