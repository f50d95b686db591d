from datetime import date

from sqlalchemy import Engine, text

from data import store
from data.model import Channel, Organisation, Origin, Site
from data.queries import sources
from data.store import edit

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}


def test_reference_tables_are_listed_with_the_time_they_were_loaded(engine: Engine) -> None:
    """What the fixture has loaded is there, row counts and all."""
    loaded = sources.datasets(engine).set_index("key")
    assert loaded.loc["municipality", "rows"] == 308
    assert loaded.loc["region", "file"] == "regions.csv"
    assert loaded["loaded_at"].notna().all()


def test_rows_are_counted_by_document_and_invented_ones_apart(engine: Engine) -> None:
    """The same document name never mixes real and invented rows."""
    survey = Origin(channel=Channel.SURVEY, document="Kysely 2026", dated=date(2026, 3, 1))
    invented = Origin(channel=Channel.SURVEY, document="Kysely 2026", demo=True)
    real = edit.add_organisation(engine, "Anna", Organisation(name="Aito Oy", origin=survey))
    edit.add_site(engine, "Anna", real.id, Site(name="Tehdas", origin=survey, **KAJAANI))
    edit.add_organisation(engine, "Anna", Organisation(name="Keksitty Oy", origin=invented))
    listed = sources.documents(engine)
    told = listed[["channel", "document", "demo", "organisations", "sites", "resources"]]
    assert list(told.itertuples(index=False, name=None)) == [
        ("survey", "Kysely 2026", False, 1, 1, 0),
        ("survey", "Kysely 2026", True, 1, 0, 0),
    ]
    assert listed.loc[0, "oldest"] == listed.loc[0, "newest"] == date(2026, 3, 1)
    assert sources.totals(engine) == {"organisations": (2, 1), "sites": (1, 0), "resources": (0, 0)}


def test_imports_are_listed_newest_first_and_their_problems_apart(engine: Engine) -> None:
    """A list of imports stays short, however many problems an import had."""
    statement = """
    INSERT INTO import_log (importer, file_name, file_sha256, channel, read, created, rejected, problems)
    VALUES ('table', 'a.csv', 'x', 'survey', 3, 3, 0, '[]'),
        ('table', 'b.csv', 'y', 'survey', 2, 1, 1, '[{"row": 2, "value": "<b>"}]')
    """
    with store.connection(engine, "Anna") as connection:
        connection.execute(text(statement))
    listed = sources.imports(engine)
    assert list(listed["file_name"]) == ["b.csv", "a.csv"]
    assert list(listed["problems"]) == [1, 0]
    assert set(listed["imported_by"]) == {"Anna"}
    assert sources.problems(engine, int(listed.loc[0, "id"])) == [{"row": 2, "value": "<b>"}]
    assert sources.problems(engine, 10**9) == []
