"""The agreed amount in the form of a synergy."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data import store
from data.model import Direction, Metric, Organisation, Resource, ResourceType, Site
from data.store import edit

Open = Callable[..., AppTest]
KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}


@pytest.fixture
def synergy(engine: Engine) -> int:
    """Add a synergy that is being implemented, and give its id."""
    ends = {}
    for direction in Direction:
        company = edit.add_organisation(engine, "Anna", Organisation(name=f"{direction} Oy"))
        site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI))
        told = Resource(direction=direction, type=ResourceType.WASTE, title="Lasimurskaa")
        ends[direction.value] = edit.add_resource(engine, "Anna", site.id, told).id
    statement = text(
        "INSERT INTO synergy (have_id, want_id, stage, owner, tonnes_per_year, road_km, road_minutes, method)"
        " VALUES (:have, :want, 'implementing', 'Anna Korhonen', 900, 150, 120, 'road') RETURNING id"
    )
    with store.connection(engine, "Anna") as connection:
        return int(connection.execute(statement, ends).scalar_one())


def words(app: AppTest) -> str:
    """Give what a page says in its HTML and captions."""
    return "\n".join([*(str(one.proto.body) for one in app.get("html")), *(one.value for one in app.caption)])


def row(engine: Engine, synergy: int) -> list[object]:
    """Read the stage of a synergy and what is agreed."""
    with engine.connect() as connection:
        statement = text("SELECT stage, agreed_low, agreed_high FROM synergy WHERE id = :id")
        return list(connection.execute(statement, {"id": synergy}).one())


def test_an_agreed_amount_is_told_where_a_synergy_is_moved(engine: Engine, synergy: int, open_page: Open) -> None:
    """What can't be read is asked again; then estimates and the page go by it. Emptied, the listings count again."""
    app = open_page("pipeline", id=synergy)
    app.button(key="agree_this").click().run()
    assert "900\u00a0t/a" in words(app)
    app.text_input(key="move_agreed").input("paljon").run()
    app.button(key="move_save").click().run()
    assert "Sovittua määrää ei voi lukea." in words(app)
    app.text_input(key="move_agreed").input("noin 300–500 t/a").run()
    app.button(key="move_save").click().run()
    assert not app.exception
    assert row(engine, synergy) == ["implementing", 300, 500]
    assert "300–500\u00a0t/a." in words(app)
    app.button(key="move_this").click().run()
    assert app.text_input(key="move_agreed").value == "300–500"
    app.text_input(key=f"move_benefit_amount_{Metric.LANDFILL_DIVERTED}").input("900").run()
    app.button(key="move_save").click().run()
    assert row(engine, synergy)[0] == "implementing"  # more than 1.5 times what is agreed is asked about
    app.text_input(key="move_agreed").input("").run()
    app.button(key="move_save").click().run()
    assert row(engine, synergy) == ["completed", None, None]
