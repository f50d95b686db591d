from importlib import import_module

import pytest
from streamlit.testing.v1 import AppTest

from config.settings import ROOT
from config.texts import catalogue
from dashboard import app, runs


def test_every_page_is_built_and_named() -> None:
    """Each entry of the navigation has a module with page() and its words in three languages."""
    assert [entry.name for entry in app.built()] == [entry.name for entry in app.PAGES]
    for entry in app.PAGES:
        assert callable(import_module(f"dashboard.pages.{entry.name}").page)
        assert f"nav.{entry.name}" in catalogue()
        assert f"title.{entry.name}" in catalogue()
        assert not entry.menu or f"nav.menu_{entry.menu}" in catalogue()


def test_a_refusal_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is away is said in words, with a button to try again, and the header is still there."""
    from config import settings  # noqa: PLC0415 - the cache is this test's matter

    monkeypatch.setenv("SYNERGIA_DATABASE_URL", "postgresql://localhost:1/nowhere")
    settings.load.cache_clear()
    runs.hook()
    opened = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120).run()
    settings.load.cache_clear()
    assert not opened.exception
    assert opened.error[0].value.startswith("Tietokantaan ei saada yhteyttä.")
    assert "Yritä uudelleen" in [button.label for button in opened.button]
    assert opened.text_input(key="account_name").label == "Nimesi muutoshistoriassa"


NAVIGATION = """
import streamlit as st
from dashboard import app, identity
from data.viewer import Role, Viewer
with identity.standing_as(identity.Standing(Viewer("Bertta", Role("{role}"), ("18",), 1))):
    for page in [page for listed in app._navigation().values() for page in listed]:
        st.text(f"/{{page.url_path}} {{page.visibility}}")
"""


@pytest.mark.parametrize(("role", "audit"), [("national", "visible"), ("regional", "hidden"), ("company", "hidden")])
def test_an_address_that_is_not_for_somebody_is_still_answered(role: str, audit: str) -> None:
    """By the page, which says whom it is for; it stands in no menu. The first page has its name as an address, too."""
    opened = AppTest.from_string(NAVIGATION.format(role=role), default_timeout=120).run()
    assert not opened.exception
    told = [one.value for one in opened.text]
    assert len(told) == len(app.PAGES) + 1
    assert {"/ visible", "/overview hidden", f"/audit {audit}"} <= set(told)
    assert {f"/{entry.address} visible" for entry in app.PAGES[1:] if entry.name != "audit"} <= set(told)


def test_nothing_is_taken_for_a_page_of_the_old_kind() -> None:
    """Streamlit would run the modules in pages/ as scripts of their own, and show nothing."""
    from streamlit.runtime.pages_manager import PagesManager  # noqa: PLC0415 - only its flag matters here

    assert PagesManager.uses_pages_directory is False
