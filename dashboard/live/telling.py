"""What of a board leaves the house: titles, municipalities and figures, a name only where it was agreed to; pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from config.texts import Language
from dashboard import amounts, wording
from dashboard.live import materials
from dashboard.live.board import Board, Totals
from geo import crs, regions

ARCS_MAX = 40
ROWS = 8
FINLAND = ZoneInfo("Europe/Helsinki")


@cache
def spot(code: str) -> tuple[float, float]:
    """Give a municipality's own point in longitude and latitude."""
    place = regions.load().municipalities[code]
    lon, lat = crs.to_wgs84(place.easting, place.northing)
    return round(float(lon), 4), round(float(lat), 4)


def card(told: Mapping[str, Any], language: Language, *, names: bool) -> dict[str, object]:
    """Give of a card what the screen shows."""
    place = regions.load().municipalities[told["place"]]
    return {
        "n": told["n"],
        "direction": told["direction"],
        "type": told["type"],
        "title": told["title"],
        "place": place.name(language),
        "at": spot(told["place"]),
        "amount": amounts.say(told["amount"], language),
        "table": told["table"],
        "name": told["name"] if names and told["named"] else None,
        "time": _time(told["at"]),
    }


def match(told: Mapping[str, Any], language: Language, *, names: bool) -> dict[str, object]:
    """Give of a match what the screen shows."""
    have, want = (_side(told[one], language, names=names) for one in ("have", "want"))
    return {
        "n": told["n"],
        "have": have,
        "want": want,
        "km": wording.km(told["km"], language, told["method"]),
        "method": told["method"],
        "amount": wording.tonnes(told["tonnes"], language, estimated=True) if told["tonnes"] else "",
        "cross": told["cross"],
        "table": told["table"],
        "time": _time(told["at"]),
    }


def _side(side: Mapping[str, Any], language: Language, *, names: bool) -> dict[str, object]:
    return {
        "card": side["card"],
        "title": side["title"],
        "place": regions.load().municipalities[side["place"]].name(language),
        "at": spot(side["place"]),
        "name": side["name"] if names and side["named"] else None,
    }


def _time(at: str) -> str:
    """Give the server's time of a line: a telephone's clock may be wrong by a day."""
    return clock(datetime.fromisoformat(at))


def clock(moment: datetime) -> str:
    """Write a moment as the clock on the wall shows it."""
    when = moment.astimezone(FINLAND)
    return f"{when.hour}.{when.minute:02}"


def figures(totals: Totals, language: Language) -> dict[str, str]:
    """Give the counters as they are written on screen, page and report."""
    return {
        "companies": wording.number(totals.companies, language),
        "resources": wording.number(totals.resources, language),
        "matches": wording.number(totals.matches, language),
        "cross": wording.percent(totals.cross_share, language),
        "tonnes": wording.hundreds(totals.tonnes, language),
        "co2e": wording.hundreds(totals.co2e_tonnes, language),
    }


def snapshot(board: Board, language: Language) -> dict[str, object]:
    """Give all that a screen shows at this moment: points by place, the newest arcs, the newest match, the figures."""
    names = bool(board.control["names"])
    matches = board.live_matches()
    totals = board.totals(matches)
    newest = matches[-ARCS_MAX:]
    spotted = next((one for one in matches if one["n"] == board.control["spot"]), None)
    return {
        "seq": board.seq,
        "status": board.status,
        "control": board.control,
        "points": points(board, matches, language),
        "matches": [match(one, language, names=names) for one in newest],
        "newest": match(newest[-1], language, names=names) if newest else None,
        "spot": match(spotted, language, names=names) if spotted else None,
        "cards": [card(one, language, names=names) for one in list(board.cards.values())[-ROWS:]],
        "figures": figures(totals, language),
        "types": totals.types,
        "materials": materials.most(board.cards.values(), language),
        "tables": len({one["table"] for one in board.cards.values()}),
    }


def points(board: Board, matches: Iterable[Mapping[str, Any]], language: Language) -> list[list[object]]:
    """Count the cards by municipality and direction: longitude, latitude, direction, count, name."""
    found: dict[tuple[str, str], int] = {}
    for one in board.cards.values():
        key = (one["place"], one["direction"])
        found[key] = found.get(key, 0) + 1
    for pair in matches:
        for direction in ("have", "want"):
            if pair[direction]["card"] is None:
                found.setdefault((pair[direction]["place"], direction), 1)
    known = regions.load().municipalities
    return [
        [*spot(place), direction, count, known[place].name(language)]
        for (place, direction), count in sorted(found.items())
    ]
