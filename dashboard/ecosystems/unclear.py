"""What of a balance is read as no material: how much that is, and which resources they are."""

import streamlit as st

from dashboard import frame, source
from dashboard.ecosystems.choice import Choice
from dashboard.frame import language, say
from dashboard.views import ecosystem_balance, ecosystem_unclear
from dashboard.views.ecosystem_balance import Balance
from data.queries import unclear as queries

ROW_PX = 35
ROWS_SHOWN = 8
SHOWN = "balance_unclear"


def draw(view: Balance, choice: Choice) -> None:
    """Say it below the bars, and list the resources, each with the way to its page; nothing where all is clear."""
    said = ecosystem_unclear.said(view, choice, language())
    if not said:
        return
    st.html(f'<span id="{ecosystem_unclear.ANCHOR}"></span>')
    frame.warn(said)
    with st.expander(say("balance.unclear_show"), key=SHOWN, on_change="rerun") as opened:
        if opened.open:
            _list(choice)


def _list(choice: Choice) -> None:
    rows = queries.listed(source.engine(), choice.year, choice.region, choice.types or ecosystem_balance.THINGS)
    if rows.empty:
        frame.note(say("balance.unclear_none"))
        return
    table = ecosystem_unclear.table(rows, language())
    way = st.column_config.LinkColumn("", display_text=say("balance.unclear_open"))
    st.dataframe(
        table,
        hide_index=True,
        row_height=ROW_PX,
        height=ROW_PX * (min(len(table), ROWS_SHOWN) + 1) + 2,
        column_config={ecosystem_unclear.LINK: way},
        key="balance_unclear_rows",
    )
    frame.note(say("balance.unclear_note", most=queries.LISTED))
