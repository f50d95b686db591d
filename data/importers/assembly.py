"""Tie the rows of a file together: one organisation, one site, one resource each, however often the file names it."""

from collections.abc import Sequence
from math import hypot

import pandas as pd

from data.importers.faults import warn
from data.importers.places import Claim
from data.importers.records import Draft, Record, key
from data.importers.report import Tie
from data.importers.text import fold
from data.model import Precision
from data.store.bulk import ORGANISATION, RESOURCE, SITE, Batch

SAME_PLACE_M = 100.0
ORGANISATIONS = [*ORGANISATION]
SITES = [*(name for name in SITE if name != "point"), "easting_m", "northing_m", "organisation_key"]
RESOURCES = [*RESOURCE, "site_key"]


class _Gathered:
    """Collect the rows of the store by key, and remember which source row came first."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.first: dict[str, int] = {}

    def add(self, source_key: str, record: Record, row: int) -> bool:
        """Take a record in and tell whether its key is new; of a known one only what was missing is added."""
        if source_key in self.records:
            known = self.records[source_key]
            known |= {name: value for name, value in record.items() if known.get(name) in (None, "", [])}
            return False
        self.records[source_key] = {**record, "source_key": source_key}
        self.first[source_key] = row
        return True

    def frame(self, columns: list[str]) -> pd.DataFrame:
        """Give the records as a frame with these columns."""
        return pd.DataFrame(list(self.records.values()), columns=columns, dtype=object)


def assemble(drafts: Sequence[Draft], claims: Sequence[Claim]) -> tuple[Batch, tuple[Tie, ...]]:
    """Make the batch of the rows that are sound, and the tie of each to what it becomes."""
    organisations, sites, resources = _Gathered(), _Gathered(), _Gathered()
    numbers = _numbers(drafts)
    ties: list[Tie] = []
    for draft, claim in zip(drafts, claims, strict=True):
        if draft.cells.rejected:
            continue
        own = _organisation(draft, organisations, numbers)
        place = _site(draft, claim, sites, own)
        ties.append(_tie(draft, own, place, resources))
    batch = Batch(organisations.frame(ORGANISATIONS), sites.frame(SITES), resources.frame(RESOURCES))
    return batch, tuple(ties)


def _numbers(drafts: Sequence[Draft]) -> dict[str, str]:
    """Find the business ID of each name that a file gives one to, so that rows without it join those with it."""
    found: dict[str, set[str]] = {}
    for draft in drafts:
        number = draft.organisation["business_id"]
        if number and not draft.cells.rejected:
            found.setdefault(fold(str(draft.organisation["name"])), set()).add(str(number))
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}


def _organisation(draft: Draft, gathered: _Gathered, numbers: dict[str, str]) -> str:
    cells, record = draft.cells, draft.organisation
    name = str(record["name"])
    number = record["business_id"] or numbers.get(fold(name))
    own = cells.text("organisation_key") or key("o", number or name)
    if not gathered.add(own, {**record, "business_id": number}, cells.row.number):
        first = str(gathered.records[own]["name"])
        if number and fold(first) != fold(name):
            cells.add(warn("business_id_two_names", business_id=number, first=first), "organisation")
    return own


def _site(draft: Draft, claim: Claim, gathered: _Gathered, organisation: str) -> str:
    cells, record = draft.cells, draft.site
    named = str(record["name"])
    exact = claim.precision is Precision.EXACT
    where = claim.municipality if claim.municipality or not exact else f"{claim.easting:.0f} {claim.northing:.0f}"
    unnamed = "" if named else f"{record['address']} {claim.easting:.0f} {claim.northing:.0f}"
    own = cells.text("site_key") or key("s", organisation, named, unnamed or where)
    made = {
        **record,
        "name": named or str(draft.organisation["name"]),
        "precision": record["precision"] or str(claim.precision),
        "easting_m": float(claim.easting),
        "northing_m": float(claim.northing),
        "organisation_key": organisation,
    }
    if not gathered.add(own, made, cells.row.number):
        _same_place(claim, gathered.records[own], gathered.first[own])
    return own


def _same_place(claim: Claim, known: Record, first: int) -> None:
    apart_m = hypot(claim.easting - float(str(known["easting_m"])), claim.northing - float(str(known["northing_m"])))
    if apart_m > SAME_PLACE_M and claim.names[0]:
        claim.cells.add(warn("site_two_points", metres=round(apart_m), first=first), *claim.names)


def _tie(draft: Draft, organisation: str, site: str, gathered: _Gathered) -> Tie:
    cells, record = draft.cells, draft.resource
    row = cells.row.key or cells.row.number
    if record is None:
        return Tie(row, organisation, site)
    made = {**record, "site_key": site}
    stated = cells.text("resource_key")
    own = stated or key("r", site, *(made[name] for name in ("direction", "type", "title", "ewc_code")))
    content = {name: value for name, value in made.items() if name not in {"source_date", "source_document"}}
    if own in gathered.records and not _same(content, gathered.records[own]):
        # Two lots under one name: the second has a key of its own, by what it says.
        own = key("r", own, repr(sorted(content.items(), key=lambda item: item[0])))
    if own in gathered.records:
        cells.add(warn("duplicate_row", first=gathered.first[own]), "title")
        return Tie(row, organisation, site, own, repeated=True)
    gathered.add(own, made, cells.row.number)
    return Tie(row, organisation, site, own)


def _same(content: Record, known: Record) -> bool:
    return all(known.get(name) == value for name, value in content.items())
