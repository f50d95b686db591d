"""Cost savings: the waste tax of what would have gone to a landfill, less the haul; gate fees are not in it."""

from config import factors
from data.model import Metric, ResourceType
from matching.benefits.exchange import Estimate, Exchange, Part


def estimate(exchange: Exchange) -> Estimate | None:
    """Estimate euros a year; None where no tax is saved, or the haul eats it."""
    haul, moved_t = exchange.haul, exchange.moved_t
    taxed = exchange.type is ResourceType.WASTE and exchange.mineral and not exchange.hazardous
    if haul is None or not taxed or not moved_t:
        return None
    saved = Part("benefit.part_tax", moved_t * factors.value("disposal.waste_tax"), "disposal.waste_tax")
    found = Estimate(
        Metric.COST_SAVINGS, (saved, Part("benefit.part_haul", -moved_t * haul.eur_per_tonne)), haul.sources()
    )
    return found if found.amount > 0 else None
