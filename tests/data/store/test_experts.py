from collections.abc import Mapping

import pytest
from sqlalchemy import Engine, text

from config.errors import StaleEdit, StoreProblem
from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.queries import experts as queries
from data.store import edit, experts, synergies, undo
from data.store.experts import Expert, Version
from data.viewer import Role, Viewer, viewing

AINO = Expert(name=" Aino  Asiantuntija ", email="aino@osaaja.fi", competencies=("ash", "ash"), regions=("18", "11"))


@pytest.fixture(scope="module")
def synergy(engine: Engine) -> int:
    """Add a synergy of two companies in Kainuu."""
    sides = []
    for number, direction in enumerate(Direction):
        company = edit.add_organisation(engine, "Anna", Organisation(name=f"Yritys {number}"))
        place = Site(name="Tehdas", easting_m=536_400.0 + number, northing_m=7_122_500.0)
        site = edit.add_site(engine, "Anna", company.id, place)
        told = Resource(direction=direction, type=ResourceType.WASTE, title="Lentotuhka")
        sides.append(edit.add_resource(engine, "Anna", site.id, told).id)
    return synergies.take_up(engine, "Anna", synergies.Proposal(have_id=sides[0], want_id=sides[1], score=0.5)).id


@pytest.fixture
def aino(engine: Engine) -> Version:
    """Add an expert."""
    return experts.add(engine, "Anna", AINO)


def row(engine: Engine, expert_id: int) -> Mapping[str, object]:
    """Read an expert as the pool lists it."""
    pool = queries.pool(engine)
    return dict(pool[pool["id"] == expert_id].iloc[0])


def test_an_expert_is_added_changed_removed_and_brought_back(engine: Engine, aino: Version) -> None:
    """Each with its version, and the name and the know-how tidied."""
    told = row(engine, aino.id)
    assert (told["name"], told["competencies"], told["regions"]) == ("Aino Asiantuntija", ["ash"], ["11", "18"])
    changed = experts.change(engine, "Anna", aino, Expert(name="Aino Osaaja"))
    assert row(engine, aino.id)["name"] == "Aino Osaaja"
    gone = experts.remove(engine, "Anna", changed)
    assert aino.id not in set(queries.pool(engine)["id"])
    experts.restore(engine, "Anna", gone)
    assert aino.id in set(queries.pool(engine)["id"])


def test_a_stale_edit_and_a_missing_name_are_refused(engine: Engine, aino: Version) -> None:
    """Nothing of the second writer is written over the first."""
    experts.change(engine, "Anna", aino, Expert(name="Aino Osaaja"))
    with pytest.raises(StaleEdit):
        experts.change(engine, "Ville", aino, Expert(name="Toinen"))
    with pytest.raises(StoreProblem):
        experts.add(engine, "Ville", Expert(name="  "))
    assert row(engine, aino.id)["name"] == "Aino Osaaja"


def test_who_takes_part_stands_in_the_history(engine: Engine, synergy: int, aino: Version) -> None:
    """Coming and leaving, with user; coming twice is once."""
    assert experts.involve(engine, "Anna", synergy, aino.id, "tuhkan  luvat")
    assert not experts.involve(engine, "Ville", synergy, aino.id)
    assert queries.involved(engine, synergy)[["expert_id", "note"]].values.tolist() == [[aino.id, "tuhkan luvat"]]
    experts.leave(engine, "Ville", synergy, aino.id)
    with pytest.raises(StoreProblem):
        experts.leave(engine, "Ville", synergy, aino.id)
    told = queries.told(engine, synergy)
    assert told[["operation", "changed_by", "name"]].values.tolist() == [
        ["DELETE", "Ville", "Aino Asiantuntija"],
        ["INSERT", "Anna", "Aino Asiantuntija"],
    ]


def test_the_history_does_not_hold_the_name(engine: Engine, synergy: int, aino: Version) -> None:
    """An erased person leaves no name behind in it."""
    experts.involve(engine, "Anna", synergy, aino.id)
    with engine.connect() as connection:
        told = connection.scalars(text("SELECT new::text FROM change WHERE table_name = 'synergy_expert'")).all()
    assert told
    assert not [one for one in told if one and "Aino" in one]


def test_only_the_coordinator_of_a_side_brings_somebody_in(
    app_engine: Engine, engine: Engine, synergy: int, aino: Version
) -> None:
    """One of another region is refused by the database, and reads nothing of the history."""
    experts.involve(engine, "Anna", synergy, aino.id)
    with viewing(Viewer("Muu", Role.REGIONAL, ("01",))):
        assert queries.told(app_engine, synergy).empty
        with pytest.raises(StoreProblem):
            experts.leave(app_engine, "Muu", synergy, aino.id)
    with viewing(Viewer("Oma", Role.REGIONAL, ("18",))):
        experts.leave(app_engine, "Oma", synergy, aino.id)
        assert queries.told(app_engine, synergy)["changed_by"].to_list()[0] == "Oma"


def test_a_removed_expert_is_forgotten_when_the_time_to_take_it_back_is_over(
    engine: Engine, synergy: int, aino: Version
) -> None:
    """With the history of the row; one who takes part in a synergy stays for its sake."""
    other = experts.add(engine, "Anna", Expert(name="Osaaja Osallinen"))
    experts.involve(engine, "Anna", synergy, other.id)
    for one in (aino, other):
        experts.remove(engine, "Anna", one)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE expert SET deleted_at = now() - interval '31 days' WHERE deleted_at IS NOT NULL")
        )
    undo.purge(engine, "Anna")
    with engine.connect() as connection:
        left = connection.scalars(
            text("SELECT id FROM expert WHERE id = ANY(:ids)"), {"ids": [aino.id, other.id]}
        ).all()
        told = text("SELECT string_agg(old::text, '') FROM change WHERE table_name = 'expert' AND row_id = :id")
        assert "Aino" not in str(connection.scalar(told, {"id": aino.id}))
    assert left == [other.id]
