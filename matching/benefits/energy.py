"""Energy saved: what the giver has or the taker needs in a year, whichever is less."""

from data.model import Metric, ResourceType
from matching.benefits.exchange import Estimate, Exchange, Part


def estimate(exchange: Exchange) -> Estimate | None:
    """Estimate MWh a year; None where it is no energy, or its amount isn't known."""
    if exchange.type is not ResourceType.ENERGY or not exchange.mwh_per_year:
        return None
    return Estimate(Metric.ENERGY_SAVED, (Part("benefit.part_moved", exchange.mwh_per_year),))
