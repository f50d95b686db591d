from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from config.texts import LANGUAGES
from config.texts import text as words_of
from dashboard.ecosystems import choosing
from dashboard.pages import ecosystems
from data import store
from data.model import Direction, Organisation, Origin, Resource, ResourceType, Site
from data.store import edit
from data.viewer import Role, Viewer, viewing

Open = Callable[..., AppTest]
PLACES = {"Kajaani": (536_400.0, 7_122_500.0), "Kuopio": (534_000.0, 6_973_000.0)}


@pytest.fixture
def filled(engine: Engine) -> Iterator[None]:
    """Add offers of ash in Kajaani and needs of it in Kuopio, and a synergy of each pair; nobody offers sawdust."""
    made: dict[str, list[int]] = {name: [] for name in PLACES}
    for number in range(6):
        name, (easting, northing) = list(PLACES.items())[number % 2]
        company = edit.add_organisation(engine, "Anna", Organisation(name=f"Yritys {number} Oy"))
        site = edit.add_site(engine, "Anna", company.id, Site(name="T", easting_m=easting, northing_m=northing))
        resource = Resource(
            direction=Direction.HAVE if name == "Kajaani" else Direction.WANT,
            type=ResourceType.WASTE,
            title="Tuhka" if number < 4 else "Lentotuhka",
            tonnes_low=1_000 + number,
            tonnes_high=1_000 + number,
            origin=Origin(dated=date(2024, 1, 1), demo=True),
        )
        made[name].append(edit.add_resource(engine, "Anna", site.id, resource).id)
    with store.connection(engine, "Anna") as connection:
        for have, want in zip(*made.values(), strict=True):
            statement = """
                INSERT INTO synergy (have_id, want_id, tonnes_per_year, road_km, method, stage, created_at)
                VALUES (:have, :want, 400, 168, 'road', 'completed', '2024-06-01')
            """
            connection.execute(text(statement), {"have": have, "want": want})
    yield
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("TRUNCATE organisation, site, resource, synergy, benefit CASCADE"))


def said(app: AppTest) -> str:
    """Give the HTML that the page writes."""
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def test_an_empty_store_says_what_the_page_rests_on(open_page: Open) -> None:
    """A sentence and no error."""
    app = open_page("ecosystems")
    assert not app.exception
    assert "Täällä ei ole vielä resursseja." in said(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["balance", "flows", "indicators"])
@pytest.mark.usefixtures("filled")
def test_every_question_is_answered_in_three_languages(open_page: Open, part: str, language: str) -> None:
    """Title, sentence and table are there."""
    app = open_page("ecosystems", part=part, lang=language, region="18")
    assert not app.exception
    assert app.title[0].value == words_of("title.ecosystems", language)
    assert "Kainuu" in said(app) or "Kajanaland" in said(app)
    assert len(app.dataframe) == 1


@pytest.mark.usefixtures("filled")
def test_the_balance_of_a_material_holds_what_is_narrower(open_page: Open) -> None:
    """Fly ash is ash: 3,006 t/a are offered, and nothing is needed in the region."""
    app = open_page("ecosystems", region="18", material="ash")
    assert "3 000\u00a0t/a" in said(app).replace("3\u00a0000", "3 000")
    assert words_of("balance.no_wants", "fi") in said(app)
    table = app.dataframe[0].value
    assert table.iloc[0, 1] == pytest.approx(3_006)
    assert table.iloc[1:, 1].sum() == pytest.approx(3_006)
    narrow = open_page("ecosystems", region="18", material="fly_ash").dataframe[0].value
    assert narrow.iloc[0, 1] == pytest.approx(1_004)


@pytest.mark.usefixtures("filled")
def test_a_region_without_the_material_is_shown_where_it_is(open_page: Open) -> None:
    """And one press leads there."""
    app = open_page("ecosystems", region="21", material="ash")
    assert "resursseja ei ole kirjattu" in said(app)
    next(button for button in app.button if button.label.startswith("Näytä Pohjois-Savo")).click().run()
    assert not app.exception
    assert app.query_params["region"] in ("11", ["11"])


@pytest.mark.usefixtures("filled")
def test_a_way_opens_on_the_pairs_behind_it(open_page: Open) -> None:
    """Three synergies go from Kainuu to North Savo, and their companies are not named."""
    app = open_page("ecosystems", part="flows", cell="18-11")
    assert not app.exception
    pairs = app.dataframe[1].value
    assert len(pairs) == 3
    assert "100\u00a0%" in said(app)


@pytest.mark.usefixtures("filled")
def test_stages_that_nothing_is_in_are_an_explained_view(open_page: Open) -> None:
    """Nothing is only identified here."""
    app = open_page("ecosystems", part="flows", stages="identified")
    assert not app.exception
    assert words_of("flows.none_title", "fi") in said(app)


@pytest.mark.usefixtures("filled")
def test_nonsense_in_a_link_is_the_default(open_page: Open) -> None:
    """Nobody meets an error for an old or broken link."""
    app = open_page(
        "ecosystems", part="gold", region="99", material="x", level="y", show="z", cell="1'--", type="q", year="abc"
    )
    assert not app.exception


def test_planners_choose_no_types_since_sums_of_each_would_tell_more() -> None:
    """What is protected is reckoned over places and materials."""
    with viewing(Viewer("P", Role.PLANNER)):
        assert choosing.source_planning.only_sums()
    with viewing(Viewer("A", Role.REGIONAL, ("18",))):
        assert not choosing.source_planning.only_sums()


def test_the_parts_that_are_there_are_on_the_page() -> None:
    """Those of this house are listed in the order of the switch."""
    assert [one for one in ecosystems.built() if one in ("balance", "flows", "indicators")] == [
        "balance",
        "flows",
        "indicators",
    ]
