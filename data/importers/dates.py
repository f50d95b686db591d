"""Dates as text or as Excel's serial numbers."""

import re
from datetime import date, datetime, timedelta

from data.importers.faults import Cell, Reading, refuse

EXCEL_DAY_ZERO = date(1899, 12, 30)
SERIAL_FIRST, SERIAL_LAST = 20_000, 80_000  # 1954 to 2119
YEAR_FIRST, YEAR_LAST = 1950, 2100
CENTURY = 2000
_MONTHS_IN_YEAR = 12
_TEXT = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")


def parse(cell: Cell) -> Reading[date]:
    """Read a date: 18.11.2026, 2026-11-18, 18/11/2026, Excel's day or its serial number."""
    if isinstance(cell, datetime):
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(float(cell))
    return _text(str(cell or "").strip())


def _text(text: str) -> Reading[date]:
    if not text:
        return Reading(None)
    if re.fullmatch(r"\d{5}", text):
        return _serial(float(text))
    if iso := _ISO.fullmatch(text):
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    if not (written := _TEXT.fullmatch(text)):
        return Reading(None, (refuse("date_unreadable"),))
    return _written(written)


def _written(written: re.Match[str]) -> Reading[date]:
    first, sign, second, year = int(written[1]), written[2], int(written[3]), int(written[4])
    full = year + CENTURY if len(written[4]) == 2 else year  # noqa: PLR2004 - digits
    either = sign == "/" and first != second and max(first, second) <= _MONTHS_IN_YEAR
    if either and min(first, second, full) > 0:
        days = (date(full, second, first), date(full, first, second))
        return Reading(None, (refuse("date_ambiguous", alternatives=tuple(finnish(day) for day in days)),))
    return _made(full, second, first)


def finnish(day: date) -> str:
    """Write a date as it is written in Finland, which `parse` reads in one way only."""
    return f"{day.day}.{day.month}.{day.year}"


def _serial(number: float) -> Reading[date]:
    if not SERIAL_FIRST <= number <= SERIAL_LAST:
        return Reading(None, (refuse("date_unreadable"),))
    return _within(EXCEL_DAY_ZERO + timedelta(days=int(number)))


def _made(year: int, month: int, day: int) -> Reading[date]:
    try:
        return _within(date(year, month, day))
    except ValueError:
        return Reading(None, (refuse("date_unreadable"),))


def _within(day: date) -> Reading[date]:
    if not YEAR_FIRST <= day.year <= YEAR_LAST:
        return Reading(None, (refuse("date_unreadable"),))
    return Reading(day)
