import numpy as np

from geo import crs
from geo.land import AT_SEA, landmass


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
