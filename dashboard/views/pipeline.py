"""The board of synergies in words: its sentence, its columns and cards, the line of lapsed ones; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

import pandas as pd

from config import texts
from config.texts import Language
from dashboard import wording
from dashboard.views.history import FINLAND
from dashboard.views.records import Record, records
from data.model import ROLLUP, LapseReason, ResourceType, Rollup, Stage
from geo.regions import Regions

COLUMNS = tuple(one for one in Stage if one is not Stage.LAPSED)
CARDS = 3  # a column shows so many, the most urgent ones
ADVANCED = frozenset(one for one in Stage if ROLLUP.get(one) is Rollup.ADVANCED)
MEASURES = ("synergies", "tonnes", "quiet")
ARROW = " → "


@dataclass(frozen=True)
class Card:
    """Hold what a card says of a synergy."""

    id: int
    version: int
    stage: Stage
    type: ResourceType
    title: str
    route: str
    crosses: bool
    amounts: str
    step: str
    alarm: bool
    owner: str
    demo: bool


@dataclass(frozen=True)
class Column:
    """Hold a stage of the board: how many synergies, how much they move, and the most urgent of them."""

    stage: Stage
    count: int
    tonnes: str
    cards: tuple[Card, ...]

    @property
    def more(self) -> int:
        """Count those that have no card."""
        return self.count - len(self.cards)


@dataclass(frozen=True)
class Board:
    """Hold the whole board; `sentence` is HTML."""

    sentence: str
    columns: tuple[Column, ...]
    lapsed: int
    reasons: str
    types: tuple[ResourceType, ...]
    demo: bool
    total: int


def build(counts: pd.DataFrame, cards: pd.DataFrame, place: str, regions: Regions, language: Language) -> Board:
    """Build the board from its counts and its most urgent synergies; `place` is the region's name or the country's."""
    told = [card(row, regions, language) for row in records(cards)]
    stages = _sums(counts)
    columns = tuple(_column(stage, stages, told, language) for stage in COLUMNS)
    types = tuple(one for one in ResourceType if any(card.type is one for card in told))
    lapsed = counts[counts["stage"] == Stage.LAPSED]
    return Board(
        sentence=_sentence(stages, place, language),
        columns=columns,
        lapsed=int(lapsed["synergies"].sum()),
        reasons=_reasons(lapsed, language),
        types=types,
        demo=bool(counts["demo"].any()) if len(counts) else False,
        total=sum(int(one["synergies"]) for one in stages.values()),
    )


def card(row: Record, regions: Regions, language: Language) -> Card:
    """Put one synergy into the words of its card."""
    step, alarm = _step(row, language)
    return Card(
        id=int(row["id"]),
        version=int(row["version"]),
        stage=Stage(row["stage"]),
        type=ResourceType(row["type"]),
        title=title(row),
        route=route(row, regions, language),
        crosses=row["from_region"] != row["to_region"],
        amounts=amounts(row, language),
        step=step,
        alarm=alarm,
        owner=str(row["owner"] or ""),
        demo=bool(row["demo"]),
    )


def title(row: Record) -> str:
    """Name a synergy by what is offered and what is wanted."""
    return f"{row['have']}{ARROW}{row['want']}"


def route(row: Record, regions: Regions, language: Language) -> str:
    """Say from where to where, and how far by which method; one name where both are of one municipality."""
    method = str(row["method"] or "none")
    return f"{way(row, regions, language)} · {wording.km(row['road_km'], language, method)}"


def way(row: Record, regions: Regions, language: Language) -> str:
    """Say from where to where; one name where both are of one municipality."""
    ends = [regions.municipalities[row[f"{end}_municipality"]].name(language) for end in ("from", "to")]
    return ARROW.join(dict.fromkeys(ends))


def amounts(row: Record, language: Language) -> str:
    """Say how much a year moves and what it saves; an estimate of ours has its sign, an unknown is left out."""
    parts = []
    if row["agreed_high"] is not None:
        parts.append(wording.t("pipeline.agreed_short", language, amount=agreed(row, language)))
    elif row["tonnes_per_year"] is not None:
        parts.append(tonnes(float(row["tonnes_per_year"]), language))
    if row["co2e_tonnes"] is not None:
        basis = wording.t(f"benefit_status.{row['co2e_basis']}", language)
        parts.append(f"{co2e(float(row['co2e_tonnes']), language)} ({basis})")
    elif row.get("estimated_co2e_tonnes") is not None:
        parts.append(f"≈{wording.SPACE}{co2e(wording.significant(float(row['estimated_co2e_tonnes'])), language)}")
    return " · ".join(parts)


def agreed(row: Record, language: Language) -> str:
    """Say what the two sides have agreed to move in a year."""
    return wording.span(float(row["agreed_low"]), float(row["agreed_high"]), "t/a", language)


def tonnes(value: float, language: Language) -> str:
    """Say tonnes a year, small amounts with a decimal."""
    return wording.quantity(value, "t/a", language, 0 if value >= 10 or value == round(value) else 1)  # noqa: PLR2004 - digits


def co2e(value: float, language: Language) -> str:
    """Say tonnes of CO2e a year, small amounts with a decimal."""
    return wording.quantity(value, "t CO₂e/a", language, 0 if abs(value) >= 10 or value == round(value) else 1)  # noqa: PLR2004 - digits


def quiet_days(row: Record) -> int:
    """Count the days since people last did something on a synergy."""
    return int((datetime.now(FINLAND) - row["active_at"]).days)


def initials(name: str) -> str:
    """Give the initials of a name, as a card has room for."""
    return "".join(part[:1] for part in name.split()[:2]).upper()


def _step(row: Record, language: Language) -> tuple[str, bool]:
    """Say the next step with its day; it is an alarm where nothing has happened for long, or nothing is to happen."""
    worked_on, when = bool(row["worked_on"]), row["next_step_on"]
    words = str(row["next_step"] or "")
    if not words and worked_on:
        words = wording.t("pipeline.no_next_step", language)
    if row["quiet"]:
        days = wording.counted(quiet_days(row), "day", language)
        return f"{words} · {wording.t('pipeline.quiet_for', language, days=days)}", True
    late = worked_on and isinstance(when, date) and when < datetime.now(FINLAND).date()
    if isinstance(when, date):
        words = f"{words} {_short(when, language)}".strip()
    if late:
        return f"{words} · {wording.t('pipeline.late', language)}", True
    return words, worked_on and not row["next_step"]


def _short(when: date, language: Language) -> str:
    whole = wording.day(when, language)
    year = datetime.now(FINLAND).year
    return whole.removesuffix(f" {year}").removesuffix(str(year)) if when.year == year else whole


def _sums(counts: pd.DataFrame) -> Mapping[str, Mapping[str, float]]:
    """Give synergies, tonnes and quiet ones by stage; a stage without any is there, too."""
    sums: dict[str, dict[str, float]] = {one.value: dict.fromkeys(MEASURES, 0.0) for one in Stage}
    for row in records(counts):
        for name in MEASURES:
            sums[row["stage"]][name] += float(row[name])
    return sums


def _column(stage: Stage, sums: Mapping[str, Mapping[str, float]], told: Sequence[Card], language: Language) -> Column:
    return Column(
        stage=stage,
        count=int(sums[stage]["synergies"]),
        tonnes=wording.hundreds(sums[stage]["tonnes"], language),
        cards=tuple(card for card in told if card.stage is stage),
    )


def _sentence(sums: Mapping[str, Mapping[str, float]], place: str, language: Language) -> str:
    advanced, quiet = (int(sum(sums[stage][name] for stage in ADVANCED)) for name in ("synergies", "quiet"))
    key = "pipeline.sentence_quiet" if quiet else "pipeline.sentence"
    told = f"<b>{escape(wording.number(advanced, language))}</b> {escape(texts.count('synergy', advanced, language))}"
    form = escape(texts.catalogue()[key][language], quote=False)
    return form.format(place=escape(place), advanced=told, quiet=f"<b>{escape(wording.number(quiet, language))}</b>")


def _reasons(lapsed: pd.DataFrame, language: Language) -> str:
    counts = {str(one["lapse_reason"]): int(one["synergies"]) for one in records(lapsed)}
    ordered = sorted((one for one in LapseReason if counts.get(one)), key=lambda one: -counts[one])
    return " · ".join(f"{wording.t(f'lapse_reason.{one}', language)} {counts[one]}" for one in ordered)
