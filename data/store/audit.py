"""Keep who took what out, who came and left, and what was refused; and forget it when its time is over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from psycopg.types.json import Jsonb
from sqlalchemy import Engine, text

from data import store, viewer


class Kind(StrEnum):
    """What can happen; `audit.kind_*` in config/texts names each."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"
    EXPORTED = "exported"
    PERSON_EXPORTED = "person_exported"
    PERSON_ERASED = "person_erased"
    RESTORED = "restored"
    PURGED = "purged"
    BACKED_UP = "backed_up"
    PUT_BACK = "put_back"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Say what happened to what; `person` is needed only where nobody is signed in yet or any more.

    `subject` is what a reader is told (which export, which page), `rows` how many rows left the store, and `details`
    what else tells one event from another; never a secret, and no more of a person than the name.
    """

    subject: str = ""
    rows: int | None = None
    person: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


# Without RETURNING: whoever may add a row may not read it.
_ADD = """
INSERT INTO audit (kind, person, role, subject, rows, details)
VALUES (:kind, :person, :role, :subject, :rows, CAST(:details AS jsonb))
"""


def record(engine: Engine, kind: Kind, event: Event) -> None:
    """Keep one event in a transaction of its own, so that it stays whatever becomes of what it tells of."""
    seen = viewer.current()
    person = _short(event.person or (seen.name if seen else ""))
    values = {
        "kind": kind.value,
        "person": person,
        "role": seen.role.value if seen else "",
        "subject": _short(event.subject),
        "rows": event.rows,
        "details": Jsonb(dict(event.details)),
    }
    with store.connection(engine, person) as connection:
        connection.execute(text(_ADD), values)


def forget(engine: Engine, days: int) -> int:
    """Forget what is older than `days` days, as the owner of the database; tell how many events those were."""
    with store.connection(engine, "") as connection:
        return int(connection.scalar(text("SELECT audit_forget(:days)"), {"days": days}) or 0)


def _short(words: str) -> str:
    """Take what a stranger may have sent, without what no text column holds, and cut it to a line's length."""
    return words.replace("\x00", "").encode("utf-8", "replace").decode()[:300]
