import inspect
import pkgutil
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy import inspect as catalogue

from config.errors import StoreProblem
from data import exporters, queries
from data.queries import audit, companies
from data.queries.scope import Scope
from data.viewer import Role, Viewer, viewing
from geo import crs
from tests.data.roles.asking import given

PLANTED = tomllib.loads((Path(__file__).parent / "secrets.toml").read_text(encoding="utf-8"))
COMPANIES = 8  # the first is the company user's; the even ones lie in the regional coordinator's region
PLACES = {"06": "837", "01": "091"}
Secrets = dict[str, set[str]]
# Reads that only the owner may, or that ask for a person by name, or tell of the server alone.
APART = {"person.known", "person.contact", "status.status", "matching.identity", "matching.now", "distances.hauls"}


class Field:
    """Plant what companies have told and remember who may read it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.secrets: Secrets = {}
        self.ids: dict[str, list[int]] = {"organisation": [], "site": [], "resource": []}

    def secret(self, group: str, name: str, k: int, told: str = "") -> str:
        """Make up a text that stands nowhere else; of a company that is not the user's own, its people read nothing."""
        words = told or f"zx{group[:3]}{name.replace('_', '')}q{k}w"
        may = set(PLANTED[group][name]["own" if k % 2 == 0 else "other"].split())
        self.secrets[words] = may if k == 0 else may - {"company"}
        return words

    def number(self, group: str, name: str, k: int) -> float:
        """Make up a figure that stands nowhere else."""
        place = [*PLANTED].index(group) * 10 + [*PLANTED[group]].index(name)
        return float(self.secret(group, name, k, f"{70_000 + place * 97}.{k + 1}3"))

    def add(self, table: str, **values: object) -> int:
        """Write a row and give its id."""
        names, given = ", ".join(values), ", ".join(f":{one}" for one in values)
        added = text(f"INSERT INTO {table} ({names}) VALUES ({given}) RETURNING id")  # noqa: S608 - own names
        found = int(self.connection.scalar(added, values) or 0)
        self.ids.setdefault(table, []).append(found)
        return found

    def company(self, k: int) -> None:
        """Plant one company with all that hangs on it."""
        told = {name: self.secret("unnamed", name, k) for name in ("name", "other_name", "organisation_source")}
        ytunnus = self.secret("unnamed", "business_id", k, f"9{k}73614-{k}")
        owner = self.add(
            "organisation", name=told["name"], other_names=[told["other_name"]], business_id=ytunnus,
            source_document=told["organisation_source"],
        )  # fmt: skip
        site = self.site(k, owner)
        self.people(k, owner)
        made = {kind: self.resource(k, site, kind) for kind in ("private", "region", "network")}
        self.synergy(k, made["private"])

    def site(self, k: int, owner: int) -> int:
        """Plant a site of which only the municipality may be known, and a name that says whose it is."""
        code = PLACES["06" if k % 2 == 0 else "01"]
        middle = self.connection.execute(
            text("SELECT ST_X(point), ST_Y(point) FROM municipality WHERE code = :code"), {"code": code}
        ).one()
        easting, northing = middle[0] + 311.137 + k, middle[1] + 207.251 + k
        for name, value in (("easting", easting), ("northing", northing)):
            self.secret("vague", name, k, f"{value:.3f}")
        self.secret("vague", "lon", k, f"{float(crs.to_wgs84([easting], [northing])[0][0]):.5f}")
        where = f"SRID=3067;POINT({easting:.3f} {northing:.3f})"
        binary = self.connection.scalar(text("SELECT CAST(CAST(:where AS geometry) AS text)"), {"where": where})
        self.secret("vague", "point", k, str(binary))
        return self.add(
            "site", organisation_id=owner, name=self.secret("unnamed", "site_name", k), visibility="municipality",
            point=where, address=self.secret("vague", "address", k),
            postal_place=self.secret("vague", "postal_place", k),
        )  # fmt: skip

    def people(self, k: int, owner: int) -> None:
        """Plant a contact, a talk, and an import that went wrong."""
        told = {name: self.secret("people", f"contact_{name}", k) for name in ("name", "email", "phone")}
        self.add("contact", organisation_id=owner, **told)
        talk = self.secret("people", "talk", k)
        self.add("contact_log", organisation_id=owner, channel="visit", happened_on="2026-01-01", note=talk)
        wrong = f'[{{"value": "{self.secret("people", "import_problem", k)}"}}]'
        file = {"importer": "table", "file_name": "x", "file_sha256": "", "channel": "other", "imported_by": "Joku"}
        self.add("import_log", **file, problems=wrong)

    def resource(self, k: int, site: int, kind: str) -> int:
        """Plant a resource of one visibility; a private one had another title once, and has years."""
        amount = self.number(kind, "quantity", k)
        told: dict[str, object] = {"quantity_low": amount, "quantity_high": amount, "unit": "t"}
        if kind == "private":
            tonnes = self.number(kind, "tonnes", k)
            told |= {"tonnes_low": tonnes, "tonnes_high": tonnes}
        if kind != "region":
            told["description"] = self.secret(kind, "description", k)
        first = self.secret(kind, "old_title", k) if kind == "private" else "x"
        made = self.add(
            "resource", site_id=site, direction="have", type="material", visibility=kind, title=first, **told
        )
        self.connection.execute(
            text("UPDATE resource SET title = :title WHERE id = :id"),
            {"title": self.secret(kind, "title", k), "id": made},
        )
        if kind == "private":
            year = {"id": made, "tonnes": self.number(kind, "year_tonnes", k)}
            self.connection.execute(text("INSERT INTO resource_year VALUES (:id, 2024, :tonnes, 'declared')"), year)
        return made

    def synergy(self, k: int, have: int) -> None:
        """Plant a synergy of the private resource with a need of the next company that only its region may see."""
        want = self.add(
            "resource", site_id=self.ids["site"][max(0, k - 1)], direction="want", type="material",
            visibility="region", title="x",
        )  # fmt: skip
        told = {name: self.secret("synergy", name, k) for name in ("note", "next_step", "owner")}
        if k == 0:  # within one region, and of one company: both sides are its coordinator's
            for words in told.values():
                self.secrets[words] |= {"regional"}
        made = self.add("synergy", have_id=have, want_id=want, stage="discussing", **told)
        figure = self.number("synergy", "benefit", k)
        told_by = {"basis": "declared", "year": 2025, "yearly": True}
        self.add("benefit", synergy_id=made, metric="cost_savings_eur_per_year", amount=figure, **told_by)
        expert = self.add("expert", name=f"Osaaja {k}")
        part = {"synergy": made, "expert": expert, "note": self.secret("synergy", "part", k)}
        self.connection.execute(
            text("INSERT INTO synergy_expert (synergy_id, expert_id, note) VALUES (:synergy, :expert, :note)"), part
        )
        if k == 0:
            self.secrets[str(figure)] |= {"regional"}
            self.secrets[str(part["note"])] |= {"regional"}


@pytest.fixture(scope="module")
def field(engine: Engine) -> Field:
    """Plant the companies of the hunt."""
    with engine.begin() as connection:
        planted = Field(connection)
        for k in range(COMPANIES):
            planted.company(k)
    return planted


@pytest.fixture(scope="module")
def people(field: Field) -> Mapping[str, Viewer]:
    """Give somebody of each role."""
    plain = {role.value: Viewer("Minä", role) for role in Role if role is not Role.SYSTEM}
    special = {
        "regional": Viewer("Minä", Role.REGIONAL, ("06",)),
        "company": Viewer("Minä", Role.COMPANY, (), field.ids["organisation"][0]),
    }
    return plain | special


def reads() -> dict[str, Callable[..., object]]:
    """Find every read of the program by its name: the public functions of data.queries that take an engine."""
    found: dict[str, Callable[..., object]] = {}
    for module in pkgutil.iter_modules(queries.__path__):
        loaded = import_module(f"data.queries.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if own and next(iter(inspect.signature(function).parameters), "") == "engine":
                found[f"{module.name}.{name}"] = function
    return {name: function for name, function in found.items() if name not in APART}


def asked(name: str, ids: Mapping[str, list[int]]) -> list[dict[str, object]]:
    """Give the arguments with which a read is called; another is asked for as its parameters are named."""
    years = [{"scope": Scope(2026)}, {"scope": Scope(2026, ("material",), "have")}]
    everybody = [{"organisation_id": one} for one in ids["organisation"]]
    every = [{"resource_id": one} for one in ids["resource"]]
    special: dict[str, list[dict[str, object]]] = {
        "overview.resources": list(years),
        "overview.sites": list(years),
        "overview.search": [{"words": "zx", "most": 500}],
        "companies.chosen": [{"sought": companies.Sought("zx")}],
        "companies.page": [{"ids": tuple(ids["organisation"])}],
        "companies.places": [{"ids": tuple(ids["organisation"])}],
        "companies.owner": [{"site": one} for one in ids["site"]],
        "partners.choices": [{"search": "", "limit": 5_000}, {"search": "zx", "limit": 5_000}],
        "partners.facts": [{"ids": ids["resource"]}],
        "matching.changed": [{"since": 3}],
        "distances.known": [],
        "synergies.left_after": [{"year": 2020}],
        "sources.problems": [{"import_id": one} for one in ids["import_log"]],
        "terms.tagged": [{"search": "zx", "limit": 5_000}],
        "audit.events": [{"sought": audit.Sought(), "limit": 5_000}],
        "deleted.below": [{"kind": "organisation", "row_id": one} for one in ids["organisation"]],
        "deleted.rows": [{"days": 30}],
    }
    if name in special:
        return special[name]
    if name in {f"companies.{one}" for one in ("company", "sites", "resources", "years", "history")}:
        return everybody
    return every if name in {"partners.synergies", "proposals.of"} else given(reads()[name], ids)


def written(answer: object) -> str:
    """Write out all of an answer as letters."""
    if isinstance(answer, pd.DataFrame):
        return answer.to_csv() + repr(answer.to_dict("records"))
    if inspect.isgenerator(answer) or isinstance(answer, Iterator):
        return "".join(written(one) for one in answer)
    return written(answer.rows) if hasattr(answer, "rows") and not callable(answer.rows) else repr(answer)


def everything(engine: Engine, ids: Mapping[str, list[int]], folder: Path) -> Iterator[tuple[str, str]]:
    """Call every read and every export, and give what each says."""
    for name, function in reads().items():
        for arguments in asked(name, ids):
            with suppress(StoreProblem):  # refused at once is as good as nothing
                yield name, written(function(engine, **arguments))
    for suffix in (".csv", ".geojson"):
        file = folder / f"out{suffix}"
        write = exporters.export_table if suffix == ".csv" else exporters.export_geo
        write(engine, file)
        yield f"export{suffix}", file.read_text(encoding="utf-8-sig")


def by_plain_sql(engine: Engine) -> Iterator[tuple[str, str]]:
    """Read every table and view that there is, as it is."""
    with engine.connect() as connection:
        seen = catalogue(connection)
        for name in [*seen.get_table_names(), *seen.get_view_names()]:
            if connection.scalar(text("SELECT has_table_privilege(:name, 'SELECT')"), {"name": f'"{name}"'}):
                rows = connection.execute(text(f'SELECT CAST(t AS text) FROM "{name}" t')).scalars()  # noqa: S608 - the catalogue's
                yield name, "\n".join(rows)


def leaks(secrets: Secrets, role: str, said: Iterator[tuple[str, str]]) -> set[tuple[str, str]]:
    """Find what was said that this role may not read, and where."""
    hidden = [words for words, may in secrets.items() if role not in may]
    return {(where, words) for where, told in said for words in hidden if words in told}


ROLES = [role.value for role in Role if role is not Role.SYSTEM]


@pytest.mark.parametrize("role", ROLES)
def test_no_read_and_no_export_tells_what_it_must_not(
    role: str, app_engine: Engine, field: Field, people: Mapping[str, Viewer], tmp_path: Path
) -> None:
    """Every function of data.queries and every export, called for all there is: not one private string too many."""
    assert len(field.secrets) >= 200
    with viewing(people[role]):
        assert leaks(field.secrets, role, everything(app_engine, field.ids, tmp_path)) == set()


@pytest.mark.parametrize("role", ROLES)
def test_no_table_tells_what_it_must_not(
    role: str, app_engine: Engine, field: Field, people: Mapping[str, Viewer]
) -> None:
    """Every table and view read as it is; and what a role may read is there, so that the hunt is no blind one."""
    with viewing(people[role]):
        said = dict(by_plain_sql(app_engine))
    assert leaks(field.secrets, role, iter(said.items())) == set()
    told = "".join(said.values())
    coarse = {words for words in field.secrets if words.replace(".", "").isdigit() or words.startswith("01")}
    assert {words for words, may in field.secrets.items() if role in may and words not in told} <= coarse


def test_a_broken_policy_is_found(
    engine: Engine, app_engine: Engine, field: Field, people: Mapping[str, Viewer], tmp_path: Path
) -> None:
    """With one policy too many and one view without its condition, plain SQL and the program's own reads both tell."""
    with engine.begin() as connection:
        definition = connection.scalar(text("SELECT pg_get_viewdef('shown_resource')"))
        connection.execute(text("CREATE POLICY broken ON contact FOR SELECT TO synergia_screen USING (true)"))
        whole = str(definition).partition("WHERE")[0]
        connection.execute(text(f"CREATE OR REPLACE VIEW shown_resource AS {whole}"))
    try:
        with viewing(people["regional"]):
            tables = {where for where, _ in leaks(field.secrets, "regional", by_plain_sql(app_engine))}
            told = {where for where, _ in leaks(field.secrets, "regional", everything(app_engine, field.ids, tmp_path))}
        assert {"contact", "shown_resource"} <= tables
        assert {"companies.resources", "export.csv"} <= told
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP POLICY broken ON contact"))
            connection.execute(text(f"CREATE OR REPLACE VIEW shown_resource AS {definition}"))


def test_every_read_is_hunted() -> None:
    """A new module of reads is called like the rest."""
    assert len(reads()) >= 35
