import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import GeoProblem
from geo import vehicles
from geo.vehicles import Vehicle

FIGURES = {
    "gross_t": "t",
    "payload_t": "t",
    "volume_m3": "m3",
    "eur_per_km": "EUR/km",
    "eur_per_hour": "EUR/h",
    "handling_eur_per_t": "EUR/t",
    "load_factor": "share of the possible load",
    "empty_return": "share of the way back driven empty",
    "tank_to_wheel": "kg CO2e/tkm",
}
DENSITIES = st.floats(1, 5_000)


@pytest.fixture(params=sorted(vehicles.load()))
def vehicle(request: pytest.FixtureRequest) -> Vehicle:
    """Give every vehicle: a newcomer gets these tests for free."""
    return vehicles.load()[request.param]


def test_all_kinds_are_there() -> None:
    """The six kinds of vehicle, the default among them."""
    kinds = {"rigid", "semi_trailer", "combination_76", "bulk", "tank", "container"}
    assert set(vehicles.load()) == kinds
    assert vehicles.DEFAULT in kinds


def test_every_figure_tells_where_it_is_from(vehicle: Vehicle) -> None:
    """Each vehicle has the same figures in the same units, and what no source gives is called an assumption."""
    assert {name: factor.unit for name, factor in vehicle.figures.items()} == FIGURES
    for factor in vehicle.figures.values():
        assert len(factor.source) > 20
        assert factor.assumption == factor.source.startswith("Own assumption")
        assert 2010 <= factor.year <= 2026


def test_a_load_is_lighter_than_the_whole(vehicle: Vehicle) -> None:
    """Something is left for the vehicle itself."""
    assert 0.5 < vehicle.value("payload_t") / vehicle.value("gross_t") < 0.75


def test_weight_or_volume_limits_the_load() -> None:
    """Chips of 300 kg/m3 fill 150 m3 at 45 t, sand reaches the 49 t of the vehicle first."""
    bulk = vehicles.load()["bulk"]
    assert vehicles.payload_t(bulk, [300.0, 1_600.0]).tolist() == [45.0, 49.0]
    assert vehicles.payload_t(bulk) == 49.0
    assert vehicles.load_t(bulk, 300.0) == pytest.approx(45.0 * 0.9)


@given(one=DENSITIES, other=DENSITIES)
def test_denser_goods_never_make_a_lighter_load(one: float, other: float) -> None:
    """Payload rises with density up to what the vehicle bears."""
    for each in vehicles.load().values():
        low, high = vehicles.payload_t(each, sorted([one, other]))
        assert 0 < low <= high <= each.value("payload_t")


def test_loads_a_year_are_whole() -> None:
    """A load begun is a load, none for nothing, and NaN stays NaN."""
    assert vehicles.loads_per_year([0, 0.3, 100, 101], [40, 0.1, 50, 50]).tolist() == [0, 3, 2, 3]
    assert np.isnan(vehicles.loads_per_year(np.nan, 40))


def test_a_user_sets_figures_of_their_own() -> None:
    """Own figures are marked as such, the rest keeps its source, and the default stays as it was."""
    plain = vehicles.load()["rigid"]
    own = plain.adjusted(2026, eur_per_km=1.1, empty_return=0.0)
    assert own.value("eur_per_km") == 1.1
    assert own.figures["eur_per_km"].source == vehicles.USER
    assert not own.figures["empty_return"].assumption
    assert own.figures["payload_t"] == plain.figures["payload_t"]
    assert plain.value("empty_return") == 1.0


@pytest.mark.parametrize(
    "values",
    [
        {"load_factor": 0.0},
        {"load_factor": 1.1},
        {"empty_return": -0.1},
        {"empty_return": 1.5},
        {"payload_t": 0},
        {"eur_per_km": -1},
        {"eur_per_hour": np.nan},
        {"volume_m3": np.inf},
    ],
)
def test_figures_that_make_no_sense_are_refused(values: dict[str, float]) -> None:
    """A vehicle that carries nothing or pays to be driven is none."""
    with pytest.raises(GeoProblem, match=r"freight\.bad_figure"):
        vehicles.load()["tank"].adjusted(2026, **values)


def test_a_density_of_nothing_is_refused() -> None:
    """Zero or less is no density."""
    with pytest.raises(GeoProblem, match=r"freight\.bad_density"):
        vehicles.payload_t(vehicles.load()["bulk"], [300.0, 0.0])
