"""Numbers as people write them in Finland and elsewhere; what can be read in two ways is asked, not guessed."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from data.importers.faults import Cell, Fault, Reading, refuse

LARGEST = 1e12  # the store refuses more; a tonne figure of this size is a slip of the unit
_SPACES = "  \u2007\u2009\u202f'’"
_NUMBER = re.compile(r"[+-]?[\d.,  \u2007\u2009\u202f'’]*\d(?:[.,]\d*)?(?:[eE][+-]?\d{1,3})?")
# One sign with exactly three digits behind it and one to three before: 1,234 and 1.234.
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")


def number(cell: Cell, decimal: str | None, *, large: float = LARGEST) -> Reading[float]:
    """Read a number; `decimal` is the sign before decimals, None where the file hasn't told."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _bounded(float(cell), large)
    return _text("?" if isinstance(cell, bool) else str(cell or ""), decimal, large)


def _text(said: str, decimal: str | None, large: float) -> Reading[float]:
    text = minus(unicodedata.normalize("NFKC", said).strip())
    if not text:
        return Reading(None)
    if text.casefold().lstrip("+-") in {"nan", "inf", "infinity", "∞"}:
        return Reading(None, (refuse("not_finite"),))
    if not _NUMBER.fullmatch(text):
        return Reading(None, (refuse("not_a_number"),))
    either = _EITHER.fullmatch(text)
    if either and decimal is None:
        whole = text.replace(either[1], "")
        return Reading(None, (ambiguous(f"{int(whole):_}".replace("_", " "), text.replace(either[1], ",")),))
    digits = _to_digits(text, decimal)
    return Reading(None, (refuse("not_a_number"),)) if digits is None else _bounded(float(digits), large)


def ambiguous(as_thousands: str, as_decimal: str) -> Fault:
    """Make the fault of a number that can be read in two ways, both offered."""
    return refuse(
        "ambiguous_number", alternatives=(as_thousands, as_decimal), as_decimal=as_decimal, as_thousands=as_thousands
    )


def minus(text: str) -> str:
    """Write every sign that people use for minus as a hyphen."""
    return re.sub(r"[‐-―−]", "-", text)


def _bounded(value: float, large: float) -> Reading[float]:
    if not math.isfinite(value):
        return Reading(None, (refuse("not_finite"),))
    if abs(value) >= large:
        return Reading(None, (refuse("number_too_large"),))
    return Reading(value)


def _to_digits(text: str, decimal: str | None) -> str | None:
    text = re.sub(rf"(?<=\d)[{_SPACES}](?=\d{{3}}(?!\d))", "", text)
    mantissa, letter, exponent = re.split(r"([eE]|$)", text, maxsplit=1)
    mark = _decimal_mark(mantissa, decimal)
    whole, _, fraction = mantissa.partition(mark) if mark else (mantissa, "", "")
    sign = whole[:1] if whole[:1] in {"+", "-"} else ""
    first, *groups = re.split(r"[.,]", whole.removeprefix(sign))
    thousands = not groups or (bool(first) and all(len(group) == 3 for group in groups))  # noqa: PLR2004 - digits of a thousand
    if not thousands or not re.fullmatch(r"\d*", f"{first}{fraction}", re.ASCII):
        return None
    return f"{sign}{first}{''.join(groups)}.{fraction or 0}{letter}{exponent}"


def _decimal_mark(text: str, decimal: str | None) -> str:
    commas, points = text.count(","), text.count(".")
    if commas and points:
        return "," if text.rfind(",") > text.rfind(".") else "."
    mark = "," if commas else "." if points else ""
    if commas + points > 1:
        return ""  # 1.234.567: no number has two decimal signs
    if mark and _EITHER.fullmatch(text) and decimal not in {None, mark}:
        return ""
    return mark


def convention(cells: Iterable[Cell]) -> str | None:
    """Find the decimal sign of a file from those of its numbers that can be read in one way only."""
    votes: Counter[str] = Counter()
    for cell in cells:
        if isinstance(cell, str):
            for text in re.findall(r"\d[\d.,]*", cell):
                votes[_vote(text.rstrip(".,"))] += 1
    if votes[","] and not votes["."]:
        return ","
    if votes["."] and not votes[","]:
        return "."
    return None


def _vote(text: str) -> str:
    commas, points = text.count(","), text.count(".")
    if commas and points:
        return "," if text.rfind(",") > text.rfind(".") else "."
    if commas > 1 or points > 1:
        return "." if commas else ","
    if not commas + points or _EITHER.fullmatch(text):
        return ""
    return "," if commas else "."


def as_text(value: float) -> str:
    """Write a number the way a cell may hold it and `number` reads it back: at most three decimals, comma."""
    written = f"{value:.3f}".rstrip("0").rstrip(".")
    return written.replace(".", ",")
