"""Ecosystems, missing processors and what-if views as their users see them, on demo data."""

import re
from collections.abc import Callable

import pytest
import streamlit as st
from sqlalchemy import Engine
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from config.settings import Settings
from dashboard.ecosystems import communities_source
from data.store import demo

Open = Callable[..., AppTest]


@pytest.fixture(scope="module", autouse=True)
def filled(engine: Engine, settings: Settings) -> None:
    """Load the invented companies."""
    demo.load(engine, settings)


def said(app: AppTest) -> str:
    """Give the HTML that the page writes."""
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def test_ecosystems_are_shown_and_the_sliders_say_what_changed(open_page: Open) -> None:
    """The sentence counts groups; smaller groups are more, and the foot says so; the link opens one of them."""
    app = open_page("ecosystems", part="communities")
    assert not app.exception
    assert "Koko maa" in said(app)
    assert re.search(r"\d+\sekosysteemiä</b>, <b>\d+\syritystä</b>", said(app))
    assert "Sama lähtöaineisto antaa aina samat ryhmät." in said(app)
    table = app.dataframe[0].value
    assert set(table["companies"] >= 3) == {True}
    assert table["stability"].between(30, 100).all()
    app.select_slider(key="group").set_value("small").run()
    assert len(app.dataframe[0].value) > len(table)
    assert "Edelliseen säätöön verrattuna: ryhmiä" in said(app)
    app.select_slider(key="group").set_value("medium").run()
    assert app.dataframe[0].value.equals(table)
    chosen = open_page("ecosystems", part="communities", ecosystem="2")
    assert table["name"].iloc[1] in [one.value.replace("\\", "") for one in chosen.subheader]


def test_what_leaves_nothing_is_explained(open_page: Open) -> None:
    """A region and a haul without any exchange: what was sought, and a button that gets further."""
    app = open_page("ecosystems", part="communities", region="21", km=25, type="storage")
    assert not app.exception
    assert "ei löydy ekosysteemejä" in said(app)
    assert [one.label for one in app.button if "500" in one.label] or "pareja" in said(app)


def test_a_large_network_shows_how_far_it_is_and_can_be_stopped(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who ends the trial of how firmly groups hold sees the same groups without that figure, and can go on."""
    monkeypatch.setattr(communities_source, "PROGRESS_FROM", 10)  # as if this were a large one
    shown: list[tuple[float, str]] = []
    bar = DeltaGenerator.progress

    def watched(self: DeltaGenerator, value: float, text: str | None = None) -> DeltaGenerator:
        shown.append((value, text or ""))
        return bar(self, value, text)

    monkeypatch.setattr(DeltaGenerator, "progress", watched)  # draws it all the same
    app = open_page("ecosystems", part="communities")
    assert not app.exception
    assert [value for value, _ in shown] == sorted(value for value, _ in shown)
    assert shown[-1][0] == 1
    assert "100" in shown[-1][1]
    assert "communities_stop" not in {one.key for one in app.button}  # it is over
    whole = app.dataframe[0].value
    (key, _), *_ = communities_source._remembered()  # noqa: SLF001 - what a click on stop leaves behind
    st.cache_resource.clear()
    app.session_state[communities_source.STOPPED] = key
    app.run()
    assert not app.exception
    cut = app.dataframe[0].value
    assert cut["stability"].isna().all()
    assert cut.drop(columns="stability").equals(whole.drop(columns="stability"))
    next(one for one in app.button if one.label == "Kokeile loppuun").click().run()
    assert app.dataframe[0].value.equals(whole)


def test_missing_processors_are_listed_with_their_sites(open_page: Open) -> None:
    """Materials, three sites at most, and what the best one needs; another material by link."""
    app = open_page("ecosystems", part="missing")
    assert not app.exception
    gaps, sites = app.dataframe[0].value, app.dataframe[1].value
    assert gaps["offers"].is_monotonic_decreasing
    assert 1 <= len(sites) <= 3
    assert "jalostaja puuttuu" in said(app)
    assert re.search(r"(?<!\d)1\svaihto</b> ja|[2-9]\svaihtoa</b> ja|\d\d\svaihtoa</b> ja", said(app))
    assert "Paikkojen valinta on todistetusti paras." in said(app)
    other = open_page("ecosystems", part="missing", of="carbon_dioxide", sites=2, haul=120)
    assert not other.exception
    assert "Hiilidioksidi" in said(other)


def test_existing_sites_are_candidates_too(open_page: Open) -> None:
    """Of two sites with a capacity, each at a company's own place, and the foot says what was compared."""
    app = open_page("ecosystems", part="missing", among="sites", sites=2, region="06", haul=60, capacity=5000)
    assert not app.exception
    table = app.dataframe[1].value
    assert table["place"].str.contains(", ").all()
    assert any(
        "toimipaikkoja, joiden sijainti on tarkka" in one for one in [said(app), *(c.value for c in app.caption)]
    )


def test_a_haul_that_reaches_everything_is_explained(open_page: Open) -> None:
    """Nothing is missing in a region where nothing is on offer."""
    app = open_page("ecosystems", part="missing", region="21", type="water")
    assert not app.exception
    assert "Näillä ehdoilla ei ole tarjolla aineita tai jätteitä." in said(app)


def test_sites_within_a_walk_are_the_second_reading(open_page: Open) -> None:
    """Groups of neighbours, and no sliders; the foot says how far a walk is."""
    app = open_page("ecosystems", part="communities", reading="walk")
    assert not app.exception
    assert "enintään 1,5 km:n päässä seuraavasta" in said(app)
    assert "group" not in {one.key for one in app.select_slider}


def test_the_year_of_flows_is_a_slider_that_matrix_and_arrows_follow(open_page: Open) -> None:
    """The slider begins where the link says; another year is in the link, in the matrix and on the map."""
    app = open_page("ecosystems", part="flows", year=2024)
    assert not app.exception
    slider = app.select_slider(key="year")
    assert slider.value == 2024
    before, arrows = app.dataframe[0].value, str(app.get("deck_gl_json_chart")[0].proto.json)
    slider.set_value(2026).run()
    assert not app.exception
    assert app.query_params.get("year") is None  # this year stays out of the link
    assert len(app.dataframe[0].value) > len(before)
    assert str(app.get("deck_gl_json_chart")[0].proto.json) != arrows
    app.select_slider(key="year").set_value(2024).run()
    assert app.query_params["year"] == "2024"
    assert app.dataframe[0].value.equals(before)
