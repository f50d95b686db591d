"""Virgin raw material saved: a tonne a tonne, where both sides name the same material and it isn't burnt."""

from config import factors
from data.model import Metric
from matching.benefits.exchange import Estimate, Exchange, Part


def estimate(exchange: Exchange) -> Estimate | None:
    """Estimate tonnes a year; None where it takes the place of nothing that we know."""
    if exchange.material is None or not exchange.moved_t:
        return None
    saved = exchange.moved_t * factors.value("gain.substitution")
    return Estimate(Metric.VIRGIN_SAVED, (Part("benefit.part_virgin", saved, "gain.substitution"),))
