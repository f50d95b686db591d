import os
import subprocess
from datetime import date

import pytest
from sqlalchemy import Engine

from config.errors import StaleEdit, StoreProblem
from config.settings import Settings
from data import cluster
from data.model import Channel, Organisation, Site
from data.queries import activation as queries
from data.queries.activation import Sought
from data.store import contacts, edit
from data.store.contacts import Contact, Talk, Version
from data.viewer import Role, Viewer, viewing

KAINUU = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
SIRPA = Contact(name="Sirpa  Pihlakoski", role="ympäristöpäällikkö", email="sirpa@tehdas.fi", phone="040 555 7788")


@pytest.fixture
def company(engine: Engine) -> edit.Row:
    """Add a company in Kainuu."""
    row = edit.add_organisation(engine, "Anna", Organisation(name="Tehdas Oy"))
    edit.add_site(engine, "Anna", row.id, Site(name="Tehdas", **KAINUU))
    return row


@pytest.fixture
def sirpa(engine: Engine, company: edit.Row) -> Version:
    """Add a contact who is spoken of in a note, and whose number has changed once."""
    row = contacts.add(engine, "Anna", company.id, SIRPA)
    told = Talk(
        channel=Channel.VISIT,
        happened_on=date(2026, 11, 2),
        note="Pihlakoski Sirpa lupasi Sirpa Pihlakosken puolesta; hänen numeronsa on +358405557788.",
        contact_id=row.id,
        remind_on=date(2026, 11, 20),
    )
    contacts.log(engine, "Anna", company.id, told)
    return contacts.change(engine, "Anna", row, Contact(name="Sirpa Pihlakoski", email="sirpa@tehdas.fi"))


def dumped(settings: Settings, engine: Engine) -> str:
    """Write the whole database as text, by PostgreSQL's own program."""
    programs, url = cluster.tools(settings), engine.url
    environment = os.environ | dict(programs.environment()) | {"PGPASSWORD": url.password or ""}
    command = [str(programs.folder / "pg_dump"), f"--host={url.query['host']}", f"--username={url.username}"]
    done = subprocess.run([*command, str(url.database)], env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - PostgreSQL's own
    return done.stdout


def status(engine: Engine, company: edit.Row) -> str:
    """Tell how far a company has come."""
    return str(queries.page(engine, (company.id,))["activation"][0])


def test_a_talk_makes_a_known_company_a_contacted_one(engine: Engine, company: edit.Row) -> None:
    """And a committed one stays what it is."""
    assert status(engine, company) == "known"
    talk = Talk(channel=Channel.INTERVIEW, happened_on=date(2026, 11, 2))
    contacts.log(engine, "Anna", company.id, talk)
    assert status(engine, company) == "contacted"
    edit.change(engine, "Anna", edit.Row("organisation", company.id, 2), {"activation": "committed"})
    contacts.log(engine, "Anna", company.id, talk)
    assert status(engine, company) == "committed"


def test_a_reminder_is_open_until_it_is_seen_to(engine: Engine, company: edit.Row, sirpa: Version) -> None:
    """By hand, or by a talk on its day or later; a date before the talk is refused."""
    assert sirpa.version == 2
    mine = queries.reminders(engine, Sought(region="18"))
    one = mine[mine["organisation_id"] == company.id].iloc[0]
    assert (one["remind_on"], one["contact"]) == (date(2026, 11, 20), "Sirpa Pihlakoski")
    with pytest.raises(StaleEdit):
        contacts.settle(engine, "Anna", int(one["id"]), date(2026, 11, 21))
    contacts.settle(engine, "Anna", int(one["id"]), date(2026, 11, 20))
    assert company.id not in set(queries.reminders(engine, Sought())["organisation_id"])
    wrong = Talk(channel=Channel.VISIT, happened_on=date(2026, 11, 2), remind_on=date(2026, 11, 2))
    with pytest.raises(StoreProblem):
        contacts.log(engine, "Anna", company.id, wrong)
    for day, remind in ((3, date(2026, 11, 10)), (10, None)):
        later = Talk(channel=Channel.VISIT, happened_on=date(2026, 11, day), remind_on=remind)
        contacts.log(engine, "Anna", company.id, later)
    assert company.id not in set(queries.reminders(engine, Sought())["organisation_id"])


def test_a_stale_contact_is_not_written_over(engine: Engine, company: edit.Row, sirpa: Version) -> None:
    """Nor erased: the second is told."""
    old = Version(sirpa.id, sirpa.version - 1)
    with pytest.raises(StaleEdit):
        contacts.change(engine, "Ville", old, Contact(name="Toinen"))
    with pytest.raises(StaleEdit):
        contacts.erase(engine, "Ville", old, "poistettu henkilö")
    assert queries.contacts(engine, company.id)["name"].to_list() == ["Sirpa Pihlakoski"]


@pytest.mark.parametrize("role", ["national", "regional", "company"])
def test_an_erased_contact_is_nowhere(
    role: str, engine: Engine, app_engine: Engine, settings: Settings, company: edit.Row, sirpa: Version
) -> None:
    """Whoever may change the contact may have it erased: the whole database, searched as text, has no trace."""
    special = {
        "regional": Viewer("Oma", Role.REGIONAL, ("18",)),
        "company": Viewer("Oma", Role.COMPANY, (), company.id),
    }
    with viewing(special.get(role, Viewer("Valtakunta", Role.NATIONAL))):
        counts = contacts.traces(app_engine, sirpa.id)
        assert counts.keys() >= {"contact", "contact_log"}
        contacts.erase(app_engine, "Oma", sirpa, "poistettu henkilö")
        with pytest.raises(StoreProblem):
            contacts.erase(app_engine, "Oma", sirpa, "poistettu henkilö")
    left = dumped(settings, engine).lower()
    assert [one for one in ("pihlakosk", "sirpa@tehdas", "5557788", "555 7788") if one in left] == []
    note = queries.talks(engine, company.id)["note"][0]
    assert "poistettu henkilö" in note
    assert note.endswith(".")


def test_a_first_name_alone_is_nobody_elses(engine: Engine, company: edit.Row) -> None:
    """Erasing one Maija leaves the other, and the history of the one is empty."""
    one, other = (
        contacts.add(engine, "Anna", company.id, Contact(name="Maija", phone=p)) for p in ("040 111 2223", "")
    )
    contacts.change(engine, "Anna", other, Contact(name="Maija", role="tuotanto"))
    contacts.erase(engine, "Anna", one, "poistettu henkilö")
    assert queries.contacts(engine, company.id)["id"].to_list() == [other.id]


def test_others_contacts_are_refused(app_engine: Engine, company: edit.Row, sirpa: Version) -> None:
    """A coordinator of another region neither counts nor erases, and a planner neither."""
    for viewer in (Viewer("Muu", Role.REGIONAL, ("01",)), Viewer("Suunnittelija", Role.PLANNER)):
        with viewing(viewer):
            assert queries.contacts(app_engine, company.id).empty
            with pytest.raises(StoreProblem):
                contacts.traces(app_engine, sirpa.id)
            with pytest.raises(StoreProblem):
                contacts.erase(app_engine, "Muu", sirpa, "poistettu henkilö")


def test_a_talk_is_corrected_unless_somebody_was_faster(engine: Engine) -> None:
    """Every field; what was changed meanwhile isn't written over, and a reminder before the talk is refused."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Korjattava Oy")).id
    person = contacts.add(engine, "Anna", company, Contact(name="Kaisa Korjaaja"))
    was = Talk(channel=Channel.VISIT, happened_on=date(2026, 11, 2), note="tuhkaa 2 t")
    talk = contacts.log(engine, "Anna", company, was)
    right = Talk(
        channel=Channel.OTHER,
        happened_on=date(2026, 11, 3),
        note="tuhkaa 20 t",
        remind_on=date(2026, 12, 1),
        contact_id=person.id,
    )
    contacts.correct(engine, "Anna", talk, was, right)
    (told,) = queries.talks(engine, company).to_dict("records")
    assert (told["channel"], told["note"], told["contact_id"]) == ("other", "tuhkaa 20 t", person.id)
    assert (told["happened_on"], told["remind_on"]) == (date(2026, 11, 3), date(2026, 12, 1))
    with pytest.raises(StaleEdit):
        contacts.correct(engine, "Ville", talk, was, Talk(channel=Channel.VISIT, happened_on=date(2026, 11, 4)))
    early = Talk(channel=Channel.VISIT, happened_on=date(2026, 11, 4), remind_on=date(2026, 11, 1))
    with pytest.raises(StoreProblem):
        contacts.correct(engine, "Anna", talk, right, early)
    assert queries.talks(engine, company)["note"].to_list() == ["tuhkaa 20 t"]
