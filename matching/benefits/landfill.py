"""Waste kept from landfills: all of it, where it is mineral; what rots or burns may not go there anyway."""

from data.model import Metric, ResourceType
from matching.benefits.exchange import Estimate, Exchange, Part


def estimate(exchange: Exchange) -> Estimate | None:
    """Estimate tonnes a year; None where it is no mineral waste."""
    if exchange.type is not ResourceType.WASTE or not exchange.mineral or not exchange.moved_t:
        return None
    return Estimate(Metric.LANDFILL_DIVERTED, (Part("benefit.part_landfill", exchange.moved_t, "gain.landfilled"),))
