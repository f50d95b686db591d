"""One company: its facts, its resources as rows, its sites, and the yearly series of a resource."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from config.texts import Language
from dashboard import amounts, wording
from dashboard.views.records import Record, records
from data.importers.ewc import written
from data.model import Direction, ResourceType
from matching import concepts


@dataclass(frozen=True)
class Fact:
    """Hold one fact of a profile: what it is and what it says."""

    label: str
    value: str


@dataclass(frozen=True)
class ResourceRow:
    """Say of one resource what its row shows; `details` come when it is opened."""

    id: int
    title: str
    direction: Direction
    type: ResourceType
    line: str
    hazardous: bool
    expired: bool
    details: tuple[Fact, ...]
    years: int


def summary(resources: pd.DataFrame, sites: int, language: Language) -> str:
    """Say in one sentence what a company offers and needs, as HTML."""
    haves = int((resources["direction"] == Direction.HAVE.value).sum())
    return wording.rich(
        "company.summary",
        language,
        haves=wording.counted(haves, "have", language),
        wants=wording.counted(len(resources) - haves, "want", language),
        sites=wording.counted(sites, "site", language),
    )


def facts(company: Record, language: Language) -> tuple[Fact, ...]:
    """List what is known of a company; what is unknown is left out, but for its business ID."""
    industry = company[f"industry_{language}"]
    code = company["industry_code"]
    told = {
        "business_id": company["business_id"] or wording.UNKNOWN,
        "industry_code": " ".join(part for part in (code, industry) if part) if code else "",
        "other_names": ", ".join(company["other_names"] or ()),
        "kind": wording.t(f"organisation_kind.{company['kind']}", language),
        "activation": wording.t(f"activation.{company['activation']}", language),
        "naming_consent": yes_no(company["naming_consent"], language),
        "channel": source(company, language),
    }
    return tuple(Fact(wording.t(f"field.{name}", language), str(value)) for name, value in told.items() if value)


def source(row: Record, language: Language) -> str:
    """Say how a row came in: its channel, document and date."""
    dated = wording.day(row["source_date"], language) if _day(row["source_date"]) else ""
    parts = (wording.t(f"channel.{row['channel']}", language), row["source_document"], dated)
    return ", ".join(str(part) for part in parts if part)


def yes_no(value: object, language: Language) -> str:
    """Say yes or no."""
    return wording.t("company.yes" if value else "company.no", language)


def resource_rows(resources: pd.DataFrame, language: Language, today: date) -> tuple[ResourceRow, ...]:
    """Make the rows of a company's resources in the order given."""
    return tuple(_resource(row, language, today) for row in records(resources))


def _resource(row: Record, language: Language, today: date) -> ResourceRow:
    expires = _day(row["expires_on"])
    return ResourceRow(
        id=int(row["id"]),
        title=str(row["title"]),
        direction=Direction(row["direction"]),
        type=ResourceType(row["type"]),
        line=" · ".join(part for part in _line(row, language) if part),
        hazardous=bool(row["hazardous"]),
        expired=expires is not None and expires < today,
        details=tuple(
            Fact(wording.t(f"field.{name}", language), said) for name, said in _details(row, language) if said
        ),
        years=int(row["years"]),
    )


def _line(row: Record, language: Language) -> list[str]:
    return [
        wording.t(f"direction.{row['direction']}", language),
        amounts.say(row, language),
        f"EWC{wording.SPACE}{written(row['ewc_code'])}" if row["ewc_code"] else "",
        wording.t("company.hazardous", language) if row["hazardous"] else "",
        str(row["site"]),
    ]


def _details(row: Record, language: Language) -> list[tuple[str, str]]:
    return [
        ("description", str(row["description"])),
        ("type", wording.t(f"type.{row['type']}", language)),
        ("concepts", _concepts(row["concepts"], language)),
        ("quantity", _quantity(row, language)),
        ("continuity", wording.t(f"continuity.{row['continuity']}", language)),
        ("available_from", _from_to(row, language)),
        ("season_months", months(row["season_months"], language)),
        ("visibility", wording.t(f"visibility.{row['visibility']}", language)),
        ("expires_on", wording.day(row["expires_on"], language) if _day(row["expires_on"]) else ""),
        ("channel", source(row, language)),
    ]


def _concepts(found: Sequence[str] | None, language: Language) -> str:
    table = concepts.load().concepts
    return ", ".join(table[one].name(language) if one in table else one for one in found or ())


def _quantity(row: Record, language: Language) -> str:
    low, high = row["quantity_low"], row["quantity_high"]
    if not (wording.known(low) and wording.known(high)):
        return ""
    flow = row["continuity"] == "continuous"
    told = wording.span(low, high, amounts.unit(str(row["unit"]), language, flow=flow), language)
    basis = row["tonnes_basis"]
    sure = f", {wording.t(f'benefit_status.{basis}', language)}" if basis else ""
    tonnes = amounts.say(row, language)
    return told + sure if tonnes == told else f"{told} = {tonnes}{sure}"


def _from_to(row: Record, language: Language) -> str:
    first, last = _day(row["available_from"]), _day(row["available_to"])
    if not first and not last:
        return ""
    return "–".join(wording.day(value, language) if value else "" for value in (first, last))


def months(numbers: Sequence[int] | None, language: Language) -> str:
    """Name months by their numbers: 5, 6, 7."""
    return ", ".join(wording.t(f"month.m{number}", language) for number in numbers or ())


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not pd.isna(value) else None


def series(years: pd.DataFrame, resource_id: int, language: Language) -> pd.DataFrame:
    """Give the yearly series of a resource: year, tonnes, told (with unit) and basis in words."""
    chosen = years[years["resource_id"] == resource_id].sort_values("year")
    return pd.DataFrame(
        {
            "year": chosen["year"].astype(int).to_numpy(),
            "tonnes": chosen["tonnes"].astype(float).to_numpy(),
            "told": [wording.quantity(value, "t", language, 0 if value >= 10 else 1) for value in chosen["tonnes"]],  # noqa: PLR2004 - one decimal below ten
            "basis": [wording.t(f"benefit_status.{basis}", language) for basis in chosen["basis"]],
        }
    )
