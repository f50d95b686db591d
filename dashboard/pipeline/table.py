"""The table of synergies: everything, sortable; a row opens its synergy."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import audited, exports, frame, wording
from dashboard.frame import say
from dashboard.pipeline import choice
from dashboard.reading import Reader
from dashboard.views import pipeline_table as view
from data.queries import pipeline as queries
from data.queries.pipeline import Sought
from geo import regions

MOST_ROWS = 3_000
TABLE = "pipeline_table"


def draw(read: Reader, sought: Sought, total: int, *, demo: bool) -> None:
    """Draw the rows, the most urgent first, with their number and the download."""
    language = frame.language()
    rows = read(queries.rows, sought, MOST_ROWS)
    shown = view.table(rows, regions.load(), language)
    key = f"{TABLE}_{len(shown)}_{sought.stage}"
    names = view.headings(language)
    st.dataframe(
        shown,
        hide_index=True,
        placeholder="–",
        height="auto" if len(shown) < 14 else 560,  # noqa: PLR2004 - rows that fit a window
        key=key,
        on_select=partial(_open, key, [int(one) for one in rows["id"]]),
        selection_mode="single-row",
        column_config={
            names["km"]: st.column_config.NumberColumn(format="localized"),
            names["tonnes"]: st.column_config.NumberColumn(format="localized"),
            names["co2e"]: st.column_config.NumberColumn(format="localized"),
            names["next_on"]: st.column_config.DateColumn(format="DD.MM.YYYY"),
            names["active"]: st.column_config.DateColumn(format="DD.MM.YYYY"),
        },
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        frame.note(say("pipeline.table_hint"))
        if total > len(rows):
            told = {"shown": wording.number(len(rows), language), "total": wording.number(total, language)}
            frame.note(say("pipeline.table_part", **told))
        _download(shown, demo=demo)


def _open(key: str, ids: list[int]) -> None:
    chosen = st.session_state[key].selection.rows
    if chosen and chosen[0] < len(ids):
        choice.open_synergy(ids[chosen[0]])


def _download(shown: pd.DataFrame, *, demo: bool) -> None:
    """Offer what the table shows as files; whoever takes one stands in the audit."""
    name, language = say("pipeline.download_name"), frame.language()
    makers = {
        "csv": partial(exports.csv_bytes, shown, language, demo=demo),
        "xlsx": partial(exports.xlsx_bytes, shown, language, name, demo=demo),
    }
    for suffix, make in makers.items():
        audited.entry(
            say(f"pipeline.download_{suffix}"),
            audited.file(say("audit.export_table", name=f"{name} ({suffix.upper()})"), len(shown), make),
            f"synergiakartta-{name}.{suffix}",
            f"download_pipeline_{suffix}",
        )
