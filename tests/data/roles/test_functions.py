from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import count
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, text

from config.errors import StoreProblem
from config.settings import ROOT
from data import store
from data.model import (
    Channel,
    Direction,
    LapseReason,
    Organisation,
    Resource,
    ResourceType,
    Site,
    SiteVisibility,
    Stage,
    Visibility,
)
from data.queries import activation, companies, partners, sources, terms
from data.queries import audit as audit_read
from data.queries import experts as experts_read
from data.queries import lessons as lessons_read
from data.store import audit, contacts, edit, experts, imports, lessons, synergies
from data.store import terms as terms_write
from data.store.synergies import Proposal
from data.viewer import Viewer, viewing

ACTS = "SACD"
POINTS = {"own": (327_700.0, 6_822_600.0), "other": (385_700.0, 6_672_400.0)}
VEILED = ("organisation, other, unnamed", "name of another site of an unnamed organisation")
NEW = contacts.Contact(name="Uusi")
TALK = contacts.Talk(channel=Channel.VISIT, happened_on=date(2026, 11, 2))
_numbers = count(1)

World = Mapping[str, int]
Try = Callable[[], object]


class Made(NamedTuple):
    """Hold a row that the owner has added for one attempt, and the company and site that it belongs to."""

    row: edit.Row
    organisation: int
    site: int


def cell(row: str, role: str) -> str:
    """Read a cell of the table of the docs."""
    lines = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8").splitlines()
    cells = {one[0]: one[1:] for one in ([part.strip() for part in line.strip("|").split("|")] for line in lines)}
    return cells[row][cells["kind of row"].index(role)]


def made(owner: Engine, world: World, row: str) -> Made:
    """Add a row of the kind that a row of the table names."""
    whose = "own" if " own" in row else "other"
    company = world[f"organisation.{whose}"]
    if row in VEILED or row.startswith("organisation, other"):
        told = Organisation(name=f"Yritys {next(_numbers)}", naming_consent=row not in VEILED)
        company = edit.add_organisation(owner, "Omistaja", told).id
    easting, northing = POINTS[whose]
    shown = SiteVisibility.MUNICIPALITY if "municipality" in row else SiteVisibility.EXACT
    place = Site(name="Paikka", easting_m=easting + next(_numbers), northing_m=northing, visibility=shown)
    site = edit.add_site(owner, "Omistaja", company, place)
    found = site
    if row in VEILED or "place" in row:
        edit.add_resource(owner, "Omistaja", site.id, stream(Visibility.PUBLIC if whose == "other" else "network"))
    if row.startswith("resource"):
        found = edit.add_resource(owner, "Omistaja", site.id, stream(row.rsplit(", ", 1)[1]))
    if row.startswith("organisation"):
        with owner.connect() as connection:
            version = connection.scalar(text("SELECT version FROM organisation WHERE id = :id"), {"id": company})
        found = edit.Row("organisation", company, int(version or 0))
    return Made(found, company, site.id)


def stream(visibility: str) -> Resource:
    """Describe a resource."""
    return Resource(direction=Direction.HAVE, type=ResourceType.WASTE, title="Virta", visibility=Visibility(visibility))


def seen(engine: Engine, row: str, one: Made) -> object:
    """Tell whether the reads of the companies' page give what the row of the table is about."""
    if one.row.kind == "organisation":
        found = companies.company(engine, one.organisation)
        return found is not None and str(found["name"]).startswith("Yritys")
    if one.row.kind == "resource":
        return one.row.id in companies.resources(engine, one.organisation)["id"].to_list()
    sites = companies.sites(engine, one.organisation)
    mine = sites[sites["id"] == one.site]
    if "place" in row:
        return any(float(value) % 1000 != 0 and abs(value - POINTS["own"][1]) * abs(value - POINTS["other"][1]) < 1
                   for value in mine["true_northing_m"])  # fmt: skip
    return (mine["name"] == "Paikka").any()


def acts(engine: Engine, row: str, one: Made) -> dict[str, Try]:
    """Give how the program sees, adds, changes and deletes such a row."""
    new: Try
    change: Mapping[str, object] = {"name": "Toinen"}
    if one.row.kind == "organisation":
        change = {"other_names": ("Toinen",)}
        new = partial(edit.add_organisation, engine, "Minä", Organisation(name="Uusi"))
    elif one.row.kind == "site":
        easting, northing = POINTS["own" if " own" in row else "other"]
        place = Site(name="Uusi", easting_m=easting, northing_m=northing)
        new = partial(edit.add_site, engine, "Minä", one.organisation, place)
    else:
        change = {"title": "Toinen"}
        new = partial(edit.add_resource, engine, "Minä", one.site, stream(row.rsplit(", ", 1)[1]))
    return {
        "S": partial(seen, engine, row, one),
        "A": new,
        "C": partial(edit.change, engine, "Minä", one.row, change),
        "D": lambda: edit.delete(engine, "Minä", one.row) is None,
    }


def done(attempt: Try) -> bool:
    """Try; tell whether it was allowed and gave anything."""
    try:
        return bool(attempt())
    except StoreProblem:
        return False


EDITED = (
    "organisation, own",
    "organisation, other, named",
    "organisation, other, unnamed",
    "site, own",
    "site, other, named, exact",
    "exact place of an own site that shows its municipality",
    "exact place of another site that shows its municipality",
    "name of another site of an unnamed organisation",
    *(f"resource, other, {one}" for one in ("public", "network", "region", "private")),
    "resource, own, private",
)


@pytest.mark.parametrize("role", ["national", "regional", "planner", "company", "screen", "public"])
def test_companies_sites_and_resources(
    role: str, engine: Engine, app_engine: Engine, world: World, viewers: Mapping[str, Viewer]
) -> None:
    """What the forms and the companies' page can do is what the table says: 13 kinds of row, 4 acts."""
    told, found = {}, {}
    for row in EDITED:
        can = ""
        for act in ACTS:
            one = made(engine, world, row)
            with viewing(viewers[role]):
                can += act if done(acts(app_engine, row, one)[act]) else ""
        told[row], found[row] = cell(row, role), can or "–"
    if role in {"national", "regional"}:  # open synergies hang on it, so that nobody deletes it, whatever the role
        told["organisation, own"] = told["organisation, own"].replace("D", "")
    assert found == told


class Others(NamedTuple):
    """Hold what the acts on all else lean on: the app's pool, the ids of the world, and two pairs of the same offer."""

    app: Engine
    ids: World
    pair: Proposal
    hidden: Proposal

    def partner_of(self, resource: str, partner: str) -> bool:
        """Tell whether a resource's synergies name a partner."""
        found = partners.synergies(self.app, self.ids[f"resource.{resource}"])
        return self.ids[f"resource.{partner}"] in found["partner_id"].to_list()

    def history(self, company: str) -> bool:
        """Tell whether a company's history names a change."""
        return (companies.history(self.app, self.ids[f"organisation.{company}"])["operation"] == "UPDATE").any()

    def log(self) -> int:
        """Write the line of an import."""
        counts = dict.fromkeys(("read", "created", "updated", "unchanged", "rejected"), 0)
        told = {"importer": "table", "file_name": "x", "file_sha256": "", "channel": "other"}
        with store.connection(self.app, "Minä") as connection:
            return imports.log(connection, imports.Entry(**told, problems=[], counts=counts))

    def part(self) -> bool:
        """Take the expert out of the synergy, and in again for the next role."""
        experts.leave(self.app, "Minä", self.ids["synergy.own"], self.ids["expert"])
        return experts.involve(self.app, "Minä", self.ids["synergy.own"], self.ids["expert"])

    def let_lapse(self) -> object:
        """Reject the pair that was taken up a moment ago."""
        return synergies.reject(self.app, "Minä", self.pair, LapseReason.PRICE, seen=Stage.DISCUSSING)


def tried(on: Others) -> list[tuple[str, str, Try]]:
    """List the acts that the program has functions for: the row of the table, the act, and the attempt."""
    app, ids = on.app, on.ids
    return [
        ("synergy, own, the other side public", "S", lambda: on.partner_of("own_network", "other_public")),
        ("synergy, own, the other side public", "A", lambda: synergies.take_up(app, "Minä", on.pair)),
        ("synergy, own, the other side public", "C", on.let_lapse),
        ("synergy, own, the other side hidden", "S", lambda: on.partner_of("own_network", "other_region")),
        ("synergy, own, the other side hidden", "A", lambda: synergies.take_up(app, "Minä", on.hidden)),
        ("synergy, other, both sides public", "S", lambda: on.partner_of("vague", "other_public")),
        ("synergy, showcase", "S", lambda: on.partner_of("star", "veiled")),
        ("change of an own row", "S", lambda: on.history("own")),
        ("change of another row", "S", lambda: on.history("veiled")),
        ("yearly amount, own, private", "S", lambda: len(companies.years(app, ids["organisation.own"]))),
        ("yearly amount, other, public", "S", lambda: len(companies.years(app, ids["organisation.other"]))),
        ("import, own", "S", lambda: ids["import_log.own"] in sources.imports(app)["id"].to_list()),
        ("import, own", "A", on.log),
        ("import, other", "S", lambda: ids["import_log.other"] in sources.imports(app)["id"].to_list()),
        ("contact, own", "S", lambda: len(activation.contacts(app, ids["organisation.own"]))),
        (
            "contact, own",
            "A",
            lambda: contacts.add(app, "Minä", ids["organisation.own"], NEW),
        ),
        ("contact, other", "S", lambda: len(activation.contacts(app, ids["organisation.other"]))),
        (
            "contact, other",
            "A",
            lambda: contacts.add(app, "Minä", ids["organisation.other"], NEW),
        ),
        ("talk with an organisation, own", "S", lambda: len(activation.talks(app, ids["organisation.own"]))),
        ("talk with an organisation, own", "A", lambda: contacts.log(app, "Minä", ids["organisation.own"], TALK)),
        ("talk with an organisation, other", "S", lambda: len(activation.talks(app, ids["organisation.other"]))),
        ("talk with an organisation, other", "A", lambda: contacts.log(app, "Minä", ids["organisation.other"], TALK)),
        ("expert", "S", lambda: len(experts_read.pool(app))),
        ("expert", "A", lambda: experts.add(app, "Minä", experts.Expert(name="Uusi"))),
        ("expert's part in an own synergy", "S", lambda: len(experts_read.involved(app, ids["synergy.own"]))),
        ("expert's part in an own synergy", "D", on.part),
        ("lesson of the matcher", "S", lambda: lessons_read.newest(app)),
        ("lesson of the matcher", "A", lambda: lessons.add(app, "Minä", {}) is None),
        ("taught word", "S", lambda: len(terms.taught(app))),
        ("taught word", "A", lambda: terms_write.add(app, "Minä", "wood", "fi", f"sana{next(_numbers)}")),
        ("taught word", "D", lambda: terms_write.forget(app, "Minä", ids["concept_term"]) is None),
        ("line of the audit", "S", lambda: len(audit_read.events(app, audit_read.Sought(kind="exported"), 9))),
        ("line of the audit", "A", lambda: audit.record(app, audit.Kind.EXPORTED, audit.Event()) is None),
        ("reference tables and codes", "S", lambda: len(companies.industries(app))),
    ]


@pytest.mark.parametrize("role", ["national", "regional", "planner", "company", "screen", "public"])
def test_all_else_that_has_functions(
    role: str, engine: Engine, app_engine: Engine, world: World, viewers: Mapping[str, Viewer]
) -> None:
    """Synergies, history, imports, lessons, taught words, the audit and codes, as far as the program has functions."""
    pair = Proposal(have_id=world["resource.own_spare"], want_id=world["resource.other_spare"], score=0.5)
    hidden = Proposal(have_id=world["resource.own_spare"], want_id=world["resource.other_region"], score=0.5)
    acts_of_all = tried(Others(app_engine, world, pair, hidden))
    with viewing(viewers[role]):
        found = {(row, act): done(attempt) for row, act, attempt in acts_of_all}
    with engine.begin() as connection:  # as it was, for the next role, also where this one fails
        connection.execute(
            text("UPDATE concept_term SET deleted_at = NULL WHERE id = :id"), {"id": world["concept_term"]}
        )
        connection.execute(
            text("DELETE FROM synergy WHERE have_id = :have AND want_id IN (:one, :two)"),
            {"have": pair.have_id, "one": pair.want_id, "two": hidden.want_id},
        )
    assert found == {(row, act): act in cell(row, role) for row, act, _ in acts_of_all}
