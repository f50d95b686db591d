from pathlib import Path
from shutil import copytree

from sqlalchemy import Engine, text

from config.settings import Settings
from data.store import reference


def test_loading_again_writes_nothing(engine: Engine, settings: Settings) -> None:
    """A table whose file is the same is left alone."""
    assert reference.load(engine, settings.reference) == {}


def test_a_changed_file_is_loaded_again(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    """Only the table whose file changed is written, and the new words are in the store."""
    folder = copytree(settings.reference, tmp_path / "reference")
    regions = folder / "regions.csv"
    regions.write_text(regions.read_text().replace("Kainuu,", "Kainuun maakunta,", 1))
    assert reference.load(engine, folder) == {"region": 19}
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT fi FROM region WHERE code = '18'")) == "Kainuun maakunta"
    reference.load(engine, settings.reference)


def test_every_municipality_holds_its_own_point(engine: Engine) -> None:
    """A site that is known by its municipality alone is drawn inside it."""
    with engine.connect() as connection:
        count = connection.scalar(text("SELECT count(*) FROM municipality WHERE ST_Covers(outline, point)"))
    assert count == 308
