"""A small world with a row of every kind in docs/roles.md, and the people who look at it."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Connection, Engine, text

from data.viewer import Role, Viewer

OWN, OTHER = "06", "01"  # the regional coordinator's region, and another

ORGANISATIONS = {"own": False, "other": True, "vague": True, "veiled": False, "star": True}
SITES = {"own": (OWN, "exact"), "own_vague": (OWN, "municipality"), "other": (OTHER, "exact")}
SITES |= {"vague": (OTHER, "municipality"), "veiled": (OTHER, "exact"), "star": (OTHER, "exact")}
RESOURCES = {
    "own_network": ("own", "have", "network"),
    "own_private": ("own", "have", "private"),
    "own_spare": ("own", "have", "network"),
    "own_vague": ("own_vague", "have", "network"),
    "other_public": ("other", "want", "public"),
    "star": ("star", "have", "public"),
    "other_network": ("other", "have", "network"),
    "other_region": ("other", "want", "region"),
    "other_private": ("other", "have", "private"),
    "other_spare": ("other", "want", "public"),
    "vague": ("vague", "have", "public"),
    "veiled": ("veiled", "want", "public"),
}
SYNERGIES = {
    "own": ("own_network", "other_public", "discussing", False),
    "hidden": ("own_network", "other_region", "discussing", False),
    "other": ("vague", "other_public", "discussing", False),
    "showcase": ("star", "veiled", "completed", True),
}


@pytest.fixture(scope="module")
def world(engine: Engine) -> Mapping[str, int]:
    """Write a row of every kind and give their ids by name: the table, a dot and what is told above."""
    ids: dict[str, int] = {}
    with engine.begin() as connection:
        _actors(connection, ids)
        _resources(connection, ids)
        _around(connection, ids)
        connection.execute(text("UPDATE organisation SET industry_code = '16'"))  # so that there is a history
        connection.execute(text("UPDATE synergy SET note = 'kahden kesken'"))
    return ids


def _add(connection: Connection, table: str, **values: object) -> int:
    names, given = ", ".join(values), ", ".join(f":{name}" for name in values)
    returned = f"INSERT INTO {table} ({names}) VALUES ({given}) RETURNING id"  # noqa: S608 - our own names
    return int(connection.scalar(text(returned), values) or 0)


def _actors(connection: Connection, ids: dict[str, int]) -> None:
    for name, named in ORGANISATIONS.items():
        values = {"name": f"Yritys {name}", "naming_consent": named, "source_key": f"avain {name}"}
        ids[f"organisation.{name}"] = _add(connection, "organisation", **values)
    for name, (region, visibility) in SITES.items():
        place = text("SELECT ST_AsEWKT(ST_Translate(point, 150, 70)) FROM municipality WHERE code = :code")
        point = connection.scalar(place, {"code": {OWN: "837", OTHER: "091"}[region]})
        owner = ids[f"organisation.{name.split('_')[0]}"]
        told = {"visibility": visibility, "address": f"Katu {name}", "point": point, "organisation_id": owner}
        ids[f"site.{name}"] = _add(connection, "site", name=f"Paikka {name}", **told)


def _resources(connection: Connection, ids: dict[str, int]) -> None:
    for name, (site, direction, visibility) in RESOURCES.items():
        told = {"direction": direction, "visibility": visibility, "type": "material", "title": f"Virta {name}"}
        ids[f"resource.{name}"] = _add(connection, "resource", site_id=ids[f"site.{site}"], **told)
    for name in ("own_private", "other_public"):
        year = "INSERT INTO resource_year VALUES (:id, 2024, 12, 'declared')"
        connection.execute(text(year), {"id": ids[f"resource.{name}"]})
    for name, (have, want, stage, consent) in SYNERGIES.items():
        sides = {"have_id": ids[f"resource.{have}"], "want_id": ids[f"resource.{want}"]}
        ids[f"synergy.{name}"] = _add(connection, "synergy", **sides, stage=stage, showcase_consent=consent)


def _around(connection: Connection, ids: dict[str, int]) -> None:
    for name in ("own", "other"):
        owner, region = ids[f"organisation.{name}"], {"own": OWN, "other": OTHER}[name]
        ids[f"contact.{name}"] = _add(connection, "contact", organisation_id=owner, name=f"Henkilö {name}")
        talk = {"organisation_id": owner, "channel": "visit", "happened_on": "2026-01-02"}
        ids[f"contact_log.{name}"] = _add(connection, "contact_log", **talk)
        goal = {"region_code": region, "year": 2026, "measure": "companies", "amount": 1}
        ids[f"target.{name}"] = _add(connection, "target", **goal)
        ids[f"event.{name}"] = _add(connection, "event", kind="workshop", name="Paja", region_code=region)
        united = {"kind": "organisation", "organisation_id": owner, "kept_id": owner, "gone_id": 0, "steps": "[]"}
        ids[f"merge.{name}"] = _add(connection, "merge", **united)
        ids[f"event.bare_{name}"] = _add(connection, "event", kind="workshop", name="Uusi paja", region_code=region)
        _workshop(connection, ids[f"event.{name}"])
        file = {"importer": "table", "file_name": name, "file_sha256": "", "channel": "other"}
        ids[f"import_log.{name}"] = _add(
            connection, "import_log", **file, imported_by={"own": "Minä"}.get(name, "Joku")
        )
        whose = {"own": "Minä"}.get(name, "Joku")
        ids[f"scenario.{name}"] = _add(connection, "scenario", name="Suljetaan", told="{}", created_by=whose)
    for name in ("own", "showcase"):
        figure = {"metric": "jobs_fte", "amount": 1, "basis": "declared", "year": 2025, "yearly": True}
        ids[f"benefit.{name}"] = _add(connection, "benefit", synergy_id=ids[f"synergy.{name}"], **figure)
    ids["expert"] = _add(connection, "expert", name="Osaaja")
    ids["organiser"] = _add(connection, "organiser", organisation_id=ids["organisation.other"], regions=[OTHER])
    ids["concept_term"] = _add(connection, "concept_term", concept="wood", language="fi", word="klapi")
    ids["lesson"] = _add(connection, "lesson", told="{}")
    ids["audit"] = _add(connection, "audit", kind="exported")
    part = {"synergy": ids["synergy.own"], "expert": ids["expert"]}
    connection.execute(text("INSERT INTO synergy_expert (synergy_id, expert_id) VALUES (:synergy, :expert)"), part)
    connection.execute(text("INSERT INTO resource_topic SELECT id, 'wood', updated_at, 'x' FROM resource"))
    far = {"site": ids["site.other"]}
    connection.execute(text("INSERT INTO distance_site VALUES ('hash', :site, 1, 1)"), far)


def _workshop(connection: Connection, event: int) -> None:
    for statement in (
        "INSERT INTO workshop (event_id) VALUES (:event)",
        "INSERT INTO workshop_card (id, event_id, table_number, told) VALUES (gen_random_uuid(), :event, 1, '{}')",
        "INSERT INTO workshop_line (event_id, seq, kind, told) VALUES (:event, 1, 'card', '{}')",
    ):
        connection.execute(text(statement), {"event": event})


@pytest.fixture(scope="module")
def viewers(world: Mapping[str, int]) -> Mapping[str, Viewer]:
    """Give somebody of each role, by the role's name."""
    more: dict[str, dict[str, object]] = {"regional": {"regions": (OWN,)}}
    more["company"] = {"organisation_id": world["organisation.own"]}
    people = [role for role in Role if role is not Role.SYSTEM]
    return {role.value: Viewer("Minä", role, **more.get(role.value, {})) for role in people}  # type: ignore[arg-type]
