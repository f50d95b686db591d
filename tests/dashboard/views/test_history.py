from datetime import UTC, date, datetime

import pandas as pd
import pytest

from config.texts import Language
from dashboard.views import history
from geo import regions

WHEN = datetime(2026, 11, 22, 12, 31, tzinfo=UTC)


def event(language: Language = "fi", **more: object) -> history.Event:
    """Put one event into words."""
    blank = {
        "kind": "resource",
        "row_id": 1,
        "title": "Tuhka",
        "happened_at": WHEN,
        "happened_by": "Bertta",
        "operation": "UPDATE",
        "old": None,
        "new": None,
    }
    (told,) = history.events(pd.DataFrame([{**blank, **more}]), regions.load(), language)
    return told


def test_an_event_says_who_and_when_in_finnish_time() -> None:
    """Half past twelve in London is half past two in Helsinki."""
    told = event(operation="INSERT")
    assert (told.what, told.title, told.when, told.who) == (
        "Resurssi: lisätty",
        "Tuhka",
        "22.11.2026 klo 14.31",
        "Bertta",
    )
    assert event("en", operation="INSERT", happened_by=None).who == "unknown"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ({"deleted_at": None}, {"deleted_at": "2026-11-22"}, "Resurssi: poistettu"),
        ({"deleted_at": "2026-11-22"}, {"deleted_at": None}, "Resurssi: palautettu"),
        ({"title": "a"}, {"title": "b"}, "Resurssi: muutettu"),
    ],
)
def test_soft_deletion_is_told_as_what_it_means(old: dict[str, object], new: dict[str, object], what: str) -> None:
    """And not as a column that changed."""
    assert event(old=old, new=new).what == what


@pytest.mark.parametrize(
    ("kind", "column", "old", "new", "told"),
    [
        ("resource", "type", "waste", "energy", ("Laji", "Jäte", "Energia ja hukkalämpö")),
        ("resource", "hazardous", False, True, ("Vaarallinen jäte", "ei", "kyllä")),
        ("resource", "quantity_low", None, 1200.5, ("Määrä vähintään", "–", "1\u00a0200,50")),
        ("resource", "ewc_code", "100101", "100104", ("Jätekoodi (EWC)", "10 01 01", "10 01 04*")),
        ("resource", "expires_on", "2026-05-01", None, ("Vanhenee", "1.5.2026", "–")),
        ("resource", "concepts", [], ["ash"], ("Aineet", "–", "tuhka")),
        ("resource", "season_months", [1], [1, 2], ("Kausi (kuukaudet)", "tammikuu", "tammikuu, helmikuu")),
        ("site", "municipality_code", "205", "091", ("Kunta", "Kajaani", "Helsinki")),
        ("site", "visibility", "exact", "municipality", ("Sijainti muille", "tarkka", "vain kunta")),
        (
            "site",
            "point",
            {"type": "Point", "coordinates": [536400, 7122500]},
            {"type": "Point", "coordinates": [385800, 6672200]},
            ("Sijainti", "536\u00a0400; 7\u00a0122\u00a0500 m", "385\u00a0800; 6\u00a0672\u00a0200 m"),
        ),
        ("organisation", "activation", "known", "active", ("Aktivointi", "tiedossa", "aktiivinen")),
        ("organisation", "name", "<b>", "x" * 200, ("Nimi", "<b>", "x" * 159 + "…")),
        ("organisation", "no_such_column", "a", "b", ("no_such_column", "a", "b")),
    ],
)
def test_values_are_told_in_words(kind: str, column: str, old: object, new: object, told: tuple[str, str, str]) -> None:
    """Codes, dates, numbers and lists as the page shows them elsewhere."""
    assert event(kind=kind, old={column: old}, new={column: new}).changes == (told,)


def test_what_the_store_keeps_for_itself_is_not_told() -> None:
    """A hash says nothing to anybody."""
    told = event(old={"content_hash": "a", "title": "a"}, new={"content_hash": "b", "title": "b"})
    assert [label for label, _, _ in told.changes] == ["Otsikko"]


def test_today_is_told_by_its_time_alone() -> None:
    """The date stands only where it is another day."""
    assert history.moment(WHEN, "fi", date(2026, 11, 22)) == "klo 14.31"
    assert history.moment(WHEN, "en", date(2026, 11, 23)) == "22 Nov 2026 14:31"
