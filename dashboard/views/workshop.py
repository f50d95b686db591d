"""What the facilitator looks at: tables, what to check, the newest suggestions; pure, no Streamlit."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from config.texts import Language
from dashboard import amounts, wording
from dashboard.live.board import Board
from data.importers.company_key import company_key
from data.importers.text import fold
from geo import regions

QUIET = timedelta(minutes=5)
Row = Mapping[str, Any]
APART, TOGETHER = "\u2068", "\u2069"
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class TableView:
    """Tell of one table: how much it has brought, and since when it has been quiet."""

    number: int
    resources: int
    suggestions: int
    minutes: int | None
    quiet: bool


@dataclass(frozen=True)
class Check:
    """Name one thing to look at: `held`, `double`, `large` or `no_code`, and the cards that it is about."""

    kind: str
    cards: tuple[str, ...]
    title: str
    tables: tuple[int, ...]
    why: str = ""


def tables(board: Board, cards: Sequence[Row], count: int, now: datetime) -> list[TableView]:
    """Tell of every table, also of those that have brought nothing."""
    last: dict[int, datetime] = {}
    for card in cards:
        last[card["table_number"]] = max(card["received_at"], last.get(card["table_number"], card["received_at"]))
    numbers = sorted({*range(1, count + 1), *last})
    matches = board.live_matches()
    return [_table(number, board, matches, last.get(number), now) for number in numbers]


def _table(number: int, board: Board, matches: Sequence[Row], last: datetime | None, now: datetime) -> TableView:
    own = {key for key, card in board.cards.items() if card["table"] == number}
    suggestions = sum(bool(own & {match["have"]["card"], match["want"]["card"]}) for match in matches)
    silent = None if last is None else max(timedelta(), now - last)
    minutes = None if silent is None else int(silent.total_seconds() // 60)
    return TableView(number, len(own), suggestions, minutes, silent is not None and silent > QUIET)


def checks(cards: Sequence[Row], language: Language = "fi") -> list[Check]:
    """List what to check: what waits for a person first, what looks the same, large amounts, waste without a code."""
    resources = [card for card in cards if card["kind"] == "resource"]
    held = [_check("held", [card], language) for card in resources if card["status"] == "held"]
    shown = [card for card in resources if card["status"] == "shown"]
    bare = [
        _check("no_code", [c], language)
        for c in shown
        if c["told"]["type"] == "waste" and not c["told"].get("ewc_code")
    ]
    large = [_check("large", [c], language) for c in shown if c["told"].get("sure") and c["remark"] != "kept"]
    return [*held, *_doubles(shown, language), *large, *bare]


def _doubles(shown: Iterable[Row], language: Language) -> list[Check]:
    alike: dict[tuple[str, ...], list[Row]] = {}
    for card in shown:
        told = card["told"]
        key = (told["direction"], fold(told["title"]), company_key(told["company"]), str(told["place"]))
        alike.setdefault(key, []).append(card)
    return [
        _check("double", same, language)
        for same in alike.values()
        if len(same) > 1 and not any(c["remark"] == "kept" for c in same)
    ]


def _check(kind: str, cards: Sequence[Row], language: Language) -> Check:
    told = cards[0]["told"]
    title = " ".join(part for part in (told["title"], _amount(told, language)) if part)
    numbers = tuple(dict.fromkeys(card["table_number"] for card in cards))
    return Check(kind, tuple(str(card["id"]) for card in cards), title, numbers, str(cards[0]["remark"]))


def newest(board: Board, most: int) -> Sequence[Row]:
    """List the newest suggestions, the newest first."""
    return board.live_matches()[::-1][:most]


def pair(match: Row) -> str:
    """Name a suggestion by its two sides."""
    return f"{match['have']['title']} → {match['want']['title']}"


def way(match: Row, language: Language) -> str:
    """Say where a suggestion goes, and how far."""
    places = [regions.load().municipalities[match[side]["place"]].name(language) for side in ("have", "want")]
    return f"{' → '.join(places)} · {wording.km(match['km'], language, match['method'])}"


def sought(cards: Sequence[Row], words: str, language: Language) -> list[Row]:
    """List the cards that hold what is sought in what they say, the newest first."""
    asked = fold(words)
    found = [card for card in cards if card["kind"] == "resource"]
    return [card for card in found[::-1] if asked in fold(f"{card_line(card, language)} {card['told']['company']}")]


def card_line(card: Row, language: Language) -> str:
    """Say of a card what it is, how much, and where."""
    told = card["told"]
    place = regions.load().municipalities.get(str(told["place"]))
    # Set apart, so that marks of direction in somebody's words don't turn round what stands beside them.
    title = f"{APART}{told['title']}{TOGETHER}" if _TURNS.search(told["title"]) else told["title"]
    parts = (title, _amount(told, language), place.name(language) if place else "")
    return " · ".join(part for part in parts if part)


def _amount(told: Row, language: Language) -> str:
    """Say an amount as its table wrote it, with the unit as people write it."""
    if not told["quantity"]:
        return ""
    flow = bool(told["unit"]) and told.get("continuity") == "continuous"
    unit = amounts.unit(str(told["unit"] or ""), language, flow=flow)
    return f"{told['quantity']} {unit}".strip()


def amount(card: Row, language: Language) -> str:
    """Say how much the resource of a card on the board is."""
    return amounts.say(card["amount"], language)
