import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine, make_url, text
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from config import settings
from dashboard import identity
from data.model import Organisation
from data.store import accounts, edit
from data.viewer import Role, Viewer

URL = "https://kartta.example.fi"
NOW = int(time.time())
MAIJA = {"sub": "maija", "name": "Maija", "iat": NOW, "synergia_role": "national", "is_logged_in": True}
BUSINESS_ID = "0112038-9"


@pytest.fixture(autouse=True)
def organisation(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Set what an organisation sets, on this module's database."""
    given = {
        "DATABASE_URL": make_url(database).set(host="localhost").render_as_string(hide_password=False),
        "HOME": str(tmp_path),
        "PUBLIC_URL": URL,
        "OIDC_ISSUER": "https://id.example.fi",
        "OIDC_CLIENT_ID": "synergia",
        "OIDC_CLIENT_SECRET": "hush",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"SYNERGIA_{name}", value)
    settings.load.cache_clear()
    st.cache_resource.clear()
    yield
    settings.load.cache_clear()
    st.cache_resource.clear()


def events(engine: Engine, person: str) -> list[tuple[str, str]]:
    """List what the audit tells of a person, the oldest first."""
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT kind, subject FROM audit WHERE person = :person ORDER BY id"), {"person": person}
        )
        return [tuple(row) for row in found]


def test_whoever_has_signed_in_is_seen_as_the_claims_say(engine: Engine) -> None:
    """And the sign-in stands in the audit once, however many runs there are."""
    for _ in range(3):
        assert identity.of_session(MAIJA).viewer == Viewer("Maija", Role.NATIONAL)
    assert events(engine, "Maija") == [("signed_in", "")]


@pytest.mark.parametrize(
    "claims", [{}, {"is_logged_in": False}, {**MAIJA, "is_logged_in": False}, {**MAIJA, "sub": ""}]
)
def test_without_a_sign_in_nobody_is_anybody(claims: dict[str, object]) -> None:
    """The way in is shown, and no viewer goes to the database."""
    assert identity.of_session(claims) == identity.NOBODY


def test_a_sign_in_ends_with_its_hours() -> None:
    """Ten of them, if nothing else is set."""
    now = int(time.time())  # NOW is long ago where many tests came before
    at_the_end = {**MAIJA, "sub": "ilta", "iat": now - 10 * 3600 + 300}
    assert identity.of_session(at_the_end).viewer is not None
    over = identity.of_session({**at_the_end, "iat": now - 10 * 3600 - 60})
    assert (over.viewer, over.refusal) == (None, "sign_in.expired")


def test_a_closed_account_is_out_at_once(engine: Engine) -> None:
    """Also one that has never signed in; its next sign-in stands in the audit as refused."""
    risto = {**MAIJA, "sub": "risto", "name": "Risto"}
    assert identity.of_session(risto).viewer is not None
    accounts.disable(engine, "risto")
    assert identity.of_session(risto).refusal == "sign_in.disabled"
    assert identity.of_session({**risto, "iat": NOW + 1}).viewer is None
    assert events(engine, "Risto")[-1] == ("refused", "sign_in.disabled")
    assert accounts.enable(engine, "risto")
    assert identity.of_session(risto).viewer is not None
    assert not accounts.enable(engine, "nobody")


def test_signing_out_ends_every_window_but_not_the_next_sign_in(engine: Engine) -> None:
    """By the provider's own clock, so that no difference of clocks lets an old cookie in or keeps a new one out."""
    liisa = {**MAIJA, "sub": "liisa", "name": "Liisa"}
    with identity.standing_as(identity.of_session(liisa)):
        identity.end()
    assert identity.of_session(liisa).refusal == "sign_in.ended"
    assert identity.of_session({**liisa, "iat": NOW - 5}).refusal == "sign_in.ended"
    assert identity.of_session({**liisa, "iat": NOW + 1}).viewer is not None
    assert [kind for kind, _ in events(engine, "Liisa")] == ["signed_in", "signed_out", "signed_in"]


@pytest.mark.parametrize(
    ("claims", "refusal"),
    [
        ({"synergia_role": None}, "sign_in.no_role"),
        ({"synergia_role": "regional"}, "sign_in.no_region"),
        ({"synergia_role": "company", "synergia_business_id": "1234567-1"}, "sign_in.no_company"),
        ({"synergia_role": "company"}, "sign_in.no_company"),
    ],
)
def test_half_a_role_opens_nothing(claims: dict[str, object], refusal: str) -> None:
    """A sentence says what is missing and who can add it; at most the public is seen with."""
    standing = identity.of_session({**MAIJA, "sub": refusal, **claims})
    assert standing.refusal == refusal
    assert standing.viewer is None or standing.viewer.role is Role.PUBLIC


def test_a_company_user_is_bound_to_the_company(engine: Engine) -> None:
    """Found by its business ID, whatever the user may see of others."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Oma Oy", business_id=BUSINESS_ID))
    claims = {**MAIJA, "sub": "oma", "synergia_role": "company", "synergia_business_id": BUSINESS_ID}
    assert identity.of_session(claims).viewer == Viewer("Maija", Role.COMPANY, organisation_id=company.id)


def cookie(told: dict[str, object], secret: str | None = None) -> dict[str, str]:
    """Sign a cookie as Streamlit does after a sign-in."""
    signed = create_signed_value(secret or get_cookie_secret(), "_streamlit_user", json.dumps(told))
    return {"_streamlit_user": signed.decode()}


def test_a_route_knows_by_the_cookie_who_asks() -> None:
    """One that we signed, for our own address; a forged or foreign one tells of nobody."""
    told = {**MAIJA, "origin": URL}
    assert identity.of_cookies(cookie(told)).viewer == Viewer("Maija", Role.NATIONAL)
    assert identity.of_cookies({}) == identity.NOBODY
    assert identity.of_cookies(cookie(told, "another-secret")) == identity.NOBODY
    assert identity.of_cookies(cookie({**told, "origin": "https://evil.example"})) == identity.NOBODY
    assert identity.of_cookies({"_streamlit_user": "nonsense"}) == identity.NOBODY


def test_while_the_store_is_away_nobody_is_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says so, and nothing is guessed."""
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", "postgresql://localhost:1/nowhere")
    settings.load.cache_clear()
    st.cache_resource.clear()
    standing = identity.of_session(MAIJA)
    assert (standing.viewer, standing.refusal) == (None, "store.away")
