import pytest
from sqlalchemy import Engine

from config.errors import StaleEdit, StoreProblem
from data.queries import report_targets as read
from data.store import targets
from data.store.targets import Aim
from data.viewer import Role, Viewer, viewing

RISTO = Viewer("Risto", Role.REGIONAL, ("06",))


def aim(measure: str, amount: float | None, region: str = "06", **seen: int) -> Aim:
    """Set a target of 2030."""
    return Aim(region=region, year=2030, measure=measure, amount=amount, **seen)


def known(engine: Engine) -> dict[str, tuple[int, int, float]]:
    """Give what is saved: id, version and amount by measure."""
    rows = read.targets(engine, 2030)
    return {row.measure: (row.id, row.version, row.amount) for row in rows.itertuples()}


def test_targets_are_set_changed_and_taken_away_all_or_none(engine: Engine) -> None:
    """One faulty figure, and nothing is saved; a year has its own."""
    targets.save(engine, "Anna", [aim("companies", 10), aim("resources", 80.5)])
    with pytest.raises(StoreProblem) as problem:
        targets.save(engine, "Anna", [aim("synergies", 5), aim("completed", -1)])
    assert problem.value.key == "target.amount"
    with pytest.raises(StoreProblem):
        targets.save(engine, "Anna", [aim("synergies", 1e12)])
    one, other = known(engine)["companies"], known(engine)["resources"]
    changed = [aim("companies", 12, id=one[0], version=one[1]), aim("resources", None, id=other[0], version=other[1])]
    assert targets.save(engine, "Anna", changed) == 2
    assert {name: row[2] for name, row in known(engine).items()} == {"companies": 12.0}
    assert read.targets(engine, 2029).empty


def test_whoever_comes_second_is_told_who_was_first(engine: Engine) -> None:
    """Neither a change nor a new target goes over somebody else's."""
    targets.save(engine, "Anna", [aim("workshops", 3)])
    row = known(engine)["workshops"]
    targets.save(engine, "Ville", [aim("workshops", 4, id=row[0], version=row[1])])
    with pytest.raises(StaleEdit) as problem:
        targets.save(engine, "Anna", [aim("workshops", 5, id=row[0], version=row[1])])
    assert problem.value.values["user"] == "Ville"
    with pytest.raises(StaleEdit):
        targets.save(engine, "Anna", [aim("workshops", 6)])
    assert known(engine)["workshops"][2] == 4.0


def test_a_coordinator_sets_the_own_regions_targets_alone(engine: Engine, app_engine: Engine) -> None:
    """The database refuses another region's, new or old; all of them may be read."""
    targets.save(engine, "Anna", [aim("jobs_fte", 3, "01")])
    row = known(engine)["jobs_fte"]
    with viewing(RISTO):
        assert targets.save(app_engine, "Risto", [aim("new_companies", 3)]) == 1
        for foreign in (aim("completed", 3, "01"), aim("jobs_fte", 9, "01", id=row[0], version=row[1])):
            with pytest.raises(StoreProblem) as problem:
                targets.save(app_engine, "Risto", [foreign])
            assert problem.value.key == "roles.not_allowed"
        assert "jobs_fte" in known(app_engine)
