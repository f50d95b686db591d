"""Weights, and the haul reckoned out, on the page of nearby partners."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from config.texts import LANGUAGES
from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.store import edit

Open = Callable[..., AppTest]

KEMI = {"easting_m": 388_500.0, "northing_m": 7_293_000.0}
OULU = {"easting_m": 429_300.0, "northing_m": 7_209_300.0}
TURKU = {"easting_m": 239_500.0, "northing_m": 6_711_000.0}


def add(engine: Engine, direction: Direction, kind: ResourceType, title: str, place: dict[str, float]) -> int:
    """Add a company with one resource of 1 200 t a year, and give the resource's id."""
    company = edit.add_organisation(engine, "Anna", Organisation(name=f"{title} Oy", naming_consent=True))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **place))
    listing = Resource(direction=direction, type=kind, title=title, tonnes_low=1200, tonnes_high=1200)
    return edit.add_resource(engine, "Anna", site.id, listing).id


@pytest.fixture(scope="module")
def ash(engine: Engine) -> dict[str, int]:
    """Add an offer in Kemi with needs near and far, and a service that nobody asks for."""
    have, want = Direction.HAVE, Direction.WANT
    return {
        "offer": add(engine, have, ResourceType.WASTE, "Puutuhka", KEMI),
        "exact": add(engine, want, ResourceType.WASTE, "Puutuhkaa", OULU),
        "loose": add(engine, want, ResourceType.WASTE, "Tuhkaa lannoitteeksi", KEMI),
        "odd": add(engine, have, ResourceType.SERVICE, "Hitsaus", KEMI),
        "far": add(engine, want, ResourceType.SERVICE, "Pesula", TURKU),
        "near": add(engine, want, ResourceType.SERVICE, "Kirjanpito", OULU),
    }


def words(app: AppTest) -> str:
    """Give all that our own HTML says."""
    return "\n".join(str(one.proto.body) for one in app.get("html")).replace("\u00a0", " ")


def order(app: AppTest) -> list[int]:
    """Give the partners in the order of the list."""
    found = re.findall(r'class="who"><b>(.*?)</b>', words(app))
    assert found
    return found


def euros(app: AppTest) -> list[str]:
    """Give the column of EUR per tonne."""
    return re.findall(r'class="r fig[^"]*">([^<]*)', words(app))[2::2]


def test_weights_stand_in_the_link_and_turn_the_order(ash: dict[str, int], open_page: Open) -> None:
    """Only the haul: the near one first; only the substance: the exact one; the reset takes them out of the link."""
    near = order(open_page("partners", resource=ash["offer"], w="00090"))
    app = open_page("partners", resource=ash["offer"], w="90000")
    assert near == order(app)[::-1]
    app.slider(key="weight_time_0").set_value(4).run()
    assert app.query_params["w"] == ["90400"] or app.query_params["w"] == "90400"
    app.button(key="weights_reset").click().run()
    assert not app.exception
    assert "w" not in app.query_params
    assert app.slider(key="weight_substance_1").value == 8


def test_no_weight_at_all_falls_back_and_says_so(ash: dict[str, int], open_page: Open) -> None:
    """The last slider pulled to zero."""
    app = open_page("partners", resource=ash["offer"], w="00100")
    app.slider(key="weight_time_0").set_value(0).run()
    assert not app.exception
    assert "Kaikki painot ovat nollassa" in app.toast[0].value
    assert app.slider(key="weight_haul_1").value == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_haul_is_reckoned_out(ash: dict[str, int], open_page: Open, language: str) -> None:
    """Way, loads a year, cost and emissions by stage, and the source of every figure."""
    app = open_page("partners", resource=ash["offer"], lang=language)
    app.button(key="haul").click().run()
    assert not app.exception
    said = words(app)
    assert "TTW" in said
    assert "WTT" in said
    assert "30 (1,200 t/a)" in said or "30 (1 200 t/a)" in said
    assert "DEFRA" in said
    assert said.count({"fi": "oletus", "sv": "antagande", "en": "assumption"}[language]) > 6


def test_own_figures_change_the_dialog_and_the_list(ash: dict[str, int], open_page: Open) -> None:
    """Another vehicle has its own price; a figure typed with a comma holds for all rows; the reset brings all back."""
    app = open_page("partners", resource=ash["offer"])
    before = euros(app)
    app.button(key="haul").click().run()
    app.selectbox(key="haul_vehicle").set_value("rigid").run()
    assert app.text_input(key="haul_payload_t").value == "16"
    dearer = euros(app)
    app.text_input(key="haul_eur_per_km").set_value("0,35").run()
    app.slider(key="haul_empty_return").set_value(0).run()
    assert not app.exception
    assert "paluukuorma" in words(app)
    cheaper = euros(app)
    assert len({tuple(before), tuple(dearer), tuple(cheaper)}) == 3
    app.button(key="haul_reset").click().run()
    assert euros(app) == before
    assert app.text_input(key="haul_eur_per_km").value == "0,9"


@pytest.mark.parametrize("typed", ["paljon", "", "0", "-3", "1e9"])
def test_a_figure_that_makes_no_sense_is_refused_in_a_sentence(
    ash: dict[str, int], open_page: Open, typed: str
) -> None:
    """The list keeps what it had."""
    app = open_page("partners", resource=ash["offer"])
    before = euros(app)
    app.button(key="haul").click().run()
    app.text_input(key="haul_payload_t").set_value(typed).run()
    assert not app.exception
    assert "ei ole luku" in words(app) or "ei kelpaa" in words(app)
    assert euros(app) == before


def test_what_a_tonne_is_worth_moves_the_break_even(ash: dict[str, int], open_page: Open) -> None:
    """An assumption until the user sets it."""
    app = open_page("partners", resource=ash["offer"], partner=ash["exact"])
    assert "Tonnin arvo 40 €/t (oletus)" in words(app)
    assert "matka voi kasvaa" in words(app)
    app.button(key="haul").click().run()
    app.text_input(key="haul_value_eur_per_t").set_value("4,5").run()
    assert "Tonnin arvo 4,5 €/t." in words(app)
    assert "ylittyy" in words(app)


def test_where_nothing_answers_the_nearest_of_the_type_are_shown(ash: dict[str, int], open_page: Open) -> None:
    """With a sentence why, the nearest first; the far one lies beyond the limit."""
    app = open_page("partners", resource=ash["odd"])
    assert not app.exception
    assert "Kukaan ei tarvitse juuri tätä." in words(app)
    assert [re.sub(" Oy", "", str(name)) for name in order(app)] == ["Kirjanpito"]
    assert "Rajan takana 1 kumppani. Lähin: Turku" in words(app)


def test_the_table_has_what_the_map_shows(ash: dict[str, int], open_page: Open) -> None:
    """Those within the limit and those beyond it, each with its method."""
    app = open_page("partners", resource=ash["odd"])
    table = words(app).split('class="pn-table"')[1]
    assert table.count("<tr>") == 3
    assert "<td>tie</td>" in table
