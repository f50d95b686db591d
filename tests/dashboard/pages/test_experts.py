from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data.queries import experts as queries
from data.store import experts
from data.store.experts import Expert

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def pool(engine: Engine) -> None:
    """Add two experts."""
    experts.add(engine, "Anna", Expert(name="Tuhka Tuntija", competencies=("ash",), regions=("18",)))
    experts.add(engine, "Anna", Expert(name="Kangas Kutoja", competencies=("textile",), regions=("06",)))


def words(app: AppTest) -> str:
    """Give all that a page says."""
    return "\n".join(str(one.proto.body) for one in app.get("html"))


@pytest.mark.usefixtures("pool")
def test_experts_are_found_by_what_they_know_and_where(open_page: Open) -> None:
    """By a concept and its kin, and by region; a link holds both."""
    app = open_page("experts")
    assert not app.exception
    assert "Asiantuntijoita on <b>2</b>." in words(app)
    app = open_page("experts", concept="fly_ash")
    assert "Tuhka Tuntija" in words(app)
    assert "Kangas Kutoja" not in words(app)
    app = open_page("experts", region="06")
    assert "Kangas Kutoja" in words(app)
    assert "Tuhka Tuntija" not in words(app)


@pytest.mark.usefixtures("pool")
def test_an_expert_is_added_changed_and_removed_and_brought_back(engine: Engine, open_page: Open) -> None:
    """Through the form; a missing name keeps it open and says why; a removal asks first and can be taken back."""
    app = open_page("experts")
    app.button(key="add_expert").click().run()
    app.button(key="save_expert").click().run()
    assert "Asiantuntijan nimi puuttuu" in words(app)
    app.text_input(key="expert_name").input("Lupa Lukija")
    app.multiselect(key="expert_competencies").select("expert_permit")
    app.button(key="save_expert").click().run()
    assert not app.exception
    found = queries.pool(engine)
    added = found[found["name"] == "Lupa Lukija"].iloc[0]
    assert added["competencies"] == ["expert_permit"]
    app = open_page("experts")
    app.button(key=f"expert_row_{added['id']}").click().run()
    app.text_input(key="expert_name").input("Lupa Lukeva")
    app.button(key="save_expert").click().run()
    assert "Lupa Lukeva" in queries.pool(engine)["name"].to_list()
    app = open_page("experts")
    app.button(key=f"expert_row_{added['id']}").click().run()
    app.button(key="ask_expert").click().run()
    app.button(key="remove_expert").click().run()
    assert "Lupa Lukeva" not in queries.pool(engine)["name"].to_list()
    app.button(key="undo_expert").click().run()
    assert not app.exception
    assert "Lupa Lukeva" in queries.pool(engine)["name"].to_list()
