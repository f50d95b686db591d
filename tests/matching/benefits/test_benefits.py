from dataclasses import replace

import pytest

from config import factors
from data.model import Metric, ResourceType
from geo import vehicles
from geo.haul import Haul
from matching import benefits
from matching.benefits import METRICS, Exchange
from matching.benefits.exchange import Estimate

NEAR = Haul(vehicles.load()[vehicles.DEFAULT], 40.0, 40.0)
FAR = replace(NEAR, km=900.0, minutes=800.0)
GLASS = Exchange(
    type=ResourceType.WASTE,
    tonnes_per_year=1000.0,
    have=frozenset({"glass"}),
    want=frozenset({"glass", "foam_glass"}),
    haul=NEAR,
)
ASH = replace(GLASS, have=frozenset({"fly_ash"}), want=frozenset({"earthworks"}))
WOOD = replace(GLASS, have=frozenset({"wood_chips"}), want=frozenset({"wood_chips", "district_heating", "fuel"}))
HEAT = Exchange(type=ResourceType.ENERGY, mwh_per_year=2000.0)
CASES = (GLASS, ASH, WOOD, HEAT, replace(GLASS, hazardous=True), Exchange(type=ResourceType.WATER, m3_per_year=50.0))


@pytest.mark.parametrize("metric", METRICS)
def test_every_estimate_keeps_the_contract(metric: Metric) -> None:
    """It names its metric, is above zero, is the sum of its parts, and says where its factors are from."""
    made = [found for case in CASES if (found := METRICS[metric].estimate(case)) is not None]
    assert made
    for one in made:
        assert isinstance(one, Estimate)
        assert one.metric is metric
        assert one.amount == sum(part.amount for part in one.parts) > 0
        assert all(part.source is not None for part in one.parts if part.factor)
    assert METRICS[metric].estimate(Exchange(type=ResourceType.EXPERTISE)) is None


def test_emissions_are_what_is_avoided_less_the_haul() -> None:
    """Disposal and making anew, less making it of what was used, less the trucks; by hand from the factors."""
    names = ("disposal.landfill_mineral", "virgin.glass", "again.glass")
    disposal, anew, again = (factors.value(name) for name in names)
    driven = float(NEAR.emissions.well_to_wheel)
    found = benefits.estimates(GLASS)[Metric.CO2E_REDUCED]
    assert found.amount == pytest.approx(disposal + anew - again - driven)
    assert found.more


def test_a_haul_that_eats_the_gain_leaves_no_estimate() -> None:
    """Neither of emissions nor of money, and none is made where the way is unknown."""
    assert Metric.COST_SAVINGS in benefits.estimates(ASH)
    assert not {Metric.CO2E_REDUCED, Metric.COST_SAVINGS} & benefits.estimates(replace(ASH, haul=FAR)).keys()
    assert Metric.CO2E_REDUCED not in benefits.estimates(replace(GLASS, haul=None))


def test_what_may_not_go_to_a_landfill_is_not_kept_from_one() -> None:
    """Wood is burnt; what is to be burnt takes the place of no new wood."""
    assert Metric.LANDFILL_DIVERTED in benefits.estimates(ASH)
    found = benefits.estimates(WOOD)
    assert not {Metric.LANDFILL_DIVERTED, Metric.VIRGIN_SAVED, Metric.COST_SAVINGS} & found.keys()


def test_a_use_without_a_sourced_factor_saves_no_virgin_material() -> None:
    """Ash in earthworks takes the place of gravel, for which there is no factor here."""
    assert Metric.VIRGIN_SAVED not in benefits.estimates(ASH)
    assert benefits.estimates(GLASS)[Metric.VIRGIN_SAVED].amount == 1000.0


def test_an_estimate_is_told_to_two_digits() -> None:
    """As all that is estimated."""
    assert benefits.estimates(replace(GLASS, tonnes_per_year=1234.0))[Metric.VIRGIN_SAVED].rounded == 1200.0
