import pandas as pd
import pytest
from sqlalchemy import Engine, text

from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.queries import matching
from data.store import edit

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}


@pytest.fixture
def site(engine: Engine) -> int:
    """Add a company and give its site."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Muuttuva Oy"))
    return edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI)).id


@pytest.fixture
def ids(engine: Engine, site: int) -> list[int]:
    """Add three resources and give their ids."""
    ash = Resource(direction=Direction.HAVE, type=ResourceType.MATERIAL, title="Tuhkaa")
    return [edit.add_resource(engine, "Anna", site, ash).id for _ in range(3)]


def test_what_was_written_since_a_mark_is_told(engine: Engine, site: int, ids: list[int]) -> None:
    """A resource by its own change and by that of its site; one that is taken out as well."""
    mark = matching.now(engine)
    assert matching.changed(engine, mark) == []
    edit.change(engine, "Anna", edit.Row("resource", ids[1]), {"title": "Lentotuhkaa"})
    assert matching.changed(engine, mark) == [ids[1]]
    mark = matching.now(engine)
    edit.delete(engine, "Anna", edit.Row("resource", ids[0]))
    assert matching.changed(engine, mark) == [ids[0]]
    mark = matching.now(engine)
    edit.change(engine, "Anna", edit.Row("site", site), {"name": "Uusi nimi"})
    assert set(ids) <= set(matching.changed(engine, mark))


def test_a_write_that_is_committed_late_is_not_missed(engine: Engine, ids: list[int]) -> None:
    """A long import begins before the mark and ends after it."""
    with engine.connect() as importing:
        importing.execute(text("UPDATE resource SET title = 'Kuonaa' WHERE id = :id"), {"id": ids[2]})
        mark = matching.now(engine)
        assert matching.changed(engine, mark) == []
        importing.commit()
    assert matching.changed(engine, mark) == [ids[2]]


def test_the_ids_and_their_tally_agree(engine: Engine, ids: list[int]) -> None:
    """Also after one was deleted for good, which no row tells."""
    assert set(ids) <= set(matching.live_ids(engine))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM resource WHERE id = :id"), {"id": ids[0]})
    live = matching.live_ids(engine)
    assert ids[0] not in live
    assert matching.tally(engine) == (len(live), live.sum())


def test_pieces_are_the_whole(engine: Engine, ids: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same order."""
    monkeypatch.setattr(matching, "PIECE", 2)
    found = list(matching.pieces(engine))
    assert max(map(len, found)) == 2
    pd.testing.assert_frame_equal(pd.concat(found, ignore_index=True), matching.resources(engine))
    assert next(matching.pieces(engine, ids[:1]))["id"].tolist() == ids[:1]


def test_a_database_has_an_identity(engine: Engine) -> None:
    """The same each time."""
    assert matching.identity(engine) == matching.identity(engine) != ""
