"""Emissions reduced: disposal and making anew that are avoided, less making it of what was used, less the haul.

Only sourced factors count: where neither disposal nor material has one, there is no estimate.
"""

from collections.abc import Iterator

from config import factors
from data.model import Metric, ResourceType
from matching.benefits.exchange import Estimate, Exchange, Part

KG_PER_TONNE = 1000.0


def estimate(exchange: Exchange) -> Estimate | None:
    """Estimate tonnes of CO2e a year; None where nothing is known, or the haul emits more than is saved."""
    haul = exchange.haul
    if haul is None or not exchange.moved_t:
        return None
    parts = tuple(avoided(exchange))
    if not parts:
        return None
    driven = -exchange.moved_t * float(haul.emissions.well_to_wheel) / KG_PER_TONNE
    found = Estimate(Metric.CO2E_REDUCED, (*parts, Part("benefit.part_haul", driven)), haul.sources())
    return found if found.amount > 0 else None


def avoided(exchange: Exchange) -> Iterator[Part]:
    """Give what is avoided before the haul, part by part, as far as sourced factors know."""
    if exchange.type is ResourceType.WASTE and not exchange.hazardous:
        yield _part("disposal", "disposal.landfill_mineral" if exchange.mineral else "disposal.incineration", exchange)
    material, known = exchange.material, factors.load()
    if material is None or f"virgin.{material}" not in known:
        return
    yield _part("made_anew", f"virgin.{material}", exchange)
    if f"again.{material}" in known:
        yield _part("made_again", f"again.{material}", exchange, sign=-1)


def _part(name: str, factor: str, exchange: Exchange, sign: int = 1) -> Part:
    return Part(f"benefit.part_{name}", sign * exchange.moved_t * factors.value(factor) / KG_PER_TONNE, factor)
