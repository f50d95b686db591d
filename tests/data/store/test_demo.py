"""Demo data in the store: loaded whole, loaded again without a change, and cleared without touching what is real."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine, text

from config.settings import Settings
from data import demo as demo_data
from data import store
from data.queries import activation, doctor
from data.store import bulk, demo
from data.store.bulk import Batch

REAL = Batch(
    organisations=pd.DataFrame([{"source_key": "real-1", "name": "Oikea Yritys Oy"}]),
    sites=pd.DataFrame(
        [
            {
                "source_key": "real-1-s",
                "organisation_key": "real-1",
                "name": "Oikea Yritys Oy, Kuopio",
                "easting_m": 533_000.0,
                "northing_m": 6_974_000.0,
            }
        ]
    ),
    resources=pd.DataFrame(
        [
            {"source_key": "real-1-h", "site_key": "real-1-s", "direction": "have", "type": "waste", "title": "Tuhka"},
            {"source_key": "real-1-w", "site_key": "real-1-s", "direction": "want", "type": "waste", "title": "Hake"},
        ]
    ),
)
TABLES = ("organisation", "site", "resource", "synergy", "benefit", "event", "expert", "organiser", "target", "change")
INVENTED = ("synergy", "benefit", "event", "expert", "organiser", "contact", "contact_log")
TABLES += ("contact", "contact_log")


def _counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in TABLES}  # noqa: S608 - our own names


@pytest.fixture(scope="module")
def loaded(engine: Engine, settings: Settings) -> Engine:
    """Write something real, then the demo data beside it."""
    with store.connection(engine, "tester") as connection:
        bulk.upsert(connection, REAL)
    counts = demo.load(engine, settings)
    assert (counts["organisations"], counts["resources"], counts["synergies"]) == (700, 5_000, 2_500)
    return engine


def test_loading_again_changes_nothing(loaded: Engine, settings: Settings) -> None:
    """A second load creates no row, updates none, and leaves a synergy where people have moved it."""
    with store.connection(loaded, "tester") as connection:
        moved = connection.scalar(text("SELECT min(id) FROM synergy WHERE stage = 'identified'"))
        connection.execute(text("UPDATE synergy SET stage = 'discussing' WHERE id = :id"), {"id": moved})
    before = _counts(loaded)
    counts = demo.load(loaded, settings)
    assert set(counts.values()) == {0}
    assert _counts(loaded) == before
    with loaded.connect() as connection:
        assert connection.scalar(text("SELECT stage FROM synergy WHERE id = :id"), {"id": moved}) == "discussing"


def test_history_and_labels_are_written(loaded: Engine) -> None:
    """Stages have their course over the years and none is busier than it, resources their events, and all say demo."""
    with loaded.connect() as connection:
        first = connection.scalar(text("SELECT min(changed_at) FROM synergy_history"))
        assert first.date() < date(2024, 1, 1)
        ends = "SELECT DISTINCT ON (synergy_id) synergy_id, to_stage FROM synergy_history ORDER BY synergy_id, id DESC"
        apart = f"SELECT count(*) FROM synergy s JOIN ({ends}) h ON h.synergy_id = s.id WHERE to_stage <> s.stage"  # noqa: S608 - our own
        assert connection.scalar(text(apart)) == 0
        lasts = "SELECT synergy_id, max(changed_at) AS last FROM synergy_history GROUP BY synergy_id"
        busier = f"SELECT count(*) FROM synergy s JOIN ({lasts}) h ON h.synergy_id = s.id WHERE s.active_at <> h.last"  # noqa: S608 - our own
        assert connection.scalar(text(busier)) == 0
        assert connection.scalar(text("SELECT count(*) FROM resource WHERE event_id IS NOT NULL")) > 1_000
        unlabelled = "SELECT count(*) FROM resource WHERE demo AND source_document <> 'Esimerkkiaineisto'"
        assert connection.scalar(text(unlabelled)) == 0


def test_there_is_something_to_try_activation_and_the_data_doctor_on(loaded: Engine) -> None:
    """People, talks, reminders that are late and to come, and rows that are there twice; all at invented companies."""
    named = doctor.companies_twice(loaded).query("name != 'Oikea Yritys Oy'")
    told = doctor.resources_twice(loaded)
    assert 3 <= len(named) <= 8
    assert 3 <= len(told) <= 12
    reminders = activation.reminders(loaded, activation.Sought())
    assert (reminders["remind_on"] < demo_data.AS_OF).any()
    assert (reminders["remind_on"] > demo_data.AS_OF).any()
    with loaded.connect() as connection:
        people = connection.execute(text("SELECT c.email, c.phone, o.demo FROM contact c JOIN organisation o"
            " ON o.id = c.organisation_id")).all()  # fmt: skip
        talks = connection.scalar(text("SELECT count(*) FROM contact_log"))
        agreed = connection.scalar(text("SELECT count(*) FROM synergy WHERE agreed_high IS NOT NULL"))
    assert len(people) > 50
    assert talks > len(people)
    assert agreed > 20
    assert all(one.demo and one.email.endswith(".example") and one.phone.startswith("000") for one in people)


def test_clear_leaves_what_is_real(loaded: Engine) -> None:
    """All that is invented goes, also what users tied to it; a real company keeps its rows, its link is undone."""
    with store.connection(loaded, "tester") as connection:
        connection.execute(
            text(
                "INSERT INTO synergy (have_id, want_id) SELECT r.id, (SELECT min(id) FROM resource WHERE demo AND"
                " direction = 'want') FROM resource r WHERE r.source_key = 'real-1-h'"
            )
        )
        connection.execute(
            text("UPDATE resource SET event_id = (SELECT min(id) FROM event WHERE demo) WHERE source_key = 'real-1-w'")
        )
        connection.execute(
            text("INSERT INTO target (region_code, year, measure, amount) VALUES ('11', 2030, 'companies', 5)")
        )
    counts = demo.clear(loaded)
    assert counts["organisations"] == 700
    assert counts["resources"] == 5_000
    assert counts["synergies"] == 2_501
    left = _counts(loaded)
    assert {name: left[name] for name in ("organisation", "site", "resource", "target")} == {
        "organisation": 1,
        "site": 1,
        "resource": 2,
        "target": 1,
    }
    assert {name: left[name] for name in INVENTED} == dict.fromkeys(INVENTED, 0)
    with loaded.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM resource WHERE event_id IS NOT NULL")) == 0
        assert connection.scalar(text("SELECT count(*) FROM synergy_history")) == 0
        foreign = "SELECT count(*) FROM change WHERE table_name <> 'resource'"
        assert connection.scalar(text(foreign)) == 0
