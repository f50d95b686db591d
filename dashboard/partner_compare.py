"""Partners side by side: a button on the open row, a line above the list, and a dialog with the table."""

import streamlit as st

from dashboard import frame, partner_actions
from dashboard.literal import literal
from dashboard.partner_shown import Shown, reason_line
from dashboard.views import partner_compare as view
from dashboard.views.partners import Row, View

OPEN = "compare_open"
LEAST = 2


def button(row: Row) -> None:
    """Draw the button that puts the open partner beside others, or takes it away."""
    inside = row.partner in partner_actions.compared()
    # As wide in both states, or the buttons beside it would jump from line to line.
    st.button(
        frame.say("partners.compare"),
        icon=":material/check_box:" if inside else ":material/check_box_outline_blank:",
        help=frame.say("partners.compare_not") if inside else None,
        type="tertiary",
        key="compare_partner",
        on_click=partner_actions.compare,
        args=(row.partner,),
    )


def bar(shown: View) -> None:
    """Say above the list who is chosen, or how one chooses: the line is always there, so that no row jumps.

    Those that the list does not hold any more are left out.
    """
    rows = chosen(shown)
    with st.container(horizontal=True, key="partner_compared", vertical_alignment="center", gap="small"):
        if not rows:
            st.caption(frame.say("partners.compare_how"), width="content")
            return
        names = ", ".join(f"{row.number}. {row.name or frame.say('frame.unnamed')}" for row in rows)
        st.caption(literal(frame.say("partners.compared", names=names)), width="content")
        st.button(
            frame.say("partners.compare_show"),
            key="compare_show",
            disabled=len(rows) < LEAST,
            on_click=lambda: st.session_state.update({OPEN: True}),
        )
        st.button(
            frame.say("partners.compare_clear"),
            key="compare_clear",
            type="tertiary",
            on_click=partner_actions.compare_nobody,
        )


def chosen(shown: View) -> list[Row]:
    """Give the rows that are compared, in the order of the list."""
    wanted = partner_actions.compared()
    return [row for row in shown.rows if row.partner in wanted]


def dialog(shown: Shown) -> None:
    """Draw the dialog if it is open."""
    rows = chosen(shown.view)
    if st.session_state.pop(OPEN, False) and len(rows) >= LEAST:
        st.dialog(frame.say("partners.compare_title"), width="large")(_draw)(shown, rows)


def _draw(shown: Shown, rows: list[Row]) -> None:
    language = frame.language()
    lines = view.lines(rows, shown.terms, [reason_line(shown, row) for row in rows], language)
    st.html(view.sheet(frame.colours()))
    st.html(view.html(rows, lines, language))
    frame.note(frame.say("partners.compare_note"))
