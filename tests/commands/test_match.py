import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine, text

from commands.door import run as run_command
from config.settings import ROOT
from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.queries import proposals
from data.store import edit, terms

Run = Callable[..., tuple[int, str, str]]

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
OULU = {"easting_m": 429_300.0, "northing_m": 7_209_300.0}


def add(engine: Engine, direction: Direction, title: str, place: dict[str, float]) -> int:
    """Add a company with one resource, and give the resource's id."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy"))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **place))
    return edit.add_resource(
        engine, "Anna", site.id, Resource(direction=direction, type=ResourceType.MATERIAL, title=title)
    ).id


@pytest.fixture(scope="module")
def pair(engine: Engine) -> tuple[int, int]:
    """Add an offer in Kajaani and a need in Oulu."""
    offer = add(engine, Direction.HAVE, "Puutuhkaa", KAJAANI)
    return offer, add(engine, Direction.WANT, "Tuhkaa lannoitteeksi", OULU)


def test_partners_of_a_resource_come_with_their_reasons(run: Run, pair: tuple[int, int]) -> None:
    """As JSON, in the language asked; within a region only its own."""
    status, out, _ = run("match", "for", pair[0], "--json", "--lang", "sv")
    (found,) = json.loads(out)
    assert (status, found["resource_id"], found["method"]) == (0, pair[1], "road")
    assert found["reasons"][0].startswith("Gemensamt: ")
    assert 0 < found["score"] <= 1
    assert json.loads(run("match", "for", pair[0], "--json", "--within", "18")[1]) == []
    assert len(json.loads(run("match", "for", pair[0], "--json", "--within", "17")[1])) == 1


def test_a_refresh_proposes_once(run: Run, pair: tuple[int, int]) -> None:
    """The second finds nothing new."""
    assert pair
    figures = [json.loads(run("match", "refresh", "--json")[1]) for _ in range(2)]
    assert {"resources", "pairs_scored", "synergies_proposed", "seconds"} <= set(figures[0])
    assert [one["synergies_proposed"] for one in figures] == [1, 0]


def test_a_refresh_lets_a_proposal_end_with_its_listing(run: Run, engine: Engine, pair: tuple[int, int]) -> None:
    """And brings it back; the row and its history stay the same synergy's."""
    run("match", "refresh")
    lives = []
    for day in (date(2020, 1, 1), None):
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE resource SET expires_on = :day WHERE id = :id"), {"day": day, "id": pair[1]}
            )
        told = json.loads(run("match", "refresh", "--json")[1])
        stages = proposals.of(engine, pair[0])["stage"].tolist()
        lives.append((told["synergies_lapsed"], told["synergies_returned"], told["synergies_proposed"], stages))
    assert lives == [(1, 0, 0, ["lapsed"]), (0, 1, 0, ["identified"])]


def test_a_taught_word_reaches_the_next_question(run: Run, engine: Engine, pair: tuple[int, int]) -> None:
    """Until it is forgotten; a refresh says what it has learned from, and that it was too little."""
    offer = add(engine, Direction.HAVE, "Hömpsyä", KAJAANI)
    assert json.loads(run("match", "for", offer, "--json")[1]) == []
    word = terms.add(engine, "Anna", "ash", "fi", "hömpsy")
    assert [one["resource_id"] for one in json.loads(run("match", "for", offer, "--json")[1])] == [pair[1]]
    terms.forget(engine, "Anna", word)
    assert json.loads(run("match", "for", offer, "--json")[1]) == []
    told = json.loads(run("match", "refresh", "--json")[1])
    assert (told["decisions"], told["learned"]) == (0, False)
    assert "0/200" in run("match", "refresh", "--lang", "fi")[1]


@pytest.mark.parametrize("arguments", [("match", "for", "999999"), ("match", "for", "1", "--within", "03")])
def test_what_is_not_there_is_refused_with_a_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    """Exit status 1, and no traceback."""
    status, out, error = run(*arguments)
    assert (status, out) == (1, "")
    assert error.strip().endswith(".")


PAIRS = pd.DataFrame(
    [
        ("pair", "A", "Lentotuhkaa", "Fly ash", "Tuhkaa maarakentamiseen", "Ash for earthworks", "A"),
        ("distractor_need", "B", "", "", "Rehua sioille", "Feed for pigs", ""),
    ],
    columns=["kind", "pair_id", "offer_fi", "offer_en", "need_fi", "need_en", "relevant_need_ids"],
)


def test_evaluate_needs_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Figures by condition, and every pair's score on request."""
    monkeypatch.setenv("SYNERGIA_DATABASE_URL", "postgresql+psycopg://nobody@localhost:1/nowhere")
    file, scores = tmp_path / "pairs.csv", tmp_path / "scores.csv"
    PAIRS.to_csv(file, index=False)
    assert run_command(["match", "evaluate", str(file), "--scores", str(scores), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"fi-fi", "en-en", "fi-en", "en-fi", "mixed"}
    assert found["fi-fi"] == {"recall_at_10": 1.0, "mrr": 1.0, "n": 1}
    assert list(pd.read_csv(scores).columns) == ["condition", "seed", "offer_id", "need_id", "score"]


@pytest.mark.parametrize(
    ("content", "word"),
    [(PAIRS.drop(columns="need_fi").to_csv(), "need_fi"), (PAIRS.iloc[1:].to_csv(), "pair"), ("\x00\x01", "pairs.csv")],
)
def test_a_file_that_says_nothing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, word: str
) -> None:
    """A column away, no pairs, no table: the sentence names it."""
    file = tmp_path / "pairs.csv"
    file.write_text(content, encoding="utf-8")
    assert run_command(["match", "evaluate", str(file)]) == 1
    assert word in capsys.readouterr().err


def test_evaluate_gives_the_same_in_every_process(tmp_path: Path) -> None:
    """Python shuffles its sets anew in each process; figures and scores must not notice."""
    file = ROOT / "benchmarks" / "listings" / "terse_dev.csv"
    written = []
    for seed in ("1", "2"):
        scores = tmp_path / f"scores_{seed}.csv"
        command = [sys.executable, "synergia.py", "match", "evaluate", str(file), "--scores", str(scores), "--json"]
        surroundings = {"PYTHONHASHSEED": seed, "PATH": os.defpath, "HOME": str(tmp_path)}
        done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, check=True)  # noqa: S603 - ours
        written.append((done.stdout, scores.read_bytes()))
    assert written[0] == written[1]
