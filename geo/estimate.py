"""Estimates of road distance from the straight line, as real Finnish sites showed it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from config import factors

Floats = npt.NDArray[np.float64]

# Road over straight line between real industrial sites, by distance: median, and the 5th and 95th percentile as the
# band (no 95th percentile was taken at 25-50 km: it is interpolated). Each figure stands at the middle of its class
# (2-10, 10-25, 25-50, 50-100, over 100 km), with values between: steps would make a longer way the shorter one.
MIDDLE_KM = np.array([6.0, 16.0, 36.0, 72.0, 150.0])
RATIO = np.array([1.35, 1.27, 1.24, 1.20, 1.175])
LOW_RATIO = np.array([1.15, 1.12, 1.11, 1.10, 1.10])
HIGH_RATIO = np.array([2.63, 1.88, 1.62, 1.43, 1.28])

ACCESS_RATIO = float(RATIO[0])
ACCESS_LOW_RATIO, ACCESS_HIGH_RATIO = 1.0, 1.88  # the band of a leg off the road that is too long to be a road distance


@dataclass(frozen=True)
class Estimate:
    """Hold estimated road km with their band, and truck minutes."""

    km: Floats
    low_km: Floats
    high_km: Floats
    minutes: Floats


def from_straight(straight_km: Floats) -> Estimate:
    """Estimate road distances from straight lines; the time is that of connecting roads near and main roads far."""
    middle = np.log(MIDDLE_KM)
    at = np.log(np.maximum(straight_km, 0.1))
    km = straight_km * np.interp(at, middle, RATIO)
    slow, fast = factors.value("speed.street"), min(factors.value("speed.main"), factors.value("speed.truck_limit"))
    speed = np.interp(km, [5.0, 100.0], [slow, fast])
    return Estimate(
        km=km,
        low_km=straight_km * np.interp(at, middle, LOW_RATIO),
        high_km=straight_km * np.interp(at, middle, HIGH_RATIO),
        minutes=km * 60.0 / speed,
    )


def straight_km(origins: Floats, destinations: Floats) -> Floats:
    """Give the (n, m) straight lines between TM35FIN points in km."""
    return apart_km(origins[:, None, :], destinations[None, :, :])


def apart_km(one: Floats, other: Floats) -> Floats:
    """Give the straight line in km from each TM35FIN point, easting and northing along the last axis, to the other."""
    apart = one - other
    return np.asarray(np.hypot(apart[..., 0], apart[..., 1]) / 1000.0)
