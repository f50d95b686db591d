from datetime import date

import pandas as pd

from dashboard.views import company
from dashboard.views.company import Fact

NB = "\u00a0"


def resource(**more: object) -> pd.DataFrame:
    """Make a frame of one resource."""
    blank = {
        "id": 1,
        "version": 1,
        "site_id": 2,
        "site": "Tehdas",
        "direction": "have",
        "type": "waste",
        "title": "Lentotuhka",
        "description": "",
        "language": "fi",
        "concepts": [],
        "ewc_code": None,
        "hazardous": False,
        "quantity_low": None,
        "quantity_high": None,
        "unit": None,
        "tonnes_low": None,
        "tonnes_high": None,
        "tonnes_basis": None,
        "continuity": "continuous",
        "available_from": None,
        "available_to": None,
        "season_months": [],
        "visibility": "network",
        "expires_on": None,
        "channel": "visit",
        "source_document": "",
        "source_date": None,
        "years": 0,
    }
    return pd.DataFrame([{**blank, **more}])


def row(language: company.Language = "fi", **more: object) -> company.ResourceRow:
    """Make the row of one resource."""
    (made,) = company.resource_rows(resource(**more), language, date(2026, 11, 22))
    return made


def test_a_bare_resource_says_only_what_is_known() -> None:
    """No unknown quantity, no empty code."""
    bare = row()
    assert bare.line == "tarjolla · Tehdas"
    assert [fact.label for fact in bare.details] == ["Laji", "Jatkuvuus", "Näkyvyys", "Keruukanava"]


def test_a_hazardous_waste_has_a_star_and_the_word() -> None:
    """Never colour alone."""
    line = row(ewc_code="100104", hazardous=True, quantity_low=5.0, quantity_high=10.0, unit="t").line
    assert line == f"tarjolla · 5–10{NB}t/a · EWC{NB}10 01 04* · vaarallinen jäte · Tehdas"


def test_a_quantity_tells_its_tonnes_and_how_sure_they_are() -> None:
    """As told, and in tonnes where that is something else."""
    volume = row(
        quantity_low=100.0,
        quantity_high=100.0,
        unit="i-m3",
        tonnes_low=30.0,
        tonnes_high=30.0,
        tonnes_basis="estimated",
    )
    assert Fact("Määrä", f"100{NB}i-m³/a = 30{NB}t/a, arvioitu") in volume.details
    mass = row(
        quantity_low=30.0,
        quantity_high=30.0,
        unit="t",
        tonnes_low=30.0,
        tonnes_high=30.0,
        tonnes_basis="declared",
        continuity="one_off",
    )
    assert Fact("Määrä", f"30{NB}t, ilmoitettu") in mass.details


def test_an_expired_resource_says_so_from_the_next_day_on() -> None:
    """On its last day it still holds."""
    assert not row(expires_on=date(2026, 11, 22)).expired
    assert row(expires_on=date(2026, 11, 21)).expired


def test_details_are_told_in_the_language_asked_for() -> None:
    """Months, dates, concepts and channel."""
    told = row(
        "en",
        season_months=[1, 12],
        available_from=date(2026, 5, 1),
        concepts=["ash", "no_such_concept"],
        source_document="Survey <b>",
        source_date=date(2026, 3, 1),
    )
    assert Fact("Season (months)", "January, December") in told.details
    assert Fact("Available from", "1 May 2026–") in told.details
    assert Fact("Collection channel", "company visit, Survey <b>, 1 Mar 2026") in told.details
    assert "no_such_concept" in {fact.label: fact.value for fact in told.details}["Materials"]


def test_the_sentence_counts_offers_needs_and_sites() -> None:
    """Each with its word in the right form."""
    held = pd.DataFrame({"direction": ["have", "want", "have"]})
    assert company.summary(held, 1, "fi") == (f"<b>2{NB}tarjousta</b> ja <b>1{NB}tarve</b>, <b>1{NB}toimipaikka</b>.")


def test_a_series_tells_years_in_order() -> None:
    """Of the resource asked for, one decimal below ten tonnes."""
    years = pd.DataFrame(
        {
            "resource_id": [1, 1, 2],
            "title": ["a", "a", "b"],
            "year": [2023, 2022, 2022],
            "tonnes": [1200.4, 3.25, 1.0],
            "basis": ["declared", "estimated", "declared"],
        }
    )
    told = company.series(years, 1, "fi")
    assert told["year"].tolist() == [2022, 2023]
    assert told["told"].tolist() == [f"3,2{NB}t", f"1{NB}200{NB}t"]
    assert told["basis"].tolist() == ["arvioitu", "ilmoitettu"]
