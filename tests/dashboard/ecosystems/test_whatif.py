"""What-if views as planners use them: beside the data, undone step by step, kept and shared."""

from collections.abc import Callable

import pandas as pd
import pytest
from sqlalchemy import Engine, inspect, text
from streamlit.testing.v1 import AppTest

from config.settings import Settings
from data.store import demo

Open = Callable[..., AppTest]
BUSIEST = """
SELECT s.site_id FROM synergy y JOIN resource s ON s.id = y.have_id WHERE y.stage <> 'lapsed' AND s.type = 'waste'
GROUP BY s.site_id ORDER BY sum(y.tonnes_per_year) DESC NULLS LAST, s.site_id LIMIT 1
"""


@pytest.fixture(scope="module", autouse=True)
def filled(engine: Engine, settings: Settings) -> None:
    """Load the invented companies."""
    demo.load(engine, settings)


def checksums(engine: Engine) -> dict[str, tuple[int, str]]:
    """Count the rows of every table and sum a hash of each."""
    with engine.connect() as connection:
        found = {}
        for name in inspect(connection).get_table_names():
            hashed = "('x' || left(md5(t::text), 15))::bit(60)::bigint"
            question = f'SELECT count(*), coalesce(sum({hashed}), 0)::text FROM "{name}" t'  # noqa: S608 - from the catalogue
            count, total = connection.execute(text(question)).one()
            found[name] = (int(count), str(total))
        return found


def busiest(engine: Engine) -> int:
    """Give the site that offers the most waste."""
    with engine.connect() as connection:
        return int(connection.scalar(text(BUSIEST)) or 0)


def numbers(app: AppTest) -> list[tuple[str, str]]:
    """Give the four figures of the page."""
    return [(one.label, one.value) for one in app.metric]


def broken_rows(app: AppTest) -> pd.DataFrame:
    """Give the first table that says why."""
    return next(one.value for one in app.dataframe if "why" in one.value)


def test_closing_a_site_is_reckoned_undone_and_kept_and_no_table_changes_but_their_own(
    open_page: Open, engine: Engine
) -> None:
    """Exchanges break, substitutes are named, undo gives today's numbers, and what was saved opens again."""
    today = open_page("ecosystems", part="whatif")
    assert not today.exception
    plain, before = numbers(today), checksums(engine)
    site = busiest(engine)
    app = open_page("ecosystems", part="whatif", closed=site)
    assert not app.exception
    assert numbers(app) != plain
    broken = broken_rows(app)
    assert set(broken["why"]) == {"sulkeminen"}
    assert broken["instead"].str.contains("km").any()
    next(one for one in app.button if one.label == "Palauta nykytilanne").click().run()
    assert numbers(app) == plain
    next(one for one in app.button if one.label == "Kumoa").click().run()
    assert broken_rows(app).equals(broken)
    assert checksums(engine) == before
    app.text_input(key="whatif_name").set_value("Suurin suljetaan").run()
    next(one for one in app.button if one.label == "Tallenna tarkastelu").click().run()
    after = checksums(engine)
    assert {name for name in after if after[name] != before[name]} == {"scenario"}
    with engine.connect() as connection:
        saved = int(connection.scalar(text("SELECT max(id) FROM scenario")) or 0)
    app.multiselect(key="compare").set_value([str(saved)]).run()
    assert app.query_params["compare"] == str(saved)
    beside = app.dataframe[-1].value
    assert list(beside.columns)[1:] == ["Nykytilanne", "1. Tämä", "2. Suurin suljetaan"]
    assert beside["1. Tämä"].tolist() == beside["2. Suurin suljetaan"].tolist()


def test_a_new_plant_and_other_terms_come_by_link(open_page: Open) -> None:
    """A pulp mill in Joensuu brings exchanges; a short limit breaks others; what makes no sense is left out."""
    app = open_page("ecosystems", part="whatif", plant="kraft_pulp:167:1", limit="60", transport="abc")
    assert not app.exception
    tables = {frozenset(one.value.get("why", [])) for one in app.dataframe}
    assert {frozenset({"matkaraja"}), frozenset({"uusi laitos"})} <= tables


def test_a_scenario_on_a_site_that_is_gone_says_so(open_page: Open) -> None:
    """The rest of it holds: today's numbers, and a sentence that names what is missing."""
    app = open_page("ecosystems", part="whatif", closed=987654321)
    assert not app.exception
    assert any("987654321" in one.value for one in app.warning)
    assert numbers(app) == numbers(open_page("ecosystems", part="whatif"))
