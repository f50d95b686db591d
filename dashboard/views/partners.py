"""Nearby partners: who could use a resource, ranked, and what the haul costs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Literal, cast

import pandas as pd

from config.texts import Language
from dashboard import amounts, wording
from geo import regions

Scope = Literal["all", "own", "other"]
SCOPES: tuple[Scope, ...] = ("all", "own", "other")
BARS = ("substance", "quantity", "time", "haul")
LIMIT_KM, LIMIT_MAX_KM, LIMIT_STEP_KM = 300, 500, 10
BEST = 10  # on each side of the region border
ROWS = 10  # shown at first
WEAK = 0.25  # substance under which nothing but the type goes together: two texts that share a word have more

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
    beyond: Mapping[Scope, Rows]

    @property
    def ids(self) -> list[int]:
        """Give the resources whose facts a page needs."""
        shown = [row["partner_id"] for row in self.within["all"]]
        nearest = [rows[0]["partner_id"] for rows in self.beyond.values() if rows]
        return sorted({int(one) for one in (*shown, *nearest)})


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
    euros: str
    co2e: str
    minutes: str
    method: str
    crosses: bool
    selected: bool
    match: Mapping[str, Any]

    @property
    def estimated(self) -> bool:
        """Tell whether the distance is no road distance."""
        return self.method == "estimate"


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
    rows: tuple[Row, ...]
    counts: Mapping[Scope, int]
    more: int
    beyond: str
    empty: Empty | None
    weak: bool
    demo: bool

    @property
    def selected(self) -> Row | None:
        """Give the row that is open."""
        return next((row for row in self.rows if row.selected), None)


def pick(matches: pd.DataFrame, limit_km: int, rejected: Collection[int] = ()) -> Picked:
    """Cut scored matches by the limit and keep the best of each side; what has no way at all counts as within.

    What somebody has rejected is not shown again.
    """
    matches = matches[~matches["partner_id"].isin(list(rejected))]
    near = matches[~(matches["km"] > limit_km)]
    far = matches[matches["km"] > limit_km].sort_values(["km", "partner_id"])
    reachable_first = near.assign(cut=near["km"].isna()).sort_values(
        ["cut", "score", "partner_id"], ascending=[True, False, True]
    )
    best = reachable_first[reachable_first.groupby("inside").cumcount() < BEST]
    return Picked({scope: _reachable(rows, far) for scope, rows in _by_scope(best).items()}, _by_scope(far))


def _reachable(rows: Rows, far: pd.DataFrame) -> Rows:
    """Keep those without any way only below one that can be reached, or where there is nothing else at all."""
    return () if rows and pd.isna(rows[0]["km"]) and len(far) else rows


def _by_scope(frame: pd.DataFrame) -> Mapping[Scope, Rows]:
    inside = frame["inside"].astype(bool)
    parts = {"all": frame, "own": frame[inside], "other": frame[~inside]}
    return {cast("Scope", scope): cast("Rows", part.to_dict("records")) for scope, part in parts.items()}


def build(picked: Picked, facts: pd.DataFrame, chosen: Filter, language: Language) -> View:
    """Lay out the page from picked matches and the facts of their resources, the chosen one among them."""
    known = {int(row["id"]): row for row in cast("Rows", facts.to_dict("records"))}
    origin = known[chosen.resource]
    ranked = [match for match in picked.within[chosen.scope] if int(match["partner_id"]) in known]
    shown = ranked[: chosen.rows]
    ids = [int(match["partner_id"]) for match in shown]
    open_id = chosen.partner if chosen.partner in ids else next(iter(ids), None)
    rows = tuple(
        _row(number, match, known[int(match["partner_id"])], language, open_id=open_id)
        for number, match in enumerate(shown, 1)
    )
    beyond = picked.beyond[chosen.scope]
    return View(
        origin=_place(origin, language),
        offered=origin["direction"] == "have",
        rows=rows,
        counts={scope: len(picked.within[scope]) for scope in SCOPES},
        more=len(ranked) - len(shown),
        beyond=_beyond(beyond, known, language),
        empty=None if rows else _empty(beyond, known, chosen, language),
        weak=bool(rows) and max(row.bars["substance"] or 0.0 for row in rows) < WEAK,
        demo=bool(origin["demo"]) or any(known[row.partner]["demo"] for row in rows),
    )


def _place(fact: Mapping[str, Any], language: Language) -> Place:
    municipality = regions.load().municipalities[fact["municipality_code"]]
    name = municipality.name(language)
    if fact["vague"]:
        name = wording.t("partners.municipality_only", language, place=name)
    return Place(name, fact["easting_m"], fact["northing_m"], fact["region_code"], bool(fact["vague"]))


def _row(
    number: int, match: Mapping[str, Any], fact: Mapping[str, Any], language: Language, *, open_id: int | None
) -> Row:
    place = _place(fact, language)
    parts = (place.name, _inside_a_line(str(fact["title"])), amounts.say(fact, language))
    method = str(match["method"])
    return Row(
        number=number,
        partner=int(match["partner_id"]),
        name=fact["organisation"] if isinstance(fact["organisation"], str) else None,
        detail=" · ".join(part for part in parts if part),
        place=place,
        bars={name: None if pd.isna(match[name]) else float(match[name]) for name in BARS},
        score=float(match["score"]),
        distance=wording.distance(match["km"], language, method),
        km=_km(match, language),
        euros=_per_tonne(match["eur_per_tonne"], language, method),
        co2e=_per_tonne(match["co2e_kg_per_tonne"], language, method),
        minutes=wording.minutes(match["minutes"], language),
        method=method,
        crosses=not match["inside"],
        selected=int(match["partner_id"]) == open_id,
        match=match,
    )


def _inside_a_line(title: str) -> str:
    """Begin with a small letter, unless the word is an abbreviation."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _km(match: Mapping[str, Any], language: Language) -> str:
    """Give the figure for a column headed km: 108,7; 88,0 + 43,1 with a ferry; ≈ 260; – where there is no way."""
    if match["method"] == "road+ferry":
        legs = (match["km"] - match["ferry_km"], match["ferry_km"])
        return " + ".join(wording.number(leg, language, 1) for leg in legs)
    return wording.km(match["km"], language, str(match["method"])).removesuffix(f"{wording.SPACE}km")


def _per_tonne(value: float, language: Language, method: str) -> str:
    """Give a figure with one decimal; whole and with its sign where the distance is an estimate."""
    if not wording.known(value) or method == "none":
        return wording.UNKNOWN
    if method == "estimate":
        return f"≈{wording.SPACE}{wording.number(value, language)}"
    return wording.number(value, language, 1)


def _beyond(beyond: Rows, known: Mapping[int, Mapping[str, Any]], language: Language) -> str:
    if not beyond:
        return ""
    count = len(beyond)
    words = wording.t(
        "partners.beyond_one" if count == 1 else "partners.beyond_many",
        language,
        **({} if count == 1 else {"count": wording.number(count, language)}),
    )
    return wording.t("partners.beyond", language, count=words, **_nearest(beyond, known, language))


def _nearest(beyond: Rows, known: Mapping[int, Mapping[str, Any]], language: Language) -> dict[str, str]:
    first = beyond[0]
    # Deleted since the ranking was counted: then its place is not told, and the next run leaves it out.
    fact = known.get(int(first["partner_id"]))
    place = _place(fact, language).name if fact else wording.UNKNOWN
    return {"place": place, "distance": wording.km(first["km"], language, str(first["method"]))}


def _empty(beyond: Rows, known: Mapping[int, Mapping[str, Any]], chosen: Filter, language: Language) -> Empty:
    limit = wording.quantity(chosen.limit_km, "km", language)
    title = wording.t(f"partners.none_{chosen.scope}", language, km=limit)
    if not beyond:
        return Empty(title, wording.t("partners.nowhere", language), None)
    words = wording.t("partners.nearest", language, **_nearest(beyond, known, language))
    reach = ceil(float(beyond[0]["km"]) / LIMIT_STEP_KM) * LIMIT_STEP_KM
    return Empty(title, words, reach if reach <= LIMIT_MAX_KM else None)
