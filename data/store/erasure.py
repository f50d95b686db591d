"""Erase a person: the contact and the expert as rows, and the words that tell of them wherever else they stand."""

from collections.abc import Mapping
from secrets import token_hex

from sqlalchemy import Engine, text

from data import store
from data.queries.person import Person
from data.store import audit


def erase(engine: Engine, user: str, person: Person, word: str) -> Mapping[str, int]:
    """Erase a person everywhere, history included, in one transaction; tell how many rows of each table were touched.

    In what must stay, `word` with a mark of its own stands where the person stood, so that two erased people are
    still two. Only the national coordinator and the owner of the database may.
    """
    pattern, mark = person.pattern, f"{word} {token_hex(2)}"
    with store.connection(engine, user) as connection:
        asked = text("SELECT person_erase(:pattern, :mark)")
        touched = connection.scalar(asked, {"pattern": pattern, "mark": mark}) or {}
    counts = {table: int(rows) for table, rows in sorted(touched.items()) if rows}
    told = audit.Event(person=user, subject=mark, rows=sum(counts.values()), details=counts)
    audit.record(engine, audit.Kind.PERSON_ERASED, told)
    return counts
