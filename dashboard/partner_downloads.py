"""The menu of downloads of nearby partners: the table and the link."""

from functools import partial

import streamlit as st

from dashboard import exports
from dashboard.frame import language, say
from dashboard.views import partner_table
from dashboard.views.partners import View


def menu(view: View) -> None:
    """Draw the entries."""
    st.download_button(
        say("partners.download_csv"),
        partial(_csv, view),
        file_name="synergiakartta-kumppanit.csv",
        mime="text/csv",
        icon=":material/table:",
        type="tertiary",
        on_click="ignore",
        key="download_csv",
    )
    st.caption(say("frame.share"))
    st.code(_link(), language=None)


def _csv(view: View) -> bytes:
    table = partner_table.plain(view, language())
    if view.demo:  # what is invented says so in every file
        table[say("overview.download_column_demo")] = "1"
    return exports.csv_bytes(table, language())


def _link() -> str:
    here = (st.context.url or "").split("?")[0]
    query = "&".join(f"{key}={value}" for key in st.query_params for value in st.query_params.get_all(key))
    return f"{here}?{query}" if query else here
