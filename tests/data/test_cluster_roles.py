"""A private cluster that was made before there were roles gets them; the app's own login gets no further than them."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from config.errors import StoreProblem
from config.settings import Settings
from data import cluster
from data.cluster import layout, roles

FLAGS = "SELECT proname FROM pg_proc WHERE proleakproof AND proname = ANY(:names) ORDER BY proname"


def test_an_older_cluster_gets_its_roles_at_the_next_start(own_home: Path) -> None:
    """Running it is left as it is and said; stopped it gets them, and the marks that let indexes work."""
    settings = Settings(home=own_home, database_url=None)
    files = layout.of(settings)
    with cluster.running(settings):
        files.app_password.unlink()
        with pytest.raises(StoreProblem, match=r"roles\.restart"), cluster.running(settings):
            pass
    with cluster.running(settings) as url:
        with create_engine(url).connect() as connection:
            assert connection.scalar(text("SELECT pg_has_role('synergia', 'synergia_screen', 'MEMBER')"))
        with create_engine(cluster.app_url(settings)).connect() as connection:
            assert connection.scalar(text("SELECT session_user")) == "synergia_app"
            names = [one.partition("(")[0] for one in roles.LEAKPROOF]
            assert connection.scalars(text(FLAGS), {"names": names}).all() == sorted(names)
            with pytest.raises(ProgrammingError):
                connection.execute(text("SET ROLE synergia"))
    assert files.app_password.stat().st_mode & 0o077 == 0


def test_the_apps_login_may_neither_make_nor_change_anything(settings: Settings, database: str) -> None:
    """No table, no view, no policy, and nothing of another role's."""
    address = make_url(cluster.app_url(settings)).set(drivername="postgresql", database=make_url(database).database)
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
        for statement in (
            "CREATE TABLE mine (id int)",
            "CREATE OR REPLACE FUNCTION viewer_told() RETURNS text LANGUAGE sql AS $$ SELECT 'national' $$",
            "ALTER TABLE organisation DISABLE ROW LEVEL SECURITY",
            "CREATE POLICY mine ON organisation USING (true)",
            "DROP VIEW shown_site",
            "TRUNCATE organisation",
            "CREATE ROLE other",
            "COPY organisation TO PROGRAM 'cat'",
            "SELECT pg_read_file('/etc/passwd')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)  # type: ignore[call-overload]
