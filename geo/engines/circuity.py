"""Estimates only: the straight line times what roads usually add, never over water."""

import numpy as np

from config.settings import Settings
from geo.estimate import from_straight, straight_km
from geo.land import AT_SEA, landmass
from geo.results import ESTIMATE, NONE, Distances, Floats, Piece
from geo.rules import signed


class CircuityEngine:
    """Estimate every distance on one piece of land."""

    @property
    def hash(self) -> str:
        """Give 16 hexadecimal digits that change with the coast, the islands and the ratios."""
        return signed("circuity")

    def matrix(self, origins: Floats, destinations: Floats) -> Distances:
        """Estimate from each origin to each destination; none where water lies between."""
        straight = straight_km(origins, destinations)
        here, there = landmass(origins), landmass(destinations)
        joined = (here[:, None] == there[None, :]) & (here[:, None] != AT_SEA)
        known = np.where(joined, straight, np.nan)
        guess = from_straight(known)
        return Distances(
            km=guess.km,
            minutes=guess.minutes,
            method=np.where(joined, ESTIMATE, NONE),
            access_km=np.where(joined, 0.0, np.nan),
            ferry_km=np.where(joined, 0.0, np.nan),
            low_km=guess.low_km,
            high_km=guess.high_km,
        )

    def route(self, start: Floats, end: Floats) -> Floats:
        """Give the straight line, or nothing where water lies between."""
        here, there = landmass([start, end])
        return np.vstack([start, end]) if here == there != AT_SEA else np.empty((0, 2))

    def pieces(self, start: Floats, end: Floats) -> tuple[Piece, ...]:
        """Give the straight line as one part, or nothing where water lies between."""
        line = self.route(start, end)
        return (Piece(line),) if len(line) else ()


def from_settings(_settings: Settings) -> CircuityEngine:
    """Make the engine; it needs no data but the coast line."""
    return CircuityEngine()
