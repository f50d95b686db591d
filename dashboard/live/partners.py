"""Whom a workshop's new resource may serve: among what is public and what the event's own tables have sent in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from config import settings
from dashboard import kindred, lessons, source, source_partners
from dashboard.live.board import SIDE
from dashboard.pipeline import estimating
from dashboard.views import partner_pick
from data.queries import distances
from data.queries import events as queries
from data.queries import matching as resources
from data.queries import partners as facts
from data.store import events, synergies, wall
from data.store.synergies import Proposal
from data.viewer import SYSTEM, viewing
from geo import distance
from matching.benefits import co2e
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import find_for
from matching.proposals import proposals
from matching.weights import Weights

ORIGIN = "origin"  # on the board of a workshop that came from another store: which it was there
PARTNERS = 3  # of one card, inside its region and outside together


@dataclass
class Round:
    """Hold an event's index, which grows with the cards, and what partners are ranked with."""

    engine: Engine
    event_id: int
    index: MatchIndex
    own: set[int]
    hauls: Hauls
    weights: Weights
    dated: bool  # held elsewhere: its matches are as old as their cards
    used_at: float = field(default_factory=monotonic)  # an event that has had no card for long is forgotten


def begin(engine: Engine, event_id: int) -> Round:
    """Make the index of an event: what a screen may see of the store, and from then on all of the event's own."""
    with viewing(events.screen(event_id)):
        # The index that all pages share, cut to what is public.
        index = source_partners.index(source.stamp())
    with viewing(SYSTEM):
        weights = lessons.weights(engine)
    hauls = distances.hauls(engine, distance.default_engine(settings.load()))
    event = queries.workshop(engine, event_id)
    dated = bool(event and event["board"].get(ORIGIN))
    return Round(engine, event_id, index, set(), hauls, weights, dated)


def renew(known: Round, changed: Sequence[int]) -> None:
    """Take in what the event has now, whoever wrote it, and read anew what is said to have changed."""
    own = set(queries.resource_ids(known.engine, known.event_id))
    missing = sorted((own - known.own) | (own & set(changed)))
    gone = sorted(known.own - own)
    if gone:
        known.index = known.index.remove(gone)
    if missing:
        with viewing(SYSTEM):
            known.index = known.index.add(resources.resources(known.engine, missing))
    known.own = own


def find(known: Round, resource_ids: Sequence[int]) -> list[Proposal]:
    """Rank the partners of some resources together, as the page of nearby partners does each; none that fits no one.

    What fits less than the program would ever propose by itself is no suggestion for a room either.
    """
    ranked = find_for(known.index, resource_ids, known.hauls, None, known.weights)
    clear = [_clear(known, one) for one in ranked.values() if not kindred.weak(one)]
    told = pd.concat(clear, ignore_index=True) if clear else pd.DataFrame()
    pairs = told.drop_duplicates(["have_id", "want_id"]) if len(told) else told
    return [Proposal(**fields) for fields in proposals(known.index, pairs)]


def _clear(known: Round, matches: pd.DataFrame) -> pd.DataFrame:
    """Keep the best within the page's own limit; where there are none, the nearest beyond it."""
    fits = matches[(matches["substance"] >= kindred.WEAK) & (matches["default"] >= known.weights.least_score)]
    beyond = fits["km"] > partner_pick.DEFAULT["km"]
    near, far = fits[~beyond], fits[beyond].sort_values(["km", "partner_id"])
    return near.head(PARTNERS) if len(near) else far.head(1)


def keep(known: Round, found: Sequence[Proposal], numbers: Mapping[int, tuple[int, Mapping[str, Any]]]) -> int:
    """Write proposals as synergies and tell the screen of them; give how many were new."""
    if not found:
        return 0
    synergies.propose(known.engine, "server", list(found), settings.load().language)
    haves, wants = ([getattr(one, side) for one in found] for side in ("have_id", "want_id"))
    written = queries.pairs(known.engine, haves, wants)
    with viewing(events.screen(known.event_id)):
        public = facts.facts(known.engine, [one for one in (*haves, *wants) if one not in numbers]).set_index("id")
    side = partial(_side, numbers=numbers, public=public)
    told = []
    moments: dict[object, datetime] = {}
    for one in sorted(found, key=lambda one: one.score or 0.0):  # the screen brings up what is told last: the best
        have, want = side(one.have_id), side(one.want_id)
        if have is None or want is None or (one.have_id, one.want_id) not in written:
            continue
        if known.dated:
            moments[written[one.have_id, one.want_id]] = _moment(one, numbers)
        told.append(
            {
                "synergy": written[one.have_id, one.want_id],
                "have": have,
                "want": want,
                "km": one.road_km,
                "minutes": one.road_minutes,
                "method": one.method or "none",
                "tonnes": one.tonnes_per_year if have["tonnes"] and want["tonnes"] else None,  # both are known
                "score": one.score,
                "co2e_per_tonne": _co2e(one, have, want),
                "reasons": [dict(reason) for reason in one.reasons],
                "cross": have["region"] != want["region"],
                "table": have["table"] or want["table"],
            }
        )
    return wall.tell_matches(known.engine, known.event_id, told, moments)


def _moment(one: Proposal, numbers: Mapping[int, tuple[int, Mapping[str, Any]]]) -> datetime:
    """Tell when a match could first be seen: when the later of its cards had come."""
    return max(datetime.fromisoformat(numbers[side][1]["at"]) for side in (one.have_id, one.want_id) if side in numbers)


def _co2e(found: Proposal, have: Mapping[str, Any], want: Mapping[str, Any]) -> float | None:
    """Estimate the tonnes of CO2e that a moved tonne saves, by the factors of the pipeline; None where nobody can."""
    told = {
        "type": have["type"],
        "tonnes_per_year": found.tonnes_per_year,
        "have": have["title"],
        "want": want["title"],
    }
    way = {"road_km": found.road_km, "road_minutes": found.road_minutes, "method": found.method}
    estimate = co2e.estimate(estimating.exchange({**told, **way}))
    return None if estimate is None or not found.tonnes_per_year else estimate.amount / found.tonnes_per_year


def _side(
    resource_id: int, *, numbers: Mapping[int, tuple[int, Mapping[str, Any]]], public: pd.DataFrame
) -> dict[str, object] | None:
    """Tell of one side what may stand on the screen: of a card what its table said, of others what is public."""
    if resource_id in numbers:
        number, card = numbers[resource_id]
        return {**{name: card[name] for name in SIDE}, "card": number, "key": resource_id}
    if resource_id not in public.index:
        return None
    row = public.loc[resource_id]
    name = str(row["organisation"]) if isinstance(row["organisation"], str) else None
    ends = [one for one in (row["tonnes_low"], row["tonnes_high"]) if not pd.isna(one)]
    flow = row["continuity"] == "continuous" and len(ends) == 2  # noqa: PLR2004 - a low and a high
    return {
        "card": None,
        "key": resource_id,
        "title": row["title"],
        "type": row["type"],
        "place": row["municipality_code"],
        "region": row["region_code"],
        "name": name,
        "named": name is not None,
        "table": None,
        "tonnes": round((float(str(ends[0])) + float(str(ends[1]))) / 2, 2) if flow else None,
    }
