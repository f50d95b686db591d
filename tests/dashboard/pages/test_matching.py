"""The page on matching teaches words and corrects topics, and both can be taken back."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.queries import terms as queries
from data.store import edit

Open = Callable[..., AppTest]


def told(app: AppTest) -> str:
    """Give what the page says in our own HTML."""
    return "\n".join(str(one.proto.body) for one in app.get("html"))


@pytest.fixture
def resource(engine: Engine) -> int:
    """Add a resource whose text says nothing, and give its id."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy"))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", easting_m=536_400.0, northing_m=7_122_500.0))
    what = Resource(direction=Direction.HAVE, type=ResourceType.MATERIAL, title="Ylijäämää <img src=x>")
    return edit.add_resource(engine, "Anna", site.id, what).id


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("part", ["quality", "words", "topics"])
def test_every_part_opens(open_page: Open, part: str, language: str) -> None:
    """In three languages, also where nothing has been taught."""
    assert not open_page("matching", part=part, lang=language).exception


def test_a_word_is_taught_and_read_at_once(engine: Engine, open_page: Open) -> None:
    """What nobody knew a moment ago is what the text is about now; undo forgets it again."""
    app = open_page("matching", part="words")
    app.text_area(key="try_text").input("hömpsyä tarjolla").run()
    assert 'class="tags"' not in told(app)
    app.text_input(key="teach_word").input("hömpsy")
    app.selectbox[0].select(next(one for one in app.selectbox[0].options if one == "Tuhka"))
    app.button[0].click().run()
    assert not app.exception
    assert "hömpsy" in set(queries.taught(engine)["word"])
    assert "<span>Tuhka</span>" in told(app)
    app.button(key="undo").click().run()
    assert "hömpsy" not in set(queries.taught(engine)["word"])
    assert "<span>Tuhka</span>" not in told(app)


def test_an_empty_word_is_refused_with_a_sentence(engine: Engine, open_page: Open) -> None:
    """Nothing is written."""
    before = len(queries.taught(engine))
    app = open_page("matching", part="words")
    app.button[0].click().run()
    assert app.error
    assert len(queries.taught(engine)) == before


def test_topics_are_set_and_given_back_to_the_text(engine: Engine, open_page: Open, resource: int) -> None:
    """The correction is kept; afterwards the text may speak again. Other people's text stays text."""
    app = open_page("matching", part="topics")
    app.text_input(key="topics_search").input("Ylijäämää").run()
    app.selectbox(key="topics_resource").select_index(0).run()
    app.multiselect[0].select("Tuhka").run()
    app.button[0].click().run()
    assert not app.exception
    row = queries.tagged(engine, "Ylijäämää", 5).set_index("id").loc[resource]
    assert row["concepts"] == ["ash"]
    app.button[1].click().run()
    assert queries.tagged(engine, "Ylijäämää", 5).set_index("id").loc[resource]["concepts"] == []
    assert "<img" not in told(app)
