import re
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from streamlit.testing.v1 import AppTest

from config.texts import text as words_of
from data import store
from data.model import Basis, Direction, Metric, Organisation, Resource, ResourceType, Site
from data.store import benefits, edit, pipeline
from data.store.benefits import Figure
from data.store.pipeline import Row

Open = Callable[..., AppTest]

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
KUOPIO = {"easting_m": 534_000.0, "northing_m": 6_973_000.0}
NASTY = "<img src=x onerror=alert(1)> **b** {name} :tada:"
NEEDS = words_of("pipeline.completed_needs_benefit", "fi")


def side(engine: Engine, direction: Direction, place: dict[str, float], title: str) -> int:
    """Add a company with one resource, and give the resource's id."""
    company = edit.add_organisation(engine, "Anna", Organisation(name=f"{title} Oy"))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **place))
    told = Resource(direction=direction, type=ResourceType.WASTE, title=title)
    return edit.add_resource(engine, "Anna", site.id, told).id


def pair(engine: Engine, have: str = "Purkulasi", want: str = "Lasimurskaa") -> Row:
    """Add a synergy that is being implemented."""
    ends = {"have": side(engine, Direction.HAVE, KAJAANI, have), "want": side(engine, Direction.WANT, KUOPIO, want)}
    statement = text(
        "INSERT INTO synergy (have_id, want_id, stage, owner, tonnes_per_year, road_km, road_minutes, method)"
        " VALUES (:have, :want, 'implementing', 'Anna Korhonen', 900, 150, 120, 'road') RETURNING id"
    )
    with store.connection(engine, "Anna") as connection:
        return Row(int(connection.execute(statement, ends).scalar_one()), 1)


@pytest.fixture
def synergy(engine: Engine) -> Iterator[Row]:
    """Add a synergy; take everything away after."""
    yield pair(engine)
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("TRUNCATE organisation, site, resource, synergy, benefit, change CASCADE"))


def words(app: AppTest) -> str:
    """Give all that a page says."""
    kinds = [*app.get("html"), *app.markdown, *app.caption, *app.error, *app.warning, *app.info]
    said = [str(getattr(one, "value", "") or getattr(one.proto, "body", "")) for one in kinds]
    return "\n".join([*said, *(button.label for button in app.button)])


def scalar(engine: Engine, statement: str, **values: object) -> object:
    """Ask the database one thing."""
    with engine.connect() as connection:
        return connection.execute(text(statement), values).scalar()


def stage(engine: Engine, synergy: Row) -> object:
    """Read the stage of a synergy."""
    return scalar(engine, "SELECT stage FROM synergy WHERE id = :id", id=synergy.id)


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "synergia etenee"), ("sv", "synergi framskrider"), ("en", "synergy moving ahead")],
)
def test_the_board_says_what_moves(synergy: Row, open_page: Open, language: str, said: str) -> None:
    """In a sentence, a column and a card; and every other view opens, too."""
    app = open_page("pipeline", lang=language)
    assert not app.exception
    told = re.sub(r"</?b>", "", words(app))
    assert said in told
    assert "150,0" in told.replace(".", ",")
    assert app.button(key=f"move_card_{synergy.id}")
    for link in (
        {"view": "table"},
        {"view": "map"},
        *({"id": synergy.id, "tab": tab} for tab in ("people", "history")),
    ):
        assert not open_page("pipeline", lang=language, **link).exception


def test_a_link_with_what_is_no_more_falls_back_and_says_so(synergy: Row, open_page: Open) -> None:
    """A region that never was, a stage and a type; and a synergy that is gone."""
    assert synergy
    app = open_page("pipeline", region="99", stage="dreaming", type="gold", view="cube", quiet="yes")
    assert not app.exception
    (told,) = [one.value for one in app.info]
    assert all(
        part in told.replace("\\", "")
        for part in ("region=99", "stage=dreaming", "type=gold", "view=cube", "quiet=yes")
    )
    assert "Koko Suomi" in words(app)
    app.run()
    assert [one.value for one in app.info] == [told]  # still there, until another choice is made
    app.selectbox(key="region").set_value("06").run()
    app.run()
    assert not app.info
    for gone in ("999999", "x", "9" * 30):
        app = open_page("pipeline", id=gone)
        assert not app.exception
        assert "Tätä synergiaa ei ole: se on poistettu tai linkki on vanha." in words(app)


def test_completing_is_refused_until_a_benefit_is_told(engine: Engine, synergy: Row, open_page: Open) -> None:
    """By the sentence; what was typed stays. A negative figure asks again; then it is done, and undone."""
    app = open_page("pipeline")
    app.button(key=f"move_card_{synergy.id}").click().run()
    assert app.selectbox(key="move_stage").value == "completed"
    app.text_input(key="move_next_step").input("Seuranta keväällä").run()
    app.text_input(key="move_asked_user").input("Bertta").run()
    app.button(key="move_save").click().run()
    assert NEEDS in words(app).replace("\\", "")
    assert app.text_input(key="move_next_step").value == "Seuranta keväällä"
    assert stage(engine, synergy) == "implementing"
    amount = f"move_benefit_amount_{Metric.LANDFILL_DIVERTED}"
    app.text_input(key=amount).input("-5").run()
    app.button(key="move_save").click().run()
    assert "on negatiivinen" in words(app)
    app.text_input(key=amount).input("850").run()
    app.button(key="move_save").click().run()
    assert not app.exception
    assert stage(engine, synergy) == "completed"
    told = "SELECT array[metric, basis, year::text, yearly::text, attribution_percent::text, created_by] FROM benefit"
    year = str(scalar(engine, "SELECT extract(year FROM now())::int"))
    assert scalar(engine, told) == [Metric.LANDFILL_DIVERTED, "declared", year, "true", "100", "Bertta"]
    app.button(key="undo_last").click().run()
    assert stage(engine, synergy) == "implementing"
    assert scalar(engine, "SELECT count(*) FROM benefit WHERE deleted_at IS NULL") == 0


def test_a_skipped_stage_asks_and_a_lapse_needs_its_reason(engine: Engine, synergy: Row, open_page: Open) -> None:
    """The question stands in the dialog; without an answer nothing is written."""
    pipeline.change(engine, "Anna", synergy, {"stage": "discussing"})
    app = open_page("pipeline", id=synergy.id)
    app.button(key="move_this").click().run()
    app.selectbox(key="move_stage").set_value("implementing").run()
    app.button(key="move_save").click().run()
    assert "Väliin jää: selvityksessä, neuvottelussa." in words(app)
    assert stage(engine, synergy) == "discussing"
    app.checkbox(key="move_sure").check().run()
    app.button(key="move_save").click().run()
    assert stage(engine, synergy) == "implementing"
    app.button(key="edit_this").click().run()
    app.selectbox(key="move_stage").set_value("lapsed").run()
    app.button(key="move_save").click().run()
    assert "Raukeamisen syy puuttuu." in words(app)
    app.button_group(key="move_lapse_reason").set_value("permit").run()
    app.button(key="move_save").click().run()
    assert scalar(engine, "SELECT lapse_reason FROM synergy WHERE id = :id", id=synergy.id) == "permit"


def test_the_second_of_two_sees_both_versions(engine: Engine, synergy: Row, open_page: Open) -> None:
    """Nothing is overwritten; merged, one's own field is written over the other's and the rest stays theirs."""
    app = open_page("pipeline", id=synergy.id)
    app.button(key="edit_this").click().run()
    app.text_input(key="move_next_step").input("Oma askel").run()
    pipeline.change(engine, "Cecilia", synergy, {"next_step": "Heidän askeleensa", "note": "Heidän huomionsa"})
    app.button(key="move_save").click().run()
    said = words(app)
    assert all(one in said for one in ("Cecilia muutti tätä", "Heidän askeleensa", "Oma askel", "Heidän huomionsa"))
    assert scalar(engine, "SELECT next_step FROM synergy WHERE id = :id", id=synergy.id) == "Heidän askeleensa"
    app.button(key="stale_merge").click().run()
    app.button(key="move_save").click().run()
    found = scalar(engine, "SELECT array[next_step, note] FROM synergy WHERE id = :id", id=synergy.id)
    assert found == ["Oma askel", "Heidän huomionsa"]


def test_text_outlives_a_database_that_went_away(engine: Engine, synergy: Row, open_page: Open) -> None:
    """The sentence says so; when it is back, the same form is sent again."""
    app = open_page("pipeline", id=synergy.id)
    app.button(key="edit_this").click().run()
    app.text_input(key="move_next_step").input("Sovi näytteestä").run()
    name = make_url(str(engine.url)).database
    away = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" CONNECTION LIMIT 0'))
        connection.execute(text(away), {"name": name})
        app.button(key="move_save").click().run()
        assert "Tietokantaan ei saada yhteyttä" in words(app)
        assert app.text_input(key="move_next_step").value == "Sovi näytteestä"
        connection.execute(text(f'ALTER DATABASE "{name}" CONNECTION LIMIT -1'))
    app.button(key="move_save").click().run()
    assert scalar(engine, "SELECT next_step FROM synergy WHERE id = :id", id=synergy.id) == "Sovi näytteestä"


def test_benefits_are_added_changed_and_removed(engine: Engine, synergy: Row, open_page: Open) -> None:
    """An estimate comes in as one, with its sources; the last removal is taken back."""
    app = open_page("pipeline", id=synergy.id)
    app.button(key="add_benefit").click().run()
    app.button(key=f"figure_use_{Metric.CO2E_REDUCED}").click().run()
    app.button(key="figure_save").click().run()
    assert not app.exception
    basis, source = scalar(engine, "SELECT array[basis, source] FROM benefit WHERE deleted_at IS NULL")  # type: ignore[misc]
    assert (basis, "DESNZ" in source) == ("estimated", True)
    number = scalar(engine, "SELECT id FROM benefit")
    app.button(key=f"change_benefit_{number}").click().run()
    app.selectbox(key=f"figure_basis_{Metric.CO2E_REDUCED}").set_value("verified").run()
    app.button(key="figure_save").click().run()
    assert scalar(engine, "SELECT basis FROM benefit") == "verified"
    app.button(key=f"remove_benefit_{number}").click().run()
    assert scalar(engine, "SELECT count(*) FROM benefit WHERE deleted_at IS NULL") == 0
    app.button(key="undo_last").click().run()
    assert scalar(engine, "SELECT count(*) FROM benefit WHERE deleted_at IS NULL") == 1


def test_the_last_benefit_of_a_completed_one_is_not_removed(engine: Engine, synergy: Row, open_page: Open) -> None:
    """A sentence says what to do first."""
    told = Figure(metric=Metric.JOBS, amount=1, basis=Basis.VERIFIED, year=2026, yearly=True)
    pipeline.change(engine, "Anna", synergy, {"stage": "completed"}, [told])
    number = scalar(engine, "SELECT id FROM benefit")
    app = open_page("pipeline", id=synergy.id)
    app.button(key=f"remove_benefit_{number}").click().run()
    assert "on oltava vähintään yksi hyöty" in words(app)
    assert benefits.Row(int(str(number)))
    assert scalar(engine, "SELECT count(*) FROM benefit WHERE deleted_at IS NULL") == 1


def test_hostile_text_is_shown_letter_by_letter(engine: Engine, synergy: Row, open_page: Open) -> None:
    """As titles, steps, notes, owners and sources."""
    nasty = pair(engine, NASTY, NASTY)
    values = {"next_step": NASTY, "note": NASTY, "owner": NASTY[:90]}
    pipeline.change(engine, NASTY, nasty, values)
    told = Figure(metric=Metric.JOBS, amount=1, basis=Basis.DECLARED, year=2026, yearly=True, source=NASTY)
    benefits.add(engine, NASTY, nasty.id, [told])
    assert synergy
    for link in ({}, *({"id": nasty.id, "tab": tab} for tab in ("benefits", "people", "history"))):
        app = open_page("pipeline", **link)
        assert not app.exception
        said = words(app)
        assert not re.search(r"(?<!\\)<img", said)
        assert "alert" in said
        assert not [button.label for button in app.button if "**b**" in button.label or ":tada:" in button.label]


def test_the_last_change_is_undone_in_another_window(engine: Engine, synergy: Row, open_page: Open) -> None:
    """What was changed long ago is taken back from the history, which says what it was; and that can be undone, too."""
    pipeline.change(engine, "Anna", synergy, {"next_step": "Soitto Kuopioon"})
    app = open_page("pipeline", id=synergy.id, tab="history")
    app.button(key="undo_change").click().run()
    assert not app.exception
    step = "SELECT next_step FROM synergy WHERE id = :id"
    assert scalar(engine, step, id=synergy.id) == ""
    app.button(key="undo_last").click().run()
    assert scalar(engine, step, id=synergy.id) == "Soitto Kuopioon"


def test_an_arc_of_several_lists_what_it_is_made_of(engine: Engine, synergy: Row, open_page: Open) -> None:
    """The pair stands in the link, by regions or by municipalities; one that is none falls back and says so."""
    second = pair(engine, "Puutuhka", "Lannoitteeksi tuhkaa")
    assert synergy
    for link in ({"pair": "18-11"}, {"pair": "205-297", "region": "18"}):
        app = open_page("pipeline", view="map", **link)
        assert not app.exception
        assert {f"open_{synergy.id}", f"open_{second.id}"} <= {one.key for one in app.button}
        assert "Puutuhka → Lannoitteeksi tuhkaa" in words(app).replace("\u2060", "")
    app.button(key="no_pair").click().run()
    assert "pair" not in app.query_params
    gone = open_page("pipeline", view="map", pair="01-19")
    assert "pair=01-19" in " ".join(one.value for one in gone.info).replace("\\", "")


def test_what_was_only_offered_is_nobodys_change(engine: Engine, synergy: Row, open_page: Open) -> None:
    """The owner that the form filled in gives way to the one whom somebody else has set meanwhile."""
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("UPDATE synergy SET owner = NULL WHERE id = :id"), {"id": synergy.id})
    app = open_page("pipeline", id=synergy.id)
    app.session_state["account_name"] = "Bertta"
    app.button(key="edit_this").click().run()
    assert app.text_input(key="move_owner").value == "Bertta"
    seen = Row(synergy.id, int(str(scalar(engine, "SELECT version FROM synergy WHERE id = :id", id=synergy.id))))
    pipeline.change(engine, "Cecilia", seen, {"owner": "Cecilia"})
    app.text_input(key="move_next_step").input("Soitto").run()
    app.button(key="move_save").click().run()
    app.button(key="stale_merge").click().run()
    app.button(key="move_save").click().run()
    assert not app.exception
    told = "SELECT owner || ': ' || next_step FROM synergy WHERE id = :id"
    assert scalar(engine, told, id=synergy.id) == "Cecilia: Soitto"
