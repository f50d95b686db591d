"""Write contacts and talks: who is spoken to in a company, what was said, and when to come back to it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from secrets import token_hex

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from config.errors import StaleEdit, StoreProblem
from data import store, tables
from data.model import Activation, Channel
from data.queries import person as people
from data.queries.person import Person
from data.store import audit

# What a contact was called and reached by before stands in notes, too; what is now another's is no sign of this one.
_BEFORE = text("""
SELECT DISTINCT field, told FROM change c, LATERAL (VALUES
    ('name', c.old ->> 'name'), ('email', c.old ->> 'email'), ('phone', c.old ->> 'phone')) was (field, told)
WHERE c.table_name = 'contact' AND c.row_id = :id AND told <> '' AND NOT EXISTS (
    SELECT FROM contact o WHERE o.id <> :id AND lower(told) IN (lower(o.name), lower(o.email), o.phone))
""")
# A talk has no version: it is the same as long as it says the same.
_AS_IT_WAS = """id = :id AND channel = :old_channel AND note = :old_note AND happened_on = :old_happened_on
    AND remind_on IS NOT DISTINCT FROM CAST(:old_remind_on AS date)
    AND contact_id IS NOT DISTINCT FROM CAST(:old_contact_id AS bigint)"""
_CORRECT = text(f"""
UPDATE contact_log SET channel = :new_channel, note = :new_note, happened_on = :new_happened_on,
    remind_on = :new_remind_on, contact_id = :new_contact_id WHERE {_AS_IT_WAS}
""")  # noqa: S608 - our own text
_AS_PROGRAM = text("SELECT set_config('synergia.role', 'national', true)")


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Hold all that is kept of a person: name, role, e-mail and telephone."""

    name: str
    role: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Version:
    """Name one version of a contact: the one that a form was filled from."""

    id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class Talk:
    """Tell of one talk: how, when, what was said, with whom, and when to come back to it."""

    channel: Channel
    happened_on: date
    note: str = ""
    remind_on: date | None = None
    contact_id: int | None = None


def add(engine: Engine, user: str, organisation_id: int, contact: Contact) -> Version:
    """Add a contact to a company."""
    with store.transaction(engine, user) as session:
        record = tables.Contact(organisation_id=organisation_id, **_columns(contact))
        session.add(record)
        session.flush()
        return Version(record.id, record.version)


def change(engine: Engine, user: str, row: Version, contact: Contact) -> Version:
    """Write a contact; raise StaleEdit where somebody has changed it since."""
    columns = _columns(contact)
    with store.transaction(engine, user) as session:
        record = session.get(tables.Contact, row.id, with_for_update=True)
        if record is None or record.deleted_at is not None:
            raise StoreProblem("store.not_found")
        if record.version != row.version:
            raise StaleEdit("store.changed_meanwhile_unknown")
        for name, value in columns.items():
            setattr(record, name, value)
        session.flush()
        return Version(record.id, record.version)


def traces(engine: Engine, contact_id: int) -> Mapping[str, int]:
    """Count by table the rows that an erasure of a contact would touch; StoreProblem where it may not be seen."""
    with store.connection(engine, "") as connection:
        people.contact_signs(connection, contact_id)  # in the viewer's own eyes: nobody else's contact is counted
        connection.execute(_AS_PROGRAM)
        pattern = _pattern(_signs(connection, contact_id))
        asked = text("SELECT person_known(:pattern)")
        known = connection.scalar(asked, {"pattern": pattern}) if pattern else {}
    return {"contact": 1} | {table: len(rows) for table, rows in sorted((known or {}).items())}


def erase(engine: Engine, user: str, row: Version, word: str) -> Mapping[str, int]:
    """Erase a contact everywhere, history included, in one transaction; tell how many rows of each table were touched.

    Whoever may change the contact may have it erased: of the rows of others nothing is told, and `word` with a mark
    stands where the person stood.
    """
    token, mark = f"erased-{token_hex(8)}", f"{word} {token_hex(2)}"
    with store.connection(engine, user) as connection:
        _hold(connection, row)
        connection.execute(_AS_PROGRAM)
        signs = _signs(connection, row.id)
        # By a name that nobody else has, the row and its history go also where the person's own name is a common one.
        connection.execute(text("UPDATE contact SET name = :token WHERE id = :id"), {"token": token, "id": row.id})
        pattern = "|".join(part for part in (re.escape(token), _pattern(signs)) if part)
        asked = text("SELECT person_erase(:pattern, :mark)")
        touched = connection.scalar(asked, {"pattern": pattern, "mark": mark}) or {}
    counts = {table: int(rows) for table, rows in sorted(touched.items()) if rows}
    told = audit.Event(person=user, subject=mark, rows=sum(counts.values()), details=counts)
    audit.record(engine, audit.Kind.PERSON_ERASED, told)
    return counts


def log(engine: Engine, user: str, organisation_id: int, talk: Talk) -> int:
    """Note a talk; a company that was only known is contacted from now on. Give the id of the note."""
    if talk.remind_on is not None and talk.remind_on <= talk.happened_on:
        raise StoreProblem("activating.remind_before")
    with store.transaction(engine, user) as session:
        record = tables.ContactLog(
            organisation_id=organisation_id,
            contact_id=talk.contact_id,
            channel=talk.channel.value,
            note=talk.note.strip(),
            happened_on=talk.happened_on,
            remind_on=talk.remind_on,
        )
        session.add(record)
        session.flush()
        _awaken(session, organisation_id)
        return record.id


def correct(engine: Engine, user: str, talk_id: int, before: Talk, told: Talk) -> None:
    """Write a talk anew; raise StaleEdit where it is no longer as it was when the form was filled."""
    if told.remind_on is not None and told.remind_on <= told.happened_on:
        raise StoreProblem("activating.remind_before")
    values = {f"{when}_{name}": value for when, talk in (("old", before), ("new", told)) for name, value in _told(talk)}
    with store.connection(engine, user) as connection:
        if connection.execute(_CORRECT, {"id": talk_id, **values}).rowcount == 0:
            raise StaleEdit("store.changed_meanwhile_unknown")


def _told(talk: Talk) -> list[tuple[str, object]]:
    return [
        ("channel", talk.channel.value),
        ("note", talk.note.strip()),
        ("happened_on", talk.happened_on),
        ("remind_on", talk.remind_on),
        ("contact_id", talk.contact_id),
    ]


def settle(engine: Engine, user: str, talk_id: int, remind_on: date) -> None:
    """Take a reminder off a talk; raise StaleEdit where somebody has set another date meanwhile."""
    statement = text("UPDATE contact_log SET remind_on = NULL WHERE id = :id AND remind_on = :day")
    with store.connection(engine, user) as connection:
        if connection.execute(statement, {"id": talk_id, "day": remind_on}).rowcount == 0:
            raise StaleEdit("store.changed_meanwhile_unknown")


def _awaken(session: Session, organisation_id: int) -> None:
    record = session.get(tables.Organisation, organisation_id, with_for_update=True)
    if record is not None and record.activation == Activation.KNOWN.value:
        record.activation = Activation.CONTACTED.value
        session.flush()


def _columns(contact: Contact) -> dict[str, str]:
    name = " ".join(contact.name.split())
    if not name:
        raise StoreProblem("activating.contact_name_missing")
    return {"name": name, "role": contact.role.strip(), "email": contact.email.strip(), "phone": contact.phone.strip()}


def _hold(connection: Connection, row: Version) -> None:
    statement = text("SELECT version FROM contact WHERE id = :id AND deleted_at IS NULL FOR UPDATE")
    version = connection.scalar(statement, {"id": row.id})
    if version is None:
        raise StoreProblem("store.not_found")
    if version != row.version:
        raise StaleEdit("store.changed_meanwhile_unknown")


def _signs(connection: Connection, contact_id: int) -> Person:
    signs = people.contact_signs(connection, contact_id)
    before: dict[str, list[str]] = {"name": [], "email": [], "phone": []}
    for field, told in connection.execute(_BEFORE, {"id": contact_id}):
        before[field].append(told)
    return Person((*signs.names, *before["name"]), (*signs.emails, *before["email"]), (*signs.phones, *before["phone"]))


def _pattern(signs: Person) -> str:
    """Give what the person is found by elsewhere; a name of one word is nobody's alone, so it is no sign."""
    names = tuple(one for one in signs.names if len(one.split()) > 1)
    with suppress(StoreProblem):
        return Person(names, signs.emails, signs.phones).pattern
    return ""
