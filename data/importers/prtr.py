"""SYKE's Finnish PRTR: facilities with their companies, and the waste that each sends away year by year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from config.texts import Language, text
from data.importers import places, register
from data.importers.assembly import ORGANISATIONS, RESOURCES, SITES
from data.importers.cells import Cells, Row
from data.importers.checking import points
from data.importers.columns import Columns
from data.importers.companies import Company, companies, site_name
from data.importers.faults import refuse
from data.importers.protocol import Fixes
from data.importers.quantity import LARGEST_TONNES
from data.importers.records import Record, postal_code
from data.importers.report import Options, Progress, Report, Tie
from data.importers.text import plain
from data.model import Channel, Direction, ResourceType, SiteVisibility, Visibility
from data.store.bulk import Batch

TITLE_LANGUAGE: Language = "fi"  # the register is Finnish, and so are the texts made of it
HAZARD = {"HW": True, "NONHW": False}
TREATMENTS = ("R", "D")
BASIS = {"M": "declared", "C": "declared", "E": "estimated"}  # measured, calculated, estimated
YEAR_FIRST, YEAR_LAST = 1990, 2100


@dataclass
class _Facility:
    cells: Cells
    claim: places.Claim
    company: Company
    site: Record
    id: str
    activity: str
    status: str


@dataclass
class _Flow:
    """The waste of one site, hazard class and treatment, over the years."""

    facility: _Facility
    hazardous: bool
    treatment: str
    tonnes: dict[int, float]
    basis: dict[int, str]
    abroad: set[str]


class Prtr:
    """Import a folder with the three files of the register, or a zip of them."""

    suffixes: tuple[str, ...] = ()

    def load(self, path: Path, options: Options, progress: Progress) -> register.Source:
        """Read the three files; raise ImportProblem when one is missing, too large or not what it should be."""
        progress("import.stage_reading", 0, 1)
        source = register.read(path, options)
        progress("import.stage_reading", 1, 1)
        return source

    def check(self, source: register.Source, options: Options, fixes: Fixes, progress: Progress) -> Report:
        """Judge facilities and transfers, and sum the transfers of a year that go to several receivers."""
        total = len(source.facilities) + len(source.transfers)
        facilities = _facilities(source, options, fixes)
        progress("import.stage_checking", len(facilities), total)
        kept = {own: facility for own, facility in facilities.items() if not facility.cells.rejected}
        transfers, flows, ties = _transfers(source, options, facilities)
        progress("import.stage_checking", total, total)
        problems = [problem for cells in transfers for problem in cells.problems]
        problems += [problem for facility in facilities.values() for problem in facility.cells.problems]
        site_ties = [
            Tie(facility.cells.row.key, facility.company.key, _key("s", own)) for own, facility in kept.items()
        ]
        return Report(
            importer="prtr",
            file=source.file,
            sha256=source.sha256,
            options=options,
            rows=total,
            problems=tuple(sorted(problems, key=lambda problem: (problem.part, problem.row))),
            batch=_batch(kept, flows, source, options),
            ties=(*site_ties, *ties),
            points=points([facility.claim for facility in facilities.values()]),
            channel=options.channel or Channel.REGISTER,
            columns={heading: heading for heading in source.facility_columns},
            coordinates="EPSG:3067",
            source=source,
        )


def _key(kind: str, *parts: str) -> str:
    return ":".join(("prtr", kind, *parts))


def _columns(headings: Sequence[str]) -> Columns:
    return Columns({name: at for at, name in enumerate(headings)}, {name: name for name in headings}, {}, (), ())


def _facilities(source: register.Source, options: Options, fixes: Fixes) -> dict[str, _Facility]:
    known = _columns(source.facility_columns)
    found: dict[str, _Facility] = {}
    names = companies(row.cells["parentCompanyName"] for row in source.facilities)
    for row in source.facilities:
        cells = Cells(_as_fields(row, source.facility_columns), known, options.language, ".", fixes.get(row.number, {}))
        company = names[plain(row.cells["parentCompanyName"])]
        facility = _facility(cells, company)
        if facility.id in found:
            cells.add(refuse("facility_twice", first=found[facility.id].cells.row.number), "facilityId")
        # Nobody can refer to one that is told twice, but its reason is told.
        found[facility.id if facility.id not in found else f"{facility.id}\n{row.number}"] = facility
    places.settle([facility.claim for facility in found.values()])
    return found


def _facility(cells: Cells, company: Company) -> _Facility:
    own, activity, status = (cells.text(name, 100) for name in ("facilityId", "mainActivityCode", "status"))
    if not own:
        cells.add(refuse("facility_unknown"), "facilityId")
    if not company.name or not cells.text("parentCompanyName"):
        cells.add(refuse("organisation_missing"), "parentCompanyName")
    return _Facility(cells, places.claim(cells, ""), company, _site(cells, company), own, activity, status)


def _as_fields(row: Row, headings: Sequence[str]) -> Row:
    """Give the register's columns the names by which places are read; the municipality there is a code."""
    named = {name: row.cells.get(name) for name in headings}
    # The stated municipality is not asked: two plants of 776 stand across a border from it, and the point is sure.
    return Row(
        row.number,
        {**named, "easting": named["x"], "northing": named["y"], "postal_code": named["postalCode"]},
        row.part,
        row.key,
    )


def _site(cells: Cells, company: Company) -> Record:
    full = cells.text("nameOfFeature")
    city = cells.text("city", 100)
    return {
        "name": company.name if company.confidential else site_name(full, company),
        "precision": "exact",
        "visibility": str(SiteVisibility.MUNICIPALITY if company.confidential else SiteVisibility.EXACT),
        "address": "",
        "postal_code": _quiet_postal_code(cells),
        "postal_place": city.title() if city.isupper() else city,
    }


def _quiet_postal_code(cells: Cells) -> str | None:
    # All of the register's postal codes came out as floats: a remark on each would say nothing.
    before = len(cells.problems)
    code = postal_code(cells)
    if code:
        del cells.problems[before:]
    return code


def _transfers(
    source: register.Source, options: Options, facilities: Mapping[str, _Facility]
) -> tuple[list[Cells], dict[str, _Flow], list[Tie]]:
    known = _columns(source.transfer_columns)
    read: list[Cells] = []
    ties: list[Tie] = []
    flows: dict[str, _Flow] = {}
    for row in source.transfers:
        cells = Cells(row, known, options.language, ".")
        read.append(cells)
        facility = facilities.get(cells.text("facilityId", 100))
        if facility is None or facility.cells.rejected:
            cells.add(refuse("facility_unknown"), "facilityId")
            continue
        own = _flow(cells, facility, flows)
        if own:
            ties.append(Tie(row.key, facility.company.key, _key("s", facility.id), own))
    return read, flows, ties


def _flow(cells: Cells, facility: _Facility, flows: dict[str, _Flow]) -> str:
    waste, treatment = cells.text("wasteClassificationCode"), cells.text("wasteTreatmentCode")
    if waste not in HAZARD or treatment not in TREATMENTS:
        cells.add(refuse("waste_class_unknown"), "wasteClassificationCode", "wasteTreatmentCode")
    year = cells.number("reportingYear")
    if year is None or not YEAR_FIRST <= year <= YEAR_LAST or year != int(year):
        cells.add(refuse("year_unreadable"), "reportingYear")
    tonnes = cells.number("totalWasteQuantityTNE")
    if tonnes is None or tonnes < 0:
        cells.add(refuse("quantity_unreadable"), "totalWasteQuantityTNE")
    elif tonnes > LARGEST_TONNES:
        cells.add(refuse("quantity_absurd", tonnes=f"{LARGEST_TONNES:_.0f}".replace("_", " ")), "totalWasteQuantityTNE")
    method, country = cells.text("methodCode"), cells.text("ReceivingSite_countryName")
    if cells.rejected or year is None or tonnes is None:
        return ""
    own = _key("r", facility.id, waste, treatment)
    flow = flows.setdefault(own, _Flow(facility, HAZARD[waste], treatment, {}, {}, set()))
    flow.tonnes[int(year)] = flow.tonnes.get(int(year), 0.0) + tonnes
    flow.basis[int(year)] = BASIS.get(method, "declared")
    if country:
        flow.abroad.add(country)
    return own


def _batch(
    facilities: Mapping[str, _Facility], flows: Mapping[str, _Flow], source: register.Source, options: Options
) -> Batch:
    origin: Record = {
        "channel": str(options.channel or Channel.REGISTER),
        "source_document": text("prtr.document", TITLE_LANGUAGE),
        "source_date": options.dated,
        "demo": False,
    }
    industries = register.industries((facility.company.key, facility.activity) for facility in facilities.values())
    organisations = {
        facility.company.key: {**facility.company.record(), **origin, "industry_code": industries[facility.company.key]}
        for facility in facilities.values()
    }
    sites = [_placed(own, facility) | origin for own, facility in facilities.items()]
    resources = [_resource(own, flow, source) | origin for own, flow in flows.items()]
    years = [
        (own, year, round(tonnes, 3), flow.basis[year])
        for own, flow in flows.items()
        for year, tonnes in flow.tonnes.items()
    ]
    return Batch(
        pd.DataFrame(list(organisations.values()), columns=ORGANISATIONS, dtype=object),
        pd.DataFrame(sites, columns=SITES, dtype=object),
        pd.DataFrame(resources, columns=RESOURCES, dtype=object),
        pd.DataFrame(years, columns=["resource_key", "year", "tonnes", "basis"]),
    )


def _placed(own: str, facility: _Facility) -> Record:
    return {
        **facility.site,
        "source_key": _key("s", own),
        "organisation_key": facility.company.key,
        "easting_m": float(facility.claim.easting),
        "northing_m": float(facility.claim.northing),
    }


def _resource(own: str, flow: _Flow, source: register.Source) -> Record:
    facility = flow.facility
    first, last = min(flow.tonnes), max(flow.tonnes)
    years = str(last) if first == last else f"{first}–{last}"
    tonnes = round(flow.tonnes[last], 3)
    kind = f"{'hazardous' if flow.hazardous else 'harmless'}_{'recovered' if flow.treatment == 'R' else 'disposed'}"
    activity = source.activities.get(facility.activity, {}).get(TITLE_LANGUAGE, "")
    return {
        "source_key": own,
        "site_key": _key("s", facility.id),
        "direction": str(Direction.HAVE),
        "type": str(ResourceType.WASTE),
        "title": text(f"prtr.{kind}", TITLE_LANGUAGE),
        "description": text("prtr.description", TITLE_LANGUAGE, activity=activity, years=years).strip(),
        "language": TITLE_LANGUAGE,
        "hazardous": flow.hazardous,
        **dict.fromkeys(("quantity_low", "quantity_high", "tonnes_low", "tonnes_high"), tonnes),
        "unit": "t",
        "tonnes_basis": flow.basis[last],
        "visibility": str(Visibility.PUBLIC),
        # A plant that no longer runs has nothing to offer after its last report.
        "expires_on": date(last, 12, 31) if facility.status in {"disused", "decommissioned"} else None,
        "attributes": {
            "year": last,
            "treatment": flow.treatment,
            "activity_code": facility.activity,
            "facility_id": facility.id,
            "status": facility.status,
            **({"abroad": sorted(flow.abroad)} if flow.abroad else {}),
        },
    }


IMPORTER = Prtr()
