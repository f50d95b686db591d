"""Pages as Streamlit's own test runner sees them, on this module's database."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import make_url
from streamlit.testing.v1 import AppTest

from config import settings
from dashboard import runs

Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the main module: Streamlit puts the page in its place, and processes that are spawned later would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def open_page(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Open]:
    """Give a function that opens a page by its name with the parameters of a link."""
    url = make_url(database).set(host="localhost").render_as_string(hide_password=False)
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", url)
    monkeypatch.setenv("SYNERGIA_HOME", str(tmp_path))
    runs.hook()
    _forget()

    def opened(name: str, **query: object) -> AppTest:
        app = AppTest.from_string(f"from dashboard.pages.{name} import page\npage()", default_timeout=120)
        for key, value in query.items():
            app.query_params[key] = str(value)
        return app.run()

    yield opened
    _forget()


def _forget() -> None:
    settings.load.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()
