"""The list of companies: a page of rows, and where their sites stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from config.texts import Language
from dashboard import wording
from dashboard.literal import tooltip
from dashboard.views.records import Record, records
from data.model import Precision, ResourceType, SiteVisibility
from data.queries.companies import Sought
from geo import crs
from geo.regions import Place, Regions

PAGE_ROWS = 15
MAP_COMPANIES = 3_000  # more than this and the map shows the page's own sites alone: 5,000 points are 1.2 MB
PLACES_NAMED = 2
TYPES_NAMED = 2


@dataclass(frozen=True)
class Row:
    """Say of one company what its row shows; `locked`: others don't see its name."""

    id: int
    name: str
    locked: bool
    demo: bool
    places: str
    haves: int
    wants: int
    types: tuple[ResourceType, ...]

    def as_text(self, language: Language) -> str:
        """Say the row's small print: where, what it offers and needs, of which types, and whether it is invented."""
        counts = [wording.counted(self.haves, "have", language), wording.counted(self.wants, "want", language)]
        names = [wording.t(f"type.{kind.value}", language).lower() for kind in self.types]
        more = f" +{len(names) - TYPES_NAMED}" if len(names) > TYPES_NAMED else ""
        invented = wording.t("frame.demo", language).lower() if self.demo else ""
        parts = (self.places, *counts, ", ".join(names[:TYPES_NAMED]) + more, invented)
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Listing:
    """Hold a page of the list: the sentence as HTML, its rows, and how many pages there are."""

    sentence: str
    rows: tuple[Row, ...]
    total: int
    demo: bool
    pages: int


def build(page: pd.DataFrame, counts: tuple[int, int], sought: Sought, regions: Regions, language: Language) -> Listing:
    """Make the list from a page of companies and the counts of all and of invented ones."""
    total, demo = counts
    return Listing(
        sentence=_sentence(total, sought, regions, language),
        rows=tuple(_row(row, regions, language) for row in records(page)),
        total=total,
        demo=demo > 0,
        pages=max(1, -(-total // PAGE_ROWS)),
    )


def place(codes: Sequence[str] | None, regions: Mapping[str, Place], language: Language) -> str:
    """Name the municipalities of some codes: at most two, then how many more."""
    names = sorted(regions[code].name(language) for code in codes or () if code in regions)
    more = f" +{len(names) - PLACES_NAMED}" if len(names) > PLACES_NAMED else ""
    return ", ".join(names[:PLACES_NAMED]) + more


def only_municipality(site: Record) -> bool:
    """Tell whether a site is known or shown by its municipality alone."""
    return bool(
        site["visibility"] == SiteVisibility.MUNICIPALITY.value or site["precision"] == Precision.MUNICIPALITY.value
    )


def spots(sites: pd.DataFrame, regions: Regions, language: Language) -> pd.DataFrame:
    """Turn sites into what the map draws: id, organisation_id, lon, lat, vague, and the tooltip's name, a and b."""
    lon, lat = crs.to_wgs84(sites["easting_m"].to_numpy(float), sites["northing_m"].to_numpy(float))
    rows = records(sites)
    return pd.DataFrame(
        {
            "id": sites["id"].to_numpy(),
            "organisation_id": sites["organisation_id"].to_numpy(),
            "lon": lon.round(5),
            "lat": lat.round(5),
            "vague": [only_municipality(site) for site in rows],
            "name": [tooltip(str(site["organisation"])) for site in rows],
            "a": [tooltip(_beside(site, regions, language)) for site in rows],
            "b": "",
        }
    )


def where(site: Record, regions: Regions, language: Language) -> str:
    """Say which site it is and where: Tehdas, Kajaani; with (kunta) where that is all that is known."""
    name = regions.municipalities[site["municipality_code"]].name(language)
    vague = f" ({wording.t('companies.municipality', language)})" if only_municipality(site) else ""
    parts = [part for part in (str(site["name"]).strip(), name + vague) if part]
    return ", ".join(dict.fromkeys(parts))


def _beside(site: Record, regions: Regions, language: Language) -> str:
    """Say where a site is, beside its company's name: a site that is called after it needs no name."""
    called_after = str(site["name"]).casefold().startswith(str(site["organisation"]).casefold())
    return where({**site, "name": ""} if called_after else site, regions, language)


def _row(row: Record, regions: Regions, language: Language) -> Row:
    return Row(
        id=int(row["id"]),
        name=str(row["name"]),
        locked=not row["naming_consent"],
        demo=bool(row["demo"]),
        places=place(row["municipalities"], regions.municipalities, language),
        haves=int(row["haves"]),
        wants=int(row["wants"]),
        types=tuple(kind for kind in ResourceType if kind.value in (row["types"] or ())),
    )


def _sentence(total: int, sought: Sought, regions: Regions, language: Language) -> str:
    counted = wording.counted(total, "organisation", language)
    region = regions.regions[sought.region].name(language) if sought.region in regions.regions else ""
    search = sought.search.strip()
    if search and region:
        return wording.rich("companies.found_in", language, search=search, region=region, companies=counted)
    if search:
        return wording.rich("companies.found", language, search=search, companies=counted)
    if region:
        return wording.rich("companies.in_region", language, region=region, companies=counted)
    return wording.rich("companies.all", language, companies=counted)
