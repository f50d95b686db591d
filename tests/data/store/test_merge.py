from datetime import date

import pytest
from sqlalchemy import Engine, inspect, text

from config.errors import StaleEdit, StoreProblem
from data.model import Channel, Direction, Organisation, Resource, ResourceType, Site
from data.store import contacts, edit, experts, merge, synergies
from data.store.contacts import Contact, Talk
from data.store.edit import Row
from data.store.experts import Expert
from data.store.synergies import Proposal
from data.viewer import Role, Viewer, viewing

KAINUU, HELSINKI = (536_400.0, 7_122_500.0), (385_700.0, 6_672_400.0)
APART = {"change", "merge", "audit", "alembic_version", "spatial_ref_sys"}  # what tells of the merge itself
KEPT_BY_THE_STORE = "'{version,updated_at,active_at}'::text[]"


def checksums(engine: Engine) -> dict[str, str]:
    """Sum up every row of every table."""
    with engine.connect() as connection:
        return {
            name: str(
                connection.scalar(
                    text(
                        "SELECT md5(coalesce(string_agg(told, '' ORDER BY told), '')) FROM"  # noqa: S608 - from the catalogue
                        f' (SELECT (to_jsonb(t) - {KEPT_BY_THE_STORE})::text AS told FROM "{name}" t) rows'
                    )
                )
            )
            for name in inspect(connection).get_table_names()
            if name not in APART
        }


def row(engine: Engine, kind: edit.Kind, row_id: int) -> Row:
    """Name the present version of a row."""
    with engine.connect() as connection:
        version = connection.scalar(text(f"SELECT version FROM {kind} WHERE id = :id"), {"id": row_id})  # noqa: S608 - ours
    return Row(kind, row_id, int(version or 0))


def company(engine: Engine, name: str, place: tuple[float, float] = KAINUU, **more: str) -> tuple[int, int, int]:
    """Add a company with a site, what it offers, a contact, a talk and an expert; give company, site and resource."""
    made = edit.add_organisation(engine, "Anna", Organisation(name=name, **more))
    site = edit.add_site(engine, "Anna", made.id, Site(name="Tehdas", easting_m=place[0], northing_m=place[1]))
    listing = Resource(direction=Direction.HAVE, type=ResourceType.WASTE, title="Lentotuhka")
    have = edit.add_resource(engine, "Anna", site.id, listing)
    person = contacts.add(engine, "Anna", made.id, Contact(name=f"Aino {name}"))
    talk = Talk(channel=Channel.VISIT, happened_on=date(2026, 11, 2), contact_id=person.id, note="tuhkaa")
    contacts.log(engine, "Anna", made.id, talk)
    experts.add(engine, "Anna", Expert(name=f"Osaaja {name}", organisation_id=made.id))
    return made.id, site.id, have.id


def wanted(engine: Engine) -> int:
    """Add a need of a third company."""
    made = edit.add_organisation(engine, "Anna", Organisation(name="Tarvitsija Oy"))
    site = edit.add_site(engine, "Anna", made.id, Site(name="Piha", easting_m=536_500.0, northing_m=7_122_600.0))
    listing = Resource(direction=Direction.WANT, type=ResourceType.WASTE, title="Tuhkaa lannoitteeksi")
    return edit.add_resource(engine, "Anna", site.id, listing).id


def count(engine: Engine, table: str, column: str, value: int) -> int:
    """Count rows."""
    with engine.connect() as connection:
        asked = text(f"SELECT count(*) FROM {table} WHERE {column} = :value")  # noqa: S608 - this module's words
        return int(connection.scalar(asked, {"value": value}) or 0)


def test_a_merged_company_brings_all_it_has_and_an_undo_puts_every_row_back(engine: Engine) -> None:
    """Sites with resources, contacts, talks and experts; its name and business ID; checksums of all tables tell."""
    kept, gone = company(engine, "VALIO OY"), company(engine, "Valio Oy", business_id="0116297-6")
    want = wanted(engine)
    synergy = synergies.take_up(engine, "Anna", Proposal(have_id=gone[2], want_id=want, score=0.5)).id
    before = checksums(engine)
    done = merge.organisations(
        engine, "Anna", row(engine, "organisation", kept[0]), row(engine, "organisation", gone[0])
    )
    assert done.moved == {"contact": 1, "contact_log": 1, "expert": 1, "site": 1}
    for table in ("site", "contact", "contact_log", "expert"):
        assert (count(engine, table, "organisation_id", kept[0]), count(engine, table, "organisation_id", gone[0])) == (
            2,
            0,
        )
    with engine.connect() as connection:
        told = connection.execute(
            text("SELECT business_id, other_names FROM organisation WHERE id = :id"), {"id": kept[0]}
        ).one()
        owner = connection.scalar(
            text(
                "SELECT s.organisation_id FROM synergy y JOIN resource r ON r.id = y.have_id"
                " JOIN site s ON s.id = r.site_id WHERE y.id = :id"
            ),
            {"id": synergy},
        )
    assert tuple(told) == ("0116297-6", ["Valio Oy"])
    assert owner == kept[0]
    assert checksums(engine) != before
    merge.undo(engine, "Anna", done.id)
    assert checksums(engine) == before
    with pytest.raises(StoreProblem):
        merge.undo(engine, "Anna", done.id)


def test_a_merged_resource_brings_its_synergies_and_years_and_an_undo_puts_them_back(engine: Engine) -> None:
    """Of two synergies with the same partner the one that is further stays, with the other's benefit."""
    _, site, have = company(engine, "Tuplat Oy")
    twin = edit.add_resource(
        engine,
        "Anna",
        site,
        Resource(
            direction=Direction.HAVE,
            type=ResourceType.WASTE,
            title="Lentotuhkaa",
            ewc_code="100101",
            quantity_low=5,
            quantity_high=7.5,
            unit="t",
        ),
    ).id
    one, other = wanted(engine), wanted(engine)
    synergies.propose(engine, "Anna", [Proposal(have_id=have, want_id=one, score=0.5)])
    further = synergies.take_up(engine, "Anna", Proposal(have_id=twin, want_id=one, score=0.5)).id
    alone = synergies.take_up(engine, "Anna", Proposal(have_id=twin, want_id=other, score=0.5)).id
    with engine.begin() as connection:
        for resource, year in ((have, 2024), (twin, 2024), (twin, 2025)):
            told = text("INSERT INTO resource_year VALUES (:id, :year, 12.25, 'declared')")
            connection.execute(told, {"id": resource, "year": year})
        benefit = text(
            "INSERT INTO benefit (synergy_id, metric, amount, basis, year, yearly)"
            " SELECT id, 'jobs_fte', 1.5, 'declared', 2025, true FROM synergy WHERE have_id = :have"
        )
        connection.execute(benefit, {"have": have})
    before = checksums(engine)
    done = merge.resources(engine, "Anna", row(engine, "resource", have), row(engine, "resource", twin))
    with engine.connect() as connection:
        open_ = connection.scalars(
            text("SELECT id FROM synergy WHERE have_id = :id AND deleted_at IS NULL ORDER BY id"), {"id": have}
        ).all()
        told = connection.execute(
            text("SELECT ewc_code, quantity_high, unit FROM resource WHERE id = :id"), {"id": have}
        )
        assert tuple(told.one()) == ("100101", 7.5, "t")
    assert open_ == sorted([further, alone])
    assert count(engine, "benefit", "synergy_id", further) == 1
    assert count(engine, "resource_year", "resource_id", have) == 2
    merge.undo(engine, "Anna", done.id)
    assert checksums(engine) == before


def test_what_was_changed_since_is_not_written_over(engine: Engine) -> None:
    """Neither by a merge of a stale row, nor by an undo after an edit; and nothing of either is left half done."""
    kept, gone = company(engine, "Yksi Oy"), company(engine, "Yksi Oyj")
    old = row(engine, "organisation", kept[0])
    fresh = edit.change(engine, "Ville", old, {"name": "Yksi ja ainoa Oy"}).row
    with pytest.raises(StaleEdit):
        merge.organisations(engine, "Anna", old, row(engine, "organisation", gone[0]))
    done = merge.organisations(engine, "Anna", fresh, row(engine, "organisation", gone[0]))
    edit.change(engine, "Ville", row(engine, "organisation", kept[0]), {"other_names": ("Muu",)})
    before = checksums(engine)
    with pytest.raises(StaleEdit):
        merge.undo(engine, "Anna", done.id)
    assert checksums(engine) == before


def test_two_companies_and_two_kinds_of_data_are_not_merged(engine: Engine) -> None:
    """With two business IDs, or an offer and a need, they are two."""
    kept = company(engine, "Eka Oy", business_id="2077474-0")
    gone = company(engine, "Eka Oy Ab", business_id="0737546-2")
    with pytest.raises(StoreProblem, match="two_business_ids"):
        merge.organisations(engine, "Anna", row(engine, "organisation", kept[0]), row(engine, "organisation", gone[0]))
    with pytest.raises(StoreProblem, match="two_directions"):
        merge.resources(engine, "Anna", row(engine, "resource", kept[2]), row(engine, "resource", wanted(engine)))


def test_a_coordinator_merges_what_is_of_the_region_and_nothing_else(engine: Engine, app_engine: Engine) -> None:
    """A company with a site elsewhere stays whole, and its own merge can be taken back by the one who may see it."""
    kept, gone, far = company(engine, "Oma Oy"), company(engine, "OMA OY"), company(engine, "Oma  Oy", HELSINKI)
    before = checksums(engine)
    with viewing(Viewer("Kainuu", Role.REGIONAL, ("18",))):
        mine = row(engine, "organisation", kept[0])
        with pytest.raises(StoreProblem):
            merge.organisations(app_engine, "Kainuu", mine, row(engine, "organisation", far[0]))
        assert checksums(engine) == before
        done = merge.organisations(app_engine, "Kainuu", mine, row(engine, "organisation", gone[0]))
    with viewing(Viewer("Uusimaa", Role.REGIONAL, ("01",))), pytest.raises(StoreProblem):
        merge.undo(app_engine, "Uusimaa", done.id)
    with viewing(Viewer("Kainuu", Role.REGIONAL, ("18",))):
        merge.undo(app_engine, "Kainuu", done.id)
    assert checksums(engine) == before
