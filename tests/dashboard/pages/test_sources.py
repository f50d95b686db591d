from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data import store
from data.model import Channel, Organisation, Origin
from data.store import edit

Open = Callable[..., AppTest]
NASTY = "<img src=x onerror=alert(1)>"


def told(app: AppTest) -> str:
    """Give what the page says in our own HTML."""
    return "\n".join(str(one.proto.body) for one in app.get("html"))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("part", ["documents", "imports", "tables", "map"])
def test_an_empty_store_has_its_sources_too(open_page: Open, part: str, language: str) -> None:
    """Every part, in three languages: reference tables and map are there from the start."""
    app = open_page("sources", part=part, lang=language)
    assert not app.exception
    if part in {"tables", "map"}:
        assert "CC BY 4.0" in told(app)


def test_documents_and_imports_are_shown_letter_by_letter(engine: Engine, open_page: Open) -> None:
    """The names of documents, files and people are other people's text."""
    origin = Origin(channel=Channel.SURVEY, document=NASTY)
    edit.add_organisation(engine, NASTY, Organisation(name="Tuhka Oy", origin=origin))
    statement = """
    INSERT INTO import_log (importer, file_name, file_sha256, channel, read, rejected, problems)
    VALUES ('table', :name, 'x', 'survey', 1, 1, CAST(:problems AS jsonb))
    """
    with store.connection(engine, NASTY) as connection:
        connection.execute(text(statement), {"name": NASTY, "problems": '[{"row" : 2}]'})
    for part in ("documents", "imports"):
        app = open_page("sources", part=part)
        assert not app.exception
        assert "&lt;img" in told(app)
        assert "<img" not in told(app)
