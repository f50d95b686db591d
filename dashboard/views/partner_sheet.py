"""The distance sheet of a pair: how far, how it was found, what the haul costs, and every source; a PDF to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from config import factors
from config.factors import Factor
from config.texts import Language
from dashboard import wording
from dashboard.paper import Paper
from dashboard.views import partner_calculation as calculation
from dashboard.views import partner_figures as figures
from dashboard.views import partner_terms
from dashboard.views.partner_terms import VALUE, Terms
from dashboard.views.partners import Place, Row


@dataclass(frozen=True)
class Network:
    """Hold which road network the way was found on."""

    source: str
    date: str
    hash: str


@dataclass(frozen=True)
class Way:
    """Hold the two ends of a haul as they may be named, and what is known of it."""

    row: Row
    sender: str
    sender_place: Place
    receiver: str
    receiver_place: Place
    goods: str
    waste_code: str
    tonnes: float | None
    demo: bool


def pdf(way: Way, terms: Terms, network: Network, language: Language, today: date) -> bytes:
    """Give the sheet as a PDF."""

    def say(key: str, **values: object) -> str:
        return wording.t(f"partner_sheet.{key}", language, **values)

    match = way.row.match
    paper = Paper(say("title"), language, demo=way.demo, sources=say("evidence"))
    paper.sentence(say(f"told_{_told(way.row)}", distance=figures.distance(match, language), time=way.row.minutes))
    paper.table(("", ""), _facts(way, language, today), shares=(1, 2))
    paper.heading(say("method"))
    for line in method(way, network, language):
        paper.sentence(line)
    for part in calculation.parts(match, terms, way.tonnes, language):
        paper.heading(part.title)
        rows = [*part.lines, *([part.total] if part.total else [])]
        paper.table(("", ""), rows, shares=(2, 1))
    paper.note(wording.t("calc.note", language))
    paper.heading(wording.t("calc.sources", language))
    heads = [wording.t(f"calc.head_{name}", language) for name in ("figure", "value", "source", "year")]
    paper.table((*heads, ""), _sources(match, terms, language), shares=(3, 2, 5, 1, 1.6))
    return paper.finish()


def _told(row: Row) -> str:
    return "estimate" if row.method == "estimate" else "road"


def _facts(way: Way, language: Language, today: date) -> list[tuple[str, str]]:
    def say(key: str) -> str:
        return wording.t(f"partner_sheet.{key}", language)

    match, vague = way.row.match, way.sender_place.vague or way.receiver_place.vague
    found = [
        (say("sender"), f"{way.sender}, {way.sender_place.name}"),
        (say("receiver"), f"{way.receiver}, {way.receiver_place.name}"),
        (say("goods"), f"{way.goods} (EWC {way.waste_code})" if way.waste_code else way.goods),
        (say("distance"), figures.distance(match, language)),
        (say("time"), way.row.minutes),
        (say("day"), wording.day(today, language)),
    ]
    if match["ferry_km"] > 0:
        found.insert(4, (say("ferry"), wording.quantity(float(match["ferry_km"]), "km", language, 1)))
    return [*found, (say("places"), say("places_vague"))] if vague else found


def method(way: Way, network: Network, language: Language) -> list[str]:
    """Say how the distance was found, and on which road network."""
    said = [wording.t(f"partner_sheet.method_{_told(way.row)}", language)]
    if network.hash:
        values = {"source": network.source or wording.UNKNOWN, "date": _day(network.date, language)}
        said.append(wording.t("partner_sheet.network", language, hash=network.hash, **values))
    return said


def _day(told: str, language: Language) -> str:
    """Give a date as people read it; what is none stands as it is."""
    try:
        return wording.day(date.fromisoformat(told), language)
    except ValueError:
        return told or wording.UNKNOWN


def _sources(match: Mapping[str, Any], terms: Terms, language: Language) -> Sequence[tuple[str, str, str, str, str]]:
    worth = factors.load()["exchange.value"].model_copy(update={"value": terms.value_eur_per_t})
    found: list[tuple[str, Factor]] = []
    haul = partner_terms.haul(match, terms)
    if haul is not None:
        found += [(name.removeprefix(f"{terms.vehicle.name}."), one) for name, one in haul.sources().items()]
    found.append((VALUE, worth))
    return [calculation.cited(name, one, language, own=name in terms.own) for name, one in found]
