import numpy as np
import pytest

from geo import freight


def test_the_haul_of_the_drawings() -> None:
    """108.7 km on main roads cost about 11.4 EUR and emit 10.8 kg CO2e per tonne."""
    km = 108.7
    assert freight.eur_per_tonne(km, km / 80 * 60) == pytest.approx(11.4, abs=0.1)
    assert freight.co2e_kg_per_tonne(km) == pytest.approx(10.8, abs=0.1)


def test_the_formula_by_hand() -> None:
    """100 km in 2 h at 1 EUR/km and 50 EUR/h, half the way back empty, 10 t: 200 * 1.5 / 10 + 3."""
    truck = freight.Truck(payload_t=10, eur_per_km=1, eur_per_hour=50, handling_eur_per_tonne=3, empty_return=0.5)
    assert freight.eur_per_tonne([100.0], [120.0], truck).tolist() == [33.0]


def test_no_way_has_no_price() -> None:
    """NaN in, NaN out."""
    assert np.isnan(freight.eur_per_tonne(np.nan, np.nan))
    assert np.isnan(freight.co2e_kg_per_tonne(np.nan))
