"""Who has signed in, whether they still may, and the end of a sign-in everywhere at once."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Engine, text

from data import store


@dataclass(frozen=True)
class Account:
    """Tell how an account stands: `fresh` is true the first time that a sign-in is seen."""

    disabled: bool
    ended: bool
    fresh: bool
    organisation_id: int | None


def seen(engine: Engine, subject: str, name: str, issued: int, business_id: str) -> Account:
    """Take note of a sign-in (`issued`: its second by the provider's clock) and tell how the account stands."""
    values = {"subject": subject, "name": name, "issued": issued, "business_id": business_id}
    with store.connection(engine, name) as connection:
        row = connection.execute(text("SELECT * FROM account_seen(:subject, :name, :issued, :business_id)"), values)
        return Account(*row.one())


def end(engine: Engine, subject: str, issued: int) -> None:
    """End a sign-in: from now on no window and no cookie of it opens anything."""
    with store.connection(engine, "") as connection:
        connection.execute(text("SELECT account_end(:subject, :issued)"), {"subject": subject, "issued": issued})


_DISABLE = """
INSERT INTO account AS a (subject, disabled_at) VALUES (:subject, now())
ON CONFLICT (subject) DO UPDATE SET disabled_at = coalesce(a.disabled_at, now())
"""


def disable(engine: Engine, subject: str) -> None:
    """Shut somebody out from the next request on, also one who has never signed in."""
    with store.connection(engine, "") as connection:
        connection.execute(text(_DISABLE), {"subject": subject})


def enable(engine: Engine, subject: str) -> bool:
    """Let somebody in again; tell whether there was such an account."""
    statement = "UPDATE account SET disabled_at = NULL WHERE subject = :subject"
    with store.connection(engine, "") as connection:
        return connection.execute(text(statement), {"subject": subject}).rowcount > 0


def every(engine: Engine) -> pd.DataFrame:
    """List the accounts, the one that signed in last first."""
    statement = "SELECT subject, name, signed_in_at, disabled_at FROM account ORDER BY signed_in_at DESC NULLS LAST, 1"
    with store.connection(engine, "") as connection:
        return pd.read_sql(text(statement), connection)
