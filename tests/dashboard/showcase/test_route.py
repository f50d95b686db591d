"""The public page as an organisation runs it, asked for without a session: what it holds, and what it does not."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine, make_url, text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from config import settings
from config.errors import StaleEdit, StoreProblem
from config.settings import Settings
from dashboard import routes
from dashboard.guard import Guard
from dashboard.headers import SecurityHeaders
from dashboard.seeing import Seeing
from dashboard.showcase import route
from data.model import Direction, Organisation, Resource, ResourceType, Site, SiteVisibility, Visibility
from data.queries import showcase as read
from data.store import edit, showcase, synergies
from data.store.synergies import Proposal
from data.viewer import Role, Viewer, viewing

# Planted beside what is released; none of it may be in an answer. The last three are parts of the exact point.
SECRETS = (
    "Salaveto",
    "Piilokatu",
    "Kätkö",
    "Verkkovirta",
    "Muistio",
    "Kaino",
    "kaino@",
    "2077474",
    "327913",
    "6822917",
)
RISTO = Viewer("Risto", Role.REGIONAL, ("06",))


def company(engine: Engine, name: str, *, named: bool, vague: bool = False) -> int:
    """Add a company with a site in Tampere and give the site's id."""
    told = Organisation(name=name, naming_consent=named, business_id=None if named else "2077474-0")
    row = edit.add_organisation(engine, "Anna", told)
    shown = SiteVisibility.MUNICIPALITY if vague else SiteVisibility.EXACT
    place = Site(
        name=f"Kätkö {name}", easting_m=327_913.0, northing_m=6_822_917.0, visibility=shown, address="Piilokatu 1"
    )
    return edit.add_site(engine, "Anna", row.id, place).id


def resource(engine: Engine, site: int, title: str, direction: Direction, shown: str = "public") -> int:
    """Add a resource and give its id."""
    told = Resource(direction=direction, type=ResourceType.WASTE, title=title, visibility=Visibility(shown))
    return edit.add_resource(engine, "Anna", site, told).id


@pytest.fixture(scope="module")
def ids(engine: Engine) -> Mapping[str, int]:
    """Plant a synergy that can be released, one with a hidden side, one that is not completed, and private words."""
    star, veiled = company(engine, "Avoin Oy", named=True), company(engine, "Salaveto Oy", named=False, vague=True)
    made = {}
    for name, shown, stage in (
        ("open", "public", "completed"),
        ("hidden", "network", "completed"),
        ("young", "public", "discussing"),
    ):
        have = resource(engine, star, f"Tuhkaa <{name}>", Direction.HAVE)
        want = resource(engine, veiled, "Verkkovirta" if shown == "network" else "Maanparannus", Direction.WANT, shown)
        taken = synergies.take_up(engine, "Kaino", Proposal(have_id=have, want_id=want, score=0.5))
        made[name] = taken.id
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE synergy SET stage = :stage, note = 'Muistio', tonnes_per_year = 40, road_km = 12.4,"
                     " method = 'road' WHERE id = :id"),
                {"stage": stage, "id": taken.id},
            )  # fmt: skip
            connection.execute(
                text("INSERT INTO benefit (synergy_id, metric, amount, basis, year, yearly, source) VALUES"
                     " (:id, 'co2e_reduced_tonnes_per_year', 21, 'verified', 2025, true, 'Muistio'),"
                     " (:id, 'private_investment_eur', 9000, 'declared', 2024, false, '')"),
                {"id": taken.id},
            )  # fmt: skip
    with engine.begin() as connection:
        owner = connection.scalar(text("SELECT id FROM organisation WHERE naming_consent"))
        person = "INSERT INTO contact (organisation_id, name, email) VALUES (:id, 'Kaino Koski', 'kaino@example.fi')"
        connection.execute(text(person), {"id": owner})
    return made


@pytest.fixture
def outside(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TestClient]:
    """Open the routes as an organisation runs them, for a browser that has never been here."""
    monkeypatch.setenv("SYNERGIA_HOME", str(tmp_path))
    url = make_url(database).set(host="localhost").render_as_string(hide_password=False)
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", url)
    monkeypatch.setenv("SYNERGIA_PUBLIC_URL", "https://kartta.example.fi")
    monkeypatch.setenv("SYNERGIA_OIDC_ISSUER", "https://id.example.fi")
    monkeypatch.setenv("SYNERGIA_OIDC_CLIENT_ID", "synergia")
    monkeypatch.setenv("SYNERGIA_OIDC_CLIENT_SECRET", "hush")
    monkeypatch.setenv("SYNERGIA_SHOWCASE_FRAMED_BY", "https://www.example.fi")
    _forget()
    middleware = [Middleware(SecurityHeaders), Middleware(Guard, settings=settings.load()), Middleware(Seeing)]
    yield TestClient(
        Starlette(routes=[*route.ROUTES, *routes.ROUTES], middleware=middleware), "https://kartta.example.fi"
    )
    _forget()


def _forget() -> None:
    settings.load.cache_clear()
    st.cache_resource.clear()
    route._view.cache_clear()  # noqa: SLF001 - another module's database may have the same stamp


def version(engine: Engine, synergy: int) -> int:
    """Give a synergy's version."""
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT version FROM synergy WHERE id = :id"), {"id": synergy}) or 0)


def let_out(engine: Engine, synergy: int, *, have: bool = True, want: bool = True) -> None:
    """Release a synergy as it is now."""
    seen = version(engine, synergy)
    showcase.release(engine, "Risto", synergy, seen, have_agrees=have, want_agrees=want)


def test_a_release_needs_both_parties_and_all_of_it_public(
    ids: Mapping[str, int], engine: Engine, app_engine: Engine
) -> None:
    """Whoever misses something is told what; of two people the second is told of the first."""
    with viewing(RISTO):
        for name, agreed, key in (
            ("open", False, "showcase.both_agree"),
            ("hidden", True, "showcase.not_public"),
            ("young", True, "showcase.not_completed"),
        ):
            with pytest.raises(StoreProblem) as problem:
                let_out(app_engine, ids[name], want=agreed)
            assert problem.value.key == key
        seen = version(app_engine, ids["open"])
        let_out(app_engine, ids["open"])
        with pytest.raises(StaleEdit) as stale:
            showcase.withdraw(app_engine, "Risto", ids["open"], seen)
        assert stale.value.values["user"] == "Risto"
        showcase.withdraw(app_engine, "Risto", ids["open"], version(app_engine, ids["open"]))
    with viewing(Viewer("Ulla", Role.REGIONAL, ("01",))), pytest.raises(StoreProblem) as refused:
        let_out(app_engine, ids["open"])
    assert refused.value.key == "roles.not_allowed"
    with engine.connect() as connection:
        told = connection.execute(
            text("SELECT changed_by, new ->> 'showcase_consent' FROM change WHERE table_name = 'synergy'"
                 " AND row_id = :id AND new ? 'showcase_consent' ORDER BY id"), {"id": ids["open"]},
        ).all()  # fmt: skip
    assert [tuple(row) for row in told] == [("Risto", "true"), ("Risto", "false")]


def test_the_page_tells_what_was_released_and_nothing_more(
    ids: Mapping[str, int], engine: Engine, outside: TestClient
) -> None:
    """Before the release nothing; after it the titles, the towns and the benefits; the rest nowhere in the answer."""
    assert "Yhtään symbioosia ei ole vielä julkaistu." in outside.get("/showcase").text
    let_out(engine, ids["open"])
    route._view.cache_clear()  # noqa: SLF001 - the server's counters tell of a change up to a second late
    for language, words in (("fi", "todennettu, 2025"), ("sv", "verifierad, 2025"), ("en", "verified, 2025")):
        answer = outside.get("/showcase", params={"lang": language})
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.text
        for told in ("Tuhkaa &lt;open&gt;", "Maanparannus", "Avoin Oy", "Tampere", "21\xa0t CO₂e", "9", words):
            assert told in answer.text.replace("Tammerfors", "Tampere"), (language, told)
        everything = answer.text + str(dict(answer.headers))
        assert [secret for secret in SECRETS if secret in everything] == []
        assert "Tuhkaa &lt;hidden&gt;" not in answer.text
        assert "12,4" not in answer.text


def test_nothing_else_is_reached_from_it(ids: Mapping[str, int], engine: Engine, outside: TestClient) -> None:
    """Every address in the answer is this page's, a file of ours or a place on the page; no script, no cookie."""
    if not read.cards(engine)["id"].isin([ids["open"]]).any():
        let_out(engine, ids["open"])
    answer = outside.get("/showcase")
    linked = set(re.findall(r'(?:href|src|action)="([^"]*)"', answer.text))
    assert linked
    assert {
        one for one in linked if not re.fullmatch(r"/app/static/[\w./-]+|/showcase\?lang=(fi|sv|en)|#s\d+", one)
    } == set()
    assert re.search(r"<(script|form|iframe|input|object)|style=|\son\w+=", answer.text) is None
    assert "set-cookie" not in answer.headers
    assert outside.get("/layers/sites.json", params={"year": 2026}).status_code == 403
    assert outside.post("/showcase").status_code == 405


def test_only_named_pages_may_frame_it(outside: TestClient) -> None:
    """And only the page that is meant for it, which has no header of its own."""
    plain, embedded = outside.get("/showcase"), outside.get("/showcase", params={"embed": "true"})
    assert plain.headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert embedded.headers["content-security-policy"].endswith("frame-ancestors https://www.example.fi")
    assert "default-src 'none'" in embedded.headers["content-security-policy"]
    assert "<header>" in plain.text
    assert "<header>" not in embedded.text


@pytest.mark.parametrize(
    "wrong", ["https://a.fi; script-src *", "'self' 'unsafe-inline'", "javascript:x", "https://a.fi\nX: y"]
)
def test_a_setting_can_add_nothing_else_to_the_policy(wrong: str) -> None:
    """It names who may frame the page, and is refused when it says more."""
    with pytest.raises(ValueError, match="showcase_framed_by"):
        Settings(showcase_framed_by=wrong)
    assert Settings(showcase_framed_by="'self' https://a.fi https://*.b.fi:8443").showcase_framed_by
