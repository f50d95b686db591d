import re
from dataclasses import replace

import pandas as pd
import pytest

from config.texts import LANGUAGES, Language
from dashboard.palette import LIGHT
from dashboard.views import overview
from dashboard.views.overview_counts import Chosen, Frames, counts
from dashboard.views.overview_sites import site_points, sites_table, types_shown
from dashboard.views.overview_tables import FEW, table, tables
from geo import regions

NBSP = "\u00a0"
CHOSEN = Chosen(year=2026)
RESOURCES = pd.DataFrame(
    [
        ("country", "", 30, 9, 9, 9000.0, 100.0),
        ("region", "18", 20, 6, 6, 8000.0, 60.0),
        ("region", "11", 9, 2, 2, 900.0, 40.0),
        ("region", "01", 1, 1, 1, 100.0, 0.0),
        ("municipality", "205", 20, 6, 6, 8000.0, 60.0),
    ],
    columns=["kind", "code", "resources", "sites", "companies", "have_tonnes", "want_tonnes"],
).assign(demo=False)
SYNERGY_COLUMNS = {
    "kind": "",
    "source": "",
    "target": "",
    "synergies": 0,
    "identified": 0,
    "advanced": 0,
    "completed": 0,
    "crossing": 0,
    "tonnes": 0.0,
    "inside_tonnes": 0.0,
    "identified_tonnes": 0.0,
    "advanced_tonnes": 0.0,
    "completed_tonnes": 0.0,
    "km": None,
    "estimated_km": None,
    "few": False,
    "demo": False,
}


def synergies(*rows: dict[str, object]) -> pd.DataFrame:
    """Fill rows up with what they don't say."""
    return pd.DataFrame([{**SYNERGY_COLUMNS, **row} for row in rows])


SYNERGIES = synergies(
    {"kind": "country", "synergies": 50, "crossing": 19, "completed": 5},
    {"kind": "region", "source": "18", "synergies": 40, "crossing": 10, "completed": 4, "tonnes": 900.0, "demo": True},
    {"kind": "region", "source": "11", "synergies": 10, "crossing": 9, "completed": 1, "few": True},
    {"kind": "into_region", "source": "11", "synergies": 10, "tonnes": 800.0},
    {
        "kind": "flow",
        "source": "18",
        "target": "11",
        "synergies": 10,
        "tonnes": 12_340.0,
        "advanced_tonnes": 6_170.0,
        "completed_tonnes": 6_170.0,
        "km": 168.04,
    },
    {"kind": "flow", "source": "11", "target": "18", "synergies": 2, "tonnes": 99_000.0, "few": True},
    {"kind": "flow", "source": "11", "target": "01", "synergies": 3, "tonnes": 10.0, "estimated_km": 388.0},
    {"kind": "stage", "target": "completed", "synergies": 5, "tonnes": 700.0},
)
BENEFITS = pd.DataFrame(
    [
        ("country", "", "co2e_reduced_tonnes_per_year", 41_230.0, 38_100.0, 8, 3, 9),
        ("country", "", "cost_savings_eur_per_year", 9_000_000.0, 9_000_000.0, 1, 1, 9),
        ("country", "", "additional_sales_eur_per_year", 800_000.0, 200_000.0, 1, 0, 9),
        ("region", "18", "co2e_reduced_tonnes_per_year", 10.0, 0.0, 1, 0, 2),
    ],
    columns=["kind", "code", "metric", "amount", "before", "figures", "verified", "companies"],
).assign(demo=False)
FRAMES = Frames(RESOURCES, SYNERGIES, BENEFITS)


def test_the_sum_over_nineteen_regions_is_the_national_figure() -> None:
    """No region is missing from the count, and none is there twice."""
    lined_up = counts(FRAMES, replace(CHOSEN, measure="resources"), "regions", regions.load())
    assert len(lined_up) == 19
    assert lined_up["resources"].sum() == 30
    assert counts(FRAMES, CHOSEN, "regions", regions.load())["synergies"].sum() == 50


@pytest.mark.parametrize("measure", ["synergies", "resources", "benefits"])
@pytest.mark.parametrize("level", ["regions", "municipalities"])
def test_every_place_has_a_class(measure: str, level: str) -> None:
    """Zero and too few companies are in the lightest."""
    view = overview.build(FRAMES, replace(CHOSEN, measure=measure, level=level), "fi")
    assert len(view.areas) == {"regions": 19, "municipalities": 308}[level]
    assert set(view.areas["number"]) <= set(range(5))
    assert (view.areas.loc[view.areas["few"] | (view.areas["value"] == 0), "number"] == 0).all()


def test_few_companies_hide_every_figure() -> None:
    """No sentence, metric, tooltip, table or file tells what fewer than three companies do."""
    chosen = replace(CHOSEN, measure="resources", region="11", table="regions")
    view = overview.build(FRAMES, chosen, "fi")
    assert "alle kolme yritystä" in view.sentence
    assert {one.value for one in view.figures} == {"< 3"}
    assert view.areas.loc["11", "a"] == "alle 3 yritystä: lukuja ei näytetä"
    built = table(FRAMES, chosen, "fi")
    line = built.ids.index("11")
    assert built.frame.iloc[line, 1:].eq(FEW).all()
    assert built.plain("< 3").iloc[line, 1:].eq("< 3").all()
    assert "900" not in built.style().to_html()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", ["synergies", "resources", "benefits"])
@pytest.mark.parametrize("region", ["", "18", "19"])
def test_there_is_a_sentence_for_everything(language: Language, measure: str, region: str) -> None:
    """In each language, for the country and for a region with and without figures."""
    said = overview.build(FRAMES, replace(CHOSEN, measure=measure, region=region), language).sentence
    assert said
    assert "{" not in said


def test_the_sentence_answers_the_question() -> None:
    """How much symbiosis, and how much of it between regions."""
    said = overview.build(FRAMES, CHOSEN, "fi").sentence
    assert said == (
        f"Suomessa on <b>50</b> tunnettua synergiaa. Niistä <b>38{NBSP}%</b> ylittää maakunnan rajan"
        " ja <b>5</b> on toteutunut."
    )


def test_flows_go_from_large_to_small_and_few_last() -> None:
    """The map draws no flow of fewer than three companies, the table tells only that it is there."""
    view = overview.build(FRAMES, CHOSEN, "fi")
    assert view.flows["code"].tolist() == ["18-11", "11-01"]
    assert view.flows["a"].tolist()[0] == f"12{NBSP}300 t/a, 10{NBSP}synergiaa"
    assert view.flows["b"].tolist() == [
        f"toteutunut, mediaani 168,0{NBSP}km",
        f"toteutunut, mediaani ≈{NBSP}390{NBSP}km",
    ]
    built = table(FRAMES, CHOSEN, "fi")
    assert built.ids == ("18-11", "11-01", "11-18")
    html = built.style().to_html()
    assert "168,0" in html
    assert f"≈{NBSP}390" in html
    assert not re.search(r">[^<]*99[^<]*<", html)  # ids of cells are drawn by chance


def test_a_chosen_region_shows_its_own_flows() -> None:
    """Both out and in."""
    view = overview.build(FRAMES, replace(CHOSEN, region="01"), "fi")
    assert view.flows["code"].tolist() == ["11-01"]


def test_metrics_tell_the_change_since_the_year_before() -> None:
    """Tonnes to the hundred, money in millions with one decimal, nothing where nothing is known."""
    landfill, co2e, money = overview.build(FRAMES, CHOSEN, "fi").figures
    assert (landfill.value, landfill.change) == ("–", None)
    assert (co2e.value, co2e.change, co2e.since) == (f"41{NBSP}200", f"3{NBSP}100", "vuodesta 2025")
    assert (money.value, money.change) == ("9,8", "0,6")


def test_one_invented_row_is_enough_for_the_badge() -> None:
    """Whatever is in sight."""
    assert overview.build(FRAMES, CHOSEN, "fi").demo
    assert not overview.build(Frames(resources=RESOURCES), replace(CHOSEN, measure="resources"), "fi").demo


@pytest.mark.parametrize("measure", ["synergies", "resources", "benefits"])
def test_every_table_of_a_measure_can_be_built(measure: str) -> None:
    """Each has as many ids as rows."""
    chosen = replace(CHOSEN, measure=measure, level="municipalities")
    for name in tables(chosen):
        built = table(FRAMES, replace(chosen, table=name), "sv")
        assert len(built.ids) == len(built.frame) > 0
        assert built.style().to_html()


def test_the_table_of_municipalities_keeps_to_the_region() -> None:
    """Kainuu has eight."""
    chosen = replace(CHOSEN, measure="resources", level="municipalities", region="18", table="municipalities")
    assert len(table(FRAMES, chosen, "fi").ids) == 8


def test_a_site_without_a_name_is_told_as_hidden() -> None:
    """The same dot, type and municipality, and no name."""
    sites = pd.DataFrame(
        [
            (7, 3, "", "205", "18", "waste", 2, True, False, 27.7, 64.2),
            (8, 4, "A Oy", "205", "18", "water", 1, False, False, 27.8, 64.2),
        ],
        columns=[
            "id",
            "organisation",
            "name",
            "municipality",
            "region",
            "type",
            "resources",
            "municipality_only",
            "demo",
            "lon",
            "lat",
        ],
    )
    first, second = site_points(sites, LIGHT, "en")
    assert (first["name"], first["a"], first["b"]) == ("Name hidden", "Kajaani", f"2{NBSP}resources: Waste")
    assert (first["m"], second["m"]) == (1, 0)
    assert first["c"] == [67, 59, 70]
    assert types_shown(sites) == ["waste", "water"]
    assert sites_table(sites, "en").frame.iloc[:, 0].tolist() == ["Name hidden", "A Oy"]
