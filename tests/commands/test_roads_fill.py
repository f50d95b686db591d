import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from config.settings import ROOT
from data.store import distances

Run = Callable[..., tuple[int, str, str]]
SITES = 400

MAKE_SITES = """
WITH company AS (INSERT INTO organisation (name) VALUES ('Tuhka Oy') RETURNING id)
INSERT INTO site (organisation_id, name, point)
SELECT company.id, 'Tehdas', ST_SetSRID(ST_MakePoint(500000 + 500 * (number % 20), 7100000 + 500 * (number / 20)), 3067)
FROM company, generate_series(1, :sites) AS number
"""


@pytest.fixture
def sites(engine: Engine) -> None:
    """Put so many sites into the database that filling takes several chunks."""
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE organisation, distance_site, distance_cache CASCADE"))
        connection.execute(text(MAKE_SITES), {"sites": SITES})


def done(engine: Engine) -> int:
    """Count the sites whose distances are kept."""
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM distance_site")) or 0)


def kept(engine: Engine) -> int:
    """Count the distances that are kept."""
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM distance_cache")) or 0)


@pytest.mark.usefixtures("sites")
@pytest.mark.parametrize("moment_s", [0.0, 0.05, 0.2])
def test_ctrl_c_keeps_what_is_done(run: Run, database: str, engine: Engine, moment_s: float) -> None:
    """At any moment: one sentence, whole chunks, and the next command does the rest."""
    command = [sys.executable, "synergia.py", "roads", "fill", "--lang", "en"]
    environment = {**os.environ, "SYNERGIA_DATABASE_URL": database}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as filling:  # noqa: S603 - our own words
        while not done(engine):
            assert filling.poll() is None
            time.sleep(0.005)
        time.sleep(moment_s)
        filling.send_signal(signal.SIGINT)
        said = filling.communicate()[1]
    assert filling.returncode == 1
    assert said.splitlines()[-1].startswith("Computing was stopped. The distances done so far are kept")
    assert "Traceback" not in said
    ready = done(engine)
    assert 0 < ready < SITES
    assert kept(engine) == ready**2
    status, out, _ = run("roads", "fill", "--json")
    found = json.loads(out)
    assert (status, found["sites"], found["pairs"]) == (0, SITES, SITES**2)
    assert found["computed"] == SITES**2 - ready**2
    assert set(found) == {"sites", "pairs", "computed", "hash", "seconds"}
    assert json.loads(run("roads", "fill", "--json")[1])["computed"] == 0


@pytest.mark.usefixtures("sites")
@pytest.mark.parametrize(("language", "words"), [("fi", "enintään 399"), ("sv", "högst 399"), ("en", "at most 399")])
def test_too_many_sites_are_refused(run: Run, monkeypatch: pytest.MonkeyPatch, language: str, words: str) -> None:
    """In a sentence that says that nothing is lost by it."""
    monkeypatch.setattr(distances, "MOST_SITES", SITES - 1)
    status, out, said = run("roads", "fill", "--json", "--lang", language)
    assert (status, out) == (1, "")
    assert words in said.splitlines()[-1]


@pytest.mark.usefixtures("sites")
def test_a_refresh_fills_too(run: Run, engine: Engine) -> None:
    """So that the page of partners need not compute what it shows."""
    assert run("match", "refresh")[0] == 0
    assert done(engine) == SITES
