"""Who looks at a page or asks a route: the one person at this machine, or whoever has signed in at the provider.

`standing_as` runs a block as somebody; the hook in `runs.py` does so around every run of a page, and the
middleware in `seeing.py` around every answer of a route. Both ask anew each time, so that whoever is shut out, has
signed out elsewhere or has been in for too long is out with the next run.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from config import settings
from config.errors import SynergiaError
from config.settings import Settings
from dashboard import claims, cookies, local_name, source
from dashboard.claims import Claims, Person
from data.store import accounts, audit
from data.store.accounts import Account
from data.store.audit import Event, Kind
from data.viewer import Role, Viewer, viewing

HOUR_S = 3600


@dataclass(frozen=True)
class Standing:
    """Tell how somebody stands: as which viewer, or by which sentence (a text id) they are kept out."""

    viewer: Viewer | None
    refusal: str = ""
    person: Person | None = None
    values: Mapping[str, object] = field(default_factory=dict)


NOBODY = Standing(None, "sign_in.welcome")

_standing: ContextVar[Standing] = ContextVar("standing", default=NOBODY)


def current() -> Standing:
    """Give how the one who asks in this run stands."""
    return _standing.get()


@contextmanager
def standing_as(standing: Standing) -> Iterator[None]:
    """Run a block as somebody; the database takes it from data.viewer."""
    token = _standing.set(standing)
    try:
        with viewing(standing.viewer):
            yield
    finally:
        _standing.reset(token)


def of_session(told: Claims) -> Standing:
    """Tell how the one whose browser opened a session stands, by the claims that Streamlit took from its cookie."""
    try:
        chosen = settings.load()
        return _local(chosen) if chosen.local else _signed_in(told, chosen)
    except SynergiaError as error:  # settings that make no sense, a store that is away
        return Standing(None, error.key, values=error.values)


def of_cookies(sent: Mapping[str, str]) -> Standing:
    """Tell how the one whose browser sends these cookies stands."""
    try:
        chosen = settings.load()
        return _local(chosen) if chosen.local else _signed_in(cookies.claims(sent, chosen), chosen)
    except SynergiaError as error:
        return Standing(None, error.key, values=error.values)


def server() -> Standing:
    """Give how the server itself stands where it works for everybody, as when it warms what all will ask for."""
    return Standing(Viewer("server", Role.NATIONAL))


def end() -> None:
    """End the sign-in of the one who asks, in every window and for every copy of its cookie."""
    person = current().person
    if person is not None:
        accounts.end(source.engine(), person.subject, person.issued_at)
        audit.record(source.engine(), Kind.SIGNED_OUT, Event())


def _local(chosen: Settings) -> Standing:
    return Standing(Viewer(local_name.read(chosen), Role.NATIONAL))


def _signed_in(told: Claims, chosen: Settings) -> Standing:
    person = claims.read(told, chosen) if told.get("is_logged_in") else None
    if person is None:
        return NOBODY
    if time.time() - person.issued_at > chosen.session_hours * HOUR_S:
        return Standing(None, "sign_in.expired", person)
    engine = source.engine()
    account = accounts.seen(engine, person.subject, person.name, person.issued_at, person.business_id)
    standing = _judged(person, account)
    if account.fresh:
        with standing_as(standing):
            kind = Kind.REFUSED if standing.refusal else Kind.SIGNED_IN
            audit.record(engine, kind, Event(person=person.name, subject=standing.refusal))
    return standing


def _judged(person: Person, account: Account) -> Standing:
    viewer = Viewer(person.name, person.role, person.regions, account.organisation_id)
    refusal = ""
    if account.disabled:
        refusal = "sign_in.disabled"
    elif account.ended:
        refusal = "sign_in.ended"
    elif person.role is Role.PUBLIC:
        return Standing(viewer, "sign_in.no_role", person)
    elif person.role is Role.REGIONAL and not person.regions:
        refusal = "sign_in.no_region"
    elif person.role is Role.COMPANY and account.organisation_id is None:
        refusal = "sign_in.no_company"
    return Standing(None if refusal else viewer, refusal, person)
