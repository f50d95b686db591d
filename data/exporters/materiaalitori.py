"""Drafts of listings for Materiaalitori: a resource in the form (`rfo`) of its four types, and what its rules say.

The rules are checked before a draft leaves: half a year at most, waste by its holder alone, a waste code, a place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from config import legal
from data.importers import ewc
from data.model import Direction, ResourceType

WASTE, MATERIAL, WANTED, SERVICES = "offeringWaste", "offeringMaterial", "receivingMaterial", "offeringServices"
UNITS = ("kg", "t", "m", "m2", "m3", "kpl")
MONTH_DAYS = 30.4
OTHER = {WASTE: "muu_jate", MATERIAL: "muu_sivuvirta"}
# The materials of Materiaalitori's list that were seen in its own code, and what of ours goes under each.
CLASSES: Mapping[str, tuple[str, ...]] = {
    "puu": (
        "wood",
        "construction_wood",
        "sawdust",
        "cutter_shavings",
        "bark",
        "wood_chips",
        "wood_offcuts",
        "wood_packaging",
    ),
    "maa_ainekset": ("surplus_soil", "soil_top", "clay", "sand", "gravel_rock", "contaminated_soil"),
    "betoni": ("concrete",),
    "tiilet_ja_keramiikka": ("brick_tile", "ceramics"),
    "paperi": ("recovered_paper", "paper_reject", "paper_cores"),
    "kartonki": ("cardboard",),
    "muovi": ("plastic", "plastic_film"),
    "kumi": ("rubber", "rubber_tyre", "epdm", "conveyor_belt"),
    "metalli": ("metal", "steel_scrap", "aluminium", "copper_brass", "cast_iron", "stainless_steel"),
    "lasi": ("glass", "flat_glass", "packaging_glass"),
    "tekstiili": ("textile", "clothing", "cotton"),
    "lanta": ("manure", "horse_manure", "poultry_manure", "slurry_manure"),
    "tuhka": ("ash", "fly_ash", "bottom_ash", "wood_ash", "peat_ash", "coal_ash"),
    "kuona": ("slag", "steel_slag", "blast_furnace_slag", "copper_slag"),
    "elintarvikesivuvirta": ("bread_dough", "brewers_grain", "whey", "berry_pomace", "apple_pomace", "beverages"),
    "kayttokelpoiset_huonekalut": ("furniture",),
    "rakennusosat": ("building_parts", "windows_doors", "steel_frame", "sanitary_fixtures"),
}


@dataclass(frozen=True)
class Source:
    """Hold what a listing is made of: a resource with its company and its place, as the one who asks may see them."""

    direction: Direction
    type: ResourceType
    title: str
    description: str
    concepts: tuple[str, ...]
    ewc_code: str | None
    hazardous: bool
    quantity: tuple[float, float] | None
    unit: str | None
    continuity: str
    company: str | None
    named: bool  # whether others may tell the company's name
    business_id: str | None
    site: str
    address: str
    postal_code: str | None
    postal_place: str
    municipality: str
    region: str
    easting_m: float
    northing_m: float
    exact: bool
    demo: bool = False


@dataclass(frozen=True)
class Wish:
    """Hold what is decided at the draft: until when, and whether the company itself lists it."""

    expires: date
    by_company: bool = False


@dataclass(frozen=True)
class Rule:
    """Hold what a rule says of a draft: a text id with values; where it `refuses`, there is no draft."""

    key: str
    values: Mapping[str, object]
    refuses: bool


def kind(direction: Direction, type_: ResourceType) -> str | None:
    """Give the type of listing for a resource; None where Materiaalitori has none."""
    if direction is Direction.WANT:
        return WANTED if type_ in {ResourceType.MATERIAL, ResourceType.WASTE} else None
    if type_ in {ResourceType.MATERIAL, ResourceType.WASTE}:
        return WASTE if type_ is ResourceType.WASTE else MATERIAL
    return None if type_ in {ResourceType.ENERGY, ResourceType.WATER} else SERVICES


def latest(today: date) -> date:
    """Give the last day on which a listing that begins today may end."""
    return today + timedelta(days=int(legal.load().listing["most_months"] * MONTH_DAYS))


def check(source: Source, wish: Wish, today: date) -> list[Rule]:
    """Say what the rules of Materiaalitori have against a draft, the refusals first."""
    return sorted(_rules(source, wish, today), key=lambda rule: not rule.refuses)


def _rules(source: Source, wish: Wish, today: date) -> Iterator[Rule]:
    sort = kind(source.direction, source.type)
    if sort is None:
        yield Rule("listing.no_type", {}, refuses=True)
        return
    if sort == WASTE and not wish.by_company:
        yield Rule("materiaalitori.waste_by_proxy", {}, refuses=True)
    if not today <= wish.expires <= latest(today):
        months = legal.load().listing["most_months"]
        yield Rule("listing.expiry", {"months": months, "latest": latest(today)}, refuses=True)
    if not source.company or not (source.named or wish.by_company):
        yield Rule("listing.no_company", {}, refuses=True)
    if sort == WASTE:
        yield from _of_waste(source, wish, today)
    if sort in {WASTE, MATERIAL} and _amount(source) is None:
        yield Rule("listing.no_amount", {}, refuses=False)
    if sort in {WASTE, MATERIAL} and not source.exact:
        yield Rule("listing.no_point", {"municipality": source.municipality}, refuses=False)


def _of_waste(source: Source, wish: Wish, today: date) -> Iterator[Rule]:
    if not source.ewc_code:
        yield Rule("listing.no_code", {}, refuses=True)
    elif "*" in ewc.written(source.ewc_code) and not source.hazardous:
        yield Rule("listing.hazard", {"code": ewc.written(source.ewc_code)}, refuses=True)
    days = legal.load().tsv.open_days
    if (wish.expires - today).days < days:
        yield Rule("listing.tsv", {"days": days}, refuses=False)


def draft(source: Source, wish: Wish) -> dict[str, Any]:
    """Give the listing as JSON in Materiaalitori's form; the contact is left for whoever publishes it."""
    sort = kind(source.direction, source.type)
    return {
        **({"demo": True} if source.demo else {}),
        "rfoType": sort,
        "title": source.title,
        "expires": wish.expires.isoformat(),
        "status": "open",
        "contactIsPublic": False,
        "contact": {},
        "company": {"name": source.company, "businessId": source.business_id},
        "materials": [_material(source, sort)],
    }


def _material(source: Source, sort: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"classification": classification(source), "description": source.description}
    if sort == WANTED:
        return {**found, "regions": [{"name": source.municipality}]}
    if sort == WASTE:
        code = source.ewc_code or ""
        found["ewcCode"] = " ".join(code[at : at + 2] for at in range(0, len(code), 2))
        found["type"] = "dangerous" if source.hazardous else "nondangerous"
    amount = _amount(source)
    if amount is not None:
        found["quantity"] = {"amount": amount, "unitOfMeasure": source.unit}
    found["continuity"] = "onetime" if source.continuity == "one_off" else "continuous"
    return {**found, "location": _location(source), "locationIsPublic": source.exact}


def _location(source: Source) -> dict[str, Any]:
    """Tell where it is; a place of which only the municipality may be known has neither address nor point."""
    if not source.exact:
        return {"name": "", "address": "", "postalCode": "", "city": source.municipality, "region": source.region}
    # In this system their lon is the easting and their lat the northing, in metres.
    point = {"type": "EUREF_FIN", "lon": round(source.easting_m, 1), "lat": round(source.northing_m, 1)}
    return {
        "name": source.site,
        "address": source.address,
        "postalCode": source.postal_code or "",
        "city": source.municipality,
        "region": source.region,
        "coordinates": [point],
    }


def classification(source: Source) -> str:
    """Give the material of their list that fits; `other` where none does."""
    for name, ours in CLASSES.items():
        if set(ours) & set(source.concepts):
            return name
    return OTHER.get(str(kind(source.direction, source.type)), OTHER[MATERIAL])


def _amount(source: Source) -> float | None:
    if source.quantity is None or source.unit not in UNITS:
        return None
    low, high = source.quantity
    return round((low + high) / 2, 3)


def in_tonnes(source: Source, tonnes: tuple[float, float] | None) -> Source:
    """Tell the amount in tonnes where its own unit is none of Materiaalitori's."""
    if source.unit in UNITS or tonnes is None:
        return source
    return replace(source, quantity=tonnes, unit="t")
