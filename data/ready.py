"""From nothing to a database that can be used: server, schema, reference tables and, if asked, demo data."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

from config.settings import Settings
from data import cluster, store
from data.migrate import migrate
from data.steps import Say, silent
from data.store import reference


@contextmanager
def ready(settings: Settings, say: Say = silent, *, with_demo: bool = False) -> Iterator[Engine]:
    """Give an engine on an up-to-date database for as long as the block lasts; what is done already is skipped."""
    with cluster.running(settings, say) as url:
        engine = store.engine(url, settings.pool_size)
        try:
            say("ready.schema")
            migrate(engine)
            say("ready.reference")
            reference.load(engine, settings.reference)
            if with_demo and _is_empty(engine):
                from data.store import demo  # noqa: PLC0415 - needed once in a database's life

                say("ready.demo")
                demo.load(engine, settings)
            yield engine
        finally:
            engine.dispose()


def _is_empty(engine: Engine) -> bool:
    with engine.connect() as connection:
        return not connection.scalar(text("SELECT EXISTS (SELECT FROM organisation)"))
