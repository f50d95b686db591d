"""Loads that several small offers fill together on their way to one need, and what that saves.

A truck starts at one of them, passes the others, and ends at the need. What is told is an estimate: what comes all the
year is taken to be fetched once a month, and a batch in one go.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo import vehicles
from geo.vehicles import Vehicle
from matching import chain_steps, loads, rounds
from matching.columns import Rows
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.people import People
from matching.reasons import Reason
from matching.rounds import Pool

TOP = 3
LEAST_SUBSTANCE = 0.4  # a truck is not filled with what may not be wanted
NEIGHBOURS = 48  # offers of the same kind: the nearest
AROUND_M = 120_000.0  # by straight line: beyond it an offer is no neighbour of another


def for_want(  # noqa: PLR0913 - all of one question
    index: MatchIndex,
    want_id: int,
    offers: Rows,
    hauls: Hauls,
    *,
    vehicle: Vehicle | None = None,
    through: int | None = None,
    top: int = TOP,
) -> list[Pool]:
    """Give the best rounds to a need among offers that answer it, those that save most first; each offer in one.

    With `through` only the rounds that pass the offer of that id.
    """
    truck = vehicle or vehicles.load()[vehicles.DEFAULT]
    row = index.position(want_id)
    groups = loads.groups(index, row, offers, hauls, truck)
    found = [pool for group in groups for pool in rounds.of(group, truck)]
    if through is not None:
        found = [pool for pool in found if any(stop.id == through for stop in pool.stops)]
    return sorted(found, key=lambda pool: (-pool.saving_eur, pool.stops[0].id))[:top]


def for_have(
    index: MatchIndex,
    have_id: int,
    wants: Sequence[int],
    hauls: Hauls,
    *,
    vehicle: Vehicle | None = None,
    top: int = TOP,
) -> list[Pool]:
    """Give the best rounds that pass an offer on the way to one of some needs, with neighbours of the same kind."""
    offers = neighbours(index, have_id)
    if len(offers) < 2:  # noqa: PLR2004 - one alone is no round
        return []
    found = [
        pool for want in wants for pool in for_want(index, want, offers, hauls, vehicle=vehicle, through=have_id, top=1)
    ]
    return sorted(found, key=lambda pool: (-pool.saving_eur, pool.want_id))[:top]


def answering(matches: pd.DataFrame) -> Rows:
    """Give the rows of those partners of a need (pipeline.find_matches) that clearly answer it."""
    return matches.loc[matches["substance"] >= LEAST_SUBSTANCE, "partner_row"].to_numpy(dtype=np.intp)


def neighbours(index: MatchIndex, have_id: int) -> Rows:
    """Give the rows of an offer and of those near it that name a material of it."""
    row = index.position(have_id)
    own = People.of(index, np.array([row]))
    have = chain_steps.resources(index, own.row)[0]
    materials = loads.materials(index, have)
    if have["hazardous"] or have["family"] != "material" or not materials:
        return own.row[:0]
    part = ("have", "material")
    letters, _ = index.vectors(part, own.row)
    nothing = chain_steps.blank(letters, 1)
    named = index.dots(part, (nothing, chain_steps.naming(index, [materials])))[1][0] > 0
    near = People.of(index, index.side(part).row[named])
    apart_m = own.apart_m(near)[0]
    seen = (near.region == own.region[0]) | ~(near.regional | own.regional[0])
    order = np.argsort(np.where(near.open & seen, apart_m, np.inf), kind="stable")[:NEIGHBOURS]
    kept = near.row[order[apart_m[order] <= AROUND_M]]
    return np.union1d(kept, own.row)


def explain(pool: Pool) -> tuple[Reason, ...]:
    """Say what a round carries, how far it goes and what it saves."""
    return (
        Reason(
            "pool.load",
            {
                "stops_tonnes": [round(stop.tonnes, 1) for stop in pool.stops],
                "tonnes": round(pool.tonnes, 1),
                "filled": round(pool.filled, 2),
                "monthly": pool.times_a_year > 1,
            },
        ),
        Reason("pool.way", {"round_km": round(pool.km, 1), "alone_km": round(pool.alone_km, 1)}),
        Reason(
            "pool.cost",
            {
                "eur_per_tonne": round(pool.eur_per_tonne, 1),
                "alone_eur_per_tonne": round(pool.alone_eur_per_tonne, 1),
                "saved_trips": pool.saved_trips,
            },
        ),
    )
