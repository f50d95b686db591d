"""What a room agreed on elsewhere: the matches that it saw and the steps that were taken, tied to the cards here."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Engine

from dashboard.live import partners
from dashboard.live.board import Board
from data.model import Stage
from data.queries import events as queries
from data.store import pipeline
from data.store.synergies import Proposal

Told = Mapping[str, Any]
BEGUN = (Stage.IDENTIFIED.value, Stage.DISCUSSING.value)
NOBODY = (None, "", "server")  # names of no person: the program owns no idea
FURTHER = (Stage.ASSESSING.value, Stage.NEGOTIATING.value, Stage.IMPLEMENTING.value)


class Here:
    """Find the same cards and matches in this store by the ids that the telephones gave them."""

    def __init__(self, engine: Engine, event_id: int) -> None:
        self.board = Board().take_all(queries.lines(engine, event_id))
        self._numbers = {str(one["id"]): one["seq"] for one in queries.cards(engine, event_id)}

    def resource(self, side: Told) -> int | None:
        """Give the resource that a side's card has become here; None where it does not stand on the board."""
        card = self.board.cards.get(self._numbers.get(side["card"]) or 0)
        return int(card["resource"]) if card else None

    def pair(self, sides: Sequence[Told]) -> tuple[int, int] | None:
        """Give the two resources of a match; None where not both stand on the board."""
        have, want = (self.resource(side) for side in sides)
        return None if have is None or want is None else (have, want)

    def number(self, sides: Sequence[Told]) -> int:
        """Give the number of the match between the same two sides; 0 where there is none here."""
        if not sides or not any(side["card"] for side in sides):
            return 0
        same = (one for one in self.board.live_matches() if all(map(self._same, sides, (one["have"], one["want"]))))
        return next((int(one["n"]) for one in same), 0)

    def _same(self, side: Told, found: Told) -> bool:
        if side["card"] is None:  # no card's: what the other store holds is known by what it says of itself
            return found["card"] is None and (found["title"], found["place"]) == (side["title"], side["place"])
        return found["card"] is not None and found["card"] == self._numbers.get(side["card"])


def matches(engine: Engine, event_id: int, told: Sequence[Told]) -> int:
    """Keep the matches that the room saw and that were not found anew, where better partners were; count them."""
    here = Here(engine, event_id)
    missing = [
        Proposal(
            have_id=pair[0],
            want_id=pair[1],
            score=one["score"],
            reasons=one["reasons"],
            road_km=one["km"],
            road_minutes=one["minutes"],
            method=one["method"],
            tonnes_per_year=one["tonnes"],
        )
        for one in told
        if not here.number(one["sides"]) and (pair := here.pair(one["sides"]))
    ]
    if not missing:
        return 0
    cards = {int(card["resource"]): (number, card) for number, card in here.board.cards.items()}
    return partners.keep(partners.begin(engine, event_id), missing, cards)


def steps(engine: Engine, user: str, event_id: int, told: Sequence[Told], facilitator: str = "") -> int:
    """Write what was agreed elsewhere where nobody has written anything here since; count the synergies."""
    unowned = {*NOBODY, facilitator}
    here = Here(engine, event_id)
    stands = {(one["have_id"], one["want_id"]): one for one in queries.event_synergies(engine, event_id)}
    count = 0
    for one in told:
        synergy = stands.get(here.pair(one["sides"]) or (0, 0))
        values = _fresh(one, synergy, mine=synergy["owner"] not in unowned) if synergy and one["stage"] else {}
        if synergy and values:
            pipeline.change(engine, user, pipeline.Row(synergy["id"], synergy["version"]), values)
            count += 1
    return count


def _fresh(told: Told, synergy: Told, *, mine: bool) -> dict[str, object]:
    """Give what the file knows and this store does not; one that is somebody's own here keeps its owner."""
    values: dict[str, object] = {}
    if told["next_step"] and not synergy["next_step"]:
        values["next_step"] = told["next_step"]
        values["next_step_on"] = date.fromisoformat(told["next_step_on"]) if told["next_step_on"] else None
    if told["owner"] not in {*NOBODY, synergy["owner"]} and not mine:
        values["owner"] = told["owner"]
    if synergy["stage"] in BEGUN and told["stage"] in FURTHER:
        values["stage"] = told["stage"]
    if synergy["stage"] == Stage.IDENTIFIED.value and told["stage"] == Stage.DISCUSSING.value:
        values["stage"] = told["stage"]
    return values
