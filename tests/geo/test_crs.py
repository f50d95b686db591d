import numpy as np
import pytest

from geo import crs

HELSINKI_LON_LAT = (24.9384, 60.1699)


def test_known_point_of_helsinki() -> None:
    """The railway station lies at the TM35FIN metres that the Land Survey's map site shows."""
    easting, northing = crs.to_tm35fin(*HELSINKI_LON_LAT)
    assert easting == pytest.approx(385_595, abs=150)
    assert northing == pytest.approx(6_672_118, abs=150)


def test_there_and_back() -> None:
    """Degrees come back from metres to a millimetre."""
    lon, lat = np.array([19.9, 27.7, 31.5]), np.array([60.1, 68.4, 62.8])
    again = crs.to_wgs84(*crs.to_tm35fin(lon, lat))
    np.testing.assert_allclose(again, (lon, lat), atol=1e-8)


@pytest.mark.parametrize("epsg", [4326, 3067, 2393, 3857, 3873, 3878, 3879, 3885, 2391, 2392, 2394])
def test_each_system_is_told_by_range(epsg: int) -> None:
    """A pair in any known system is recognised, and its best guess leads to the same place."""
    place = {2391: (21.8, 61.5), 2394: (29.9, 62.6)}.get(epsg, (24.9, 60.9))
    x, y = crs._transformer(crs.WGS84, epsg).transform(*place)  # noqa: SLF001 - the reverse way is of no use outside
    best = crs.identify(x, y)[0]
    assert (best.epsg, best.swapped) == (epsg, False)
    np.testing.assert_allclose(crs.resolve(x, y, best), crs.to_tm35fin(*place), atol=0.5)


@pytest.mark.parametrize(("x", "y", "epsg"), [(60.17, 24.94, 4326), (6_672_118.0, 385_595.0, 3067)])
def test_swapped_pairs_are_called_swapped(x: float, y: float, epsg: int) -> None:
    """Latitude before longitude and northing before easting are seen, and the resolved point lies in Helsinki."""
    best = crs.identify(x, y)[0]
    assert best == crs.Guess(epsg, swapped=True)
    np.testing.assert_allclose(crs.resolve(x, y, best), (385_650, 6_672_120), atol=300)


def test_kkj_without_its_zone_is_the_second_guess() -> None:
    """A KKJ easting that lost its 3 looks like TM35FIN: the second guess names it and lies kilometres away."""
    first, second = crs.identify(385_824.0, 6_674_929.0)
    assert first.epsg == crs.TM35FIN
    assert second.missing_zone
    apart = np.subtract(crs.resolve(385_824.0, 6_674_929.0, first), crs.resolve(385_824.0, 6_674_929.0, second))
    assert 2_000 < np.hypot(*apart) < 4_000


@pytest.mark.parametrize("pair", [(0.0, 0.0), (np.nan, 60.0), (2.35, 48.86), (np.inf, np.inf), (1e308, 1e308)])
def test_elsewhere_is_no_guess(pair: tuple[float, float]) -> None:
    """Null island, Paris and broken numbers are in no system."""
    assert crs.identify(*pair) == ()


def test_in_finland_refuses_broken_numbers() -> None:
    """The envelope holds Åland and Inari and neither NaN nor infinity."""
    easting, northing = crs.to_tm35fin([19.94, 27.0, np.nan], [60.1, 68.9, 60.0])
    assert crs.in_finland(easting, northing).tolist() == [True, True, False]
