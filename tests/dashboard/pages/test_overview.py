from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from config.texts import LANGUAGES
from config.texts import text as words_of
from data import store
from data.model import Direction, Organisation, Origin, Resource, ResourceType, Site
from data.store import edit

Open = Callable[..., AppTest]
PLACES = {"Kajaani": (536_400.0, 7_122_500.0), "Kuopio": (534_000.0, 6_973_000.0)}
NASTY = "<img src=x onerror=alert(1)> **b** {name} Oy"


@pytest.fixture
def filled(engine: Engine) -> Iterator[None]:
    """Add six companies in two regions and four synergies between them."""
    resources: dict[str, list[int]] = {name: [] for name in PLACES}
    for number in range(6):
        name, (easting, northing) = list(PLACES.items())[number % 2]
        named = NASTY if number == 0 else f"Yritys {number} Oy"
        company = edit.add_organisation(engine, "Anna", Organisation(name=named, naming_consent=True))
        site = edit.add_site(engine, "Anna", company.id, Site(name="T", easting_m=easting, northing_m=northing))
        direction = Direction.HAVE if name == "Kajaani" else Direction.WANT
        origin = Origin(dated=date(2024, 1, 1), demo=number == 0)
        resource = Resource(
            direction=direction, type=ResourceType.WASTE, title="Tuhka", tonnes_low=9, tonnes_high=9, origin=origin
        )
        resources[name].append(edit.add_resource(engine, "Anna", site.id, resource).id)
    with store.connection(engine, "Anna") as connection:
        for have, want in zip(*resources.values(), strict=True):
            statement = """
                INSERT INTO synergy (have_id, want_id, tonnes_per_year, road_km, method, created_at)
                VALUES (:have, :want, 400, 168, 'road', '2024-06-01')
            """
            connection.execute(text(statement), {"have": have, "want": want})
    yield
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("TRUNCATE organisation, site, resource, synergy, benefit CASCADE"))


def said(app: AppTest) -> str:
    """Give the HTML that the page writes."""
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def link(app: AppTest, key: str) -> list[str]:
    """Give what the link holds under a key."""
    held = app.query_params.get(key, [])
    return held if isinstance(held, list) else [held]


def test_an_empty_store_says_how_to_begin(open_page: Open) -> None:
    """A country in the colour of land, a sentence, and a way on."""
    app = open_page("overview")
    assert not app.exception
    assert "Täällä ei ole vielä resursseja." in said(app)
    assert "Kokeile esimerkillä" in [button.label for button in app.button]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("filled")
def test_the_page_speaks_three_languages(open_page: Open, language: str) -> None:
    """Title, sentence and switches are in the language of the link."""
    app = open_page("overview", lang=language)
    assert not app.exception
    assert app.title[0].value == words_of("title.overview", language)
    assert {"fi": "tunnettua synergiaa", "sv": "kända synergier", "en": "known synergies"}[language] in said(app)


@pytest.mark.parametrize("measure", ["synergies", "resources", "benefits"])
@pytest.mark.parametrize("show", ["areas", "sites"])
@pytest.mark.parametrize("level", ["regions", "municipalities"])
@pytest.mark.usefixtures("filled")
def test_every_view_can_be_opened(open_page: Open, measure: str, show: str, level: str) -> None:
    """Each has a sentence, three metrics and a table."""
    app = open_page("overview", measure=measure, show=show, level=level, region="18")
    assert not app.exception
    assert len(app.metric) == 3
    assert "Kainuu" in said(app)


@pytest.mark.usefixtures("filled")
def test_a_link_brings_its_filters_and_the_page_keeps_them(open_page: Open) -> None:
    """Codes are in the link, not words; what is the default is left out."""
    app = open_page("overview", measure="resources", amount="tonnes", type="waste", region="11", lang="en")
    assert not app.exception
    assert "North Savo" in said(app)
    app.button_group(key="amount").set_value("count").run()
    assert link(app, "amount") == []
    assert link(app, "region") == ["11"]
    assert link(app, "type") == ["waste"]


@pytest.mark.usefixtures("filled")
def test_nonsense_in_a_link_is_the_default(open_page: Open) -> None:
    """Nobody meets an error for an old or broken link."""
    app = open_page(
        "overview",
        measure="gold",
        year="abc",
        region="99",
        table="x",
        found="s999999",
        flow="1'--",
        layers="z",
        type="y",
    )
    assert not app.exception
    assert "Suomessa on" in said(app)


@pytest.mark.usefixtures("filled")
def test_clearing_the_filters_takes_them_out_of_the_link(open_page: Open) -> None:
    """One button, and the whole country is back."""
    app = open_page("overview", region="11", year="2025")
    clear = next(button for button in app.button if button.label == "Tyhjennä suodattimet")
    clear.click().run()
    assert not app.exception
    assert link(app, "region") == []
    assert link(app, "year") == []


@pytest.mark.usefixtures("filled")
def test_search_goes_to_a_municipality(open_page: Open) -> None:
    """It is found in Swedish, too, and its region is chosen with it."""
    app = open_page("overview")
    app.text_input(key="search_words").set_value("kajana").run()
    app.button(key="go_municipality_205").click().run()
    assert not app.exception
    assert link(app, "found") == ["m205"]
    assert link(app, "region") == ["18"]
    assert link(app, "level") == ["municipalities"]


@pytest.mark.usefixtures("filled")
def test_what_people_wrote_stays_letters(open_page: Open) -> None:
    """A company's name with markup in it is shown letter by letter."""
    app = open_page("overview")
    app.text_input(key="search_words").set_value("onerror").run()
    go = next(button for button in app.button if str(button.key).startswith("go_site_"))
    go.click().run()
    assert not app.exception
    assert "&lt;img src=x onerror=alert(1)&gt;" in said(app)
    assert "<img src=x" not in said(app)
