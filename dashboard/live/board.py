"""What stands on a workshop's screen: the lines of its event folded up, and the figures; pure.

The screen, the facilitator's page and the report all fold the same lines by this, so their figures are the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Told = Mapping[str, Any]
SIDE = ("title", "type", "place", "region", "name", "named", "table", "tonnes")  # what a match tells of its cards
DEFAULTS: Told = {"scene": "map", "follow": False, "hold": True, "names": False, "frame": "", "spot": 0}


@dataclass(frozen=True)
class Totals:
    """Count what a workshop has brought; tonnes and emissions a year are estimates, in which no tonne moves twice."""

    companies: int = 0
    resources: int = 0
    matches: int = 0
    cross: int = 0
    tonnes: float = 0.0
    co2e_tonnes: float | None = None
    types: Mapping[str, int] = field(default_factory=dict)

    @property
    def cross_share(self) -> float | None:
        """Give the share of matches that cross a region border; None while there are none."""
        return self.cross / self.matches if self.matches else None


@dataclass
class Board:
    """Hold cards and matches by the number of their line."""

    cards: dict[int, dict[str, Any]] = field(default_factory=dict)
    matches: dict[int, dict[str, Any]] = field(default_factory=dict)
    control: dict[str, Any] = field(default_factory=lambda: dict(DEFAULTS))
    status: str = "open"
    seq: int = 0
    _of_card: dict[int, list[int]] = field(default_factory=dict)

    def take(self, line: Told) -> None:
        """Fold one line in; one that came before changes nothing."""
        if line["seq"] <= self.seq:
            return
        self.seq = int(line["seq"])
        told = dict(line["told"])
        getattr(self, f"_{line['kind']}", _nothing)(told, str(line["at"]))

    def take_all(self, lines: Iterable[Told]) -> "Board":
        """Fold lines in, in their order."""
        for line in lines:
            self.take(line)
        return self

    def _card(self, told: dict[str, Any], at: str) -> None:
        number = int(told.get("of") or self.seq)
        self.cards[number] = {**told, "n": number, "at": at}
        for match in filter(None, map(self.matches.get, self._of_card.get(number, ()))):
            self._correct(match, number)

    def _correct(self, match: dict[str, Any], number: int) -> None:
        """Let a match say of its card what the card says now: what was corrected shall stand nowhere any more."""
        card = self.cards[number]
        before = [match[side]["tonnes"] for side in ("have", "want")]
        for side in ("have", "want"):
            if match[side]["card"] == number:
                match[side] = {**match[side], **{name: card[name] for name in SIDE if name in card}}
        ends = [match[side]["tonnes"] for side in ("have", "want")]
        if match["tonnes"] is not None and ends != before:
            match["tonnes"] = None if None in ends else min(ends)
        match["cross"] = match["have"]["region"] != match["want"]["region"]

    def _match(self, told: dict[str, Any], at: str) -> None:
        self.matches[self.seq] = {**told, "n": self.seq, "at": at}
        for side in ("have", "want"):
            if told[side]["card"] is not None:
                self._of_card.setdefault(told[side]["card"], []).append(self.seq)

    def _hide(self, told: dict[str, Any], _at: str) -> None:
        self.cards.pop(int(told["of"]), None)

    def _unmatch(self, told: dict[str, Any], _at: str) -> None:
        self.matches.pop(int(told["of"]), None)

    def _board(self, told: dict[str, Any], _at: str) -> None:
        self.control |= {name: told[name] for name in DEFAULTS if name in told}

    def _status(self, told: dict[str, Any], _at: str) -> None:
        self.status = str(told["status"])

    def live_matches(self) -> list[dict[str, Any]]:
        """List the matches whose cards all stand on the screen, the oldest first."""
        return [one for one in self.matches.values() if self._stands(one["have"]) and self._stands(one["want"])]

    def matches_of(self, card: int) -> list[dict[str, Any]]:
        """List the matches of one card that stand on the screen, without looking through all others."""
        found = (self.matches.get(number) for number in self._of_card.get(card, ()))
        return [one for one in found if one and self._stands(one["have"]) and self._stands(one["want"])]

    def _stands(self, side: Told) -> bool:
        return side["card"] is None or side["card"] in self.cards

    def totals(self, live: Sequence[dict[str, Any]] | None = None) -> Totals:
        """Count up; `live` are the matches that stand on the screen, where the caller has listed them."""
        matches = self.live_matches() if live is None else live
        goes = moved(matches)
        return Totals(
            companies=len({card["company"] for card in self.cards.values()}),
            resources=len(self.cards),
            matches=len(matches),
            cross=sum(bool(match["cross"]) for match in matches),
            tonnes=sum(goes.values()),
            co2e_tonnes=_saved(matches, goes),
            types=dict(Counter(card["type"] for card in self.cards.values())),
        )


def until(lines: Sequence[Told], seq: int) -> list[Told]:
    """Give the lines of a workshop up to the moment of one of them.

    Those of a workshop that was held elsewhere have the order in which they came here, and the times of there.
    """
    last = next(((line["at"], line["seq"]) for line in lines if line["seq"] == seq), None)
    return [line for line in lines if last is None or (line["at"], line["seq"]) <= last]


def _nothing(_told: dict[str, Any], _at: str) -> None:
    """Leave a line that only history tells of."""


def moved(matches: Iterable[Told]) -> dict[int, float]:
    """Tell the tonnes a year that would move by each match: the best first, no more than is left on either side."""
    left: dict[object, float] = {}
    goes: dict[int, float] = {}
    for match in sorted(matches, key=lambda one: (-float(one["score"]), one["n"])):
        sides = [match["have"], match["want"]]
        goes[match["n"]] = 0.0
        if all(side["tonnes"] is not None for side in sides):
            goes[match["n"]] = min(left.setdefault(side["key"], float(side["tonnes"])) for side in sides)
            for side in sides:
                left[side["key"]] -= goes[match["n"]]
    return goes


def _saved(matches: Iterable[Told], goes: Mapping[int, float]) -> float | None:
    """Sum up what the tonnes that move would save in emissions; None where no match has a factor: unknown is not 0."""
    known = [goes[one["n"]] * float(one["co2e_per_tonne"]) for one in matches if one["co2e_per_tonne"] is not None]
    return sum(known) if known else None
