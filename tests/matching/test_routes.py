import numpy as np
import pandas as pd
import pytest

from geo import regions
from matching import parsed
from matching.routes import NOWHERE, corridor, detour_km, place, points


def named(text: str) -> tuple[str, str]:
    """Name both ends of a route in Finnish; empty where none is told."""
    homes = regions.load().municipalities
    first, second = (homes[f"{code:03}"].name("fi") if code != NOWHERE else "" for code in corridor(parsed.plain(text)))
    return first, second


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Paluukuorma reitillä Oulu–Kajaani", ("Oulu", "Kajaani")),
        ("Yhteiskuljetus Joensuu – Kuopio", ("Joensuu", "Kuopio")),
        ("Rail slots Kotka to Oulu", ("Kotka", "Oulu")),
        ("Tomma containrar Åbo–Vasa", ("Turku", "Vaasa")),
        ("Från Jakobstad till Uleåborg", ("Pietarsaari", "Oulu")),
        ("Auto palaa tyhjänä Helsingistä Lahteen", ("Helsinki", "Lahti")),
        ("Turusta Poriin viikoittain", ("Turku", "Pori")),
        ("Tampereelta Rovaniemelle", ("Tampere", "Rovaniemi")),
        ("Varkaudesta Seinäjoelle", ("Varkaus", "Seinäjoki")),
        ("Kuljetus Espooseen", ("", "Espoo")),
        ("Jäte–hake", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_route_is_read_as_people_write_it(text: str, ends: tuple[str, str]) -> None:
    """With a dash, with words between, in cases, in both languages of the places."""
    assert named(text) == ends


def test_places_have_points() -> None:
    """A known code has its municipality's point, nowhere has none."""
    oulu = regions.load().municipalities["564"]
    found = points([place("Oulu"), NOWHERE])
    assert found[0].tolist() == pytest.approx([oulu.easting, oulu.northing])
    assert np.isnan(found[1]).all()
    assert place("Ei missään") == place(None) == NOWHERE


def pair(have: str, want: str, home: str = "Oulu") -> pd.DataFrame:
    """Lay out an offered route beside a load, both sites in one place."""
    ends = dict(zip(("have_from", "have_to"), corridor(parsed.plain(have)), strict=True))
    ends |= dict(zip(("want_from", "want_to"), corridor(parsed.plain(want)), strict=True))
    easting, northing = points([place(home)])[0]
    site = {
        f"{side}_{name}_m": value
        for side in ("have", "want")
        for name, value in (("easting", easting), ("northing", northing))
    }
    return pd.DataFrame([{**ends, **site}])


def test_a_load_on_the_way_costs_no_detour() -> None:
    """Kajaani lies between Oulu and Kuopio; the way back is twice the way; a load elsewhere costs more than both."""
    along = detour_km(pair("Oulu–Kuopio", "Oulu–Kajaani")).item()
    back = detour_km(pair("Oulu–Kajaani", "Kajaani–Oulu")).item()
    away = detour_km(pair("Oulu–Kajaani", "Turku–Helsinki")).item()
    assert along < 60 < back < 400 < away
    assert detour_km(pair("Oulu–Kajaani", "Oulu–Kajaani")).item() == 0


def test_a_load_without_a_route_is_fetched_from_its_site() -> None:
    """And an offer without a route has no detour at all."""
    assert detour_km(pair("Oulu–Kajaani", "Rahtia", home="Oulu")).item() == 0
    assert detour_km(pair("Oulu–Kajaani", "Rahtia", home="Helsinki")).item() > 500
    assert np.isnan(detour_km(pair("Kuorma-auto", "Oulu–Kajaani")).item())
