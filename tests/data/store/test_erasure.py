import os
import re
import subprocess

import pytest
from sqlalchemy import Engine, text

from config.errors import StoreProblem
from config.settings import Settings
from data import cluster, store
from data.model import Organisation, Site
from data.queries import person as people
from data.queries.person import Person
from data.store import audit, edit, erasure
from data.viewer import Role, Viewer, viewing

AINO = Person(("Aino Zahlo",), ("aino.zahlo@tuhka.fi",), ("040 123 4567",), ("Zahlo",))
TRACES = re.compile(r"zahlo|040[ -]?123|\+358 ?40 ?123", re.IGNORECASE)
PLANTED = (
    """INSERT INTO contact (organisation_id, name, email, phone)
    VALUES (:o, 'Aino Zahlo', 'Aino.Zahlo@tuhka.fi', '040 123 4567'),
        (:o, 'Ville Zahlola', 'v@tuhka.fi', '040 765 4321')""",
    """INSERT INTO contact_log (organisation_id, contact_id, channel, note, happened_on)
    SELECT :o, id, 'visit', E'Soitto:\nAino Zahlo lupasi; Zahlon numero +358 40 123-4567.', '2026-11-01'
    FROM contact WHERE name = 'Aino Zahlo'""",
    "INSERT INTO expert (name, email, competencies) VALUES ('Zahlo Aino', 'aino.zahlo@tuhka.fi', '{ash}')",
    "INSERT INTO organiser (organisation_id, regions, coordinators) VALUES (:o, '{18}', '{Ville Zahlola,Aino Zahlo}')",
    "UPDATE organisation SET other_names = '{Tmi Aino Zahlo}', created_by = 'Aino Zahlo' WHERE id = :o",
    "UPDATE organisation SET other_names = '{}' WHERE id = :o",
    "UPDATE contact SET role = E'rivi\nAino Zahlolle' WHERE name = 'Aino Zahlo'",
    "UPDATE contact SET role = E'sijaisena\nAino Zahlo' WHERE name = 'Ville Zahlola'",
    "UPDATE contact SET role = '' WHERE name = 'Ville Zahlola'",
    """INSERT INTO import_log (importer, file_name, file_sha256, channel, imported_by, problems)
    VALUES ('table', 'Aino Zahlo.xlsx', '', 'other', 'Aino Zahlo', '[{"value": "Aino \\"Zahlo\\""}]')""",
    "INSERT INTO lesson (learned_by, told) VALUES ('aino zahlo', '{}')",
)


@pytest.fixture
def company(engine: Engine) -> edit.Row:
    """Add a company in whose rows and history a person stands in many ways."""
    row = edit.add_organisation(engine, "Aino Zahlo", Organisation(name="Tuhka Oy"))
    edit.add_site(engine, "Aino Zahlo", row.id, Site(name="Zahlokoski", easting_m=536_400.0, northing_m=7_122_500.0))
    with engine.begin() as connection:
        for statement in PLANTED:
            connection.execute(text(statement.replace('\\\\"', '\\"')), {"o": row.id})
    audit.record(engine, audit.Kind.EXPORTED, audit.Event(person="Aino Zahlo", details={"to": "aino.zahlo@tuhka.fi"}))
    return row


def dumped(settings: Settings, engine: Engine) -> str:
    """Write the whole database as text, by PostgreSQL's own program."""
    programs, url = cluster.tools(settings), engine.url
    environment = os.environ | dict(programs.environment()) | {"PGPASSWORD": url.password or ""}
    command = [str(programs.folder / "pg_dump"), f"--host={url.query['host']}", f"--username={url.username}"]
    done = subprocess.run([*command, str(url.database)], env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - PostgreSQL's own
    return done.stdout


def test_all_that_is_known_of_a_person_can_be_handed_over(engine: Engine, company: edit.Row) -> None:
    """Every table in which the person stands, and nobody else's rows."""
    known = people.known(engine, AINO)
    assert known.keys() >= {"contact", "contact_log", "expert", "organiser", "import_log", "lesson", "change", "audit"}
    assert "Ville Zahlola" not in {row["name"] for row in known["contact"]}
    assert company.id in {row["id"] for row in known["organisation"]}


def test_nothing_is_left_of_an_erased_person(engine: Engine, settings: Settings, company: edit.Row) -> None:
    """Neither in the rows nor in the history of any table: the whole database is searched as text."""
    before = dumped(settings, engine)
    assert len(TRACES.findall(before)) > 20
    counts = erasure.erase(engine, "Ville Koe", AINO, "poistettu henkilö")
    left = [line for line in dumped(settings, engine).splitlines() if TRACES.search(line)]
    others = ("Zahlola", "Zahlokoski")
    assert [line for line in left if TRACES.search(re.sub("|".join(others), "", line))] == []
    assert counts["contact"] >= 1
    assert people.known(engine, AINO) == {}
    with engine.connect() as connection:
        note = connection.scalar(text("SELECT note FROM contact_log WHERE organisation_id = :o"), {"o": company.id})
        coordinators = connection.scalar(text("SELECT coordinators FROM organiser"))
        seen = connection.scalar(
            text("SELECT subject FROM audit WHERE kind = 'person_erased' ORDER BY id DESC LIMIT 1")
        )
    mark = str(seen)
    assert note == f"Soitto:\n{mark} lupasi; {mark} numero {mark}."
    assert coordinators == ["Ville Zahlola", mark]


def test_a_form_that_was_open_cannot_bring_the_words_back(engine: Engine, company: edit.Row) -> None:
    """The row has a new version, so saving the old text is refused as stale."""
    erasure.erase(engine, "Ville Koe", AINO, "poistettu henkilö")
    with engine.connect() as connection:
        version = connection.scalar(text("SELECT version FROM organisation WHERE id = :id"), {"id": company.id})
    opened = edit.change(
        engine, "Ville", edit.Row("organisation", company.id, int(str(version))), {"other_names": ("Tmi Aino Zahlo",)}
    )
    erasure.erase(engine, "Ville Koe", AINO, "poistettu henkilö")
    with pytest.raises(StoreProblem, match="changed_meanwhile"):
        edit.change(engine, "Ville", opened.row, {"other_names": ("Tmi Aino Zahlo", "Tuhka")})


@pytest.mark.parametrize(
    ("person", "words", "found"),
    [
        (Person(("Matti Virtanen",)), "Matti Virtasen, Matti Virtaselle ja Virtanen, Matti", True),
        (Person(("Matti Virtanen",)), "Matti Virtalan tila", False),
        (Person(("Anna",)), "Annalan Anna", False),
        (Person(("Anna",)), "Anna", True),
        (Person(emails=("a.b@c.fi",)), "xa.b@c.fi", False),
        (Person(emails=("a.b@c.fi",)), "A.B@C.fi.", True),
        (Person(phones=("+358 40 123 4567",)), "puh. 0401234567", True),
        (Person(phones=("040 123 4567",)), "10401234567", False),
        (Person(words=("Åke-Östen",)), "kysy Åke-Östenssonilta", False),
        (Person(words=("Åke-Östen",)), "kysy ÅKE-ÖSTENILLÄ", True),
        (Person(("A. (B) *",)), "a. (b) *", True),
    ],
)
def test_a_name_is_found_in_its_cases_and_no_other_word_is(
    engine: Engine, person: Person, words: str, *, found: bool
) -> None:
    """Endings, order, capitals, spaces in numbers; and not what only begins alike."""
    with engine.connect() as connection:
        asked = text('SELECT CAST(:words AS text) COLLATE "fi-x-icu" ~* :pattern')
        assert connection.scalar(asked, {"words": words, "pattern": person.pattern}) is found


def test_nobody_is_refused(engine: Engine) -> None:
    """A person without a name, an address or a number would be everybody."""
    with pytest.raises(StoreProblem, match="nobody"):
        erasure.erase(engine, "Ville", Person((" ",), ("",), ("112",)), "x")


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.NATIONAL])
def test_only_the_national_coordinator_may_ask_or_erase(database: str, company: edit.Row, role: Role) -> None:
    """The database refuses all others, whatever a page lets through, and nothing is touched."""
    with viewing(Viewer("Ville", role, ("18",), company.id)):
        with pytest.raises(StoreProblem):
            people.known(store.bound(database, 2), AINO)
        with pytest.raises(StoreProblem):
            erasure.erase(store.bound(database, 2), "Ville", AINO, "x")
    store.bound(database, 2).dispose()


@pytest.mark.usefixtures("company")
def test_the_national_coordinator_erases_through_the_app(database: str, engine: Engine) -> None:
    """Also what row security would not let anybody change, as the history."""
    with viewing(Viewer("Ville", Role.NATIONAL)):
        app = store.bound(database, 2)
        assert people.known(app, AINO)["contact"]
        assert erasure.erase(app, "Ville", AINO, "x")["change"] > 0
        app.dispose()
    assert people.known(engine, AINO) == {}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Matti Lahti", "Matti Lahden numero"),
        ("Sirpa Pihlakoski", "Sirpa Pihlakosken"),
        ("Ari Virta", "Kysy Ari Virralta."),
        ("Pekka Niemi", "Niemi Pekan kautta"),
        ("Aino Mäki", "Aino Mäelle"),
    ],
)
def test_a_name_is_found_in_its_cases(name: str, told: str) -> None:
    """Also where its consonants or its last vowel change; and a longer name is another one."""
    assert re.search(Person((name,)).pattern, told)
    assert not re.search(Person((name,)).pattern, f"{name}nen")
