"""What a planner must be able to read off the page: where, how much, of how many, and of which year."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from dashboard import layers_ecosystems, outlines, palette
from dashboard.ecosystems import whatif_plants
from dashboard.ecosystems.choice import Choice
from dashboard.views import ecosystem_communities as communities
from dashboard.views import ecosystem_indicators as indicators
from dashboard.views import ecosystem_missing, ecosystem_whatif
from dashboard.views.ecosystem_missing import Named, Yard
from dashboard.views.ecosystem_whatif import People
from data.model import ResourceType
from data.queries.balance import this_year
from geo import crs, regions
from matching import ecosystems
from matching.missing_sites import Site
from matching.whatif import Plant

KUOPIO, JUUKA = (534_000.0, 6_973_000.0), (606_000.0, 7_020_000.0)
HELP = {"service", "expertise"}


def view_of(region: str, outside_tonnes: float) -> communities.View:
    """Give an ecosystem of two companies in Juuka and one in Kuopio, which exchange more or less with others."""
    pairs = [(1, 2, 500.0), (2, 3, 500.0), (1, 3, 500.0), (3, 9, outside_tonnes)]
    exchanges = pd.DataFrame(pairs, columns=["from_company", "to_company", "tonnes"]).assign(
        score=0.8, km=20.0, material="wood_ash", demo=True
    )
    exchanges = exchanges.assign(from_site=exchanges["from_company"], to_site=exchanges["to_company"])
    codes = {1: "176", 2: "176", 3: "297", 9: "091"}
    sites = pd.DataFrame(
        [
            {"name": f"Yritys {one} Oy", "municipality": code, "easting_m": x + one, "northing_m": y, "vague": False}
            for (one, code), (x, y) in zip(codes.items(), (JUUKA, JUUKA, KUOPIO, KUOPIO), strict=True)
        ],
        index=list(codes),
    )
    inner = exchanges[exchanges["to_company"] != 9]
    woven = ecosystems.weave(inner)
    portrait = ecosystems.describe(woven, ecosystems.find(woven), exchanges, pd.Series("35", index=list(codes)))
    return communities.build(portrait, exchanges, sites, "fi", region)


def test_an_ecosystem_is_named_by_a_place_that_the_planner_knows() -> None:
    """In a region by a municipality of it, in the country by where most of its companies are."""
    assert view_of("", 0.0).rows[0].name.startswith("Juuka: ")
    assert view_of("11", 0.0).rows[0].name.startswith("Kuopio: ")


def test_a_group_that_exchanges_mostly_with_others_is_loose() -> None:
    """Of 1,500 t/a inside and 10,000 outside less than a third stays."""
    assert view_of("", 10_000.0).rows[0].loose
    assert not view_of("", 100.0).rows[0].loose


def test_each_candidate_site_is_told_with_its_region() -> None:
    """A municipal centre and a company's own yard alike."""
    places = regions.load().municipalities
    none = np.zeros(0, np.intp)
    site = Site(0, True, none, np.zeros(0), 900.0, 40.0, 5.0, 6.0, 4.0)  # noqa: FBT003 - of the plan
    yard = Yard(*JUUKA, "Anna Oy", places["176"])
    found = ecosystem_missing.site_table([Named(1, site, places["297"]), Named(2, site, yard)], "fi")
    assert found["region"].tolist() == ["Pohjois-Savo", "Pohjois-Karjala"]


def test_the_map_of_a_region_holds_the_region() -> None:
    """However near to each other the places are that something is told of."""
    close = [KUOPIO, (KUOPIO[0] + 500.0, KUOPIO[1])]
    spot, whole = layers_ecosystems.camera(close), layers_ecosystems.camera(close, "11")
    assert whole["zoom"] < spot["zoom"] - 1
    west, south, east, north = outlines.of("regions")["11"].bounds
    corners = crs.to_tm35fin([west, east], [south, north])
    alone = layers_ecosystems.camera(list(zip(*corners, strict=True)))
    assert whole["zoom"] == pytest.approx(alone["zoom"], abs=0.2)
    assert layers_ecosystems.camera([]) == {}


def test_a_new_plant_is_told_in_tonnes_and_lives_by_no_help() -> None:
    """Twice the size is twice the tonnes, in every language; nobody's plant offers or needs services."""
    usual, twice = (whatif_plants.told(Plant("kraft_pulp", "297", size), "have", "en") for size in (1.0, 2.0))
    assert len(usual) == len(twice) > 1
    first, second = (float(one[0].replace(",", "").split("\u00a0t/a")[0].split()[-1]) for one in (usual, twice))
    assert second == pytest.approx(2 * first, rel=0.01)
    for kind in whatif_plants.kinds():
        types = set(whatif_plants.listings([Plant(kind, "297")])["type"])
        assert types <= {str(one) for one in ResourceType} - HELP


def test_what_breaks_begins_with_who_gives_who_takes_and_who_steps_in() -> None:
    """Before what it is, so that they are in sight on a narrow window."""
    row = {"have_id": 1, "want_id": 2, "tonnes": 600.0, "km": 84.2, "method": "road", "from_site": 1, "to_site": 2}
    sites = pd.DataFrame({"name": ["A Oy", "B Oy", "C Oy"], "municipality": ["297", "140", "398"]}, index=[1, 2, 3])
    resources = pd.DataFrame({"id": [1, 2, 3], "title": ["Tuhka", "Lannoite", "Muu"], "site_id": [1, 2, 3]})
    others = pd.DataFrame({"partner_id": [3], "score": [0.7], "km": [12.0], "method": ["road"]})
    broken = pd.DataFrame([row | {"why": "closed"}])
    people = People(sites, resources, {})
    told = ecosystem_whatif.table(broken, people, SimpleNamespace(substitutes={2: others}), "fi")
    assert list(told.columns)[:4] == ["from", "to", "instead", "what"]
    assert told.iloc[0][["from", "to"]].tolist() == ["A Oy, Kuopio", "B Oy, Iisalmi"]
    assert told["instead"].iloc[0].startswith("C Oy, Lahti (12,0")
    assert told["what"].iloc[0] == "Tuhka → Lannoite"


def drawn(language: str) -> tuple[indicators.Indicators, dict[str, object]]:
    """Give the indicators of two years, of which the second is not over, and the charts of a region."""
    year = this_year()
    figures = dict.fromkeys(indicators.INDICATORS, 3.0) | {"eur": 25_000.0, "crossing": 0.5, "crossing_of": 2.0}
    rows = [{"region": code, "year": at, **figures} for code in ("", "11") for at in (year - 1, year)]
    view = indicators.Indicators(pd.DataFrame(rows), demo=True)
    chart = indicators.charts(view, Choice(year, "11"), "completed", language, palette.LIGHT)  # type: ignore[arg-type]
    return view, chart.to_dict()


def test_small_multiples_have_their_own_years_finnish_figures_and_a_mark_on_the_unfinished_one() -> None:
    """Each panel has its axis; 25,000 euros stand as 25 thousands; a dashed line leads to the year that goes on."""
    _, chart = drawn("fi")
    assert chart["resolve"]["axis"] == {"x": "independent", "y": "independent"}  # type: ignore[index]
    assert chart["config"]["locale"]["number"]["decimal"] == ","  # type: ignore[index]
    (rows,) = chart["datasets"].values()  # type: ignore[attr-defined]
    assert {one["year"] for one in rows} == {str(this_year() - 1), f"{this_year()}*"}
    assert {one["over"] for one in rows if one["year"].endswith("*")} == {False}
    euros = next(one for one in rows if one["indicator"] == "eur")
    assert euros["drawn"] == pytest.approx(25.0)
    assert "1\u00a0000" in euros["panel"]
    dashes = [one["mark"].get("strokeDash") for one in chart["spec"]["layer"] if isinstance(one["mark"], dict)]  # type: ignore[index]
    assert [3, 3] in dashes


def test_a_store_of_one_year_is_not_compared_with_itself() -> None:
    """A register has been taken in this year alone: nothing is said of what was, and a panel of zeros begins at 0."""
    view, _ = drawn("fi")
    only = indicators.Indicators(view.rows[view.rows["year"] == this_year()].assign(completed=0.0), demo=False)
    said = indicators.sentence(only, Choice(this_year(), "11"), "fi")
    assert "Aiempia vuosia ei ole kirjattu" in said
    assert "lopussa" in indicators.sentence(view, Choice(this_year(), "11"), "fi")
    told = indicators.charts(only, Choice(this_year(), "11"), "completed", "fi", palette.LIGHT).to_dict()
    (rows,) = told["datasets"].values()
    assert {one["indicator"] for one in rows if one["least"]} == {"completed"}


def test_a_share_is_told_with_the_number_that_it_is_of() -> None:
    """In the table of a region, and in that of all regions."""
    view, _ = drawn("fi")
    year = this_year()
    one = indicators.table(view, Choice(year, "11"), "completed", "fi").frame
    assert "50\u00a0% (2)" in set(one.iloc[-1])
    every = indicators.table(view, Choice(year), "crossing", "fi")
    assert every.frame[f"{year}*"].iloc[0] == "50\u00a0% (2)"
    assert not every.says
