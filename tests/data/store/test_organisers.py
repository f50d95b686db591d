from datetime import date

import pytest
from sqlalchemy import Engine

from config.errors import StaleEdit, StoreProblem
from data.model import Organisation
from data.queries import report_targets as read
from data.store import edit, organisers
from data.store.organisers import Organiser
from data.viewer import Role, Viewer, viewing


@pytest.fixture(scope="module")
def company(engine: Engine) -> int:
    """Add the organisation that runs the work."""
    return edit.add_organisation(engine, "Anna", Organisation(name="Kehitys Oy", naming_consent=True)).id


def test_an_organiser_is_added_changed_and_taken_off(engine: Engine, company: int) -> None:
    """Names without the blanks around them, regions once each."""
    told = Organiser(
        organisation_id=company,
        regions=["11", "06", "06"],
        coordinators=[" Aino Aalto ", ""],
        contract_from=date(2026, 1, 1),
        contract_to=date(2027, 12, 31),
    )
    row_id = organisers.save(engine, "Anna", told)
    row = read.organisers(engine).set_index("id").loc[row_id]
    assert (row["name"], row["regions"], row["coordinators"]) == ("Kehitys Oy", ["06", "11"], ["Aino Aalto"])
    changed = Organiser(organisation_id=company, regions=["06"], id=row_id, version=int(row["version"]))
    organisers.save(engine, "Ville", changed)
    with pytest.raises(StaleEdit) as problem:
        organisers.save(engine, "Anna", changed)
    assert problem.value.values["user"] == "Ville"
    organisers.remove(engine, "Anna", row_id, int(row["version"]) + 1)
    assert row_id not in set(read.organisers(engine)["id"])


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("organiser.dates_wrong", {"contract_from": date(2026, 6, 1), "contract_to": date(2026, 5, 31)}),
        ("organiser.year_wrong", {"contract_to": date(1026, 5, 31)}),
        ("organiser.no_region", {"regions": []}),
        ("organiser.no_region", {"regions": ["03"]}),
    ],
)
def test_what_makes_no_sense_is_refused(engine: Engine, company: int, key: str, wrong: dict[str, object]) -> None:
    """Nothing is saved."""
    before = len(read.organisers(engine))
    with pytest.raises(StoreProblem) as problem:
        organisers.save(engine, "Anna", Organiser(**{"organisation_id": company, "regions": ["06"], **wrong}))
    assert problem.value.key == key
    assert len(read.organisers(engine)) == before


def test_only_the_national_coordinator_writes_organisers(engine: Engine, app_engine: Engine, company: int) -> None:
    """A regional one reads them, and is told so."""
    row_id = organisers.save(engine, "Anna", Organiser(organisation_id=company, regions=["06"]))
    with viewing(Viewer("Risto", Role.REGIONAL, ("06",))):
        assert row_id in set(read.organisers(app_engine)["id"])
        for told in (
            Organiser(organisation_id=company, regions=["06"]),
            Organiser(organisation_id=company, regions=["06"], id=row_id, version=1),
        ):
            with pytest.raises(StoreProblem) as problem:
                organisers.save(app_engine, "Risto", told)
            assert problem.value.key == "roles.not_allowed"
