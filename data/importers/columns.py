"""Which heading means which field, in Finnish, Swedish and English and in many ways of writing."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as of
from functools import cache
from pathlib import Path

from config.errors import ImportProblem
from config.texts import LANGUAGES, Language, text
from data.importers.codes import unit_key, units
from data.importers.faults import Cell
from data.importers.text import fold, plain

SYNONYMS = Path(__file__).with_name("columns.toml")
# The template's columns, in its order; the rest may stand in a file but need not be asked of anybody.
TEMPLATE = (
    "organisation",
    "business_id",
    "naming_consent",
    "site",
    "address",
    "postal_code",
    "postal_place",
    "municipality",
    "lon",
    "lat",
    "easting",
    "northing",
    "site_visibility",
    "direction",
    "type",
    "title",
    "description",
    "language",
    "concepts",
    "ewc",
    "hazardous",
    "quantity_low",
    "quantity_high",
    "unit",
    "density",
    "continuity",
    "season_months",
    "available_from",
    "available_to",
    "expires_on",
    "visibility",
    "channel",
    "source_date",
)
REMARKS = "import_remarks"  # our own words on rejected rows: they come back with the mended rows, and say nothing new
BARE = frozenset({"nimi", "namn", "name"})
# An exported table has these beside the template's, so that it comes back in as it went out.
EXPORTED = (
    *TEMPLATE,
    "tonnes_low",
    "tonnes_high",
    "tonnes_basis",
    "precision",
    "other_names",
    "industry_code",
    "organisation_kind",
    "activation",
    "attributes",
    "demo",
    "organisation_key",
    "site_key",
    "resource_key",
)
_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")


@dataclass(frozen=True)
class Columns:
    """Tell for a header row where each field stands, how its heading is written, and what was not understood."""

    places: Mapping[str, int]
    headings: Mapping[str, str]
    units: Mapping[str, str]  # a unit that stands in a heading: Määrä (t/a)
    ignored: tuple[str, ...]
    contacts: tuple[str, ...]
    spare: Mapping[str, int] = of(default_factory=dict)  # where the ignored stand, for a file of rejected rows

    def field_of(self, heading: str) -> str | None:
        """Find the field of a heading as it stands in the file."""
        return next((name for name, known in self.headings.items() if known == heading), None)


@cache
def fields() -> Mapping[str, str]:
    """Give the field of every folded heading."""
    with SYNONYMS.open("rb") as file:
        synonyms: dict[str, list[str]] = tomllib.load(file)
    found: dict[str, str] = {}
    for field, names in synonyms.items():
        own = [template_heading(field, language) for language in LANGUAGES] if field in EXPORTED else []
        for name in [*names, *own, field]:
            key = fold(_BRACKETS.sub("", name))
            if found.setdefault(key, field) != field:
                msg = f"{name!r} means both {found[key]} and {field}"
                raise ValueError(msg)
    return found


def template_heading(field: str, language: Language) -> str:
    """Give the heading of a field in our own template."""
    return text(f"import_column.{field}", language)


def understand(heading: str) -> tuple[str | None, str]:
    """Tell which field a heading means, and the unit that stands in it."""
    bare = _BRACKETS.sub(" ", heading)
    hint = next(iter(_BRACKETS.findall(heading)), "")
    field = fields().get(fold(bare))
    if field is None and "," in heading:
        bare, _, hint = heading.rpartition(",")
        field = fields().get(fold(bare))
    key = fold(bare)
    if field in {"quantity", "quantity_low", "quantity_high"} and re.search(r"tonn|ton\b|tonper|ta$", key):
        hint = hint or "t"
    return field, hint.strip() if _is_unit(hint) else ""


def _is_unit(hint: str) -> bool:
    bare = re.sub(r"\s*(/|per)\s*\w+$", "", hint.strip())
    return unit_key(bare) in units()


def recognised(row: Sequence[Cell]) -> int:
    """Count the cells of a row that are headings which we know."""
    return sum(understand(plain(cell))[0] is not None for cell in row if isinstance(cell, str))


def meaning(heading: str, meanings: Mapping[str, str]) -> tuple[str | None, str]:
    """Tell which field a heading means, the user's word going before ours, and the unit that stands in it."""
    field, hint = understand(heading)
    return (meanings[heading] or None, hint) if heading in meanings else (field, hint)


def written(cell: Cell) -> str:
    """Give a heading as it is told to people: on one line."""
    return " ".join(plain(cell).split())


def columns(row: Sequence[Cell], file: str, meanings: Mapping[str, str]) -> Columns:
    """Read a header row; raise ImportProblem where two columns claim to be the same field."""
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    hints: dict[str, str] = {}
    ignored: list[str] = []
    contacts: list[str] = []
    for at, cell in enumerate(row):
        heading = written(cell)
        field, hint = meaning(heading, meanings)
        if field == REMARKS:
            continue
        if field is None:
            ignored += [heading] if heading else []
        elif field == "contact":
            contacts.append(heading)
        elif field in places:
            ignored += _share(field, (at, heading), places, headings, file)
        else:
            places[field], headings[field] = at, heading
            hints |= {field: hint} if hint else {}
    spare = {written(cell): at for at, cell in enumerate(row) if written(cell) in ignored}
    return Columns(places, headings, hints, tuple(ignored), tuple(contacts), spare)


def _share(field: str, new: tuple[int, str], places: dict[str, int], headings: dict[str, str], file: str) -> list[str]:
    """Settle two columns of one field, and name the one that is left out.

    Beside a column of companies, a bare "name" is the site's; beside a municipality's name, its code says no more.
    """
    old = places[field], headings[field]
    if field == "municipality" and any(fold(new[1]).endswith(end) for end in ("koodi", "kod", "code")):
        return [new[1]]
    bare = [which for which in (old, new) if fold(which[1]) in BARE]
    if field != "organisation" or len(bare) != 1 or "site" in places:
        raise ImportProblem("import.duplicate_column", file=file, column=new[1], other=old[1])
    for name, (at, heading) in (("site", bare[0]), (field, new if bare[0] == old else old)):
        places[name], headings[name] = at, heading
    return []
