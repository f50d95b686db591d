"""Clean text: what can be put right without loss is, and what was lost before it came here is refused."""

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache

from data.importers.faults import Cell, Fault, Reading, refuse, warn

SHOWN = 120  # characters of a faulty value that a report repeats

# Tabs and line ends stay; other controls, also the C1 block, have no business in a cell.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Marks that turn the direction of writing can make a text show other than it is.
_DIRECTIONS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200c\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
# A zero-width joiner belongs between two emoji, and nowhere else in our languages.
_JOINER = re.compile(
    r"(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
# Our own export puts it before a text that a spreadsheet would take for a formula.
_ESCAPED = re.compile(r"^'(?=[=+\-@\t\r＝＋－＠])")
_BETWEEN = re.compile(r"[\s\-\u00ad\u2010-\u2015_./:*,;'\"”“’]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# UTF-8 that was once read as cp1252: ä becomes Ã¤ and so on.
_MOJIBAKE = re.compile(
    r"Ã[\u0080-\u00bf\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u2122]"
    r"|â€[\u0080-\u00bf\u0153\u2122\u02dc\u201c\u201d]"
)
_EXCEL_ERRORS = re.compile(
    r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|PUUTTUU!|ARVO!|VIITTAUS!|NIMI\?|JAKO/0!|LUKU!|SAKNAS!)"
)


def shown(cell: Cell) -> str:
    """Write a cell for people, shortened; what can't be stored or shown is left out."""
    text = plain(cell)
    for kind in (_CONTROLS, _DIRECTIONS, _SURROGATES):
        text = kind.sub("\N{WHITE SQUARE}", text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def plain(cell: Cell) -> str:
    """Turn a cell into text as the user would see it: whole numbers without .0, dates in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 - beyond it a float is no longer exact
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def clean(cell: Cell, limit: int = 300, *, lines: bool = False) -> Reading[str]:
    """Read a cell as text: NFC, without invisible characters; `lines`: line ends stay.

    Markup, formulas and braces are text like any other: they are stored as they stand.
    """
    raw = plain(cell)
    if len(raw) > limit * 4 and len(raw.strip()) > limit:
        return Reading(None, (refuse("text_too_long", length=len(raw), limit=limit),))
    if _EXCEL_ERRORS.fullmatch(raw.strip().upper()):
        return Reading(None, (refuse("cell_error"),))
    broken = _broken(raw)
    if broken:
        return Reading(None, (broken,))
    kept, removed = _without_invisible(raw)
    text = _ESCAPED.sub("", unicodedata.normalize("NFC", kept))
    text = _lines(text) if lines else " ".join(text.split())
    faults = (warn("characters_removed", kinds=", ".join(removed)),) if removed else ()
    if len(text) > limit:
        return Reading(None, (refuse("text_too_long", length=len(text), limit=limit),))
    return Reading(text, faults)


def _broken(raw: str) -> Fault | None:
    if "\ufffd" in raw or _SURROGATES.search(raw):
        return refuse("broken_character")
    if _MOJIBAKE.search(raw):
        try:
            mended = raw.encode("cp1252").decode("utf-8")
        except UnicodeError:
            mended = ""
        return refuse("mojibake", suggestion=mended)
    return None


def _without_invisible(raw: str) -> tuple[str, list[str]]:
    if raw.isprintable():  # which all of these are not: no need to look for each
        return raw, []
    removed = []
    if _CONTROLS.search(raw):
        removed.append(f"U+{ord(_CONTROLS.findall(raw)[0]):04X}")
    directions = _DIRECTIONS.findall(raw)
    if directions:
        removed.append(f"U+{ord(directions[0]):04X}")
    text = _DIRECTIONS.sub("", _CONTROLS.sub("", raw))
    # Soft hyphens and the like come along from web pages and mean nothing: no remark.
    return _JOINER.sub("", _INVISIBLE.sub("", text)), removed


def _lines(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.replace("\x85", "\n").splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


@lru_cache(100_000)  # the same few words stand in every row
def fold(text: str) -> str:
    """Bring a text to the form in which headings, names and choices are compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN.sub("", _INVISIBLE.sub("", folded))
