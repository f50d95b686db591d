"""The question before a deletion: what goes along, what keeps it from going, and how long it can be taken back."""

from html import escape

import streamlit as st

from config.errors import SynergiaError
from dashboard import frame, source, wording
from dashboard.forms import undo as refusals
from dashboard.forms.sheet import Sheet
from data.queries import deleted
from data.queries.deleted import Below
from data.store import undo


def asked(sheet: Sheet) -> bool:
    """Ask whether the row of the open form may go; False where synergies keep it, which are named."""
    if sheet.row is None:
        return False
    try:
        below = deleted.below(source.engine(), sheet.row.kind, sheet.row.id)
    except SynergiaError as problem:
        st.html(_remark(refusals.refusal(problem)))
        return False
    if below.open:
        st.html(_remark(frame.say("deleted.refused", count=below.open)) + _listed(below))
        return False
    name = str(sheet.initial.get("title" if sheet.kind == "resource" else "name"))
    parts = along(below)
    words = [frame.say("deleted.question", name=name)]
    words += [frame.say("deleted.takes_along", parts=", ".join(parts))] if parts else []
    words.append(frame.say("deleted.undo", days=undo.KEPT_DAYS))
    st.html(_remark(" ".join(words)))
    return True


def along(below: Below) -> list[str]:
    """Count in words what goes along."""
    language = frame.language()
    parts = [
        wording.counted(count, name, language)
        for name, count in (("site", below.sites), ("resource", below.resources))
        if count
    ]
    return parts + ([frame.say("deleted.lapsed", count=below.lapsed)] if below.lapsed else [])


def _remark(words: str) -> str:
    return f'<p class="remark" role="alert">{escape(words)}</p>'


def _listed(below: Below) -> str:
    rows = "".join(f"<li>{escape(one)}</li>" for one in below.synergies)
    more = below.open - len(below.synergies)
    return f'<ul class="remark">{rows}{f"<li>+ {more}</li>" if more else ""}</ul>'
