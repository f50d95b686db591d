import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, text

from data.model import Organisation
from data.store import edit

Run = Callable[..., tuple[int, str, str]]


def plant(engine: Engine) -> None:
    """Add a company with a contact, and a talk with her."""
    company = edit.add_organisation(engine, "Kerttu Testilä", Organisation(name="Tuhka Oy"))
    with engine.begin() as connection:
        contact = "INSERT INTO contact (organisation_id, name, email) VALUES (:id, 'Kerttu Testilä', 'kt@tuhka.fi')"
        connection.execute(text(contact), {"id": company.id})
        log = (
            "INSERT INTO contact_log (organisation_id, channel, note, happened_on) VALUES (:id, 'visit', :note, now())"
        )
        connection.execute(text(log), {"id": company.id, "note": "Kerttu Testilälle soitettu"})


def events(engine: Engine) -> list[tuple[object, ...]]:
    """Read what the audit tells."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT kind, person, rows FROM audit ORDER BY id"))
        return [tuple(row) for row in rows]


def test_a_person_is_handed_over_and_then_erased(run: Run, engine: Engine, tmp_path: Path) -> None:
    """First the file, then what would go, then it goes; each leaves its line in the audit."""
    plant(engine)
    file = tmp_path / "person.json"
    status, out, _ = run("gdpr", "export", file, "--name", "kerttu testilä", "--json")
    assert status == 0
    known = json.loads(file.read_text())
    assert json.loads(out)["rows"] == sum(map(len, known.values()))
    assert {"contact", "contact_log", "organisation"} <= known.keys()
    assert file.stat().st_mode & 0o077 == 0
    status, out, _ = run("gdpr", "erase", "--name", "Kerttu Testilä", "--email", "kt@tuhka.fi", "--json")
    assert (status, json.loads(out)["erased"]) == (0, False)
    assert json.loads(out)["tables"]["contact"] == 1
    assert run("gdpr", "erase", "--name", "Kerttu Testilä", "--yes")[0] == 0
    status, out, _ = run("gdpr", "erase", "--name", "Kerttu Testilä", "--json")
    assert json.loads(out)["tables"] == {}
    assert [kind for kind, _, _ in events(engine)][-2:] == ["person_exported", "person_erased"]


def test_a_person_without_a_sign_is_refused(run: Run) -> None:
    """One sentence, and nothing is done."""
    status, _, err = run("gdpr", "erase", "--name", " ", "--yes", "--lang", "en")
    assert status == 1
    assert "Nothing was given to find the person by" in err


def test_retention_is_one_command(run: Run, engine: Engine) -> None:
    """What was deleted long ago and what the audit need not know any more goes."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Vanha Oy"))
    edit.delete(engine, "Anna", company)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE organisation SET deleted_at = now() - interval '40 days' WHERE name = 'Vanha Oy'")
        )
        connection.execute(
            text("INSERT INTO audit (kind, happened_at) VALUES ('signed_in', now() - interval '3 years')")
        )
    status, out, _ = run("db", "retention", "--json")
    assert status == 0
    assert json.loads(out) == {"audit": 1, "purged": {"organisation": 1}}


def test_exports_and_backups_leave_their_line(run: Run, engine: Engine, tmp_path: Path) -> None:
    """Who took how many rows out."""
    assert run("export", "table", tmp_path / "t.csv")[0] == 0
    assert run("db", "backup", tmp_path / "b.backup")[0] == 0
    told = events(engine)[-2:]
    assert [(kind, person) for kind, person, _ in told] == [("exported", "komentorivi"), ("backed_up", "komentorivi")]
    assert int(str(told[1][2])) > 1000
