import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import GeoProblem
from geo import freight, vehicles
from geo.haul import Haul
from geo.vehicles import Vehicle


def test_the_haul_of_the_drawings() -> None:
    """108.7 km on main roads cost about 11.4 EUR and emit 10.8 kg CO2e per tonne."""
    km = 108.7
    assert freight.eur_per_tonne(km, km / 80 * 60) == pytest.approx(11.4, abs=0.1)
    assert freight.co2e_kg_per_tonne(km) == pytest.approx(10.8, abs=0.1)


def test_the_formula_by_hand() -> None:
    """100 km in 2 h at 1 EUR/km and 50 EUR/h, half the way back empty, 10 t: 200 * 1.5 / 10 + 3."""
    truck = freight.Truck(payload_t=10, eur_per_km=1, eur_per_hour=50, handling_eur_per_tonne=3, empty_return=0.5)
    assert freight.eur_per_tonne([100.0], [120.0], truck).tolist() == [33.0]


def test_km_over_water_have_their_own_price() -> None:
    """Told apart, the ferry's km cost its fare and emit by its factor; the whole agrees with the haul."""
    vehicle = vehicles.load()["combination_76"]
    found = freight.eur_per_tonne([160.0, 160.0], 350.0, freight.truck(vehicle), ferry_km=[152.0, 0.0])
    assert found[0] == pytest.approx(Haul(vehicle, 160.0, 350.0, ferry_km=152.0).eur_per_tonne)
    assert found[1] == pytest.approx(Haul(vehicle, 160.0, 350.0).eur_per_tonne)
    assert freight.co2e_kg_per_tonne(160.0, 152.0) == pytest.approx(8 * 0.099 + 152 * 0.448)


def test_no_way_has_no_price() -> None:
    """NaN in, NaN out."""
    assert np.isnan(freight.eur_per_tonne(np.nan, np.nan))
    assert np.isnan(freight.co2e_kg_per_tonne(np.nan))


def test_the_shape_of_an_articulated_truck_is_defras() -> None:
    """Full one way and back with another load is DEFRA's full load; full out and empty back its half load."""
    trailer = vehicles.load()["semi_trailer"].adjusted(2026, load_factor=1.0, empty_return=0.0)
    assert freight.tank_to_wheel_per_tkm(trailer) == pytest.approx(0.0599)
    assert freight.tank_to_wheel_per_tkm(trailer.adjusted(2026, load_factor=0.5)) == pytest.approx(0.0961)
    assert freight.tank_to_wheel_per_tkm(trailer.adjusted(2026, empty_return=1.0)) == pytest.approx(0.0961)


def test_road_and_ferry_emit_apart() -> None:
    """Each km counts with the factor of what it is driven on, and the whole is the sum of its parts."""
    rigid = vehicles.load()["rigid"]
    found = freight.emissions([100.0, 0.0, np.nan], [0.0, 100.0, 1.0], rigid)
    assert found.ferry_tank_to_wheel[:2].tolist() == [0.0, pytest.approx(37.7)]
    assert found.road_tank_to_wheel[0] == pytest.approx(100 * freight.tank_to_wheel_per_tkm(rigid))
    assert found.road_well_to_tank[0] / found.road_tank_to_wheel[0] == pytest.approx(0.022 / 0.0770)
    assert found.well_to_wheel[1] == pytest.approx(44.8)
    assert np.isnan(found.well_to_wheel[2])


VEHICLES = st.builds(
    lambda name, share, back: vehicles.load()[name].adjusted(2026, load_factor=share, empty_return=back),
    st.sampled_from(sorted(vehicles.load())),
    st.floats(0.05, 1.0),
    st.floats(0.0, 1.0),
)
DENSITIES = st.none() | st.floats(20, 3_000)
KM = st.floats(0, 1_500)


@given(vehicle=VEHICLES, density=DENSITIES, one=KM, other=KM, ferry=st.floats(0, 1))
def test_a_longer_haul_costs_and_emits_more(
    vehicle: Vehicle, density: float | None, one: float, other: float, ferry: float
) -> None:
    """Cost and emissions never fall with the way."""
    near, far = (
        Haul(vehicle, km, km / 70 * 60, ferry_km=km * ferry, density_kg_m3=density) for km in sorted([one, other])
    )
    assert near.eur_per_tonne <= far.eur_per_tonne + 1e-9
    assert near.emissions.well_to_wheel <= far.emissions.well_to_wheel + 1e-9
    assert near.emissions.tank_to_wheel <= near.emissions.well_to_wheel


@given(vehicle=VEHICLES, density=DENSITIES, km=st.floats(1, 1_500), fuller=st.floats(1.01, 3.0))
def test_a_fuller_load_and_a_back_haul_are_cheaper(
    vehicle: Vehicle, density: float | None, km: float, fuller: float
) -> None:
    """More on the truck or something on the way back lowers cost and emissions of each tonne."""
    plain = Haul(vehicle, km, km, density_kg_m3=density)
    share = min(1.0, vehicle.value("load_factor") * fuller)
    for better in (vehicle.adjusted(2026, load_factor=share), vehicle.adjusted(2026, empty_return=0.0)):
        other = Haul(better, km, km, density_kg_m3=density)
        assert other.eur_per_tonne <= plain.eur_per_tonne + 1e-9
        assert other.emissions.well_to_wheel <= plain.emissions.well_to_wheel + 1e-9


@given(vehicle=VEHICLES, density=DENSITIES, value=st.floats(-10, 500), speed=st.floats(20, 90))
def test_the_break_even_is_where_the_cost_is_the_value(
    vehicle: Vehicle, density: float | None, value: float, speed: float
) -> None:
    """A haul of break-even length costs exactly the value; where handling eats it no km are left."""
    km = float(freight.break_even_km(value, vehicle, density_kg_m3=density, speed_kmh=speed))
    if value <= vehicle.value("handling_eur_per_t"):
        assert km == 0.0
        return
    haul = Haul(vehicle, km, km / speed * 60, density_kg_m3=density)
    assert haul.eur_per_tonne == pytest.approx(value, rel=1e-9)
    assert haul.left_eur_per_tonne(value) == pytest.approx(0.0, abs=1e-6)


def test_a_haul_of_chips_by_hand() -> None:
    """150 km in 2.5 h, 40.5 t of chips, empty back: (142.5 + 155) * 2 / 40.5 + 1.8, and 25 loads for 1,000 t."""
    haul = Haul(vehicles.load()["bulk"], 150.0, 150.0, density_kg_m3=300.0)
    assert haul.load_t == pytest.approx(40.5)
    assert haul.eur_per_tonne == pytest.approx(297.5 * 2 / 40.5 + 1.8)
    assert haul.eur_per_tonne == pytest.approx(
        float(freight.eur_per_tonne(150.0, 150.0, freight.truck(haul.vehicle, 300.0)))
    )
    assert haul.loads(1_000) == 25


def test_a_haul_tells_its_figures_and_their_sources() -> None:
    """The parts add up, every figure behind them is named, and the ferry's only where there is one."""
    vehicle = vehicles.load()["container"]
    land, sea = Haul(vehicle, 200.0, 180.0), Haul(vehicle, 200.0, 480.0, ferry_km=140.0)
    for haul in (land, sea):
        told = haul.summary()
        parts = ("distance", "time", "ferry", "handling")
        assert sum(told[f"{part}_eur_per_tonne"] for part in parts) == pytest.approx(told["eur_per_tonne"])
        assert told["co2e_well_to_wheel_kg_per_tonne"] > told["co2e_tank_to_wheel_kg_per_tonne"] > 0
        assert all(figure.source and figure.unit for figure in haul.sources().values())
    assert set(sea.sources()) - set(land.sources()) == {
        "ferry.fare",
        "co2e.ferry_tank_to_wheel",
        "co2e.ferry_well_to_tank",
    }
    assert land.sources()["container.eur_per_km"].assumption


@pytest.mark.parametrize("way", [(np.nan, 10.0, 0.0), (10.0, np.nan, 0.0), (-1.0, 1.0, 0.0), (10.0, 10.0, 11.0)])
def test_a_haul_without_a_way_is_refused(way: tuple[float, float, float]) -> None:
    """NaN, negative km and more sea than way are no haul."""
    km, minutes, ferry_km = way
    with pytest.raises(GeoProblem, match=r"freight\.bad_way"):
        Haul(vehicles.load()["rigid"], km, minutes, ferry_km=ferry_km)
