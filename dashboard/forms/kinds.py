"""What the three forms have in common: how each is filled, checked, drawn, read anew and added."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, cast

from config.errors import StoreProblem
from dashboard import frame, source
from dashboard.forms import organisation, resource, site
from dashboard.forms.fields import Fields
from dashboard.forms.sheet import Raw, Sheet
from dashboard.reading import Reader
from dashboard.views.records import Record, records
from data import model, rules
from data.model import Channel, Origin
from data.queries import companies
from data.rules.checked import Checked
from data.store import edit
from geo import regions

Entry = model.Organisation | model.Site | model.Resource


@dataclass(frozen=True)
class Kind:
    """Name the parts of one form."""

    check: Callable[[Raw], Checked[Any]]
    draw: Callable[[Fields, Sheet], None]
    add: Callable[[Sheet, Entry, str], edit.Row]
    newest: Callable[[Sheet], tuple[Record, Raw]]


def changes(kind: Kind, sheet: Sheet, entry: Entry) -> dict[str, object]:
    """Tell which columns differ from what the form was filled with; all of them where that did not pass the rules."""
    before = kind.check(sheet.initial).value
    told = {one.name: getattr(entry, one.name) for one in fields(entry) if one.name != "origin"}
    if before is not None:
        told = {name: one for name, one in told.items() if one != getattr(before, name)}
    if isinstance(entry, model.Site) and told.keys() & {"easting_m", "northing_m"}:
        told |= {"easting_m": entry.easting_m, "northing_m": entry.northing_m}
    raw = sheet.raw()
    if sheet.kind == "resource" and raw["site_id"] != sheet.initial["site_id"]:
        told["site_id"] = raw["site_id"]
    # What no form shows is never written by one.
    return {name: one for name, one in told.items() if name not in {"attributes", "event_id", "industry_version"}}


def _add_organisation(_sheet: Sheet, entry: Entry, user: str) -> edit.Row:
    return edit.add_organisation(source.engine(), user, cast("model.Organisation", entry))


def _add_site(sheet: Sheet, entry: Entry, user: str) -> edit.Row:
    return edit.add_site(source.engine(), user, sheet.parent, cast("model.Site", entry))


def _add_resource(sheet: Sheet, entry: Entry, user: str) -> edit.Row:
    raw = sheet.raw()
    dated = raw.get("source_date")
    origin = Origin(
        channel=Channel(str(raw.get("channel") or Channel.OTHER)),
        document=" ".join(str(raw.get("source_document") or "").split()),
        dated=dated if isinstance(dated, date) else None,
    )
    told = replace(cast("model.Resource", entry), origin=origin)
    return edit.add_resource(source.engine(), user, int(cast("int", raw["site_id"])), told)


def _newest_organisation(sheet: Sheet) -> tuple[Record, Raw]:
    found = companies.company(source.engine(), _row(sheet).id)
    if found is None:
        raise StoreProblem("store.not_found")
    return found, organisation.fill(found)


def _newest_site(sheet: Sheet) -> tuple[Record, Raw]:
    found = _find(records(companies.sites(source.engine(), sheet.parent)), _row(sheet).id)
    return found, site.fill(found)


def _newest_resource(sheet: Sheet) -> tuple[Record, Raw]:
    found = _find(records(companies.resources(source.engine(), sheet.parent)), _row(sheet).id)
    return found, resource.fill(found, frame.language())


def _find(rows: list[Record], row_id: int) -> Record:
    for row in rows:
        if row["id"] == row_id:
            return row
    raise StoreProblem("store.not_found")


def _row(sheet: Sheet) -> edit.Row:
    if sheet.row is None:
        raise StoreProblem("store.not_found")
    return sheet.row


def _draw_resource(fields: Fields, sheet: Sheet) -> None:
    listed = records(Reader()(companies.sites, sheet.parent))
    language = frame.language()
    places = regions.load().municipalities
    names = {int(row["id"]): f"{row['name']}, {places[row['municipality_code']].name(language)}" for row in listed}
    resource.draw(fields, names)


KINDS: Mapping[edit.Kind, Kind] = {
    "organisation": Kind(
        check=rules.organisation.check,
        draw=lambda fields, _sheet: organisation.draw(fields),
        add=_add_organisation,
        newest=_newest_organisation,
    ),
    "site": Kind(
        check=lambda raw: rules.site.check(raw, regions.load()),
        draw=lambda fields, _sheet: site.draw(fields),
        add=_add_site,
        newest=_newest_site,
    ),
    "resource": Kind(
        check=rules.resource.check,
        draw=_draw_resource,
        add=_add_resource,
        newest=_newest_resource,
    ),
}
