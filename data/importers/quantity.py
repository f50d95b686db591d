"""Amounts as people write them: ranges, limits, about, with the unit beside them; never zero for lack of an answer."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime

from data.importers.codes import KG_IN_TONNE, Unit, densities, unit_key, units
from data.importers.faults import Cell, Fault, Reading, refuse, warn
from data.importers.numbers import as_text, minus, number

LARGEST_TONNES = 50_000_000.0  # Finland's largest mines move about as much in a year
LARGEST = 1e10

_APPROX = (
    r"(?:noin|n\.|n(?=\s*\d)|ca\.?|c\.|cirka|circa|about|approx\.?|approximately|ungefär|arviolta|arvio"
    r"|uppskattningsvis|~|≈)"
)
_UP_TO = r"(?:<=?|≤|alle|enintään|enint\.|max\.?|korkeintaan|under|högst|upp till|up to|at most|less than|below)"
_OVER = r"(?:>=?|≥|yli|vähintään|väh\.|min\.?|över|minst|over|at least|more than|above)"
_FIGURE = r"[+-]?\d[\d.,\s'’]*(?:[eE][+-]?\d{1,3})?"
_AMOUNT = re.compile(
    rf"(?P<approx>{_APPROX})?\s*(?:(?P<upto>{_UP_TO})|(?P<over>{_OVER}))?\s*(?P<first>{_FIGURE})\s*"
    rf"(?:-\s*(?P<second>{_FIGURE}))?\s*(?P<unit>[^\d\s].*)?",
    re.IGNORECASE,
)
_MONTHS = (
    "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"
    " jan feb mar mär apr may maj jun jul aug sep oct okt nov dec"
)
_DATE_LIKE = re.compile(
    rf"(\d{{1,2}})[.\-\s]+(?:{_MONTHS.replace(' ', '|')})\w*\.?(?:[.\-\s]+\d{{2,4}})?"
    r"|(\d{1,2})\.(\d{1,2})\.\d{2,4}|\d{4}-\d\d-\d\d",
    re.IGNORECASE,
)
_PER = r"(?:/|\bper\b)\s*"


def _per(beside: str, words: str) -> re.Pattern[str]:
    whole = "|".join(rf"\b{re.escape(word)}$" for word in words.split("|"))
    return re.compile(rf"{_PER}(?:{beside})\.?$|{whole}", re.IGNORECASE)


_PERIODS = (
    (_per("a|v|vuosi|år|året|year|yr|annum", "vuodessa|vuosittain|p.a|p.a.|om året|årligen|a year|yearly"), 1.0),
    (_per("kk|kuukausi|mån|månad|month|mo", "kuukaudessa|i månaden|a month|monthly"), 12.0),
    (_per("vko|vk|viikko|vecka|week|wk", "viikossa|i veckan|a week|weekly"), 52.0),
)
_PER_OTHER = re.compile(rf"{_PER}\w+\.?$|\bpäivässä$|\btunnissa$", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """A range in a unit, and whether the source calls it approximate."""

    low: float
    high: float
    unit: str = ""
    approximate: bool = False


@dataclass(frozen=True)
class Tonnes:
    """What a quantity comes to in tonnes; `estimated` where a typical density was used."""

    low: float
    high: float
    estimated: bool


def parse(cell: Cell, decimal: str | None) -> Reading[Quantity]:
    """Read an amount and, where the cell says it, its unit as written."""
    if isinstance(cell, date | datetime):
        return Reading(None, (refuse("number_became_date", suggestion=f"{cell.day},{cell.month}"),))
    if isinstance(cell, int | float):
        return _single(number(cell, decimal, large=LARGEST))
    text = re.sub(r"\.{2,}", "-", minus(unicodedata.normalize("NFKC", str(cell or "")).strip()))
    if not text:
        return Reading(None)
    if dated := _DATE_LIKE.fullmatch(text):
        meant = f"{int(dated[2])},{int(dated[3])}" if dated[2] else ""
        return Reading(None, (refuse("number_became_date", suggestion=meant),))
    if not (said := _AMOUNT.fullmatch(text)):
        return Reading(None, (refuse("quantity_unreadable"),))
    return _said(said, decimal)


def _single(reading: Reading[float]) -> Reading[Quantity]:
    if reading.value is None:
        return Reading(None, reading.faults)
    if reading.value < 0:
        return Reading(None, (refuse("quantity_negative", suggestion=as_text(-reading.value)),))
    return Reading(Quantity(reading.value, reading.value), reading.faults)


def _said(said: re.Match[str], decimal: str | None) -> Reading[Quantity]:
    if said["over"]:
        return Reading(None, (refuse("quantity_open"),))
    ends = [_single(number(said[end].strip(), decimal, large=LARGEST)) for end in ("first", "second") if said[end]]
    for end in ends:
        if end.value is None:
            return end
    amounts = [end.value.low for end in ends if end.value]
    low, high, unit = amounts[0], amounts[-1], (said["unit"] or "").strip()
    if low > high:
        return Reading(None, (refuse("quantity_order", suggestion=f"{as_text(high)}–{as_text(low)} {unit}".strip()),))
    low = 0.0 if said["upto"] else low
    reading = Reading(Quantity(low, high, unit, bool(said["approx"])))
    if said["upto"] or said["second"]:
        reading = reading.also(warn("quantity_range", low=as_text(low), high=as_text(high)))
    return reading.also(warn("quantity_approximate", amount=as_text(high))) if said["approx"] else reading


def unit(text: str) -> Reading[tuple[Unit, float]]:
    """Read a unit and the number of times a year that its amount comes: t/a gives 1, t/kk 12."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return Reading(None)
    times = 1.0
    for pattern, number_a_year in _PERIODS:
        if pattern.search(plain):
            plain, times = pattern.sub("", plain).strip(), number_a_year
            break
    else:
        if _PER_OTHER.search(plain) and unit_key(plain) not in units():
            return Reading(None, (refuse("unit_period"),))
    found = units().get(unit_key(plain))
    if found is None:
        return Reading(None, (refuse("unit_unknown", accepted=", ".join(sorted({u.code for u in units().values()}))),))
    faults: tuple[Fault, ...] = (warn("unit_per_period", times=int(times)),) if times != 1 else ()
    return Reading((found, times), faults)


def in_unit(amount: Quantity, found: Unit, times: float) -> Reading[Quantity]:
    """Give the amount a year in the unit; refuse what no plant in Finland can have."""
    scaled = replace(amount, low=amount.low * times, high=amount.high * times, unit=found.code)
    if found.dimension == "mass" and scaled.high * found.factor > LARGEST_TONNES:
        return Reading(None, (refuse("quantity_absurd", tonnes=f"{LARGEST_TONNES:_.0f}".replace("_", " ")),))
    return Reading(scaled)


def tonnes(amount: Quantity, found: Unit, density_kg_m3: float | None, concepts: tuple[str, ...]) -> Reading[Tonnes]:
    """Turn an amount into tonnes: mass by its unit, volume by the density stated or typical of the material."""
    if found.dimension == "mass":
        return Reading(Tonnes(amount.low * found.factor, amount.high * found.factor, amount.approximate))
    if found.dimension != "volume":
        return Reading(None)
    typical = next((densities()[name] for name in concepts if name in densities()), None)
    # Typical densities are of loose material: stacked and solid wood would come out wrong.
    density = density_kg_m3 or (typical if found.code not in {"k-m3", "p-m3"} else None)
    if not density:
        return Reading(None, (warn("unit_needs_density"),))
    factor = found.factor * density / KG_IN_TONNE
    reading = Reading(Tonnes(amount.low * factor, amount.high * factor, density_kg_m3 is None or amount.approximate))
    if density_kg_m3 is None:
        return reading.also(warn("density_typical", density=as_text(density), tonnes=as_text(amount.high * factor)))
    return reading
