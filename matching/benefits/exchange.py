"""What estimates are made from: what moves, of which materials, how far; and what an estimate is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor, isfinite, log10

from config import factors
from config.factors import Factor
from data.model import Metric, ResourceType
from geo.haul import Haul
from matching.benefits import materials


@dataclass(frozen=True)
class Exchange:
    """Hold what goes from one to the other.

    Attributes
    ----------
    tonnes_per_year, mwh_per_year, m3_per_year : what moves, None where it isn't known.
    have, want : concepts of both sides.
    haul : the way that it goes, None where none is known.
    """

    type: ResourceType
    tonnes_per_year: float | None = None
    mwh_per_year: float | None = None
    m3_per_year: float | None = None
    hazardous: bool = False
    have: frozenset[str] = field(default_factory=frozenset)
    want: frozenset[str] = field(default_factory=frozenset)
    haul: Haul | None = None

    @property
    def moved_t(self) -> float:
        """Give the tonnes a year of what would be a thing, 0 where none are known."""
        goods = self.type in {ResourceType.MATERIAL, ResourceType.WASTE}
        return self.tonnes_per_year if goods and self.tonnes_per_year else 0.0

    @property
    def material(self) -> str | None:
        """Name the material that takes the place of a newly made one; None where it is not used as what it is."""
        return materials.replaced(self.have, self.want)

    @property
    def mineral(self) -> bool:
        """Tell whether it might have gone to a landfill: what rots or burns may not."""
        return materials.mineral(self.have)


@dataclass(frozen=True)
class Part:
    """Hold one term of an estimate: what it is (a text id), its amount, and the factor or figure behind it."""

    key: str
    amount: float
    factor: str = ""

    @property
    def source(self) -> Factor | None:
        """Give the factor with its source."""
        return factors.load().get(self.factor)


@dataclass(frozen=True)
class Estimate:
    """Hold what we estimate of a metric, and the terms that it is the sum of."""

    metric: Metric
    parts: tuple[Part, ...]
    more: Mapping[str, Factor] = field(default_factory=dict)  # what the haul rests on

    @property
    def amount(self) -> float:
        """Give the sum."""
        return sum(part.amount for part in self.parts)

    @property
    def rounded(self) -> float:
        """Give the sum to two significant digits, as estimates are told."""
        value = self.amount
        if not isfinite(value) or value == 0:
            return 0.0
        return float(round(value, 1 - floor(log10(abs(value)))))
