"""Write single rows: add, change, delete and restore organisations, sites and resources."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

import shapely
from geoalchemy2.shape import from_shape, to_shape
from sqlalchemy import Engine, Select, func, or_, select, text, update
from sqlalchemy.orm import Session

from config.errors import StaleEdit, StoreProblem
from data import model, store, tables
from geo import crs

FINLAND = ZoneInfo("Europe/Helsinki")

Kind = Literal["organisation", "site", "resource"]
_HOLD = text("SELECT demo FROM hold_organisation(:id)")
_Ids = Select[int]
_Record = tables.Organisation | tables.Site | tables.Resource
_TABLES: Mapping[Kind, Any] = {  # mypy joins the three classes to their base, which has no id
    "organisation": tables.Organisation,
    "site": tables.Site,
    "resource": tables.Resource,
}
_MODELS: Mapping[Kind, type[model.Organisation | model.Site | model.Resource]] = {
    "organisation": model.Organisation,
    "site": model.Site,
    "resource": model.Resource,
}


@dataclass(frozen=True)
class Row:
    """Name one version of a row: the one that a form was filled from."""

    kind: Kind
    id: int
    version: int = 1


@dataclass(frozen=True)
class Saved:
    """Tell the version that a row now has and what the changed columns held before, so that it can be undone."""

    row: Row
    before: Mapping[str, object]


def add_organisation(engine: Engine, user: str, organisation: model.Organisation) -> Row:
    """Add a company; raise StoreProblem when another has its business ID."""
    with store.transaction(engine, user) as session:
        return _add(session, "organisation", tables.Organisation(**_columns(organisation)))


def add_site(engine: Engine, user: str, organisation_id: int, site: model.Site) -> Row:
    """Add a site to a company; a site of an invented company is invented too."""
    with store.transaction(engine, user) as session:
        # Held by the database itself: a company of another region gets its first site here, too.
        parent = session.execute(_HOLD, {"id": organisation_id}).one_or_none()
        if parent is None:
            raise StoreProblem("store.not_found")
        record = tables.Site(organisation_id=organisation_id, **_columns(site))
        record.demo = site.origin.demo or parent.demo
        return _add(session, "site", record)


def add_resource(engine: Engine, user: str, site_id: int, resource: model.Resource) -> Row:
    """Add a resource to a site; a resource of an invented site is invented too."""
    with store.transaction(engine, user) as session:
        parent = _living(session, "site", site_id)
        record = tables.Resource(site_id=site_id, **_columns(resource))
        record.demo = resource.origin.demo or parent.demo
        return _add(session, "resource", record)


def change(engine: Engine, user: str, row: Row, values: Mapping[str, object]) -> Saved:
    """Write the columns given, named as in the model; raise StaleEdit when the row is no longer the version named."""
    strange = values.keys() - _editable(row.kind)
    if strange:
        msg = f"{row.kind} has no column {sorted(strange)}"
        raise ValueError(msg)
    with store.transaction(engine, user) as session:
        record = _current(session, row)
        before = {name: _get(record, name) for name in values}
        for name, value in _stored(values).items():
            setattr(record, name, value)
        session.flush()
        changed = {name: old for name, old in before.items() if old != _plain(values[name])}
        return Saved(Row(row.kind, row.id, record.version), changed)


def delete(engine: Engine, user: str, row: Row) -> None:
    """Delete a row softly, with the sites and resources below it; raise StoreProblem while synergies hang on it."""
    with store.transaction(engine, user) as session:
        record = _current(session, row)
        below = _below(row)
        synergies = _open_synergies(session, below["resource"])
        if synergies:
            raise StoreProblem("store.has_synergies", synergies=synergies)
        record.deleted_at = func.now()
        session.flush()
        for kind, chosen in below.items():
            table = _TABLES[kind]
            session.execute(
                update(table)
                .where(table.id.in_(chosen), table.deleted_at.is_(None))
                .values(deleted_at=func.now(), version=table.version + 1)
                .execution_options(synchronize_session=False)
            )


def restore(engine: Engine, user: str, kind: Kind, row_id: int) -> Row:
    """Take a deletion back, with all that was deleted in the same moment; raise StoreProblem when there is none."""
    with store.transaction(engine, user) as session:
        record = _locked(session, kind, row_id)
        if record is None or record.deleted_at is None:
            raise StoreProblem("store.not_found")
        if isinstance(record, tables.Site):
            _living(session, "organisation", record.organisation_id)
        if isinstance(record, tables.Resource):
            _living(session, "site", record.site_id)
        moment = record.deleted_at
        record.deleted_at = None
        session.flush()
        for below, chosen in _below(Row(kind, row_id)).items():
            table = _TABLES[below]
            session.execute(
                update(table)
                .where(table.id.in_(chosen), table.deleted_at == moment)
                .values(deleted_at=None, version=table.version + 1)
                .execution_options(synchronize_session=False)
            )
        return Row(kind, row_id, record.version)


def _add(session: Session, kind: Kind, record: _Record) -> Row:
    session.add(record)
    session.flush()
    return Row(kind, record.id)


def _locked(session: Session, kind: Kind, row_id: int) -> _Record | None:
    # Locked: of two writers the second waits and then sees the first; nobody deletes a parent while it gets a child.
    return cast("_Record | None", session.get(_TABLES[kind], row_id, with_for_update=True))


def _living(session: Session, kind: Kind, row_id: int) -> _Record:
    record = _locked(session, kind, row_id)
    if record is None or record.deleted_at is not None:
        raise StoreProblem("store.not_found")
    return record


def _current(session: Session, row: Row) -> _Record:
    record = _living(session, row.kind, row.id)
    if record.version != row.version:
        raise _stale(session, row)
    return record


def _stale(session: Session, row: Row) -> StaleEdit:
    found = session.execute(
        select(tables.Change.changed_by, tables.Change.changed_at)
        .where(tables.Change.table_name == row.kind, tables.Change.row_id == row.id)
        .order_by(tables.Change.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None or not found.changed_by:
        return StaleEdit("store.changed_meanwhile_unknown")
    return StaleEdit("store.changed_meanwhile", user=found.changed_by, time=found.changed_at.astimezone(FINLAND))


def _below(row: Row) -> dict[Kind, _Ids]:
    sites = select(tables.Site.id).where(
        tables.Site.organisation_id == row.id if row.kind == "organisation" else tables.Site.id == row.id
    )
    own = select(tables.Resource.id).where(tables.Resource.id == row.id)
    resources = select(tables.Resource.id).where(tables.Resource.site_id.in_(sites))
    below: dict[Kind, _Ids] = {"resource": own if row.kind == "resource" else resources}
    return {"site": sites, **below} if row.kind == "organisation" else below


def _open_synergies(session: Session, resources: _Ids) -> int:
    """Count the synergies that aren't lapsed: a completed one is a result that reports still tell of."""
    synergy = tables.Synergy
    return (
        session.scalar(
            select(func.count()).where(
                or_(synergy.have_id.in_(resources), synergy.want_id.in_(resources)),
                synergy.deleted_at.is_(None),
                synergy.stage != model.Stage.LAPSED.value,
            )
        )
        or 0
    )


def _editable(kind: Kind) -> set[str]:
    parent = {"site_id"} if kind == "resource" else set()
    return {field.name for field in fields(_MODELS[kind])} - {"origin"} | parent


def _columns(entry: model.Organisation | model.Site | model.Resource) -> dict[str, object]:
    values = {field.name: getattr(entry, field.name) for field in fields(entry) if field.name != "origin"}
    origin = entry.origin
    return _stored(values) | {
        "channel": origin.channel.value,
        "source_document": origin.document,
        "source_date": origin.dated,
        "source_key": origin.key,
        "demo": origin.demo,
    }


def _stored(values: Mapping[str, object]) -> dict[str, object]:
    columns = {name: _plain(value) for name, value in values.items()}
    if "easting_m" in columns:
        easting_m, northing_m = columns.pop("easting_m"), columns.pop("northing_m")
        point = shapely.Point(cast("float", easting_m), cast("float", northing_m))
        columns["point"] = from_shape(point, srid=crs.TM35FIN)
    return columns


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _get(record: _Record, name: str) -> object:
    if name in {"easting_m", "northing_m"} and isinstance(record, tables.Site):
        point = cast("shapely.Point", to_shape(record.point))
        return point.x if name == "easting_m" else point.y
    return getattr(record, name)
