"""Check a benefit as somebody types it: numbers, years, shares; what is hard to believe is asked again."""

from datetime import date

from data.importers.faults import Fault
from data.importers.numbers import number
from data.model import Basis, Metric
from data.rules.checked import Checked, Desk, Raw
from data.store.benefits import Figure

FIRST_YEAR = 2000  # the store knows no earlier one
SOURCE_CHARACTERS = 500
# More than this no single exchange in Finland is likely to bring.
BELIEVABLE = {
    Metric.LANDFILL_DIVERTED: 2e6,
    Metric.CO2E_REDUCED: 5e5,
    Metric.VIRGIN_SAVED: 2e6,
    Metric.HAZARDOUS_ELIMINATED: 2e5,
    Metric.WATER_SAVED: 2e7,
    Metric.ENERGY_SAVED: 2e6,
    Metric.COST_SAVINGS: 2e7,
    Metric.ADDITIONAL_SALES: 2e7,
    Metric.PRIVATE_INVESTMENT: 5e8,
    Metric.JOBS: 500.0,
}
# Of what moves in a year no more can be diverted or saved, give or take how the two were told.
_OF_WHAT_MOVES = {
    Metric.LANDFILL_DIVERTED: 1.5,
    Metric.VIRGIN_SAVED: 1.5,
    Metric.HAZARDOUS_ELIMINATED: 1.5,
    Metric.CO2E_REDUCED: 25.0,
}


def check(raw: Raw, tonnes_per_year: float | None, begun: date, today: date) -> Checked[Figure]:
    """Check the fields metric, amount, basis, year, yearly, attribution, source and sure of one benefit.

    `tonnes_per_year` is what the synergy moves, where that is known, and `begun` the day on which it came to be.
    """
    desk = Desk(raw)
    metric = desk.choice("metric", Metric.LANDFILL_DIVERTED)
    amount = _amount(desk)
    share = _share(desk)
    year = _year(desk, begun, today)
    if amount is not None and not raw.get("sure"):
        most = min(BELIEVABLE[metric], (tonnes_per_year or 1e12) * _OF_WHAT_MOVES.get(metric, 1e12))
        if amount > most:
            _refuse(desk, "amount", "absurd", found=raw.get("amount"))
    source = desk.line("source", limit=SOURCE_CHARACTERS)
    yearly = bool(raw.get("yearly")) and metric is not Metric.PRIVATE_INVESTMENT
    basis = desk.choice("basis", Basis.DECLARED)
    return desk.done(
        Figure(
            metric=metric,
            amount=amount or 0.0,
            basis=basis,
            year=year,
            yearly=yearly,
            attribution_percent=share,
            source=source,
        )
    )


def _refuse(desk: Desk, name: str, rule: str, **values: object) -> None:
    desk.note(name, Fault(rule=f"benefit.{rule}", values=values))


def _amount(desk: Desk) -> float | None:
    found = str(desk.raw.get("amount") or "").strip()
    reading = number(found, None)
    if reading.value is None:
        rule = reading.faults[0].rule if reading.faults else "missing"
        _refuse(desk, "amount", "ambiguous" if rule == "import.ambiguous_number" else "not_a_number", found=found)
    elif reading.value < 0:
        _refuse(desk, "amount", "negative", found=found)
    elif reading.value == 0:
        _refuse(desk, "amount", "zero", found=found)
    else:
        return reading.value
    return None


def _share(desk: Desk) -> float:
    found = str(desk.raw.get("attribution") if desk.raw.get("attribution") is not None else "100").strip()
    reading = number(found.removesuffix("%").strip(), ",")
    if reading.value is None or not 0 < reading.value <= 100:  # noqa: PLR2004 - per cent
        _refuse(desk, "attribution", "share", found=found)
        return 100.0
    return reading.value


def _year(desk: Desk, begun: date, today: date) -> int:
    found = str(desk.raw.get("year") or "")
    year = int(found) if found.isdecimal() and len(found) == 4 else 0  # noqa: PLR2004 - digits of a year
    if not FIRST_YEAR <= year <= today.year + 1:
        _refuse(desk, "year", "year", found=found, first=FIRST_YEAR, last=today.year + 1)
    elif year < begun.year and not desk.raw.get("sure"):
        _refuse(desk, "year", "year_before", found=found, begun=begun.year)
    return year or today.year
