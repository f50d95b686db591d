"""Turn cards into resources and matches, beside the pages, and no card in two hands."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Any
from uuid import UUID

import pandas as pd
import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from config.errors import SynergiaError
from dashboard.live import intake, materials, naming, partners
from dashboard.live.boards import IDLE_S, Boards
from dashboard.live.partners import ORIGIN
from data import store
from data.importers.records import key
from data.model import Channel, Continuity, Resource
from data.queries import events as queries
from data.store import bulk, events, synergies, wall
from data.store.bulk import Batch
from data.store.practice import document
from data.viewer import Role, Viewer, viewing
from geo import regions

SERVER = Viewer("server", Role.NATIONAL)
LOOK_S = 5.0
WAY_S, APART_S = 0.5, 0.02  # so long a search for partners lets cards go first, and so often it looks
TOGETHER = 40  # cards whose partners are looked for and told of at once: it takes little longer than one's
AMOUNT = ("quantity_low", "quantity_high", "unit", "tonnes_low", "tonnes_high", "tonnes_basis", "continuity")
Card = Mapping[str, Any]

FAULTS = (SQLAlchemyError, ValueError, TypeError, LookupError)

log = structlog.get_logger(__name__)


class Worker:
    """Work through the cards that wait: one thread shows them, and another looks for their partners meanwhile."""

    def __init__(self, engine: Engine, boards: Boards | None = None) -> None:
        self._engine = engine
        self._boards = boards or Boards(engine)
        self._called, self._ended = Event(), Event()
        self._shown: SimpleQueue[tuple[int, UUID, int]] = SimpleQueue()  # event, card, resource
        self._rounds: dict[int, partners.Round] = {}
        jobs = (self._show_all, self._match_all)
        self._threads = [Thread(target=self._run, args=(job,), name="workshop", daemon=True) for job in jobs]
        self._more, self._showing = Event(), Event()

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def call(self) -> None:
        """Say that a card waits."""
        self._called.set()

    def stop(self) -> None:
        """End after the card in hand."""
        self._ended.set()
        self._called.set()
        self._more.set()
        for thread in self._threads:
            thread.join(timeout=5)

    def work(self) -> None:
        """Work through all that waits, here and now."""
        with viewing(SERVER):
            self._show_all()
            self._match_all()

    def _run(self, job: Callable[[], None]) -> None:
        called = self._called if job == self._show_all else self._more
        if job == self._match_all:
            materials.warm()
        with viewing(SERVER):
            while not self._ended.is_set():
                called.wait(LOOK_S)
                called.clear()
                try:
                    job()
                except SynergiaError as error:  # the store is away: what was claimed is given up after a while
                    log.warning("workshop_waits", reason=error.key)
                except FAULTS:  # one card's fault must not end all others' work
                    log.exception("workshop_card_failed")

    def _show_all(self) -> None:
        self._showing.set()
        try:
            while not self._ended.is_set() and (cards := events.claim(self._engine)):
                for event_id in dict.fromkeys(card["event_id"] for card in cards):
                    self._show([card for card in cards if card["event_id"] == event_id], event_id)
                self._more.set()
        finally:
            self._showing.clear()

    def _show(self, cards: Sequence[Card], event_id: int) -> None:
        event = queries.workshop(self._engine, event_id)
        if event is None:
            return
        for card in cards:
            if card["kind"] == "interest":
                self._note(card, event)
        for card_id, resource_id in self._written([card for card in cards if card["kind"] == "resource"], event):
            self._shown.put((event_id, card_id, resource_id))

    def _match_all(self) -> None:
        old = monotonic() - IDLE_S
        self._rounds = {event_id: known for event_id, known in self._rounds.items() if known.used_at > old}
        while not self._ended.is_set() and (taken := self._next()):
            for event_id, cards in taken.items():
                self._match(event_id, [*cards.values()])
                events.release(self._engine, event_id, [*cards])

    def _next(self) -> dict[int, dict[UUID, int]]:
        """Take the oldest of the queue, a card once however often it was changed meanwhile."""
        self._give_way()
        taken: dict[int, dict[UUID, int]] = {}
        while not self._shown.empty() and sum(map(len, taken.values())) < TOGETHER:
            event_id, card_id, resource_id = self._shown.get()
            taken.setdefault(event_id, {})[card_id] = resource_id
        return taken

    def _match(self, event_id: int, written: Sequence[int]) -> None:
        known = self._rounds.get(event_id) or partners.begin(self._engine, event_id)
        self._rounds[event_id] = known
        known.used_at = monotonic()
        partners.renew(known, written)
        found = partners.find(known, written)
        sides = {one for pair in found for one in (pair.have_id, pair.want_id)}
        partners.keep(known, found, self._numbers(event_id, sides))

    def _give_way(self) -> None:
        """Let cards that wait be shown first: the room looks at the wall, and partners may come a moment later."""
        end = monotonic() + WAY_S
        while self._called.is_set() or self._showing.is_set():
            if monotonic() > end or self._ended.wait(APART_S):
                return

    def _written(self, cards: Sequence[Card], event: Mapping[str, Any]) -> list[tuple[UUID, int]]:
        """Write resources and show their cards; where one spoils the batch, each for itself, and that one is held."""
        try:
            return self._write(cards, event) if cards else []
        except SynergiaError as error:
            if error.key == "store.away":
                raise
            if len(cards) == 1:
                events.settle(self._engine, "server", cards[0]["id"], "held", "refused")
                return []
            return [one for card in cards for one in self._written([card], event)]

    def _write(self, cards: Sequence[Card], event: Mapping[str, Any]) -> list[tuple[UUID, int]]:
        cards = naming.settled(self._engine, cards, event)
        with store.connection(self._engine, str(event["facilitator"] or "server")) as connection:
            bulk.upsert(connection, batch(cards, event))
        rows = queries.written(self._engine, [source_key(card["id"]) for card in cards])
        about = materials.named([card["told"] for card in cards], event["language"])
        shown = {}
        for card, topic in zip(cards, about, strict=True):
            row = rows.get(source_key(card["id"]))
            if row is not None:  # or a facilitator has just taken it down
                shown[card["id"]] = (int(row["id"]), {**told(card, row, event), "topic": topic})
        claimed = {card["id"]: card["claimed_at"] for card in cards}
        moments = {card["id"]: card["received_at"] for card in cards} if event["board"].get(ORIGIN) else None
        there = wall.show(self._engine, event["id"], shown, claimed, moments)
        return [(card, resource) for card, (resource, _) in shown.items() if card in there]

    def _note(self, card: Card, event: Mapping[str, Any]) -> None:
        """Take up what a table is interested in; what it is not interested in is counted, and no more."""
        with self._boards.reading(event["id"]) as board:
            match = board.matches.get(int(card["told"].get("match") or 0))
        remark = "gone"
        if match is not None and card["told"].get("yes"):
            pair = synergies.Proposal(have_id=match["have"]["key"], want_id=match["want"]["key"], score=match["score"])
            synergies.take_up(self._engine, facilitator(event), pair)
            remark = "yes"
        elif match is not None:
            remark = "no"
        events.settle(self._engine, "server", card["id"], "shown", remark)
        if match is not None:
            events.line(self._engine, "server", event["id"], "interest", {"of": match["n"], "yes": remark == "yes"})

    def _numbers(self, event_id: int, resources: AbstractSet[int]) -> dict[int, tuple[int, Mapping[str, Any]]]:
        """Find the cards of some resources on the board, with their numbers."""
        with self._boards.reading(event_id) as board:
            cards = [*board.cards.items()]
        return {int(card["resource"]): (number, card) for number, card in cards if card["resource"] in resources}


def facilitator(event: Mapping[str, Any]) -> str:
    """Name who leads a workshop; nobody where they gave no name: the program owns no idea."""
    name = str(event["facilitator"] or "")
    return "" if name == SERVER.name else name


def source_key(card: UUID) -> str:
    """Give the key under which the store knows a card's resource, so that a card is one however often it is tried."""
    return f"card:{card}"


def batch(cards: Sequence[Card], event: Mapping[str, Any]) -> Batch:
    """Lay cards out as an import does: a company is known by its ID or name, whatever file or card brought it."""
    origin = {"channel": Channel.WORKSHOP.value, "source_document": event["name"], "demo": event["practice"]}
    if event["practice"]:
        origin["source_document"] = document(event["id"])
    owners: dict[str, dict[str, object]] = {}
    sites: dict[str, dict[str, object]] = {}
    rows = []
    for card in cards:
        said = card["told"]
        place = regions.load().municipalities[said["place"]]
        practice = [f"practice {event['id']}"] if event["practice"] else []
        # A key of its own: a company that an import or a person has brought is joined by ID or name, and left as it is.
        owner = key("o", "workshop", *practice, said["business_id"] or said["company"])
        site = key("s", owner, "", place.code)
        owners[owner] = {
            **origin,
            "source_key": owner,
            "name": said["company"],
            "business_id": said["business_id"],
            "activation": "in_workshop",
        }
        sites[site] = {
            **origin,
            "source_key": site,
            "organisation_key": owner,
            "name": said["company"],
            "easting_m": place.easting,
            "northing_m": place.northing,
            "precision": "municipality",
            "visibility": "municipality",
        }
        made = intake.resource(said, event["language"])
        tied = {"source_key": source_key(card["id"]), "site_key": site, "event_id": event["id"]}
        rows.append({**origin, **_columns(made), **tied})
    return Batch(*(pd.DataFrame(list(one), dtype=object) for one in (owners.values(), sites.values(), rows)))


def _columns(resource: Resource) -> dict[str, object]:
    basis = resource.tonnes_basis
    return {
        "direction": resource.direction.value,
        "type": resource.type.value,
        "title": resource.title,
        "language": resource.language,
        "ewc_code": resource.ewc_code,
        "hazardous": resource.hazardous,
        "quantity_low": resource.quantity_low,
        "quantity_high": resource.quantity_high,
        "unit": resource.unit,
        "tonnes_low": resource.tonnes_low,
        "tonnes_high": resource.tonnes_high,
        "tonnes_basis": basis.value if basis else None,
        "continuity": resource.continuity.value,
    }


def told(card: Card, row: Mapping[str, Any], event: Mapping[str, Any]) -> dict[str, object]:
    """Give what the screen is told of a card: no name that was not agreed to, no place but the municipality."""
    made = intake.resource(card["told"], event["language"])
    columns = _columns(made)
    flow = made.continuity is Continuity.CONTINUOUS
    amount = {name: columns[name] for name in AMOUNT}
    named = bool(card["told"]["named"])
    return {
        "resource": row["id"],
        "company": row["organisation_id"],
        "direction": columns["direction"],
        "type": columns["type"],
        "title": columns["title"],
        "place": row["municipality_code"],
        "region": regions.load().municipalities[row["municipality_code"]].region,
        "amount": amount,
        "tonnes": middle(made.tonnes_low, made.tonnes_high) if flow else None,
        "table": card["table_number"],
        "name": card["told"]["company"] if named else None,
        "named": named,
    }


def middle(low: float | None, high: float | None) -> float | None:
    """Give the middle of a range; None where there is none."""
    return None if low is None or high is None else (low + high) / 2
