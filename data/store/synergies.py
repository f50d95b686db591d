"""Write synergies: propose many at once, take one up, reject one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from psycopg import Connection as DriverConnection
from psycopg import Cursor
from psycopg.types.json import Jsonb
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from config.errors import StaleEdit, StoreProblem
from config.texts import Language
from data import store, tables
from data.model import LapseReason, Stage
from data.store import lifecycle

_HOLD = text("SELECT id, demo FROM hold_resources(:ids)")
_SCORED = ("score", "reasons", "road_km", "road_minutes", "method", "tonnes_per_year")


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Hold an offer and a need that may go together, as the matcher sees them.

    One that is not `listed` is no longer among the best: it is only scored again where it is there already. A `weak`
    one lapses where nobody has touched it.
    """

    have_id: int
    want_id: int
    score: float
    reasons: Sequence[Mapping[str, object]] = ()
    road_km: float | None = None
    road_minutes: float | None = None
    method: str | None = None
    tonnes_per_year: float | None = None
    listed: bool = True
    weak: bool = False


@dataclass(frozen=True)
class Proposed:
    """Tell how many proposals were new, had changed or stood as they were; and how many lapsed and came back."""

    created: int
    updated: int
    unchanged: int
    lapsed: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Taken:
    """Tell which synergy a pair now is, and at which stage."""

    id: int
    stage: Stage
    changed: bool = field(default=True)


def propose(engine: Engine, user: str, proposals: Sequence[Proposal], language: Language = "fi") -> Proposed:
    """Write proposals, all or none; a pair that is there already gets the new score and keeps its stage and version.

    The version stays: a score that was counted again must not make anybody's open form stale. `language` is that of
    the name under which the program lets weak ones lapse.
    """
    with store.connection(engine, user) as connection:
        driver = cast("DriverConnection[tuple[object, ...]]", connection.connection.driver_connection)
        with driver.cursor() as cursor:
            # Two refreshes at once: the second waits, and then finds what the first has written.
            cursor.execute("SELECT pg_advisory_xact_lock(726004)")
            _copy(cursor, proposals)
            updated = _update(cursor)
            created = _insert(cursor)
        faded = lifecycle.fade(connection, language)
    return Proposed(created, updated, len(proposals) - created - updated, faded.lapsed, faded.returned)


def _copy(cursor: Cursor[tuple[object, ...]], proposals: Sequence[Proposal]) -> None:
    cursor.execute(
        "CREATE TEMP TABLE proposal (have_id bigint, want_id bigint, score float, reasons jsonb, road_km float,"
        " road_minutes float, method text, tonnes_per_year float, listed boolean, weak boolean) ON COMMIT DROP"
    )
    with cursor.copy("COPY proposal FROM STDIN") as copy:
        for one in proposals:
            reasons = Jsonb([dict(reason) for reason in one.reasons])
            copy.write_row(
                (
                    one.have_id,
                    one.want_id,
                    one.score,
                    reasons,
                    one.road_km,
                    one.road_minutes,
                    one.method,
                    one.tonnes_per_year,
                    one.listed,
                    one.weak,
                )
            )


def _update(cursor: Cursor[tuple[object, ...]]) -> int:
    changed = ", ".join(f"{name} = p.{name}" for name in _SCORED)
    old, new = (", ".join(f"{table}.{name}" for name in _SCORED) for table in ("s", "p"))
    cursor.execute(
        f"UPDATE synergy s SET {changed} FROM proposal p"  # noqa: S608 - this module's own column names
        " WHERE s.have_id = p.have_id AND s.want_id = p.want_id AND s.deleted_at IS NULL"
        f" AND ({old}) IS DISTINCT FROM ({new})"
    )
    return cursor.rowcount


def _insert(cursor: Cursor[tuple[object, ...]]) -> int:
    names = ", ".join(("have_id", "want_id", *_SCORED))
    given = ", ".join(f"p.{name}" for name in ("have_id", "want_id", *_SCORED))
    # A synergy with an invented side is invented.
    cursor.execute(
        f"INSERT INTO synergy ({names}, demo) SELECT {given}, h.demo OR w.demo FROM proposal p"  # noqa: S608 - as above
        " JOIN resource h ON h.id = p.have_id AND h.deleted_at IS NULL"
        " JOIN resource w ON w.id = p.want_id AND w.deleted_at IS NULL"
        " WHERE p.listed ON CONFLICT (have_id, want_id) WHERE deleted_at IS NULL DO NOTHING"
    )
    return cursor.rowcount


def take_up(engine: Engine, user: str, proposal: Proposal, seen: Stage | None = None) -> Taken:
    """Begin to talk about a pair, in the name of `user`; one that is further already is left where it is.

    `seen` is the stage that the user decided on: where somebody has let the pair lapse since, StaleEdit tells who.
    """
    with store.transaction(engine, user) as session:
        synergy = _found_or_new(session, proposal)
        if seen is not None and synergy.stage == Stage.LAPSED.value != seen.value:
            raise _decided(session, synergy)
        if synergy.stage not in {Stage.IDENTIFIED.value, Stage.LAPSED.value}:
            return Taken(synergy.id, Stage(synergy.stage), changed=False)
        synergy.stage, synergy.lapse_reason = Stage.DISCUSSING.value, None
        synergy.owner = user or None
        session.flush()
        return Taken(synergy.id, Stage.DISCUSSING)


def reject(engine: Engine, user: str, proposal: Proposal, reason: LapseReason, seen: Stage = Stage.IDENTIFIED) -> Taken:
    """Let a pair lapse with its reason, from which the ranking can learn.

    What somebody has taken up or let lapse since it was `seen` stays as it is; StaleEdit tells who and when.
    """
    with store.transaction(engine, user) as session:
        synergy = _found_or_new(session, proposal)
        if synergy.stage != seen.value:
            raise _decided(session, synergy)
        synergy.stage, synergy.lapse_reason = Stage.LAPSED.value, reason.value
        session.flush()
        return Taken(synergy.id, Stage.LAPSED)


def _decided(session: Session, synergy: tables.Synergy) -> StaleEdit:
    history = tables.SynergyHistory
    found = session.execute(
        select(history.changed_by, history.changed_at)
        .where(history.synergy_id == synergy.id)
        .order_by(history.id.desc())
        .limit(1)
    ).one()
    return StaleEdit("store.decided_meanwhile", user=found.changed_by or "–", time=found.changed_at)


def _found_or_new(session: Session, proposal: Proposal) -> tables.Synergy:
    # Both sides are locked in the order of their ids: nobody deletes one meanwhile, and two users wait in one order.
    # By the database itself, since whoever takes a pair up may not change, and so not lock, the other side.
    sides = session.execute(_HOLD, {"ids": [proposal.have_id, proposal.want_id]}).all()
    if len(sides) < 2:  # noqa: PLR2004 - an offer and a need
        raise StoreProblem("store.not_found")
    found = session.scalar(
        select(tables.Synergy).where(
            tables.Synergy.have_id == proposal.have_id,
            tables.Synergy.want_id == proposal.want_id,
            tables.Synergy.deleted_at.is_(None),
        )
    )
    return found or _new(session, proposal, demo=any(side.demo for side in sides))


def _new(session: Session, proposal: Proposal, *, demo: bool) -> tables.Synergy:
    synergy = tables.Synergy(
        have_id=proposal.have_id,
        want_id=proposal.want_id,
        score=proposal.score,
        reasons=[dict(reason) for reason in proposal.reasons],
        road_km=proposal.road_km,
        road_minutes=proposal.road_minutes,
        method=proposal.method,
        tonnes_per_year=proposal.tonnes_per_year,
        stage=Stage.IDENTIFIED.value,
        demo=demo,
    )
    session.add(synergy)
    session.flush()
    return synergy
