"""Listings of Materiaalitori (JSON): each material of a listing is a row, read by the same checks as a table."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config.errors import ImportProblem
from data.importers import jsonfile, safety
from data.importers.cells import Row, Sheet
from data.importers.checking import check
from data.importers.columns import Columns
from data.importers.faults import Cell, Fault, refuse, warn
from data.importers.protocol import Fixes
from data.importers.report import Options, Progress, Report
from data.model import Direction, ResourceType, SiteVisibility, Visibility
from geo import regions

KINDS: Mapping[str, tuple[Direction, ResourceType]] = {
    "offeringWaste": (Direction.HAVE, ResourceType.WASTE),
    "offeringMaterial": (Direction.HAVE, ResourceType.MATERIAL),
    "receivingMaterial": (Direction.WANT, ResourceType.MATERIAL),
    "offeringServices": (Direction.HAVE, ResourceType.SERVICE),
}
# Where each field stands in the file: what the report calls its column.
PATHS: Mapping[str, str] = {
    "organisation": "company.name",
    "business_id": "company.businessId",
    "site": "materials.location.name",
    "address": "materials.location.address",
    "postal_code": "materials.location.postalCode",
    "postal_place": "materials.location.city",
    "municipality": "materials.regions",
    "easting": "materials.location.coordinates.lon",
    "northing": "materials.location.coordinates.lat",
    "lon": "materials.location.coordinates.lon (WGS84)",
    "lat": "materials.location.coordinates.lat (WGS84)",
    "site_visibility": "materials.locationIsPublic",
    "kind": "rfoType",
    "title": "title",
    "description": "materials.description",
    "concepts": "materials.classification",
    "ewc": "materials.ewcCode",
    "hazardous": "materials.type",
    "quantity": "materials.quantity.amount",
    "unit": "materials.quantity.unitOfMeasure",
    "continuity": "materials.continuity",
    "expires_on": "expires",
    "status": "status",
    "materials": "materials",
}
Listing = Mapping[str, Any]


class Materiaalitori:
    """Import listings of waste, by-products, services and of materials that are sought."""

    suffixes: tuple[str, ...] = (".json",)

    def load(self, path: Path, options: Options, progress: Progress) -> Sheet:
        """Read the file; raise ImportProblem when it is no list of listings."""
        progress("import.stage_reading", 0, 1)
        file = options.name or path.name
        found, data = jsonfile.read(path, file)
        listings = _listings(found)
        if not listings:
            raise ImportProblem("import.not_rfo", file=file)
        progress("import.stage_reading", 1, 1)
        return Sheet(
            file=file,
            sha256=safety.digest(data),
            columns=Columns({}, PATHS, {}, (), ()),
            rows=tuple(_rows(listings)),
        )

    def check(self, source: Sheet, options: Options, fixes: Fixes, progress: Progress) -> Report:
        """Judge the listings."""
        return check(source, "materiaalitori", options, fixes, progress)


def _listings(found: Any) -> list[Listing]:  # noqa: ANN401 - JSON
    if isinstance(found, dict):
        found = [found] if "rfoType" in found else next((v for v in found.values() if isinstance(v, list)), [])
    if not isinstance(found, list):
        return []
    listings = [item["rfo"] if isinstance(item, dict) and isinstance(item.get("rfo"), dict) else item for item in found]
    usable = all(isinstance(item, dict) for item in listings) and any("rfoType" in item for item in listings)
    return listings if usable else []


def _rows(listings: list[Listing]) -> Iterator[Row]:
    number = 0
    for listing in listings:
        materials = [item for item in _list(listing.get("materials")) if isinstance(item, dict)]
        for index, material in enumerate(materials or [{}]):
            number += 1
            yield _row(number, listing, material, (index, len(materials)))


def _row(number: int, listing: Listing, material: Listing, place: tuple[int, int]) -> Row:
    kind = str(listing.get("rfoType"))
    faults: dict[str, Fault] = {}
    if kind not in KINDS:
        faults["kind"] = refuse("listing_type")
    if listing.get("status") == "closed":
        faults["status"] = refuse("listing_closed")
    if not place[1]:
        faults["materials"] = refuse("listing_empty")
    direction, sort = KINDS.get(kind, (Direction.HAVE, ResourceType.MATERIAL))
    company, quantity = _dict(listing.get("company")), _dict(material.get("quantity"))
    cells: dict[str, Cell] = {
        "organisation": _cell(company.get("name")),
        "business_id": _cell(company.get("businessId")),
        "kind": kind,
        "direction": str(direction),
        "type": str(sort),
        "title": _title(listing, material, place),
        "description": _cell(material.get("description")),
        "concepts": _cell(material.get("classification")),
        "ewc": _cell(material.get("ewcCode")),
        "hazardous": _cell(material.get("type")) if sort is ResourceType.WASTE else None,
        "quantity": _cell(quantity.get("amount")),
        "unit": _cell(quantity.get("unitOfMeasure")) if _cell(quantity.get("amount")) not in (None, "") else None,
        "continuity": _cell(material.get("continuity")),
        "expires_on": _cell(listing.get("expires")),
        "visibility": str(Visibility.PUBLIC),
        "status": _cell(listing.get("status")),
        "resource_key": _own_key(listing, place[0]),
    }
    cells |= _place(_dict(material.get("location")), public=bool(material.get("locationIsPublic")))
    if kind == "receivingMaterial" or not cells.get("postal_place"):
        cells |= _areas(_list(material.get("regions")), cells, faults)
    return Row(number, cells, faults=faults)


def _own_key(listing: Listing, index: int) -> str | None:
    own = listing.get("id") or listing.get("_id")
    return f"materiaalitori:{own}:{index}" if isinstance(own, str | int) and own else None


def _title(listing: Listing, material: Listing, place: tuple[int, int]) -> Cell:
    title = _cell(listing.get("title"))
    sort = str(_cell(material.get("classification")) or "").replace("_", " ")
    if not title:
        return sort.capitalize()
    return f"{title} ({sort})" if place[1] > 1 and sort else title


def _place(location: Listing, *, public: bool) -> dict[str, Cell]:
    city = _cell(location.get("city"))
    known = isinstance(city, str) and regions.load().by_name(city).code is not None
    cells: dict[str, Cell] = {
        "site": _cell(location.get("name")),
        "address": _cell(location.get("address")),
        "postal_code": _cell(location.get("postalCode")),
        "postal_place": city,
        "municipality": city if known else None,
        "site_visibility": str(SiteVisibility.EXACT if public else SiteVisibility.MUNICIPALITY),
    }
    by_type = {str(item.get("type")): item for item in map(_dict, _list(location.get("coordinates")))}
    if "EUREF_FIN" in by_type:
        # In this system their lon is the easting and their lat the northing, in metres.
        point = by_type["EUREF_FIN"]
        return cells | {"easting": _cell(point.get("lon")), "northing": _cell(point.get("lat"))}
    point = by_type.get("WGS84", {})
    return cells | {"lon": _cell(point.get("lon")), "lat": _cell(point.get("lat"))}


def _areas(areas: list[Any], cells: Mapping[str, Cell], faults: dict[str, Fault]) -> dict[str, Cell]:
    """Place a listing that names areas only in the first of them; by name, for its ids are not ours."""
    if cells.get("easting") or cells.get("lon"):
        return {}
    names = [name for name in map(_area_name, areas) if name]
    places = regions.load()
    for name in names:
        municipality, region = places.by_name(name).code, places.region_by_name(name).code
        if municipality is None and region is None:
            continue
        place = places.municipalities[municipality] if municipality else places.regions[str(region)]
        within = str(places.assign([(place.easting, place.northing)]).municipality[0])
        if len(names) > 1 or not municipality:
            faults["municipality"] = warn(
                "region_placed", areas=", ".join(names), municipality=places.municipalities[within]
            )
        near: dict[str, Cell] = {"municipality": within, "site_visibility": str(SiteVisibility.MUNICIPALITY)}
        return near
    return {"municipality": ", ".join(names) or None}


def _area_name(area: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(area, dict):
        area = area.get("name") or area.get("fi") or ""
    if isinstance(area, dict):
        area = area.get("fi") or next(iter(area.values()), "")
    return str(area) if isinstance(area, str) else ""


def _dict(value: Any) -> Listing:  # noqa: ANN401 - JSON
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return value if isinstance(value, list) else []


def _cell(value: Any) -> Cell:  # noqa: ANN401 - JSON
    return value if isinstance(value, str | int | float | bool) else None


IMPORTER = Materiaalitori()
