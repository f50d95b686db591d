import numpy as np

from geo import crs
from geo.land import AT_SEA, ROADLESS, landmass, over_water_m


def test_pieces_of_land() -> None:
    """Helsinki and Inari share the mainland, Mariehamn and Lumparland Åland's main island; Kökar stands alone."""
    lon, lat = [24.94, 27.03, 19.93, 20.25, 20.91], [60.17, 68.91, 60.10, 60.11, 59.92]
    helsinki, inari, mariehamn, lumparland, kokar = landmass(np.column_stack(crs.to_tm35fin(lon, lat)))
    assert helsinki == inari
    assert mariehamn == lumparland
    assert len({helsinki, mariehamn, kokar}) == 3


def test_the_open_sea_is_no_land() -> None:
    """The middle of the Gulf of Bothnia, NaN and infinity stand on nothing."""
    sea = np.ravel(crs.to_tm35fin(19.8, 62.0))
    assert landmass([sea, (np.nan, 7e6), (np.inf, np.inf)]).tolist() == [AT_SEA] * 3


def test_islands_without_a_road_stand_alone() -> None:
    """Suomenlinna is not on the generalised coast: it is listed, and is no part of Helsinki."""
    suomenlinna, kaivopuisto, vallisaari = landmass(
        np.column_stack(crs.to_tm35fin([24.9881, 24.956, 25.003], [60.1454, 60.157, 60.137]))
    )
    assert min(suomenlinna, vallisaari) >= ROADLESS > kaivopuisto
    assert suomenlinna != vallisaari


def test_bridges_join_pieces_of_land() -> None:
    """Raippaluoto hangs together with the mainland by its bridge; without bridges it is a piece of its own."""
    places = np.column_stack(crs.to_tm35fin([21.357, 21.616], [63.226, 63.096]))
    assert len(set(landmass(places))) == 1
    assert len(set(landmass(places, bridged=False))) == 2


def test_metres_over_water() -> None:
    """A line inland has none, one from Hanko to Tallinn's side nearly all of it."""
    start = np.column_stack(crs.to_tm35fin([24.0, 22.97], [61.0, 59.81]))
    end = np.column_stack(crs.to_tm35fin([25.0, 22.97], [61.5, 59.60]))
    inland, sea = over_water_m(start, end)
    assert inland == 0.0
    assert 20_000 < sea < 23_500
