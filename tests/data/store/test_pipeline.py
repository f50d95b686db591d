from collections.abc import Iterator
from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, text

from config.errors import StaleEdit, StoreProblem
from data import store, viewer
from data.model import Basis, Direction, Metric, Organisation, Resource, ResourceType, Site
from data.queries import pipeline as queries
from data.queries import pipeline_detail as details
from data.queries import synergies
from data.queries.pipeline import Sought
from data.store import benefits, edit, experts, pipeline
from data.store.benefits import Figure
from data.store.experts import Expert
from data.store.pipeline import Row
from data.viewer import Role, Viewer

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
KUOPIO = {"easting_m": 534_000.0, "northing_m": 6_973_000.0}
DIVERTED = Figure(metric=Metric.LANDFILL_DIVERTED, amount=850, basis=Basis.DECLARED, year=2026, yearly=True)


def side(engine: Engine, direction: Direction, place: dict[str, float], title: str) -> int:
    """Add a company with one resource, and give the resource's id."""
    company = edit.add_organisation(engine, "Anna", Organisation(name=f"{title} Oy"))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **place))
    told = Resource(direction=direction, type=ResourceType.WASTE, title=title)
    return edit.add_resource(engine, "Anna", site.id, told).id


@pytest.fixture
def synergy(engine: Engine) -> Iterator[Row]:
    """Add a synergy that is being implemented; take everything away after."""
    pair = {
        "have": side(engine, Direction.HAVE, KAJAANI, "Tuhka"),
        "want": side(engine, Direction.WANT, KUOPIO, "Lannoite"),
    }
    statement = text(
        "INSERT INTO synergy (have_id, want_id, stage, owner, tonnes_per_year, road_km, method)"
        " VALUES (:have, :want, 'implementing', 'Anna', 900, 150, 'road') RETURNING id"
    )
    with store.connection(engine, "Anna") as connection:
        number = int(connection.execute(statement, pair).scalar_one())
    yield Row(number, 1)
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("TRUNCATE organisation, site, resource, synergy, benefit, change CASCADE"))


def column(engine: Engine, synergy: Row, name: str) -> object:
    """Read one column of a synergy."""
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT {name} FROM synergy WHERE id = :id"), {"id": synergy.id}).scalar()  # noqa: S608 - ours


def test_completing_needs_a_benefit_and_is_taken_back_with_it(engine: Engine, synergy: Row) -> None:
    """All or nothing: refused, nothing is written; undone, neither the stage nor the figure stands."""
    with pytest.raises(StoreProblem, match="completed_needs_benefit"):
        pipeline.change(engine, "Anna", synergy, {"stage": "completed", "next_step": "Juhlat"})
    assert (column(engine, synergy, "stage"), column(engine, synergy, "next_step")) == ("implementing", "")
    saved = pipeline.change(engine, "Anna", synergy, {"stage": "completed"}, [DIVERTED])
    assert (column(engine, synergy, "stage"), saved.before) == ("completed", {"stage": "implementing"})
    assert len(details.benefits(engine, synergy.id)) == 1
    back = pipeline.take_back(engine, "Bertta", saved)
    assert (column(engine, synergy, "stage"), back.version) == ("implementing", column(engine, synergy, "version"))
    assert details.benefits(engine, synergy.id).empty


def test_the_second_of_two_is_told_and_overwrites_nothing(engine: Engine, synergy: Row) -> None:
    """By name and time; a new score in between makes nobody's form stale."""
    with store.connection(engine, "") as connection:
        connection.execute(text("UPDATE synergy SET score = 0.7 WHERE id = :id"), {"id": synergy.id})
    pipeline.change(engine, "Anna", synergy, {"next_step": "Soita"})
    with pytest.raises(StaleEdit) as caught:
        pipeline.change(engine, "Bertta", synergy, {"next_step": "Kirjoita"})
    assert caught.value.values["user"] == "Anna"
    assert column(engine, synergy, "next_step") == "Soita"


def test_of_two_at_the_very_same_moment_one_wins(engine: Engine, synergy: Row) -> None:
    """The row is locked: exactly one is refused."""
    refused: list[str] = []

    def write(name: str) -> None:
        try:
            pipeline.change(engine, name, synergy, {"note": name})
        except StaleEdit:
            refused.append(name)

    threads = [Thread(target=write, args=(name,)) for name in ("Anna", "Bertta")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(refused) == 1
    assert column(engine, synergy, "note") not in refused


def test_a_lapse_keeps_its_reason_until_it_is_taken_up_again(engine: Engine, synergy: Row) -> None:
    """And every change of stage stands in the history with its user."""
    saved = pipeline.change(engine, "Anna", synergy, {"stage": "lapsed", "lapse_reason": "permit"})
    assert column(engine, synergy, "lapse_reason") == "permit"
    pipeline.change(engine, "Bertta", saved.row, {"stage": "discussing"})
    assert column(engine, synergy, "lapse_reason") is None
    told = details.history(engine, synergy.id)
    stages = told[told["kind"] == "stage"]
    assert [(one["new"]["stage"], one["happened_by"]) for one in stages.to_dict("records")][:2] == [
        ("discussing", "Bertta"),
        ("lapsed", "Anna"),
    ]


def test_the_last_benefit_of_a_completed_synergy_stays(engine: Engine, synergy: Row) -> None:
    """Another can go, and come back; a figure that somebody else has changed is not overwritten."""
    pipeline.change(engine, "Anna", synergy, {"stage": "completed"}, [DIVERTED])
    (second,) = benefits.add(engine, "Anna", synergy.id, [DIVERTED])
    saved = benefits.change(engine, "Bertta", second, Figure(**{**vars(DIVERTED), "amount": 10.0}))
    assert saved.before.amount == 850
    with pytest.raises(StaleEdit):
        benefits.change(engine, "Anna", second, DIVERTED)
    benefits.remove(engine, "Anna", saved.row)
    (left,) = details.benefits(engine, synergy.id).to_dict("records")
    with pytest.raises(StoreProblem, match="last_of_completed"):
        benefits.remove(engine, "Anna", benefits.Row(left["id"], left["version"]))
    benefits.restore(engine, "Anna", second.id)
    assert len(details.benefits(engine, synergy.id)) == 2


def test_quiet_is_what_nobody_has_touched_for_sixty_days(engine: Engine, synergy: Row) -> None:
    """A new score is no touch; a benefit or a note is."""
    ago = {"id": synergy.id, "then": date.today() - timedelta(days=61)}  # noqa: DTZ011 - days alone
    with store.connection(engine, "") as connection:
        connection.execute(text("UPDATE synergy SET active_at = :then WHERE id = :id"), ago)
        connection.execute(text("UPDATE synergy SET score = 0.4 WHERE id = :id"), ago)
    quiet = Sought(quiet=True)
    assert queries.columns(engine, quiet)["synergies"].tolist() == [1]
    benefits.add(engine, "Anna", synergy.id, [DIVERTED])
    assert queries.columns(engine, quiet).empty


@pytest.mark.parametrize(
    "told",
    [
        {"stage": "negotiating"},
        {"owner": "Bertta"},
        {"next_step": "Soita"},
        {"note": "Puhuttu hinnasta."},
        {"agreed_low": 500.0, "agreed_high": 700.0},
    ],
)
def test_asking_an_expert_silences_no_alarm_and_a_decision_does(
    engine: Engine, synergy: Row, told: dict[str, object]
) -> None:
    """Nobody has moved the synergy on by being asked, nor by leaving again."""
    ago = {"id": synergy.id, "then": date.today() - timedelta(days=61)}  # noqa: DTZ011 - days alone
    expert = experts.add(engine, "Anna", Expert(name="Asko Asiantuntija"))
    with store.connection(engine, "") as connection:
        connection.execute(text("UPDATE synergy SET active_at = :then WHERE id = :id"), ago)
    assert experts.involve(engine, "Anna", synergy.id, expert.id)
    assert queries.columns(engine, Sought(quiet=True))["synergies"].tolist() == [1]
    experts.leave(engine, "Anna", synergy.id, expert.id)
    assert queries.columns(engine, Sought(quiet=True))["synergies"].tolist() == [1]
    assert len(details.history(engine, synergy.id).query("kind == 'expert'")) > 0
    pipeline.change(engine, "Anna", synergy, told)
    assert queries.columns(engine, Sought(quiet=True)).empty


def test_what_is_agreed_counts_wherever_tonnes_are_summed(engine: Engine, synergy: Row) -> None:
    """Its middle, on the board, the card and in the facts of overview and report; and what fitted is still known."""

    def tonnes() -> set[float]:
        (card,) = queries.cards(engine, Sought(), 3).to_dict("records")
        detail = details.synergy(engine, synergy.id)
        assert detail is not None
        assert detail["fitting_tonnes"] == 900
        counted = synergies.facts(engine).rows["tonnes"].tolist() + queries.columns(engine, Sought())["tonnes"].tolist()
        return {card["tonnes_per_year"], detail["tonnes_per_year"], *counted}

    assert tonnes() == {900}
    saved = pipeline.change(engine, "Anna", synergy, {"agreed_low": 500.0, "agreed_high": 700.0})
    assert tonnes() == {600}
    with pytest.raises(StaleEdit):
        pipeline.change(engine, "Bertta", synergy, {"agreed_low": 1.0, "agreed_high": 1.0})
    (change,) = details.history(engine, synergy.id).query("kind == 'synergy'").to_dict("records")
    assert change["new"] == {"agreed_low": 500, "agreed_high": 700}
    last = details.last_change(engine, synergy.id)
    assert last is not None
    pipeline.undo_last(engine, "Bertta", saved.row, last)
    assert tonnes() == {900}


@pytest.mark.parametrize("told", [(5.0, None), (7.0, 5.0), (-1.0, 5.0), (0.0, 0.0), (1.0, 1e9)])
def test_the_store_refuses_an_amount_that_cannot_be(
    engine: Engine, synergy: Row, told: tuple[float, float | None]
) -> None:
    """Half of one, the wrong way round, below zero, nothing at all, more than the country digs up."""
    with pytest.raises(StoreProblem):
        pipeline.change(engine, "Anna", synergy, dict(zip(pipeline.AGREED, told, strict=True)))
    assert column(engine, synergy, "agreed_high") is None


def test_a_region_has_what_it_offers_and_on_request_what_comes_in(engine: Engine, synergy: Row) -> None:
    """Counts, cards and rows choose alike."""
    sought = {Sought(region="18"): 1, Sought(region="11"): 0, Sought(region="11", inward=True): 1}
    sought |= {Sought(cross=True, types=("waste",), owner="Anna"): 1, Sought(types=("water",)): 0}
    for one, count in sought.items():
        assert queries.columns(engine, one)["synergies"].sum() == count
        assert len(queries.cards(engine, one, 3)) == len(queries.rows(engine, one, 10)) == count
    (arc,) = queries.arcs(engine, Sought(), 10, municipalities=False).to_dict("records")
    assert (arc["source"], arc["target"], arc["id"]) == ("18", "11", synergy.id)


def test_another_region_sees_and_may_not_move(app_engine: Engine, synergy: Row) -> None:
    """The database refuses it with a sentence; the two regions concerned may."""
    with viewer.viewing(Viewer("Cecilia", Role.REGIONAL, ("01",))):
        assert len(queries.card(app_engine, synergy.id)) == 1
        with pytest.raises(StoreProblem, match="not_allowed"):
            pipeline.change(app_engine, "Cecilia", synergy, {"next_step": "Soita"})
    with viewer.viewing(Viewer("Daniel", Role.REGIONAL, ("11",))):
        pipeline.change(app_engine, "Daniel", synergy, {"next_step": "Soita"}, [DIVERTED])
        told = details.history(app_engine, synergy.id)
    assert {"synergy", "benefit", "stage"} <= set(told["kind"])
    assert "Daniel" in set(told["happened_by"])


def test_an_expired_or_deleted_listing_ends_no_synergy(engine: Engine, synergy: Row) -> None:
    """It is on the board as before, and its page says what became of the listing."""
    with store.connection(engine, "") as connection:
        connection.execute(text("UPDATE resource SET expires_on = '2020-01-01', deleted_at = now()"))
    told = details.synergy(engine, synergy.id)
    assert told is not None
    assert (told["have_deleted"], told["have_expires_on"]) == (True, date(2020, 1, 1))
    assert queries.columns(engine, Sought(region="18"))["synergies"].tolist() == [1]


def test_the_last_change_is_taken_back_from_the_history(engine: Engine, synergy: Row) -> None:
    """Days later, by somebody else; the stage, the step and its day are those of before, and so once more."""
    first = pipeline.change(engine, "Anna", synergy, {"next_step": "Soitto", "next_step_on": date(2026, 12, 1)})
    moved = {"stage": "lapsed", "lapse_reason": "price", "next_step": "", "next_step_on": None}
    second = pipeline.change(engine, "Anna", first.row, moved)
    last = details.last_change(engine, synergy.id)
    assert last is not None
    back = pipeline.undo_last(engine, "Ville", second.row, last)
    told = details.synergy(engine, synergy.id)
    assert told is not None
    assert (told["stage"], told["lapse_reason"], told["next_step"]) == ("implementing", None, "Soitto")
    assert told["next_step_on"] == date(2026, 12, 1)
    with pytest.raises(StaleEdit):  # by now another one is the last
        pipeline.undo_last(engine, "Ville", back.row, last)
    again = details.last_change(engine, synergy.id)
    assert again is not None
    pipeline.undo_last(engine, "Ville", back.row, again)
    told = details.synergy(engine, synergy.id)
    assert told is not None
    assert (told["stage"], told["lapse_reason"], told["next_step_on"]) == ("lapsed", "price", None)
