"""A draft listing in words, to be copied field by field into Materiaalitori's form; pure, no Streamlit."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from config.texts import Language
from dashboard import amounts, wording
from data.exporters.materiaalitori import Rule, Source, Wish, kind
from data.importers import ewc
from data.model import Direction, ResourceType
from geo import regions


def source(row: Mapping[str, Any], topics: tuple[str, ...], language: Language) -> Source:
    """Read what a listing is made of from a row of the store; `topics` are the concepts it is about."""
    places = regions.load()
    return Source(
        direction=Direction(row["direction"]),
        type=ResourceType(row["type"]),
        title=str(row["title"]),
        description=str(row["description"]),
        concepts=topics,
        ewc_code=row["ewc_code"] if isinstance(row["ewc_code"], str) else None,
        hazardous=bool(row["hazardous"]),
        quantity=ends(row, "quantity"),
        unit=row["unit"] if isinstance(row["unit"], str) else None,
        continuity=str(row["continuity"]),
        company=row["company"] if isinstance(row["company"], str) else None,
        named=bool(row["named"]),
        business_id=row["business_id"] if isinstance(row["business_id"], str) else None,
        site=str(row["site"] or ""),
        address=str(row["address"] or ""),
        postal_code=row["postal_code"] if isinstance(row["postal_code"], str) else None,
        postal_place=str(row["postal_place"] or ""),
        municipality=places.municipalities[row["municipality_code"]].name(language),
        region=places.regions[row["region_code"]].name(language),
        easting_m=float(row["easting_m"]),
        northing_m=float(row["northing_m"]),
        exact=bool(row["exact"]),
        demo=bool(row["demo"]),
    )


def ends(row: Mapping[str, Any], name: str) -> tuple[float, float] | None:
    """Give both ends of an amount; None where it is not told."""
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return (float(low), float(high)) if wording.known(low) and wording.known(high) else None


def text(listed: Source, wish: Wish, language: Language) -> str:
    """Write the draft a field a line; what is not known is left out."""
    lines = [f"{name}: {value}" for name, value in _fields(listed, wish, language) if value]
    return "\n".join([wording.t("frame.demo_help", language), *lines] if listed.demo else lines)


def _fields(listed: Source, wish: Wish, language: Language) -> Iterator[tuple[str, str]]:
    def say(key: str) -> str:
        return wording.t(f"listing.{key}", language)

    sort = kind(listed.direction, listed.type)
    waste = sort == "offeringWaste"
    yield say("field_type"), say(f"type_{sort}")
    yield say("field_title"), listed.title
    yield say("field_company"), " ".join(filter(None, (listed.company, listed.business_id)))
    yield say("field_description"), " ".join(listed.description.split())
    if waste and listed.ewc_code:
        yield say("field_code"), ewc.written(listed.ewc_code)
        yield say("field_hazardous"), say("yes" if listed.hazardous else "no")
    if sort != "receivingMaterial" and listed.quantity is not None and listed.unit:
        unit = amounts.unit(listed.unit, language, flow=listed.continuity == "continuous")
        yield say("field_amount"), wording.span(*listed.quantity, unit, language)
        yield say("field_continuity"), wording.t(f"continuity.{listed.continuity}", language)
    yield say("field_place"), _place(listed)
    yield say("field_expires"), wording.day(wish.expires, language)


def _place(listed: Source) -> str:
    address = " ".join(filter(None, (listed.postal_code, listed.postal_place))) if listed.exact else ""
    exact = (listed.site, listed.address, address) if listed.exact else ()
    return ", ".join(dict.fromkeys(filter(None, (*exact, listed.municipality, listed.region))))


def say(rule: Rule, language: Language) -> str:
    """Give what a rule says in words."""
    values = {
        name: wording.day(value, language) if isinstance(value, date) else value for name, value in rule.values.items()
    }
    return wording.t(rule.key, language, **values)
