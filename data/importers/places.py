"""Where a row's site is: from its coordinates in whatever system, held against the municipality that it names."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.importers.cells import Cells
from data.importers.faults import Reading, refuse, warn
from data.importers.text import plain
from data.model import Precision
from geo import crs, regions

# The outlines are generalised to about 100 m, so a point this near a border may lie on either side of it.
BORDER_M = 500.0
_AROUND = BORDER_M * np.array([(np.sin(turn), np.cos(turn)) for turn in np.linspace(0, 2 * np.pi, 8, endpoint=False)])
_OLD_SYSTEMS = ("2393", "kkj", "ykj")

PAIRS = (("easting", "northing"), ("lon", "lat"))


@dataclass
class Claim:
    """Hold what a row says of its place; `x` and `y` as found, `guess` how they are read, `municipality` a code."""

    cells: Cells
    names: tuple[str, str] = ("", "")
    x: float = np.nan
    y: float = np.nan
    guess: crs.Guess | None = None
    municipality: str = ""
    easting: float = np.nan
    northing: float = np.nan
    precision: Precision = Precision.EXACT
    proposed: tuple[float, float] = (np.nan, np.nan)
    zone_less: bool = False  # could as well be KKJ that lost the 3 before its easting


def claim(cells: Cells, system: str) -> Claim:
    """Read what a row says of its place; problems go to its cells."""
    made = Claim(cells, municipality=_municipality(cells))
    made.names = next(((x, y) for x, y in PAIRS if cells.has(x) or cells.has(y)), ("", ""))
    if made.names[0]:
        _read_point(made, plain(cells.raw("coordinate_system")) or system)
    elif not made.municipality and not cells.rejected:
        made.municipality = _from_postal_place(cells)
    if made.guess is None and made.municipality and not made.names[0]:
        place = regions.load().municipalities[made.municipality]
        made.easting, made.northing, made.precision = place.easting, place.northing, Precision.MUNICIPALITY
    return made


def _municipality(cells: Cells) -> str:
    name = cells.text("municipality", 100)
    if not name:
        return ""
    if name.isdecimal():
        name = name.zfill(3)  # a code that a spreadsheet took for a number
    return cells.take("municipality", _known(name)) or ""


def _known(name: str) -> Reading[str]:
    found = regions.load().by_name(name)
    if found.code is None:
        suggestion = found.suggestions[0] if len(found.suggestions) == 1 else ""
        return Reading(None, (refuse("municipality_unknown", suggestion, found.suggestions),))
    if found.former:
        place = regions.load().municipalities[found.code]
        return Reading(found.code, (warn("municipality_merged", suggestion=place.fi, municipality=place),))
    return Reading(found.code)


def _from_postal_place(cells: Cells) -> str:
    name = plain(cells.raw("postal_place")).strip()
    found = regions.load().by_name(name).code if name else None
    if found is None:
        cells.add(refuse("no_place"), "municipality")
        return ""
    cells.add(warn("place_from_postal_place", municipality=regions.load().municipalities[found]), "postal_place")
    return found


def _read_point(made: Claim, system: str) -> None:
    cells, (x_name, y_name) = made.cells, made.names
    for name, other in ((x_name, y_name), (y_name, x_name)):
        if not cells.has(name):
            cells.add(refuse("coordinate_missing", other=cells.heading(other)), name)
            return
    x, y = (cells.number(name, degrees=x_name == "lon") for name in (x_name, y_name))
    if x is None or y is None:
        return
    made.x, made.y = x, y
    if x == 0 and y == 0:
        cells.add(refuse("null_island"), x_name, y_name)
        return
    guesses = crs.identify(x, y)
    if not guesses:
        cells.add(refuse("outside_finland"), x_name, y_name)
        return
    made.zone_less = any(guess.missing_zone and not guess.swapped for guess in guesses)
    if guesses[0].swapped:
        _swapped(made, guesses[0])
        return
    old = any(word in system.casefold() for word in _OLD_SYSTEMS)
    made.guess = next((guess for guess in guesses if guess.missing_zone and old), guesses[0])
    made.easting, made.northing = crs.resolve(x, y, made.guess)


def _swapped(made: Claim, guess: crs.Guess) -> None:
    made.proposed = crs.resolve(made.x, made.y, guess)
    found = regions.load().assign([made.proposed]).municipality[0]
    if not found:
        made.cells.add(refuse("outside_finland"), *made.names)
        return
    place = regions.load().municipalities[found]
    suggestion = f"{plain(made.cells.raw(made.names[1]))} {plain(made.cells.raw(made.names[0]))}"
    made.cells.add(refuse("swapped_coordinates", suggestion=suggestion, municipality=place), *made.names)


def settle(claims: Sequence[Claim]) -> None:
    """Hold every point against the outlines and the municipality its row names, all at once."""
    points = np.array([(claim.easting, claim.northing) for claim in claims], dtype=float).reshape(-1, 2)
    found = regions.load().assign(points).municipality
    doubtful = [
        at for at, claim in enumerate(claims) if claim.guess and claim.municipality not in {"", found[at]} and found[at]
    ]
    near = _nearby(points[doubtful])
    old = _as_ykj([claims[at] for at in doubtful])
    suspects = 0
    for at, claim in enumerate(claims):
        if claim.guess and not found[at]:
            claim.cells.add(refuse("outside_finland"), *claim.names)
    for index, at in enumerate(doubtful):
        claim = claims[at]
        if claim.municipality not in near[index]:
            suspects += _refuse(claim, str(found[at]), old[index])
    if suspects:
        _warn_others(claims)


def _nearby(points: npt.NDArray[np.float64]) -> list[set[str]]:
    if not len(points):
        return []
    around = (points[:, None, :] + _AROUND[None, :, :]).reshape(-1, 2)
    codes = regions.load().assign(around).municipality.reshape(-1, len(_AROUND))
    return [set(row) for row in codes]


def _as_ykj(claims: Sequence[Claim]) -> list[tuple[float, float, str]]:
    if not claims:
        return []
    guess = crs.Guess(crs.YKJ, missing_zone=True)
    points = [crs.resolve(claim.x, claim.y, guess) if claim.zone_less else (np.nan, np.nan) for claim in claims]
    codes = regions.load().assign(points).municipality
    return [(east, north, str(code)) for (east, north), code in zip(points, codes, strict=True)]


def _refuse(claim: Claim, found: str, old: tuple[float, float, str]) -> bool:
    """Refuse a point outside the municipality that its row names; tell whether it is the old system's fault."""
    municipalities = regions.load().municipalities
    stated = municipalities[claim.municipality]
    if old[2] == claim.municipality and claim.names[0] == "easting":
        claim.proposed = old[:2]
        fault = refuse("kkj_suspected", f"{old[0]:.0f} {old[1]:.0f}", found=municipalities[found], stated=stated)
    else:
        claim.proposed = (stated.easting, stated.northing)
        fault = refuse("point_outside_municipality", found=municipalities[found], stated=stated)
    claim.cells.add(fault, *claim.names)
    return fault.rule == "import.kkj_suspected"


def _warn_others(claims: Sequence[Claim]) -> None:
    # One row that only fits as KKJ makes the whole file suspect, also where both readings lie in one municipality.
    for claim in claims:
        if claim.zone_less and claim.guess and not claim.guess.missing_zone and not claim.cells.rejected:
            claim.cells.add(warn("kkj_possible"), *claim.names)
