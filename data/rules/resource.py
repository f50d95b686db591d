"""What a resource's form may save: quantities, waste codes and dates by the same rules as for imports."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from data import model
from data.importers import ewc, numbers, quantity
from data.importers.codes import Unit, unit_codes
from data.importers.faults import Fault, Reading
from data.importers.report import Severity
from data.rules.checked import Checked, Desk, Raw

DESCRIPTION_MAX_CHARACTERS = 20_000
DENSITY_MIN_KG_M3, DENSITY_MAX_KG_M3 = 5, 23_000  # expanded polystyrene to osmium
HAZARD = {"yes": True, "no": False}


@dataclass(frozen=True)
class Amount:
    """Hold a quantity as told and in tonnes."""

    low: float | None = None
    high: float | None = None
    unit: str | None = None
    tonnes: quantity.Tonnes | None = None


def check(raw: Raw) -> Checked[model.Resource]:
    """Check a resource: it needs a title, a unit with its quantity, and a hazard that fits its waste code.

    Fields: direction, type, title, description, language, concepts, ewc_code, hazardous (yes, no or empty: as the
    code says), quantity, unit, density, continuity, available_from, available_to, season_months, visibility,
    expires_on.
    """
    desk = Desk(raw)
    concepts = tuple(cast("list[str]", raw.get("concepts") or []))
    code, hazardous = _waste(desk)
    amount = _amount(desk, concepts)
    first, last = _dates(desk)
    resource = model.Resource(
        direction=desk.choice("direction", model.Direction.HAVE),
        type=desk.choice("type", model.ResourceType.MATERIAL),
        title=desk.line("title", missing="title_missing"),
        description=desk.line("description", limit=DESCRIPTION_MAX_CHARACTERS, lines=True),
        language=str(raw.get("language") or "fi"),
        concepts=concepts,
        ewc_code=code,
        hazardous=hazardous,
        quantity_low=amount.low,
        quantity_high=amount.high,
        unit=amount.unit,
        tonnes_low=amount.tonnes.low if amount.tonnes else None,
        tonnes_high=amount.tonnes.high if amount.tonnes else None,
        tonnes_basis=_basis(amount),
        continuity=desk.choice("continuity", model.Continuity.CONTINUOUS),
        available_from=first,
        available_to=last,
        season_months=tuple(sorted(cast("list[int]", raw.get("season_months") or []))),
        visibility=desk.choice("visibility", model.Visibility.NETWORK),
        expires_on=_day(raw, "expires_on"),
    )
    return desk.done(resource)


def _waste(desk: Desk) -> tuple[str | None, bool]:
    stated = HAZARD.get(str(desk.raw.get("hazardous") or ""))
    code = desk.take("ewc_code", ewc.parse(desk.cell("ewc_code")))
    if code is None:
        return None, bool(stated)
    hazard = desk.take("hazardous", ewc.hazard(code, stated))
    return code.code, bool(hazard)


def _amount(desk: Desk, concepts: tuple[str, ...]) -> Amount:
    found = desk.take("quantity", quantity.parse(desk.cell("quantity"), None))
    if found is None:
        return Amount()
    unit = _unit(desk, found.unit)
    if unit is None:
        return Amount()
    scaled = desk.take("quantity", quantity.in_unit(found, *unit))
    if scaled is None:
        return Amount()
    tonnes = desk.take("quantity", quantity.tonnes(scaled, unit[0], _density(desk), concepts))
    return Amount(scaled.low, scaled.high, scaled.unit, tonnes)


def _unit(desk: Desk, beside: str) -> tuple[Unit, float] | None:
    """Read the unit beside the amount, else the one chosen in its own field; refuse two that differ."""
    chosen = unit_codes().get(str(desk.raw.get("unit") or ""))
    written = desk.take("quantity", quantity.unit(beside))
    if beside:
        if written and chosen and written[0] != chosen:
            desk.refuse("unit", "unit_differs", written=written[0].code, chosen=chosen.code)
            return None
        return written
    if chosen is None:
        desk.refuse("unit", "unit_missing")
        return None
    return chosen, 1.0


def _density(desk: Desk) -> float | None:
    reading = numbers.number(desk.cell("density"), None)
    if reading.value is not None and not DENSITY_MIN_KG_M3 <= reading.value <= DENSITY_MAX_KG_M3:
        bounds = {"low": DENSITY_MIN_KG_M3, "high": DENSITY_MAX_KG_M3}
        reading = Reading(None, (Fault(rule="form.density_range", severity=Severity.REJECTED, values=bounds),))
    return desk.take("density", reading)


def _basis(amount: Amount) -> model.Basis | None:
    if amount.tonnes is None:
        return None
    return model.Basis.ESTIMATED if amount.tonnes.estimated else model.Basis.DECLARED


def _dates(desk: Desk) -> tuple[date | None, date | None]:
    first, last = _day(desk.raw, "available_from"), _day(desk.raw, "available_to")
    if first and last and first > last:
        desk.refuse("available_to", "dates_order")
    return first, last


def _day(raw: Raw, name: str) -> date | None:
    value = raw.get(name)
    return value if isinstance(value, date) else None
