"""Hazardous waste eliminated: all that is used instead of being disposed of."""

from data.model import Metric
from matching.benefits.exchange import Estimate, Exchange, Part


def estimate(exchange: Exchange) -> Estimate | None:
    """Estimate tonnes a year; None where it isn't hazardous."""
    if not exchange.hazardous or not exchange.moved_t:
        return None
    return Estimate(Metric.HAZARDOUS_ELIMINATED, (Part("benefit.part_hazardous", exchange.moved_t),))
