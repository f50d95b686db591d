"""Who did what: filters, the table, and the same as a file."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from config import settings
from config.texts import Language
from dashboard import audited, exports, filters, frame, source
from dashboard.frame import say
from dashboard.views import audit as view
from data.queries import audit as queries
from data.queries.audit import Sought

SHOWN_MAX = 300
FILE_MAX = 20_000
KIND = "kind"


def draw() -> None:
    """Draw the part; never from a cache, for what just happened is what is looked for."""
    sought = _filters()
    language = frame.language()
    shown = view.table(queries.events(source.engine(), sought, SHOWN_MAX), language)
    if shown.empty:
        frame.empty(say("audit.none"))
    else:
        frame.sentence(view.sentence(len(shown), SHOWN_MAX, language))
        st.download_button(
            say("audit.csv"),
            audited.file(say("title.audit"), None, partial(_csv, sought, language)),
            file_name="synergiakartta-tapahtumat.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="audit_csv",
        )
        st.dataframe(shown, hide_index=True, width="stretch", height=560, key="audit_table")
    frame.note(say("audit.kept", days=settings.load().audit_days))


def _filters() -> Sought:
    columns = st.columns((3, 3, 2, 2), vertical_alignment="bottom")
    person = columns[0].text_input(
        say("audit.person"), key="person", max_chars=100, placeholder=say("audit.person_hint")
    )
    options = ["", *view.KINDS]
    filters.seed(KIND, options, "")
    kind = columns[1].selectbox(
        say("audit.kind"),
        options,
        format_func=lambda one: view.kind(one, frame.language()) if one else say("audit.every_kind"),
        key=KIND,
    )
    filters.keep(KIND, "")
    since = columns[2].date_input(say("audit.since"), value=None, key="since", format="DD.MM.YYYY")
    until = columns[3].date_input(say("audit.until"), value=None, key="until", format="DD.MM.YYYY")
    return Sought(person.strip(), kind or "", _day(since), _day(until))


def _day(chosen: object) -> date | None:
    return chosen if isinstance(chosen, date) else None


def _csv(sought: Sought, language: Language) -> bytes:
    found: pd.DataFrame = queries.events(source.engine(), sought, FILE_MAX)
    return exports.csv_bytes(view.table(found, language), language)
