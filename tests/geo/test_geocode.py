import pytest

from geo import geocode, regions


@pytest.mark.parametrize(
    ("text", "code", "exactness"),
    [
        ("Tampere", "837", "municipality"),
        ("33100 TAMPERE", "837", "municipality"),
        ("Teollisuustie 5, 20100 Åbo", "853", "municipality"),
        ("FI-45700 Kuusankoski", "286", "former_municipality"),
        ("Kainuu", "18", "region"),
    ],
)
def test_places_are_found(text: str, code: str, exactness: str) -> None:
    """Addresses, postal places and regions lead to a point that says how exact it is."""
    spot = geocode.locate(text, regions.load())
    assert spot is not None
    assert (spot.code, spot.exactness) == (code, exactness)


def test_an_unknown_place_is_not_guessed() -> None:
    """A place that is no municipality gives nothing."""
    assert geocode.locate("00999 Muualla", regions.load()) is None
