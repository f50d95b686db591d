"""The audit in words: a table for the screen and one to take along; pure."""

import pandas as pd

from config.texts import Language, catalogue
from dashboard import wording
from dashboard.views import history
from dashboard.views.records import Record, records
from data.queries.audit import CHANGES
from data.store.audit import Kind

KINDS = (*(kind.value for kind in Kind), *CHANGES)
COLUMNS = ("when", "who", "what", "which", "rows")
_COLUMNS_SHOWN = 4


def kind(name: str, language: Language) -> str:
    """Name what happened."""
    return wording.t(f"audit.kind_{name}", language) if f"audit.kind_{name}" in catalogue() else name


def table(events: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Put events into words: when, who (and in which role), what, to which thing, how many rows."""
    told = [_row(row, language) for row in records(events)]
    heads = [wording.t(f"audit.{name}", language) for name in COLUMNS]
    return pd.DataFrame(told, columns=heads, dtype=object)


def sentence(shown: int, limit: int, language: Language) -> str:
    """Say how many events are listed, as HTML."""
    key = "audit.sentence_part" if shown >= limit else "audit.sentence"
    return wording.rich(key, language, count=wording.number(shown, language))


def _row(row: Record, language: Language) -> tuple[object, ...]:
    who = row["person"] or wording.t("history.nobody", language)
    role = f"audit.role_{row['role']}"
    return (
        history.moment(row["happened_at"], language),
        f"{who} ({wording.t(role, language)})" if role in catalogue() else who,
        kind(str(row["kind"]), language),
        _which(row, language),
        None if row["rows"] is None else int(row["rows"]),
    )


def _which(row: Record, language: Language) -> str:
    if not row["thing"]:
        return str(row["subject"])
    named = f"audit.thing_{row['thing']}"
    thing = wording.t(named, language) if named in catalogue() else str(row["thing"])
    title = f"{thing}: {row['title']}" if row["title"] else f"{thing} {row['thing_id']}"
    columns = [one for one in str(row["subject"]).split() if one != "deleted_at"]
    if row["kind"] != "changed" or not columns:
        return title
    shown = [history.label(str(row["thing"]), one, language) for one in columns[:_COLUMNS_SHOWN]]
    return f"{title} ({', '.join(shown)}{', …' if len(columns) > _COLUMNS_SHOWN else ''})"
