"""What the showcase says: a card each with its benefits, and a map as a drawing; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
import shapely

from config.texts import Language
from dashboard import outlines
from dashboard.views.records import Record, records
from dashboard.wording import capital, euros, km, number, quantity, t
from data.model import Metric
from geo import crs, regions
from geo.regions import Place

WIDTH = 420  # of the drawing's own units
MARGIN = 8
SIMPLER_M = 2_500
WHOLE_FROM = 100


@dataclass(frozen=True)
class Figure:
    """Hold one benefit in words, with how sure it is and of which year."""

    name: str
    value: str
    basis: str


@dataclass(frozen=True)
class Card:
    """Hold one symbiosis in words, and where its ends lie on the drawing."""

    number: int
    id: int
    have: str
    want: str
    type: str
    parties: str
    places: str
    facts: str
    figures: tuple[Figure, ...]
    start: tuple[int, int]
    end: tuple[int, int]
    crossing: bool

    @property
    def middle(self) -> tuple[int, int]:
        """Give where the number stands."""
        return (self.start[0] + self.end[0]) // 2, (self.start[1] + self.end[1]) // 2


@dataclass(frozen=True)
class View:
    """Hold all that the page shows."""

    cards: tuple[Card, ...]
    outlines: tuple[str, ...]
    height: int
    municipalities: int
    demo: bool


def build(cards: pd.DataFrame, benefits: pd.DataFrame, language: Language) -> View:
    """Build the page's words in a language."""
    rows = records(cards)
    figures = _figures(benefits, language)
    made = tuple(_card(number_, row, figures, language) for number_, row in enumerate(rows, 1))
    ends = {row[name] for row in rows for name in ("from_municipality", "to_municipality")}
    drawn = _drawn()
    demo = any(bool(row["demo"]) for row in rows)
    return View(made, drawn.outlines, drawn.height, len(ends), demo)


def _figures(benefits: pd.DataFrame, language: Language) -> Mapping[int, tuple[Figure, ...]]:
    order = [str(one) for one in Metric]
    found: dict[int, list[Figure]] = {}
    for row in sorted(records(benefits), key=lambda one: order.index(str(one["metric"]))):
        found.setdefault(int(row["synergy_id"]), []).append(_figure(row, language))
    return {key: tuple(listed) for key, listed in found.items()}


def _figure(row: Record, language: Language) -> Figure:
    amount = float(row["amount"])
    name, _, unit = t(f"metric.{row['metric']}", language).rpartition(", ")
    basis = t(f"benefit_status.{row['basis']}", language)
    if not row["yearly"]:
        unit = unit.partition("/a")[0]
    key = "showcase.basis" if row["yearly"] or "(" in unit else "showcase.basis_once"
    said = t(key, language, basis=basis, year=row["year"])
    if unit.startswith("€"):
        return Figure(capital(name), euros(amount, language, unit[1:]), said)
    whole = amount >= WHOLE_FROM or amount == round(amount)
    return Figure(capital(name), quantity(amount, unit, language, 0 if whole else 1), said)


def _card(number_: int, row: Record, figures: Mapping[int, tuple[Figure, ...]], language: Language) -> Card:
    towns = regions.load().municipalities
    here, there = towns[str(row["from_municipality"])], towns[str(row["to_municipality"])]
    hidden = t("showcase.unnamed", language)
    parties = t("showcase.parties", language, have=row["have_company"] or hidden, want=row["want_company"] or hidden)
    names = dict.fromkeys((here.name(language), there.name(language)))
    return Card(
        number_,
        int(row["id"]),
        str(row["have_title"]),
        str(row["want_title"]),
        t(f"type.{row['type']}", language),
        parties,
        " → ".join(names),
        _facts(row, language),
        figures.get(int(row["id"]), ()),
        _spot(here),
        _spot(there),
        row["from_region"] != row["to_region"],
    )


def _facts(row: Record, language: Language) -> str:
    parts = []
    if row["tonnes_per_year"] is not None:
        moved = quantity(float(row["tonnes_per_year"]), "t/a", language)
        parts.append(t("showcase.agreed", language, amount=moved) if row["agreed"] else moved)
    if row["road_km"] is not None:
        way = float(row["road_km"])
        # To the kilometre: what is public is the municipalities, and not how far into them the sites lie.
        parts.append(km(way, language, "estimate") if row["method"] == "estimate" else quantity(way, "km", language))
    return " · ".join(parts)


@dataclass(frozen=True)
class _Drawing:
    west: float
    north: float
    scale: float
    height: int
    outlines: tuple[str, ...]


@cache
def _drawn() -> _Drawing:
    """Draw the regions once a process, in metres on the ground shrunk to the drawing's width."""
    shapes = [shapely.transform(one, crs.reproject).simplify(SIMPLER_M) for one in outlines.of("regions").values()]
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    scale = (WIDTH - 2 * MARGIN) / (east - west)
    height = round((north - south) * scale) + 2 * MARGIN
    drawing = _Drawing(float(west), float(north), float(scale), height, ())
    paths = tuple(_path(shape, drawing) for shape in shapes)
    return _Drawing(drawing.west, drawing.north, drawing.scale, height, paths)


def _path(shape: shapely.Geometry, drawing: _Drawing) -> str:
    lines = []
    for part in getattr(shape, "geoms", [shape]):
        if part.is_empty:
            continue
        spots = [_on(x, y, drawing) for x, y in part.exterior.coords]
        if len(set(spots)) > 2:  # noqa: PLR2004 - a smaller island is no more than a dot
            lines.append("M" + "L".join(f"{x} {y}" for x, y in spots) + "Z")
    return "".join(lines)


def _on(easting_m: float, northing_m: float, drawing: _Drawing) -> tuple[int, int]:
    across = MARGIN + (easting_m - drawing.west) * drawing.scale
    return round(across), round(MARGIN + (drawing.north - northing_m) * drawing.scale)


def _spot(town: Place) -> tuple[int, int]:
    return _on(town.easting, town.northing, _drawn())


def sentence(view: View, language: Language) -> str:
    """Say how many there are; the heading of the page."""
    if not view.cards:
        return t("showcase.none", language)
    count, towns = number(len(view.cards), language), number(view.municipalities, language)
    return t("showcase.sentence", language, count=count, municipalities=towns)
