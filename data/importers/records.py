"""From the cells of a row to an organisation, a site and a resource."""

import json
import re
from dataclasses import dataclass, field
from hashlib import blake2b

from data.importers import business_id, choices, dates, ewc, quantity
from data.importers.cells import Cells
from data.importers.codes import Unit, concepts, unit_codes
from data.importers.faults import refuse, warn
from data.importers.report import Options
from data.importers.text import clean, fold, plain
from data.model import Channel, ResourceType

DESCRIPTION_MAX = 20_000
WEIGHED = frozenset({ResourceType.MATERIAL, ResourceType.WASTE})  # a store of 300 m3 has no tonnes
DENSITY_MAX_KG_M3 = 25_000.0  # nothing is heavier than osmium
AMOUNT = ("quantity_low", "quantity_high", "unit", "tonnes_low", "tonnes_high", "tonnes_basis")
DAYS = ("available_from", "available_to", "expires_on")
Record = dict[str, object]


@dataclass(frozen=True)
class Defaults:
    """Say what a row is where it doesn't tell."""

    options: Options
    channel: Channel
    document: str
    prefix: str = ""  # of our own keys, where a format has ids of its own


@dataclass
class Draft:
    """Hold what one row comes to; `resource` is None where the row is of a site alone."""

    cells: Cells
    organisation: Record = field(default_factory=dict)
    site: Record = field(default_factory=dict)
    resource: Record | None = None


def key(kind: str, *parts: object) -> str:
    """Make the source key of something from what identifies it, the same for every file that tells of it."""
    told = "\x1f".join(fold(str(part)) for part in parts)
    return f"{kind}:{blake2b(told.encode('utf-8', 'replace'), digest_size=12).hexdigest()}"


def origin(cells: Cells, defaults: Defaults) -> Record:
    """Tell where a row comes from: its own word, else what the user has chosen for the file."""
    channel = cells.take("channel", choices.choice("channel", cells.raw("channel"), cells.language))
    dated = cells.take("source_date", dates.parse(cells.raw("source_date")))
    return {
        "channel": channel or str(defaults.channel),
        "source_document": defaults.document,
        "source_date": dated or defaults.options.dated,
        "demo": bool(cells.take("demo", choices.truth(cells.raw("demo")))),
    }


def organisation(cells: Cells) -> Record:
    """Read the organisation of a row."""
    name = cells.text("organisation")
    if not name and not any(problem.column == cells.heading("organisation") for problem in cells.problems):
        cells.add(refuse("organisation_missing"), "organisation")
    number = plain(cells.raw("business_id"))
    return {
        "name": name,
        "business_id": cells.take("business_id", business_id.parse(number)) if number.strip() else None,
        "other_names": [part.strip() for part in cells.text("other_names", 2000).split("|") if part.strip()],
        "industry_code": cells.text("industry_code", 10) or None,
        "kind": cells.take(
            "organisation_kind", choices.choice("organisation_kind", cells.raw("organisation_kind"), cells.language)
        ),
        "activation": cells.take("activation", choices.choice("activation", cells.raw("activation"), cells.language)),
        "naming_consent": cells.take("naming_consent", choices.truth(cells.raw("naming_consent"))),
    }


def site(cells: Cells) -> Record:
    """Read the site of a row, all but its point."""
    return {
        "name": cells.text("site"),
        "address": cells.text("address"),
        "postal_code": postal_code(cells),
        "postal_place": cells.text("postal_place", 100),
        "visibility": cells.take(
            "site_visibility", choices.choice("site_visibility", cells.raw("site_visibility"), cells.language)
        ),
        "precision": cells.take("precision", choices.choice("precision", cells.raw("precision"), cells.language)),
    }


def postal_code(cells: Cells) -> str | None:
    """Read a postal code; zeros that a spreadsheet dropped come back, as in 5200.0 for 05200."""
    text = plain(cells.raw("postal_code")).strip()
    bare = re.sub(r"^(FI|AX)-?\s*|\.0$", "", text, flags=re.IGNORECASE)
    if not bare:
        return None
    if not re.fullmatch(r"\d{2,5}", bare, re.ASCII):
        cells.add(refuse("postal_code"), "postal_code")
        return None
    whole = bare.zfill(5)
    if len(bare) < len(whole):
        cells.add(warn("postal_code_lost_zero", suggestion=whole), "postal_code")
    return whole


def resource(cells: Cells) -> Record | None:
    """Read the resource of a row; None where nothing of the row is of a resource."""
    if not any(cells.has(name) for name in ("title", "direction", "type", "ewc", "quantity", "quantity_low")):
        return None
    title = cells.text("title")
    if not title and not any(problem.column == cells.heading("title") for problem in cells.problems):
        cells.add(refuse("title_missing"), "title")
    made: Record = {"title": title, "direction": _direction(cells)}
    made |= _waste(cells)
    made["type"] = _type(cells, made["ewc_code"])
    materials, attributes = _concepts(cells, title)
    made["concepts"] = materials
    made |= _amount(cells, attributes, materials, weighs=made["type"] in WEIGHED)
    made |= _times(cells)
    made["attributes"] = attributes
    made["description"] = cells.text("description", DESCRIPTION_MAX, lines=True)
    made["language"] = cells.take("language", choices.language_of(cells.raw("language")))
    made["visibility"] = cells.take("visibility", choices.choice("visibility", cells.raw("visibility"), cells.language))
    return made


def _direction(cells: Cells) -> str | None:
    if not cells.has("direction"):
        cells.add(refuse("direction_missing"), "direction")
        return None
    return cells.take("direction", choices.choice("direction", cells.raw("direction"), cells.language))


def _type(cells: Cells, code: object) -> str | None:
    if cells.has("type"):
        return cells.take("type", choices.choice("type", cells.raw("type"), cells.language))
    assumed = ResourceType.WASTE if code else ResourceType.MATERIAL
    cells.add(warn("type_assumed", assumed=choices.term("type", assumed, cells.language)), "type")
    return str(assumed)


def _waste(cells: Cells) -> Record:
    code = cells.take("ewc", ewc.parse(cells.raw("ewc")))
    stated = cells.take("hazardous", choices.truth(cells.raw("hazardous")))
    if code is None:
        return {"ewc_code": None, "hazardous": bool(stated)}
    return {
        "ewc_code": code.code,
        "hazardous": bool(cells.take("hazardous", ewc.hazard(code, stated, choices.yes_no(cells.language)))),
    }


def _concepts(cells: Cells, title: str) -> tuple[list[str], dict[str, object]]:
    # A title that is a material and nothing else, such as Hake, says what a column of materials would.
    said = cells.text("concepts", 1000) or _only_material(cells, title)
    words = [word.strip() for word in re.split(r"[,;|/]", said) if word.strip()]
    found = dict.fromkeys(concepts()[fold(word)] for word in words if fold(word) in concepts())
    unknown = [word for word in words if fold(word) not in concepts()]
    return list(found), {**({"material": ", ".join(unknown)} if unknown else {}), **_attributes(cells)}


def _attributes(cells: Cells) -> dict[str, object]:
    """Read what an exported table holds beside its columns; whatever else stands there is kept as a note."""
    said = cells.text("attributes", DESCRIPTION_MAX)
    try:
        read = json.loads(said or "{}")
    except (ValueError, RecursionError):
        return {"note": said}
    # Escapes may hide what the cell itself does not show.
    whole = cells.take("attributes", clean(json.dumps(read, ensure_ascii=False), DESCRIPTION_MAX)) or "{}"
    again = json.loads(whole)
    return again if isinstance(again, dict) else {"note": said}


def _only_material(cells: Cells, title: str) -> str:
    # What comes back from an export has been settled by people.
    return title if fold(title) in concepts() and not cells.has("resource_key") else ""


def _amount(cells: Cells, attributes: dict[str, object], materials: list[str], *, weighs: bool) -> Record:
    empty: Record = dict.fromkeys(
        ("quantity_low", "quantity_high", "unit", "tonnes_low", "tonnes_high", "tonnes_basis")
    )
    name, amount = _quantity(cells)
    if amount is None:
        return empty
    found = _unit(cells, name, amount)
    scaled = cells.take(name, quantity.in_unit(amount, *found)) if found else None
    if found is None or scaled is None:
        return empty
    density = cells.number("density")
    if density is not None and not 0 < density <= DENSITY_MAX_KG_M3:
        cells.add(refuse("number_too_large") if density > 0 else refuse("not_a_number"), "density")
        return empty
    if density:
        attributes["density_kg_m3"] = density
    if scaled.approximate:
        attributes["approximate"] = True
    mass = _stated_tonnes(cells)
    if mass is None and weighs:
        mass = cells.take(name, quantity.tonnes(scaled, found[0], density, tuple(materials)))
    return {
        "quantity_low": scaled.low,
        "quantity_high": scaled.high,
        "unit": scaled.unit,
        "tonnes_low": mass.low if mass else None,
        "tonnes_high": mass.high if mass else None,
        "tonnes_basis": None if mass is None else "estimated" if mass.estimated else "declared",
    }


def _stated_tonnes(cells: Cells) -> quantity.Tonnes | None:
    """Read tonnes that a table states itself, as an exported one does."""
    low, high = (cells.number(name) for name in ("tonnes_low", "tonnes_high"))
    if low is None or high is None or not 0 <= low <= high:
        return None
    return quantity.Tonnes(low, high, cells.text("tonnes_basis") == "estimated")


def _quantity(cells: Cells) -> tuple[str, quantity.Quantity | None]:
    """Read the amount from one column or from its two ends; name the column that it stands in."""
    if cells.has("quantity"):
        return "quantity", cells.take("quantity", quantity.parse(cells.raw("quantity"), cells.decimal_of("quantity")))
    names = [name for name in ("quantity_low", "quantity_high") if cells.has(name)]
    ends = [cells.take(name, quantity.parse(cells.raw(name), cells.decimal_of(name))) for name in names]
    read = [end for end in ends if end is not None]
    if not names or len(read) < len(names):
        return names[0] if names else "quantity", None
    low, high = read[0].low, read[-1].high
    if low > high:
        cells.add(refuse("quantity_order", f"{plain(cells.raw(names[1]))} {plain(cells.raw(names[0]))}"), *names)
        return names[0], None
    unit = next((end.unit for end in read if end.unit), "")
    return names[0], quantity.Quantity(low, high, unit, any(end.approximate for end in read))


def _unit(cells: Cells, name: str, amount: quantity.Quantity) -> tuple[Unit, float] | None:
    beside = cells.text("unit", 40)
    said = beside or amount.unit or cells.columns.units.get(name, "")
    if not said:
        cells.add(refuse("unit_missing"), name)
        return None
    where = "unit" if beside else name
    if amount.unit and beside:
        inside = quantity.unit(amount.unit)
        if inside.value is None:  # 20 loads, and t in the next column
            return cells.take(name, inside)
    if said in unit_codes():
        return unit_codes()[said], 1.0
    return cells.take(where, quantity.unit(said))


def _times(cells: Cells) -> Record:
    made: Record = {
        name: cells.take(name, dates.parse(cells.raw(name)))
        for name in ("available_from", "available_to", "expires_on")
    }
    first, last = made["available_from"], made["available_to"]
    if first is not None and last is not None and str(first) > str(last):
        cells.add(refuse("date_order"), "available_from", "available_to")
    made["continuity"] = cells.take("continuity", choices.choice("continuity", cells.raw("continuity"), cells.language))
    made["season_months"] = cells.take("season_months", choices.months(cells.raw("season_months"))) or []
    return made
