"""Carry a workshop that was held without a network into the main store: every card once, however often it is merged."""

from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic, sleep
from uuid import UUID

from sqlalchemy import Engine

from config.errors import ImportProblem, StoreProblem
from dashboard.live import agreed, gate, intake, packing
from dashboard.live.board import Board
from dashboard.live.packing import FORM, Told
from dashboard.live.partners import ORIGIN
from dashboard.live.working import SERVER, Worker
from data.queries import events as queries
from data.queries import matching
from data.store import carried, events
from data.store.events import Card, Plan
from data.viewer import Role, Viewer, viewing

SETTLED = ("held", "hidden", "merged", "refused")
PATIENCE_S, LOOK_S = 300.0, 0.1


def pack(engine: Engine, event_id: int) -> dict[str, object]:
    """Give a workshop with all that its tables sent in, as it goes into a file."""
    event = queries.workshop(engine, event_id)
    if event is None:
        raise ImportProblem("workshop_carry.no_event", event=event_id)
    board = Board().take_all(queries.lines(engine, event_id))
    steps = {int(one["id"]): one for one in queries.taken_up(engine, event_id)}
    return packing.packed(event, queries.cards(engine, event_id), board, steps, matching.identity(engine))


def known(engine: Engine, told: Told) -> int | None:
    """Tell which event of this store a file is about; None where it has not been merged yet."""
    here, _, number = str(told["origin"]).rpartition("/")
    if here == matching.identity(engine) and queries.workshop(engine, int(number)):
        return int(number)
    return next((int(one["id"]) for one in queries.origins(engine, str(told["origin"]))), None)


def merge(engine: Engine, told: Told, user: str = "") -> dict[str, int]:
    """Take a workshop's file in and work its cards through; count cards, new ones, matches and interests."""
    if told.get("form") != FORM:
        raise ImportProblem("workshop_carry.no_workshop", file="")
    packing.check(told)
    with carried.alone(engine):
        return _merged(engine, told, user)


def merge_as(engine: Engine, who: Viewer, told: Told) -> dict[str, int]:
    """Take a file in for a coordinator; raise StoreProblem where the workshop was not held in a region of theirs."""
    own = who.role is Role.REGIONAL and told["event"]["region_code"] in who.regions
    if who.role is not Role.NATIONAL and not own:
        raise StoreProblem("roles.not_allowed")
    with viewing(SERVER):
        return merge(engine, told, who.name)


def _merged(engine: Engine, told: Told, user: str) -> dict[str, int]:
    event_id = known(engine, told) or _begin(engine, told, user)
    new = carried.receive(engine, user, event_id, [_card(card) for card in told["cards"]])
    finish(engine, event_id)
    matches = agreed.matches(engine, event_id, told["matches"])
    interests = carried.receive(engine, user, event_id, _interests(engine, event_id, told["interests"]))
    finish(engine, event_id)
    if new or matches or interests:
        agreed.steps(engine, user, event_id, told["matches"], str(told["event"]["facilitator"]))
    _end(engine, told, event_id, user)
    counts = {"new": new, "matches": matches, "interests": interests}
    return {"event": event_id, "cards": len(told["cards"]), **counts}


def finish(engine: Engine, event_id: int) -> None:
    """Work until all cards are done with, also those that a server beside has taken."""
    worker = Worker(engine)
    end = monotonic() + PATIENCE_S
    while not all(card["worked"] for card in queries.cards(engine, event_id)) and monotonic() < end:
        worker.work()
        sleep(LOOK_S)


def _begin(engine: Engine, told: Told, user: str) -> int:
    kept = told["event"]
    plan = Plan(
        name=kept["name"],
        region=kept["region_code"],
        place=kept["place"],
        language=kept["language"],
        tables=kept["tables"],
        goals=kept["goals"],
        invited=tuple(kept["invited"]),
        practice=kept["practice"],
    )
    event_id = events.begin(engine, kept["facilitator"] or user, plan)
    events.steer(engine, user, event_id, {ORIGIN: told["origin"]})
    return event_id


def _end(engine: Engine, told: Told, event_id: int, user: str) -> None:
    """Close what was merged, at the time at which it was held; one that is closed is left as it is."""
    event = queries.workshop(engine, event_id)
    if event is None or event["status"] == "closed":
        return
    events.set_status(engine, user, event_id, "closed")
    if not event["given_out"]:  # the screen alone, to go through the day again: a code ends with its workshop
        events.give_out(engine, user, event_id, gate.hashes(event_id, event["round"]), datetime.now(UTC))
    carried.date(engine, user, event_id, {name: _moment(told["event"][name]) for name in packing.TIMES})


def _card(card: Told) -> Card:
    return Card(
        id=UUID(card["id"]),
        table=int(card["table"]),
        told=card["told"],
        status=card["status"] if card["status"] in SETTLED else "waiting",
        remark=card["remark"],
        told_at=_moment(card["told_at"]),
        received_at=_moment(card["received_at"]),
    )


def _interests(engine: Engine, event_id: int, told: Sequence[Told]) -> list[Card]:
    """Tie each interest to the same match here; one whose match is not here is kept without one, so none is lost."""
    found = agreed.Here(engine, event_id)
    return [
        Card(
            id=UUID(one["id"]),
            table=int(one["table"]),
            told={"match": found.number(one["sides"]), "yes": one["yes"], "sides": one["sides"]},
            kind="interest",
            told_at=_moment(one["told_at"]),
            received_at=_moment(one["received_at"]),
        )
        for one in told
    ]


def _moment(given: object) -> datetime | None:
    return intake.moment(given)
