from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from config import settings
from config.texts import LANGUAGES
from dashboard.importing import parts
from dashboard.importing.staging import Upload
from data.importers import Options
from data.viewer import Role, Viewer, viewing

SAMPLES = settings.ROOT / "tests" / "samples"
LONG = 60.0
ME = Viewer("Testi", Role.NATIONAL)
HEAD = "Yritys;Y-tunnus;Kunta;Suunta;Otsikko;Määrä;Yksikkö"
ODD = "**Pertti** $x^2$ <b>Oy</b> {nimi}"
GOOD = f"{ODD};;Oulu;tarjolla;Hake;12;t"
FAULTY = "Paula Oy;2077474-1;Raahe;tarvitaan;Tuhka;7;t"
HOPELESS = "Pirkko Oy;[huu](http://haa);Raahe;tarvitaan;Tuhka;7;t"
Stage = Callable[..., str]
Open = Callable[..., AppTest]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let uploads wait in a folder of this test."""
    monkeypatch.setenv("SYNERGIA_HOME", str(tmp_path))
    settings.load.cache_clear()
    return tmp_path


@pytest.fixture
def stage(home: Path, open_page: Open) -> Iterator[Stage]:  # noqa: ARG001 - both set up what jobs() reads
    """Give a function that uploads and checks a file, and answers its id."""
    settings.load.cache_clear()

    def staged(*rows: str, head: str = HEAD) -> str:
        upload = Upload("taulu.csv", "\n".join([head, *rows]).encode())
        job = parts.jobs().open(parts.jobs().staging.put([upload], Options()).id)
        assert job is not None
        with viewing(ME):
            job.check()
        assert job.wait(LONG)
        return job.staged.id

    yield staged
    parts.jobs().workers.close()


@pytest.fixture
def stage_file(stage: Stage) -> Callable[[Path], str]:  # noqa: ARG001 - sets up what jobs() reads
    """Give a function that uploads and checks a file of the disk, and answers its id."""

    def staged(path: Path) -> str:
        job = parts.jobs().open(parts.jobs().staging.put([Upload(path.name, path.read_bytes())], Options()).id)
        assert job is not None
        with viewing(ME):
            job.check()
        assert job.wait(LONG)
        return job.staged.id

    return staged


def html(app: AppTest) -> str:
    """Gather all the page's own HTML."""
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_step_asks_for_a_file(stage: Stage, open_page: Open, language: str) -> None:  # noqa: ARG001
    """Upload, channel, date, kinds of files and templates, and no button that could save anything."""
    app = open_page("importing", lang=language)
    assert not app.exception
    assert len(app.file_uploader) == 1
    assert app.button(key="check_file").disabled
    assert len(app.get("download_button")) == len(LANGUAGES)


def test_a_link_to_a_file_that_is_gone_says_so(stage: Stage, open_page: Open) -> None:  # noqa: ARG001
    """An old link leads to the first step and explains itself."""
    app = open_page("importing", id="0" * 32, lang="en")
    assert "no longer on the server" in html(app)
    assert len(app.file_uploader) == 1


def test_a_checked_file_shows_figures_table_and_button(stage: Stage, open_page: Open, engine: Engine) -> None:
    """The button counts the clear proposal in, and nothing is saved before it is pressed."""
    app = open_page("importing", id=stage(GOOD, FAULTY, HOPELESS), lang="fi")
    assert not app.exception
    assert "<b>3\xa0riviä</b>" in html(app)
    assert app.button(key="import_now").label == "Tuo 2\xa0riviä"
    table = app.data_editor[0].value
    assert table["value"].to_list() == ["2077474-1", "[huu](http://haa)"]
    assert table["fix"].to_list() == [True, False]
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM resource")) == 0


def test_importing_ends_with_the_result(stage: Stage, open_page: Open, engine: Engine) -> None:
    """The figures, what was left out, and the problems to take along."""
    identity = stage(GOOD, FAULTY, HOPELESS)
    app = open_page("importing", id=identity, lang="fi")
    app.button(key="import_now").click().run()
    job = parts.jobs().open(identity)
    assert job is not None
    assert job.wait(LONG)
    app.run()
    assert "Tuotiin <b>2\xa0riviä</b>. <b>1\xa0rivi</b> jäi pois." in html(app)
    with engine.connect() as connection:
        names = set(connection.scalars(text("SELECT name FROM organisation")))
        connection.execute(text("TRUNCATE organisation, site, resource, import_log CASCADE"))
        connection.commit()
    assert names == {ODD, "Paula Oy"}


def test_all_or_nothing_holds_the_button_back(stage: Stage, open_page: Open) -> None:
    """The user sees why, and what would free it."""
    identity = stage(GOOD, HOPELESS)
    app = open_page("importing", id=identity, lang="en")
    app.checkbox(key=f"all_{identity}").check().run()
    assert app.button(key="import_now").disabled
    assert "Rows that would be left out: 1" in html(app)


def test_unknown_headings_come_first(stage: Stage, open_page: Open) -> None:
    """A refused table shows its columns with the reason, and goes on once they have a meaning."""
    identity = stage("Pertti Oy;tarjolla;Hake;Oulu", head="Yritys;Suunta;Kama;Kunta")
    app = open_page("importing", id=identity, lang="fi")
    assert "puuttuu sarake" in html(app)
    assert app.data_editor[0].value["heading"].to_list()[0] == "Kama"
    assert app.button(key="to_check").disabled


def test_values_reach_the_screen_escaped(stage: Stage, open_page: Open) -> None:
    """What stands in the file is never part of the page's own HTML."""
    app = open_page("importing", id=stage("<i>Oy</i>;<i>x</i>;Oulu;tarjolla;Hake;12;t"), lang="fi")
    assert "&lt;i&gt;x&lt;/i&gt; ei ole y-tunnus" in html(app)
    assert "<i>x</i>" not in html(app)


def test_changing_the_file_throws_it_away(stage: Stage, open_page: Open, home: Path) -> None:
    """The upload is gone from the disk, and the page asks for another."""
    app = open_page("importing", id=stage(GOOD), lang="fi")
    app.button(key="change_file").click().run()
    assert len(app.file_uploader) == 1
    assert not list((home / "staging").iterdir())


def test_every_sample_is_shown_or_refused_in_a_sentence(stage_file: Callable[[Path], str], open_page: Open) -> None:
    """Whatever is wrong with a file, the page answers; what stands in it is never markup of ours."""
    wrong = {}
    for sample in sorted(SAMPLES.glob("*.*")):
        identity = stage_file(sample)
        app = open_page("importing", id=identity, lang="sv")
        told = html(app)
        job = parts.jobs().open(identity)
        answered = any(words in told for words in ("Filen har <b>", 'class="refusal"', "Av kolumnerna"))
        rendered = any(markup in told for markup in ("<script>alert", "<img src=x"))
        if app.exception or not answered or rendered or job is None or job.status.reference:
            wrong[sample.name] = told
    assert wrong == {}
