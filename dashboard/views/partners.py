"""Nearby partners: who could use a resource, ranked, and what the haul costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import pandas as pd

from config.texts import Language
from dashboard import amounts, weighing, wording
from dashboard.views import partner_figures as figures
from dashboard.views.partner_pick import FAR, SCOPES, Limit, Picked, Rows, Scope
from geo import regions

BARS = weighing.PARTS
ROWS = 10  # shown at first
NOBODY: frozenset[int] = frozenset()

Known = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True)
class Filter:
    """Hold what the link says: one's own resources, the limit, the side of the border, the partner whose row is open.

    `company` tells that they are all that a company has and needs, so each row says which of them it answers.
    """

    own: tuple[int, ...]
    limit: Limit = field(default_factory=Limit)
    scope: Scope = "all"
    partner: int | None = None
    rows: int = ROWS
    company: bool = False


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
    """Hold one partner as it is shown; `name` is None where it is hidden. The way begins at `start`."""

    number: int
    partner: int
    name: str | None
    detail: str
    start: Place
    place: Place
    bars: Mapping[str, float | None]
    score: float
    distance: str
    km: str
    below_km: str
    euros: str
    co2e: str
    minutes: str
    coverage: str
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

    @property
    def pair(self) -> tuple[int, int]:
        """Give the ids of the offer and of the need."""
        return int(self.match["have_id"]), int(self.match["want_id"])


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
    limit: int | None


@dataclass(frozen=True)
class View:
    """Hold the page; `origin` is where the open partner's way begins, `homes` are all of one's own places."""

    origin: Place
    homes: tuple[Place, ...]
    offered: bool
    limit: Limit
    rows: tuple[Row, ...]
    counts: Mapping[Scope, int]
    more: int
    beyond: str
    far: tuple[Far, ...]
    around: tuple[Place, ...]
    empty: Empty | None
    weak: bool
    demo: bool
    company: bool = False

    @property
    def selected(self) -> Row | None:
        """Give the row that is open."""
        return next((row for row in self.rows if row.selected), None)


def build(picked: Picked, facts: pd.DataFrame, chosen: Filter, language: Language, *, weak: bool = False) -> View:
    """Lay out the page from picked, priced matches and the facts of their resources, one's own among them.

    A partner without facts has been deleted since the ranking was counted; the next run leaves it out.
    """
    known = {int(row["id"]): row for row in cast("Rows", facts.to_dict("records"))}
    within = {scope: [one for one in rows if _both(one, known)] for scope, rows in picked.within.items()}
    beyond = [one for one in picked.beyond[chosen.scope] if _both(one, known)]
    shown = within[chosen.scope][: chosen.rows]
    ids = [_id(match) for match in shown]
    open_id = chosen.partner if chosen.partner in ids else next(iter(ids), None)
    lay = _Rows(known, language, company=chosen.company)
    rows = tuple(lay.row(number, match, open_id) for number, match in enumerate(shown, 1))
    own = [known[one] for one in chosen.own if one in known]
    first = next((known[_own(row.match)] for row in rows if row.selected), own[0])
    return View(
        origin=place_of(first, language),
        homes=tuple(dict.fromkeys(place_of(fact, language) for fact in own)),
        offered=first["direction"] == "have",
        limit=chosen.limit,
        rows=rows,
        counts={scope: len(within[scope]) for scope in SCOPES},
        more=len(within[chosen.scope]) - len(shown),
        beyond=_beyond(beyond, picked.beyond_counts[chosen.scope], known, language),
        far=tuple(lay.far(match) for match in beyond[:FAR]),
        around=tuple(
            place_of(known[_id(match)], language) for match in within["all"][:ROWS] if match["method"] != "none"
        ),
        empty=None if rows else _empty(beyond, known, chosen, language),
        weak=weak and bool(rows),
        demo=any(one["demo"] for one in own) or any(known[row.partner]["demo"] for row in rows),
        company=chosen.company,
    )


def _id(match: Mapping[str, Any]) -> int:
    return int(match["partner_id"])


def _own(match: Mapping[str, Any]) -> int:
    return int(match["own_id"])


def _both(match: Mapping[str, Any], known: Known) -> bool:
    return _id(match) in known and _own(match) in known


def place_of(fact: Mapping[str, Any], language: Language) -> Place:
    """Give the place of a resource as it may be shown."""
    municipality = regions.load().municipalities[fact["municipality_code"]]
    name = municipality.name(language)
    if fact["vague"]:
        name = wording.t("partners.municipality_only", language, place=name)
    return Place(name, fact["easting_m"], fact["northing_m"], fact["region_code"], bool(fact["vague"]))


@dataclass(frozen=True)
class _Rows:
    """Lay out single partners."""

    known: Known
    language: Language
    company: bool

    def row(self, number: int, match: Mapping[str, Any], open_id: int | None) -> Row:
        """Build the row of a partner within the limit."""
        fact, language = self.known[_id(match)], self.language
        place = place_of(fact, language)
        method = str(match["method"])
        return Row(
            number=number,
            partner=_id(match),
            name=name_of(fact),
            detail=self.detail(place, fact, match),
            start=place_of(self.known[_own(match)], language),
            place=place,
            bars={name: None if pd.isna(match[name]) else float(match[name]) for name in BARS},
            score=float(match["fit"]),
            distance=figures.distance(match, language),
            km=figures.km(match, language),
            below_km=figures.below_km(match, language),
            euros=figures.per_tonne(match["eur_per_tonne"], language, method),
            co2e=figures.per_tonne(match["co2e_kg_per_tonne"], language, method),
            minutes=wording.minutes(match["minutes"], language),
            coverage=figures.coverage(match, language),
            method=method,
            ferry=bool(match["ferry_km"] > 0),
            crosses=not match["inside"],
            selected=_id(match) == open_id,
            precedents=int(match["precedents"]),
            match=match,
        )

    def far(self, match: Mapping[str, Any]) -> Far:
        """Build the point of a partner beyond the limit."""
        fact, language = self.known[_id(match)], self.language
        place = place_of(fact, language)
        return Far(
            name=name_of(fact),
            detail=self.detail(place, fact, match),
            place=place,
            distance=figures.distance(match, language),
            minutes=wording.minutes(match["minutes"], language),
            match=match,
        )

    def detail(self, place: Place, fact: Mapping[str, Any], match: Mapping[str, Any]) -> str:
        """Say on one line where a partner is, what it needs, how much, and what share is covered."""
        parts = [place.name, _inside_a_line(str(fact["title"])), amounts.say(fact, self.language)]
        share = figures.coverage(match, self.language)
        if share:
            parts.append(wording.t("partners.covers", self.language, share=share))
        if self.company:
            own = str(self.known[_own(match)]["title"])
            parts.append(wording.t("partners.answers", self.language, title=own))
        return " · ".join(part for part in parts if part)


def name_of(fact: Mapping[str, Any]) -> str | None:
    """Give the name of a resource's company; None where it is hidden."""
    return fact["organisation"] if isinstance(fact["organisation"], str) else None


def _inside_a_line(title: str) -> str:
    """Begin with a small letter, unless the word is an abbreviation."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _beyond(beyond: Rows, count: int, known: Known, language: Language) -> str:
    if not beyond:
        return ""
    words = wording.t(
        "partners.beyond_one" if count == 1 else "partners.beyond_many",
        language,
        **({} if count == 1 else {"count": wording.number(count, language)}),
    )
    return wording.t("partners.beyond", language, count=words, **_nearest(beyond, known, language))


def _nearest(beyond: Rows, known: Known, language: Language) -> dict[str, str]:
    first = beyond[0]
    place = place_of(known[_id(first)], language).name
    return {"place": place, "distance": wording.km(first["km"], language, str(first["method"]))}


def _empty(beyond: Rows, known: Known, chosen: Filter, language: Language) -> Empty:
    limit = wording.quantity(chosen.limit.amount, chosen.limit.unit, language)
    title = wording.t(f"partners.none_{chosen.scope}", language, km=limit)
    if not beyond:
        return Empty(title, wording.t("partners.nowhere", language), None)
    words = wording.t("partners.nearest", language, **_nearest(beyond, known, language))
    return Empty(title, words, chosen.limit.reaching(float(beyond[0][chosen.limit.column])))
