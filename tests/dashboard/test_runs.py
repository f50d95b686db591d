from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1 import AppTest

from config import settings
from dashboard import local_name, runs
from data.viewer import Role, Viewer, current, viewing

SCRIPT = """
import streamlit as st
from data.viewer import current

def note(where):
    st.session_state[where] = current()

@st.fragment
def part():
    note("in the fragment")
    st.button("part", key="part", on_click=note, args=("in the fragment's callback",))

note("in the page")
st.button("whole", key="whole", on_click=note, args=("in the callback",))
part()
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a home in which Maija is known by name."""
    monkeypatch.setenv("SYNERGIA_HOME", str(tmp_path))
    settings.load.cache_clear()
    local_name.keep(settings.load(), " Maija \n Meikäläinen ")
    yield tmp_path
    settings.load.cache_clear()


def test_page_fragment_and_callbacks_know_who_asks() -> None:
    """The one person at this machine, by the name that was kept, wherever a run begins; and nobody afterwards."""
    runs.hook()
    app = AppTest.from_string(SCRIPT).run()
    app.button(key="whole").click().run()
    app.button(key="part").click().run()
    maija = Viewer("Maija Meikäläinen", Role.NATIONAL)
    for where in ("in the page", "in the fragment", "in the callback", "in the fragment's callback"):
        assert app.session_state[where] == maija
    assert current() is None


def test_a_run_does_not_inherit_who_started_the_thread() -> None:
    """What stands around the test is not what the run sees."""
    runs.hook()
    with viewing(Viewer("Joku", Role.PUBLIC)):
        app = AppTest.from_string(SCRIPT).run()
    assert app.session_state["in the page"].role is Role.NATIONAL


def test_hooking_twice_wraps_once() -> None:
    """Every import of the app may ask for the hook."""
    runs.hook()
    once = ScriptRunner._run_script  # noqa: SLF001 - the very thing
    runs.hook()
    assert ScriptRunner._run_script is once  # noqa: SLF001 - the same


def test_the_name_is_kept_for_its_owner_only(home: Path) -> None:
    """The file is readable by nobody else, and an empty name falls back on the settings."""
    assert (home / "name").stat().st_mode & 0o077 == 0
    local_name.keep(settings.load(), "  ")
    assert local_name.read(settings.load()) == settings.load().user
