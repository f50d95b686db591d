from typing import NamedTuple

import pytest
from sqlalchemy import Engine, text

from config.errors import StoreProblem
from data.model import Direction, LapseReason, Organisation, Resource, ResourceType, Site, Stage
from data.queries import deleted
from data.store import edit, synergies, terms, undo
from data.store.synergies import Proposal

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}


class Company(NamedTuple):
    """Name a company, its site and its resource."""

    organisation: edit.Row
    site: edit.Row
    resource: edit.Row


def add(engine: Engine, name: str, title: str, direction: Direction = Direction.HAVE) -> Company:
    """Add a company with one resource, a contact and a talk."""
    organisation = edit.add_organisation(engine, "Anna", Organisation(name=name))
    site = edit.add_site(engine, "Anna", organisation.id, Site(name=f"{name}, tehdas", **KAJAANI))
    told = Resource(direction=direction, type=ResourceType.MATERIAL, title=title)
    resource = edit.add_resource(engine, "Anna", site.id, told)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO contact (organisation_id, name) VALUES (:id, 'Aino')"), {"id": organisation.id}
        )
        log = "INSERT INTO contact_log (organisation_id, channel, happened_on) VALUES (:id, 'visit', '2026-11-01')"
        connection.execute(text(log), {"id": organisation.id})
    return Company(organisation, site, resource)


def age(engine: Engine, days: int) -> None:
    """Let all that is deleted have been so for some days."""
    with engine.begin() as connection:
        for table in ("organisation", "site", "resource", "concept_term"):
            moved = f"UPDATE {table} SET deleted_at = deleted_at - make_interval(days => :days) WHERE deleted_at IS NOT NULL"  # noqa: S608, E501 - the test's own names
            connection.execute(text(moved), {"days": days})


def count(engine: Engine, table: str, column: str, row_id: int) -> int:
    """Count rows, deleted ones too."""
    with engine.connect() as connection:
        asked = text(f"SELECT count(*) FROM {table} WHERE {column} = :id")  # noqa: S608 - the test's own names
        return int(connection.scalar(asked, {"id": row_id}) or 0)


def test_what_a_deletion_takes_along_is_told_before(engine: Engine) -> None:
    """Sites, resources and lapsed synergies; and by name what keeps it from going."""
    ours, theirs = add(engine, "Tuhka Oy", "Puutuhka"), add(engine, "Multa Oy", "Lannoite", Direction.WANT)
    pair = Proposal(have_id=ours.resource.id, want_id=theirs.resource.id, score=0.5)
    synergies.take_up(engine, "Anna", pair)
    below = deleted.below(engine, "organisation", ours.organisation.id)
    assert below == deleted.Below(1, 1, 0, 1, ("Puutuhka → Lannoite",))
    with pytest.raises(StoreProblem, match="has_synergies"):
        edit.delete(engine, "Anna", ours.organisation)
    synergies.reject(engine, "Anna", pair, LapseReason.PRICE, Stage.DISCUSSING)
    assert deleted.below(engine, "site", ours.site.id) == deleted.Below(0, 1, 1, 0, ())
    assert deleted.below(engine, "resource", ours.resource.id) == deleted.Below(0, 0, 1, 0, ())


def test_what_was_deleted_is_listed_and_comes_back_with_all_that_went_along(engine: Engine) -> None:
    """A company once, not with each of its resources; a resource that went by itself stands for itself."""
    first, second = add(engine, "Eka Oy", "Kuori"), add(engine, "Toka Oy", "Hake")
    edit.delete(engine, "Ville", first.organisation)
    edit.delete(engine, "Ville", second.resource)
    listed = deleted.rows(engine, 30).set_index("name")
    assert (listed.loc["Eka Oy", "kind"], listed.loc["Eka Oy", "resources"]) == ("organisation", 1)
    assert (listed.loc["Hake", "kind"], listed.loc["Hake", "company"]) == ("resource", "Toka Oy")
    assert (listed.loc["Hake", "deleted_by"], listed.loc["Hake", "days_left"]) == ("Ville", 30)
    assert "Kuori" not in listed.index
    undo.restore(engine, "Anna", "organisation", first.organisation.id)
    undo.restore(engine, "Anna", "resource", second.resource.id)
    assert not {"Eka Oy", "Hake"} & set(deleted.rows(engine, 30)["name"])
    assert deleted.below(engine, "organisation", first.organisation.id).resources == 1


def test_a_word_taken_back_can_be_taught_again(engine: Engine) -> None:
    """It stands in the same list."""
    term = terms.add(engine, "Anna", "ash", "fi", "poro")
    terms.forget(engine, "Ville", term)
    found = deleted.rows(engine, 30)
    assert found.loc[found["kind"] == "concept_term", ["name", "deleted_by"]].to_numpy().tolist() == [["poro", "Ville"]]
    undo.restore(engine, "Anna", "concept_term", term)
    assert "concept_term" not in set(deleted.rows(engine, 30)["kind"])


def test_after_thirty_days_nothing_is_left_but_that_it_was(engine: Engine) -> None:
    """Rows, synergies, people and talks go; the history keeps who and when, and no word of what it was."""
    ours, theirs = add(engine, "Vanha Oy", "Salainen tuhka"), add(engine, "Muu Oy", "Muu tarve", Direction.WANT)
    pair = Proposal(have_id=ours.resource.id, want_id=theirs.resource.id, score=0.5)
    synergies.reject(engine, "Anna", pair, LapseReason.PRICE)
    edit.change(engine, "Anna", ours.resource, {"title": "Salaisempi tuhka"})
    edit.delete(engine, "Ville", ours.organisation)
    age(engine, 29)
    assert undo.purge(engine, "ajastin") == {}
    age(engine, 2)
    purged = undo.purge(engine, "ajastin")
    assert {name: purged[name] for name in ("synergy", "resource", "site", "contact", "organisation")} == {
        "synergy": 1,
        "resource": 1,
        "site": 1,
        "contact": 1,
        "organisation": 1,
    }
    assert count(engine, "organisation", "id", ours.organisation.id) == 0
    assert count(engine, "contact_log", "organisation_id", ours.organisation.id) == 0
    assert count(engine, "resource", "id", theirs.resource.id) == 1
    with engine.connect() as connection:
        words = "bool_or(concat(old, new) ILIKE '%salai%')"
        told = f"SELECT count(*), {words} FROM change WHERE table_name = 'resource' AND row_id = :id"  # noqa: S608 - our own
        kept, told_of = connection.execute(text(told), {"id": ours.resource.id}).one()
    assert kept > 0
    assert told_of is False
    assert undo.purge(engine, "ajastin") == {}


def test_a_company_whose_synergy_came_true_is_never_purged(engine: Engine) -> None:
    """However it came to be deleted: reports still tell of it."""
    ours, theirs = add(engine, "Tulos Oy", "Tuhka"), add(engine, "Kumppani Oy", "Tarve", Direction.WANT)
    synergies.take_up(engine, "Anna", Proposal(have_id=ours.resource.id, want_id=theirs.resource.id, score=0.5))
    with engine.begin() as connection:
        for table, row in zip(("organisation", "site", "resource"), ours, strict=True):
            gone = f"UPDATE {table} SET deleted_at = now() - interval '90 days' WHERE id = :id"  # noqa: S608 - our own
            connection.execute(text(gone), {"id": row.id})
    undo.purge(engine, "ajastin")
    assert count(engine, "organisation", "id", ours.organisation.id) == 1
