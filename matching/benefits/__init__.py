"""What an exchange is likely to bring, one metric a file: add a file and a line here, and a factor with its source.

Estimates are offered and never added to what was told: whoever takes one over records it as an estimate.
"""

from collections.abc import Mapping
from typing import Protocol

from data.model import Metric
from matching.benefits import co2e, cost, energy, hazardous, landfill, virgin, water
from matching.benefits.exchange import Estimate, Exchange, Part

__all__ = ["METRICS", "Estimate", "Exchange", "Part", "estimates"]


class Estimator(Protocol):
    """What a module here must have."""

    def estimate(self, exchange: Exchange, /) -> Estimate | None:
        """Estimate a metric above zero from what moves; None where too little is known, or nothing is gained."""
        ...


METRICS: Mapping[Metric, Estimator] = {
    Metric.LANDFILL_DIVERTED: landfill,
    Metric.CO2E_REDUCED: co2e,
    Metric.VIRGIN_SAVED: virgin,
    Metric.HAZARDOUS_ELIMINATED: hazardous,
    Metric.WATER_SAVED: water,
    Metric.ENERGY_SAVED: energy,
    Metric.COST_SAVINGS: cost,
}


def estimates(exchange: Exchange) -> dict[Metric, Estimate]:
    """Give every estimate that can be made of an exchange."""
    made = {metric: module.estimate(exchange) for metric, module in METRICS.items()}
    return {metric: one for metric, one in made.items() if one is not None}
