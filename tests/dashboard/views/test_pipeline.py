from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from config.texts import Language
from dashboard.views import pipeline, pipeline_benefits, pipeline_detail
from data.model import Stage
from geo import regions

NOW = datetime.now(UTC)
BENEFITS = ["metric", "basis", "yearly", "amount"]
ROW = {
    "id": 7,
    "version": 1,
    "stage": "assessing",
    "type": "waste",
    "have": "Tuhka",
    "want": "Lannoite",
    "from_municipality": "205",
    "to_municipality": "297",
    "from_region": "18",
    "to_region": "11",
    "road_km": 164.25,
    "method": "road",
    "tonnes_per_year": 1200.0,
    "agreed_low": None,
    "agreed_high": None,
    "co2e_tonnes": None,
    "co2e_basis": None,
    "owner": "Anna Korhonen",
    "next_step": "Soita",
    "next_step_on": None,
    "active_at": NOW - timedelta(days=3),
    "quiet": False,
    "worked_on": True,
    "demo": False,
}


def card(**more: object) -> pipeline.Card:
    """Give the card of a synergy in Finnish."""
    return pipeline.card({**ROW, **more}, regions.load(), "fi")


def test_a_card_says_what_where_and_what_next() -> None:
    """With no-break spaces and its method's sign."""
    told = card()
    assert told.title == "Tuhka → Lannoite"
    assert told.route == "Kajaani → Kuopio · 164,2\u00a0km"
    assert (told.amounts, told.step, told.crosses, told.alarm) == ("1\u00a0200\u00a0t/a", "Soita", True, False)
    assert card(method="estimate", road_km=260.0).route.endswith("≈\u00a0260\u00a0km")
    assert card(agreed_low=900.0, agreed_high=1500.0).amounts == "900–1\u00a0500\u00a0t/a (sovittu)"
    assert card(to_municipality="205", to_region="18").route.startswith("Kajaani ·")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"quiet": True, "active_at": NOW - timedelta(days=74)}, "Soita · hiljaa 74\u00a0päivää"),
        ({"next_step": ""}, "Ei seuraavaa askelta"),
        ({"next_step_on": date(2020, 1, 5)}, "Soita 5.1.2020 · myöhässä"),
    ],
)
def test_what_went_quiet_is_an_alarm_in_words(more: dict[str, object], said: str) -> None:
    """Nothing for sixty days, nothing to come, or too late."""
    told = card(**more)
    assert (told.step, told.alarm) == (said, True)


def test_a_benefit_says_its_basis_and_an_estimate_its_sign() -> None:
    """What is told goes before what we reckon."""
    assert card(co2e_tonnes=71.0, co2e_basis="verified").amounts.endswith("71\u00a0t CO₂e/a (todennettu)")
    assert card(estimated_co2e_tonnes=71.4).amounts.endswith("≈\u00a071\u00a0t CO₂e/a")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_board_adds_up(language: Language) -> None:
    """Columns, the sentence's stages from two to five, and lapsed ones by reason, the commonest first."""
    rows = [("identified", None, 412, 3), ("discussing", None, 96, 20), ("assessing", None, 71, 3)]
    rows += [("lapsed", "price", 14, 0), ("lapsed", "permit", 20, 0), ("completed", None, 49, 0)]
    counts = pd.DataFrame(rows, columns=["stage", "lapse_reason", "synergies", "quiet"]).assign(tonnes=10.0, demo=True)
    built = pipeline.build(counts, pd.DataFrame([ROW]), "Oulu", regions.load(), language)
    assert {one.stage: one.count for one in built.columns}[Stage.IDENTIFIED] == 412
    assert "<b>167</b>" in built.sentence
    assert "<b>23</b>" in built.sentence
    assert (built.lapsed, built.total, built.demo) == (34, 662, True)
    assert built.reasons.split(" · ")[0].endswith(" 20")
    assert [one.more for one in built.columns if one.stage is Stage.ASSESSING] == [70]


def test_estimated_figures_are_said_to_be_in_a_sum() -> None:
    """And one-off ones are in none."""
    rows = [
        ("co2e_reduced_tonnes_per_year", "declared", True, 60.0),
        ("co2e_reduced_tonnes_per_year", "estimated", True, 40.0),
    ]
    rows += [("cost_savings_eur_per_year", "verified", False, 900.0)]
    now = pd.DataFrame(rows, columns=BENEFITS).assign(figures=1)
    landfill, co2e, money, verified = pipeline_benefits.four(now, now.head(0), 2026, "fi")
    assert (landfill.value, money.value) == ("–", "–")
    assert (co2e.value, co2e.note) == ("100", "siitä arvioitu 40")
    assert verified.value == "33\u00a0%"
    table = pipeline_benefits.whole_table(now, "fi")
    assert table.count("<tr>") == 3


def test_a_change_is_rounded_once() -> None:
    """2,760 less 1,720 is 1,000, as the overview says, and not 2,800 less 1,700."""
    now = pd.DataFrame([("co2e_reduced_tonnes_per_year", "declared", True, 2_760.0)], columns=BENEFITS)
    _, co2e, _, _ = pipeline_benefits.four(now.assign(figures=1), now.assign(figures=1, amount=1_720.0), 2026, "en")
    assert (co2e.value, co2e.change) == ("2,800", "1,000")


def test_the_history_names_what_changed() -> None:
    """Stage by stage, field by field, and benefits by their metric."""
    rows = [
        ("stage", "", {"stage": "assessing"}, {"stage": "negotiating"}),
        ("synergy", "", {"next_step": ""}, {"next_step": "Soita"}),
        ("benefit", "jobs_fte", {"deleted_at": None}, {"deleted_at": "2026"}),
    ]
    told = pd.DataFrame(rows, columns=["kind", "metric", "old", "new"])
    told = told.assign(operation="UPDATE", happened_at=NOW, happened_by="Anna")
    stage, step, benefit = pipeline_detail.events(told, "fi")
    assert stage.what == "Vaihe: selvityksessä → neuvottelussa"
    assert step.changes == (("Seuraava askel", "–", "Soita"),)
    assert benefit.what.startswith("Hyöty poistettu: syntyneet")
    assert stage.who == "Anna"
