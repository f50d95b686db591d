from threading import Thread

import pytest
from sqlalchemy import Engine, text

from config.errors import StaleEdit, StoreProblem
from data import store
from data.model import Direction, Organisation, Origin, Resource, ResourceType, Site
from data.store import edit

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
HELSINKI = {"easting_m": 385_800.0, "northing_m": 6_672_200.0}


def ash(title: str = "Puutuhka", direction: Direction = Direction.HAVE) -> Resource:
    """Describe a resource."""
    return Resource(
        direction=direction,
        type=ResourceType.MATERIAL,
        title=title,
        concepts=("ash",),
        quantity_low=5,
        quantity_high=10,
        unit="t",
        season_months=(1, 2),
    )


@pytest.fixture
def organisation(engine: Engine) -> edit.Row:
    """Add a company."""
    return edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy", other_names=("Ash Ltd",)))


@pytest.fixture
def site(engine: Engine, organisation: edit.Row) -> edit.Row:
    """Add a site to it."""
    return edit.add_site(engine, "Anna", organisation.id, Site(name="Tehdas", **KAJAANI))


@pytest.fixture
def resource(engine: Engine, site: edit.Row) -> edit.Row:
    """Add a resource to that."""
    return edit.add_resource(engine, "Anna", site.id, ash())


def scalar(engine: Engine, statement: str, **values: object) -> object:
    """Ask the database one thing."""
    with engine.connect() as connection:
        return connection.execute(text(statement), values).scalar()


def test_a_row_added_says_who_added_it_and_where_it_stands(engine: Engine, site: edit.Row, resource: edit.Row) -> None:
    """The user comes from the transaction, municipality and region from the point."""
    assert scalar(engine, "SELECT created_by FROM resource WHERE id = :id", id=resource.id) == "Anna"
    assert scalar(engine, "SELECT municipality_code FROM site WHERE id = :id", id=site.id) == "205"
    assert scalar(engine, "SELECT season_months FROM resource WHERE id = :id", id=resource.id) == [1, 2]
    assert scalar(engine, "SELECT demo FROM resource WHERE id = :id", id=resource.id) is False


def test_what_is_added_to_an_invented_company_is_invented(engine: Engine) -> None:
    """So that clearing the demo data leaves nothing behind, and a real list shows nothing invented."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Keksitty Oy", origin=Origin(demo=True)))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI))
    resource = edit.add_resource(engine, "Anna", site.id, ash())
    assert scalar(engine, "SELECT demo FROM resource WHERE id = :id", id=resource.id) is True


def test_two_companies_never_share_a_business_id(engine: Engine) -> None:
    """The second is refused with a sentence, and nothing is saved."""
    edit.add_organisation(engine, "Anna", Organisation(name="Ensimmäinen Oy", business_id="1572860-0"))
    with pytest.raises(StoreProblem, match=r"constraint\.uq_organisation_business_id"):
        edit.add_organisation(engine, "Anna", Organisation(name="Toinen Oy", business_id="1572860-0"))
    assert scalar(engine, "SELECT count(*) FROM organisation WHERE name = 'Toinen Oy'") == 0


@pytest.mark.parametrize(
    ("easting_m", "northing_m"), [(7_122_500.0, 536_400.0), (100_000.0, 7_400_000.0), (float("nan"), 7_122_500.0)]
)
def test_a_site_outside_finland_is_refused(
    engine: Engine, organisation: edit.Row, easting_m: float, northing_m: float
) -> None:
    """Swapped axes, Sweden and no number: the sentence says to check the coordinates."""
    with pytest.raises(StoreProblem, match=r"constraint\.ck_site_municipality"):
        edit.add_site(engine, "Anna", organisation.id, Site(name="Harha", easting_m=easting_m, northing_m=northing_m))


def test_a_change_can_be_undone_with_what_it_gives_back(engine: Engine, resource: edit.Row) -> None:
    """Only what really changed is told, and writing that back leaves the row as it was."""
    saved = edit.change(engine, "Bertta", resource, {"title": "Lentotuhka", "concepts": ("ash",), "quantity_low": 6.0})
    assert saved.before == {"title": "Puutuhka", "quantity_low": 5.0}
    assert saved.row.version == 2
    undone = edit.change(engine, "Bertta", saved.row, saved.before)
    assert undone.row.version == 3
    assert scalar(engine, "SELECT title FROM resource WHERE id = :id", id=resource.id) == "Puutuhka"


def test_a_save_without_a_change_makes_no_new_version(engine: Engine, resource: edit.Row) -> None:
    """Pressing Save twice is no change, and leaves no trace in the history."""
    saved = edit.change(engine, "Bertta", resource, {"title": "Puutuhka", "season_months": (1, 2)})
    assert saved == edit.Saved(resource, {})
    assert (
        scalar(engine, "SELECT count(*) FROM change WHERE row_id = :id AND table_name = 'resource'", id=resource.id)
        == 0
    )


def test_a_site_moves_with_its_municipality(engine: Engine, site: edit.Row) -> None:
    """A new point sets municipality and region anew; undoing it sets them back."""
    saved = edit.change(engine, "Bertta", site, HELSINKI)
    assert scalar(engine, "SELECT municipality_code FROM site WHERE id = :id", id=site.id) == "091"
    assert saved.before == KAJAANI
    edit.change(engine, "Bertta", saved.row, saved.before)
    assert scalar(engine, "SELECT region_code FROM site WHERE id = :id", id=site.id) == "18"


def test_a_stale_change_is_refused_and_names_who_and_when(engine: Engine, resource: edit.Row) -> None:
    """Two forms opened on the same version: the second to save hears of the first."""
    edit.change(engine, "Bertta", resource, {"title": "Lentotuhka"})
    with pytest.raises(StaleEdit) as caught:
        edit.change(engine, "Cecilia", resource, {"title": "Pohjatuhka"})
    assert caught.value.key == "store.changed_meanwhile"
    assert caught.value.values["user"] == "Bertta"
    changed_at = scalar(engine, "SELECT max(changed_at) FROM change WHERE row_id = :id", id=resource.id)
    assert caught.value.values["time"] == changed_at
    assert scalar(engine, "SELECT title FROM resource WHERE id = :id", id=resource.id) == "Lentotuhka"


def test_a_change_by_nobody_named_is_told_without_a_name(engine: Engine, resource: edit.Row) -> None:
    """A row changed by hand in the database has no user."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE resource SET title = 'x', version = 2 WHERE id = :id"), {"id": resource.id})
    with pytest.raises(StaleEdit, match="changed_meanwhile_unknown"):
        edit.change(engine, "Cecilia", resource, {"title": "Pohjatuhka"})


def test_of_two_who_save_at_once_exactly_one_succeeds(engine: Engine, resource: edit.Row) -> None:
    """The second waits for the first and is then told, whatever their order."""
    stale: list[StaleEdit] = []

    def save(user: str) -> None:
        try:
            edit.change(engine, user, resource, {"title": f"Tuhka {user}"})
        except StaleEdit as problem:
            stale.append(problem)

    writers = [Thread(target=save, args=(user,)) for user in ("Bertta", "Cecilia", "Daavid", "Eeva")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(stale) == 3
    winner = scalar(
        engine, "SELECT changed_by FROM change WHERE row_id = :id AND table_name = 'resource'", id=resource.id
    )
    assert {problem.values.get("user") for problem in stale} == {winner}


def test_a_column_that_no_form_may_write_is_refused(engine: Engine, resource: edit.Row) -> None:
    """A form never turns real into invented, nor gives a row another version or key."""
    with pytest.raises(ValueError, match="demo"):
        edit.change(engine, "Anna", resource, {"demo": True})


def test_deleting_a_company_takes_its_sites_and_resources_along_and_restoring_brings_them_back(
    engine: Engine, organisation: edit.Row, site: edit.Row, resource: edit.Row
) -> None:
    """What was deleted before by itself stays deleted."""
    earlier = edit.add_resource(engine, "Anna", site.id, ash("Aiemmin poistettu"))
    edit.delete(engine, "Anna", earlier)
    edit.delete(engine, "Anna", organisation)
    living = "SELECT count(*) FROM resource WHERE site_id = :site AND deleted_at IS NULL"
    assert scalar(engine, living, site=site.id) == 0
    with pytest.raises(StoreProblem, match=r"store\.not_found"):
        edit.change(engine, "Anna", resource, {"title": "Liian myöhään"})
    with pytest.raises(StoreProblem, match=r"store\.not_found"):
        edit.add_resource(engine, "Anna", site.id, ash())
    row = edit.restore(engine, "Anna", "organisation", organisation.id)
    assert row.version == 3
    assert scalar(engine, living, site=site.id) == 1
    assert scalar(engine, "SELECT deleted_at FROM site WHERE id = :id", id=site.id) is None


def test_a_resource_is_not_restored_into_a_site_that_is_gone(
    engine: Engine, site: edit.Row, resource: edit.Row
) -> None:
    """It would live where nobody sees it."""
    edit.delete(engine, "Anna", resource)
    edit.delete(engine, "Anna", site)
    with pytest.raises(StoreProblem, match=r"store\.not_found"):
        edit.restore(engine, "Anna", "resource", resource.id)


def test_a_stale_deletion_is_refused(engine: Engine, resource: edit.Row) -> None:
    """Nobody deletes what they have not seen."""
    edit.change(engine, "Bertta", resource, {"title": "Lentotuhka"})
    with pytest.raises(StaleEdit):
        edit.delete(engine, "Anna", resource)


@pytest.mark.parametrize("kind", ["organisation", "site", "resource"])
def test_nothing_with_synergies_is_deleted(
    engine: Engine, kind: edit.Kind, organisation: edit.Row, site: edit.Row, resource: edit.Row
) -> None:
    """The count of synergies is told; a lapsed synergy no longer stands in the way."""
    row = {"organisation": organisation, "site": site, "resource": resource}[kind]
    want = edit.add_resource(engine, "Anna", site.id, ash("Lannoite", Direction.WANT))
    tie = {"have": resource.id, "want": want.id}
    with store.connection(engine, "Anna") as connection:
        connection.execute(text("INSERT INTO synergy (have_id, want_id) VALUES (:have, :want)"), tie)
    with pytest.raises(StoreProblem) as caught:
        edit.delete(engine, "Anna", row)
    assert (caught.value.key, caught.value.values) == ("store.has_synergies", {"synergies": 1})
    with store.connection(engine, "Anna") as connection:
        lapse = "UPDATE synergy SET stage = 'lapsed', lapse_reason = 'price' WHERE have_id = :have"
        connection.execute(text(lapse), {"have": resource.id})
    edit.delete(engine, "Anna", row)
    assert scalar(engine, "SELECT deleted_at FROM resource WHERE id = :id", id=resource.id) is not None
