import pytest

from config import factors
from geo.road_graph import CLASS_NAMES


@pytest.mark.parametrize("name", sorted(factors.load()))
def test_every_factor_tells_where_it_is_from(name: str) -> None:
    """A figure without unit or source is of no use to anybody who doubts it."""
    factor = factors.load()[name]
    assert factor.value > 0
    assert factor.unit
    assert len(factor.source) > 20
    assert factor.assumption == factor.source.startswith("Own assumption")


def test_every_class_of_road_has_a_speed() -> None:
    """The network never meets a class without speed."""
    assert all(factors.value(f"speed.{name}") > 0 for name in CLASS_NAMES.values())
