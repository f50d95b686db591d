import pytest
from sqlalchemy import text

from config.settings import Settings
from data.migrate import current, head
from data.ready import ready


@pytest.fixture
def chosen(database: str, settings: Settings) -> Settings:
    """Give settings that name this module's database."""
    return settings.model_copy(update={"database_url": database})


def test_it_gives_a_database_with_schema_and_tables(chosen: Settings) -> None:
    """Inside the block the schema is the newest and the reference tables are there; twice is as good as once."""
    for _ in range(2):
        with ready(chosen) as engine, engine.connect() as connection:
            assert current(engine) == head()
            assert connection.scalar(text("SELECT count(*) FROM municipality")) == 308


def test_every_step_is_said(chosen: Settings) -> None:
    """Whoever listens hears the steps in their order."""
    heard: list[str] = []

    def listen(key: str, /, **_values: object) -> None:
        heard.append(key)

    with ready(chosen, listen):
        pass
    assert heard == ["cluster.connecting", "ready.schema", "ready.reference"]
