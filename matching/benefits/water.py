"""Water saved: what the giver has or the taker needs in a year, whichever is less."""

from data.model import Metric, ResourceType
from matching.benefits.exchange import Estimate, Exchange, Part


def estimate(exchange: Exchange) -> Estimate | None:
    """Estimate cubic metres a year; None where it is no water, or its amount isn't known."""
    if exchange.type is not ResourceType.WATER or not exchange.m3_per_year:
        return None
    return Estimate(Metric.WATER_SAVED, (Part("benefit.part_moved", exchange.m3_per_year),))
