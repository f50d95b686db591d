"""Nearby partners: who could use a resource, ranked, and what the haul costs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Literal, cast

import pandas as pd

from config.texts import Language
from dashboard import amounts, weighing, wording
from dashboard.views import partner_figures as figures
from geo import regions

Scope = Literal["all", "own", "other"]
SCOPES: tuple[Scope, ...] = ("all", "own", "other")
BARS = weighing.PARTS
LIMIT_KM, LIMIT_MAX_KM, LIMIT_STEP_KM = 300, 500, 10
BEST = 10  # on each side of the region border
ROWS = 10  # shown at first
FAR = 20  # of those beyond the limit, the nearest are drawn

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Filter:
    """Hold what the link says: the resource, the limit, the side of the border, the partner whose row is open."""

    resource: int
    limit_km: int = LIMIT_KM
    scope: Scope = "all"
    partner: int | None = None
    rows: int = ROWS


@dataclass(frozen=True)
class Picked:
    """Hold the partners within the limit by scope (best first, unreachable ones last) and those beyond it."""

    within: Mapping[Scope, Rows]
    beyond: Mapping[Scope, Rows]  # the nearest of them
    beyond_counts: Mapping[Scope, int]


@dataclass(frozen=True)
class Place:
    """Hold where something is, in TM35FIN metres, and what its place is called."""

    name: str
    easting_m: float
    northing_m: float
    region: str
    vague: bool


@dataclass(frozen=True)
class Row:
    """Hold one partner as it is shown; `name` is None where it is hidden."""

    number: int
    partner: int
    name: str | None
    detail: str
    place: Place
    bars: Mapping[str, float | None]
    score: float
    distance: str
    km: str
    below_km: str
    euros: str
    co2e: str
    minutes: str
    method: str
    ferry: bool
    crosses: bool
    selected: bool
    precedents: int
    match: Mapping[str, Any]

    @property
    def estimated(self) -> bool:
        """Tell whether the distance is no road distance."""
        return self.method == "estimate"


@dataclass(frozen=True)
class Far:
    """Hold a partner beyond the limit, which has no row: the map shows where it is."""

    name: str | None
    detail: str
    place: Place
    distance: str
    minutes: str
    match: Mapping[str, Any]


@dataclass(frozen=True)
class Empty:
    """Say that there is nothing, what is nearest, and the limit that would show it."""

    title: str
    words: str
    limit_km: int | None


@dataclass(frozen=True)
class View:
    """Hold the page."""

    origin: Place
    offered: bool
    limit_km: int
    rows: tuple[Row, ...]
    counts: Mapping[Scope, int]
    more: int
    beyond: str
    far: tuple[Far, ...]
    around: tuple[Place, ...]
    empty: Empty | None
    weak: bool
    demo: bool

    @property
    def selected(self) -> Row | None:
        """Give the row that is open."""
        return next((row for row in self.rows if row.selected), None)


def pick(matches: pd.DataFrame, limit_km: int, rejected: Collection[int] = (), *, nearest: bool = False) -> Picked:
    """Cut weighed matches by the limit and keep the best of each side; what has no way at all counts as within.

    What somebody has rejected is not shown again. `nearest`: nothing fits well, so only nearness ranks.
    """
    matches = matches[~matches["partner_id"].isin(list(rejected))]
    near = matches[~(matches["km"] > limit_km)]
    far = matches[matches["km"] > limit_km].sort_values(["km", "partner_id"])
    by = ["cut", "km", "partner_id"] if nearest else ["cut", "fit", "partner_id"]
    ranked = near.assign(cut=near["km"].isna()).sort_values(by, ascending=[True, nearest, True])
    best = ranked[ranked.groupby("inside").cumcount() < BEST]
    inside = far["inside"].astype(bool)
    nearest_far = far[far.groupby("inside").cumcount() < FAR]
    counts: dict[Scope, int] = {"all": len(far), "own": int(inside.sum()), "other": int((~inside).sum())}
    within = {scope: _reachable(rows, counts["all"]) for scope, rows in _by_scope(best).items()}
    return Picked(within, _by_scope(nearest_far), counts)


def _reachable(rows: Rows, beyond: int) -> Rows:
    """Keep those without any way only below one that can be reached, or where there is nothing else at all."""
    return () if rows and pd.isna(rows[0]["km"]) and beyond else rows


def _by_scope(frame: pd.DataFrame) -> Mapping[Scope, Rows]:
    every = cast("Rows", frame.to_dict("records"))
    own = [row for row in every if row["inside"]]
    return {"all": every, "own": own, "other": [row for row in every if not row["inside"]]}


def build(picked: Picked, facts: pd.DataFrame, chosen: Filter, language: Language, *, weak: bool = False) -> View:
    """Lay out the page from picked, priced matches and the facts of their resources, the chosen one among them.

    A partner without facts has been deleted since the ranking was counted; the next run leaves it out.
    """
    known = {int(row["id"]): row for row in cast("Rows", facts.to_dict("records"))}
    origin = known[chosen.resource]
    within = {scope: [one for one in rows if _id(one) in known] for scope, rows in picked.within.items()}
    beyond = [one for one in picked.beyond[chosen.scope] if _id(one) in known]
    shown = within[chosen.scope][: chosen.rows]
    ids = [_id(match) for match in shown]
    open_id = chosen.partner if chosen.partner in ids else next(iter(ids), None)
    rows = tuple(
        _row(number, match, known[_id(match)], language, open_id=open_id) for number, match in enumerate(shown, 1)
    )
    return View(
        origin=place_of(origin, language),
        offered=origin["direction"] == "have",
        limit_km=chosen.limit_km,
        rows=rows,
        counts={scope: len(within[scope]) for scope in SCOPES},
        more=len(within[chosen.scope]) - len(shown),
        beyond=_beyond(beyond, picked.beyond_counts[chosen.scope], known, language),
        far=tuple(_far(match, known[_id(match)], language) for match in beyond[:FAR]),
        around=tuple(
            place_of(known[_id(match)], language) for match in within["all"][:ROWS] if match["method"] != "none"
        ),
        empty=None if rows else _empty(beyond, known, chosen, language),
        weak=weak and bool(rows),
        demo=bool(origin["demo"]) or any(known[row.partner]["demo"] for row in rows),
    )


def _id(match: Mapping[str, Any]) -> int:
    return int(match["partner_id"])


def place_of(fact: Mapping[str, Any], language: Language) -> Place:
    """Give the place of a resource as it may be shown."""
    municipality = regions.load().municipalities[fact["municipality_code"]]
    name = municipality.name(language)
    if fact["vague"]:
        name = wording.t("partners.municipality_only", language, place=name)
    return Place(name, fact["easting_m"], fact["northing_m"], fact["region_code"], bool(fact["vague"]))


def _row(
    number: int, match: Mapping[str, Any], fact: Mapping[str, Any], language: Language, *, open_id: int | None
) -> Row:
    place = place_of(fact, language)
    method = str(match["method"])
    return Row(
        number=number,
        partner=int(match["partner_id"]),
        name=name_of(fact),
        detail=_detail(place, fact, language),
        place=place,
        bars={name: None if pd.isna(match[name]) else float(match[name]) for name in BARS},
        score=float(match["fit"]),
        distance=figures.distance(match, language),
        km=figures.km(match, language),
        below_km=figures.below_km(match, language),
        euros=figures.per_tonne(match["eur_per_tonne"], language, method),
        co2e=figures.per_tonne(match["co2e_kg_per_tonne"], language, method),
        minutes=wording.minutes(match["minutes"], language),
        method=method,
        ferry=bool(match["ferry_km"] > 0),
        crosses=not match["inside"],
        selected=_id(match) == open_id,
        precedents=int(match["precedents"]),
        match=match,
    )


def name_of(fact: Mapping[str, Any]) -> str | None:
    """Give the name of a resource's company; None where it is hidden."""
    return fact["organisation"] if isinstance(fact["organisation"], str) else None


def _far(match: Mapping[str, Any], fact: Mapping[str, Any], language: Language) -> Far:
    place = place_of(fact, language)
    return Far(
        name=name_of(fact),
        detail=_detail(place, fact, language),
        place=place,
        distance=figures.distance(match, language),
        minutes=wording.minutes(match["minutes"], language),
        match=match,
    )


def _detail(place: Place, fact: Mapping[str, Any], language: Language) -> str:
    parts = (place.name, _inside_a_line(str(fact["title"])), amounts.say(fact, language))
    return " · ".join(part for part in parts if part)


def _inside_a_line(title: str) -> str:
    """Begin with a small letter, unless the word is an abbreviation."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _beyond(beyond: Rows, count: int, known: Mapping[int, Mapping[str, Any]], language: Language) -> str:
    if not beyond:
        return ""
    words = wording.t(
        "partners.beyond_one" if count == 1 else "partners.beyond_many",
        language,
        **({} if count == 1 else {"count": wording.number(count, language)}),
    )
    return wording.t("partners.beyond", language, count=words, **_nearest(beyond, known, language))


def _nearest(beyond: Rows, known: Mapping[int, Mapping[str, Any]], language: Language) -> dict[str, str]:
    first = beyond[0]
    place = place_of(known[_id(first)], language).name
    return {"place": place, "distance": wording.km(first["km"], language, str(first["method"]))}


def _empty(beyond: Rows, known: Mapping[int, Mapping[str, Any]], chosen: Filter, language: Language) -> Empty:
    limit = wording.quantity(chosen.limit_km, "km", language)
    title = wording.t(f"partners.none_{chosen.scope}", language, km=limit)
    if not beyond:
        return Empty(title, wording.t("partners.nowhere", language), None)
    words = wording.t("partners.nearest", language, **_nearest(beyond, known, language))
    reach = ceil(float(beyond[0]["km"]) / LIMIT_STEP_KM) * LIMIT_STEP_KM
    return Empty(title, words, reach if reach <= LIMIT_MAX_KM else None)
