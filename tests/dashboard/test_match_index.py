"""The index of an installation: in this process where it is small, made by one beside it where it is large."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine

from config.settings import ROOT, Settings
from dashboard import match_index
from data import queries
from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.store import edit
from matching import live as live_module

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
TITLES = ["Puutuhkaa", "Lentotuhkaa", "Tuhkaa lannoitteeksi", "Purkupuuta", "Haketta", "Kuonaa"]


@pytest.fixture(scope="module")
def filled(engine: Engine) -> list[int]:
    """Add a few offers and needs of two companies; give their ids."""
    added = []
    for direction in (Direction.HAVE, Direction.WANT):
        company = edit.add_organisation(engine, "Anna", Organisation(name=f"Yritys {direction.value} Oy"))
        site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI)).id
        for title in TITLES:
            one = Resource(direction=direction, type=ResourceType.MATERIAL, title=title)
            added.append(edit.add_resource(engine, "Anna", site, one).id)
    return added


@pytest.fixture
def here(settings: Settings, tmp_path: Path) -> Settings:
    """Give settings with an empty shelf."""
    return settings.model_copy(update={"home": tmp_path})


def test_an_edit_reaches_every_process(engine: Engine, here: Settings, filled: list[int]) -> None:
    """Also one that opens the base only then."""
    ours = match_index.live(engine, here, beside=True)
    before = ours.current("1")
    edit.change(engine, "Anna", edit.Row("resource", filled[0]), {"title": "Hukkalämpöä"})
    theirs = match_index.live(engine, here, beside=False)
    for after in (ours.current("2"), theirs.current("2")):
        assert after.take(np.array([after.position(filled[0])]), ["title"]).loc[0, "title"] == "Hukkalämpöä"
        assert len(after) == len(before) == len(filled)
        assert len(after.since) == 1


def test_a_large_base_is_made_by_another_process(
    engine: Engine, here: Settings, database: str, filled: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which reads the same store and leaves its base on the same shelf."""
    monkeypatch.setattr(live_module, "LARGE", 1)
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", database)
    monkeypatch.setenv("SYNERGIA_HOME", str(here.home))
    index = match_index.live(engine, here, beside=True).current(queries.stamp(engine))
    assert match_index.shelf(engine, here).newest() is not None
    assert index.ids.tolist() == sorted(filled)


def test_the_process_beside_ends_with_the_server() -> None:
    """However it ends: its end of the pipe is closed."""
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(match_index.COMMAND, cwd=ROOT, **pipes) as child:  # noqa: S603 - our own module
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(60) == 1
