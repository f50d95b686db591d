"""Waste codes as people write them, and whether they fit what is said of the hazard."""

import re
import unicodedata
from dataclasses import dataclass

from data.importers.codes import chapters, waste
from data.importers.faults import Cell, Reading, refuse, warn
from data.importers.text import plain

DIGITS = 6


@dataclass(frozen=True)
class Code:
    """A code of the list of waste, and whether the source marks it hazardous with a star."""

    code: str
    starred: bool


def written(code: str) -> str:
    """Write a code the way the list does: 03 01 05, with a star where the waste is hazardous."""
    star = "*" if code in waste() and waste()[code].hazardous else ""
    return f"{code[:2]} {code[2:4]} {code[4:]}{star}"


def parse(cell: Cell) -> Reading[Code]:
    """Read a code: 03 01 05, 030105, 03.01.05*, 30105 from a spreadsheet that dropped its zero."""
    text = unicodedata.normalize("NFKC", plain(cell)).strip()
    if not text:
        return Reading(None)
    starred = text.endswith("*")
    digits = re.sub(r"[\s.\-]|^EWC|^LoW", "", text.rstrip("* "), flags=re.IGNORECASE)
    if not re.fullmatch(r"\d{1,6}", digits, re.ASCII):
        return Reading(None, (refuse("ewc_unknown"),))
    if digits in waste():
        return _known(Code(digits, starred))
    padded = digits.zfill(DIGITS)
    if len(digits) == DIGITS - 1 and padded in waste():
        return _known(Code(padded, starred)).also(warn("ewc_lost_zero", suggestion=written(padded)))
    if digits in chapters() or digits.zfill(4) in chapters():
        return Reading(None, (refuse("ewc_group"),))
    return Reading(None, (refuse("ewc_unknown"),))


def _known(code: Code) -> Reading[Code]:
    entry = waste()[code.code]
    if entry.change in {"deleted", "now_hazardous", "new"}:
        return Reading(code, (warn(f"ewc_{entry.change}", code=written(code.code)),))
    return Reading(code)


def hazard(code: Code, stated: bool | None, words: tuple[str, str] = ("", "")) -> Reading[bool]:  # noqa: FBT001 - the cell's value
    """Settle whether a waste is hazardous from its code, its star and what the row says; propose one of yes and no."""
    entry = waste()[code.code]
    said = True if code.starred and stated is None else stated
    allowed = {entry.hazardous, entry.hazardous_2026 if entry.hazardous_2026 is not None else entry.hazardous}
    if said is None:
        return Reading(bool(entry.hazardous))
    if None in allowed or said in allowed:
        return Reading(said)
    if entry.hazardous:
        return Reading(
            None, (refuse("hazardous_mismatch", words[0], mirror=mirror(code.code), code=written(code.code)),)
        )
    return Reading(None, (refuse("not_hazardous_mismatch", words[1], code=written(code.code)),))


def mirror(code: str) -> str:
    """Name the entry behind or before this one that has the other hazard, as mirror pairs stand; empty if none."""
    entries = waste()
    for step in (1, -1):
        near = f"{int(code) + step:0{DIGITS}d}"
        if near in entries and near[:4] == code[:4] and entries[near].hazardous is not entries[code].hazardous:
            return written(near)
    return ""
