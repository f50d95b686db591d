from collections.abc import Iterator
from threading import Thread
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from sqlalchemy import Engine, text

from config.errors import StoreProblem
from config.settings import Settings
from data.model import Organisation, Site, SiteVisibility
from data.queries import distances as queries
from data.queries import frame
from data.store import distances, edit
from geo import crs, distance, main_roads
from geo.distance import DistanceEngine, Distances, Floats
from geo.engines.circuity import CircuityEngine
from geo.results import METHODS
from geo.road_engine import RoadEngine

ROUNDING = 1e-12  # measured in other company, the parts of a way are summed in another order

TOWNS = {
    "Helsinki": (24.9384, 60.1699),
    "Kajaani": (27.7285, 64.2270),
    "Oulu": (25.4682, 65.0121),
    "Mariehamn": (19.9348, 60.0973),
    "Utö": (21.37, 59.78),
    "Inari": (27.9, 68.9),
}


class Counted:
    """Measure with another engine and count the pairs."""

    def __init__(self, engine: DistanceEngine) -> None:
        self.engine = engine
        self.hash = engine.hash
        self.measured = 0

    def matrix(self, origins: Floats, destinations: Floats) -> Distances:
        """Measure and count."""
        self.measured += len(origins) * len(destinations)
        return self.engine.matrix(origins, destinations)


@pytest.fixture(scope="module")
def roads(settings: Settings) -> DistanceEngine:
    """Give the engine of the main-road table."""
    return RoadEngine(main_roads.load(settings.reference))


@pytest.fixture
def counted(roads: DistanceEngine) -> Counted:
    """Give that engine with a count from zero."""
    return Counted(roads)


def add(engine: Engine, town: str, *, vague: bool = False) -> edit.Row:
    """Add a site of a company of its own."""
    easting, northing = (float(value) for value in np.ravel(crs.to_tm35fin(*TOWNS[town])))
    company = edit.add_organisation(engine, "Anna", Organisation(name=f"{town} Oy"))
    visibility = SiteVisibility.MUNICIPALITY if vague else SiteVisibility.EXACT
    site = Site(name="Tehdas", easting_m=easting, northing_m=northing, visibility=visibility)
    return edit.add_site(engine, "Anna", company.id, site)


@pytest.fixture
def sites(engine: Engine) -> Iterator[dict[str, edit.Row]]:
    """Give a site in each town, and a second one in Oulu of which only the municipality may be known."""
    yield {**{town: add(engine, town) for town in TOWNS}, "hidden": add(engine, "Oulu", vague=True)}
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE organisation, distance_site, distance_cache CASCADE"))


def points(engine: Engine) -> Floats:
    """Give the places that are measured between."""
    return frame(engine, queries.PLACES)[["easting_m", "northing_m"]].to_numpy(dtype=float)


def grid(places: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Lay out all pairs."""
    row, column = np.indices((len(places), len(places))).reshape(2, -1)
    return places[row], places[column]


def rows(engine: Engine) -> list[tuple[int, int]]:
    """List the pairs that are kept."""
    found = frame(engine, "SELECT from_site_id, to_site_id FROM distance_cache ORDER BY 1, 2")
    return list(found.itertuples(index=False, name=None))


@pytest.mark.usefixtures("sites")
def test_what_is_kept_is_what_is_computed(engine: Engine, counted: Counted) -> None:
    """To the last bit, by every method: over land, by ferry, estimated, and where no way leads."""
    places = points(engine)
    filled = distances.fill(engine, "Anna", counted)
    assert (filled.sites, filled.pairs, filled.computed, counted.measured) == (7, 49, 49, 49)
    block = distance.matrix(places, places, counted)
    computed = block[grid(np.arange(len(places)))]
    assert set(computed.method) == set(METHODS)
    counted.measured = 0
    kept = queries.hauls(engine, counted)(*grid(places))
    assert counted.measured == 0
    for name in queries.COLUMNS:
        np.testing.assert_array_equal(getattr(kept, name), getattr(computed, name), err_msg=name)


def test_a_new_site_costs_its_row_and_column(engine: Engine, sites: dict[str, edit.Row], counted: Counted) -> None:
    """So does one that has moved or may no longer be shown; the others are left as they are."""
    distances.fill(engine, "Anna", counted)
    counted.measured = 0
    add(engine, "Kajaani")
    assert distances.fill(engine, "Anna", counted).computed == counted.measured == 15
    moved = edit.change(engine, "Anna", sites["Inari"], {"easting_m": 500_000.0, "northing_m": 7_600_000.0}).row
    assert sites["Inari"].id not in np.unique(rows(engine))
    assert distances.fill(engine, "Anna", counted).computed == 15
    edit.change(engine, "Anna", moved, {"visibility": SiteVisibility.MUNICIPALITY})
    assert distances.fill(engine, "Anna", counted).computed == 15
    assert len(rows(engine)) == 64
    kept, fresh = queries.hauls(engine, counted)(*grid(points(engine))), distance.pairs(*grid(points(engine)), counted)
    np.testing.assert_allclose(kept.km, fresh.km, rtol=ROUNDING)


def test_a_name_is_no_reason_to_measure_again(engine: Engine, sites: dict[str, edit.Row], counted: Counted) -> None:
    """Only the place counts."""
    distances.fill(engine, "Anna", counted)
    edit.change(engine, "Anna", sites["Oulu"], {"name": "Satama"})
    assert distances.fill(engine, "Anna", counted).computed == 0


def test_a_deleted_site_takes_its_rows_along(engine: Engine, sites: dict[str, edit.Row], roads: DistanceEngine) -> None:
    """At once, whether it can be restored or is gone for good."""
    distances.fill(engine, "Anna", roads)
    edit.delete(engine, "Anna", sites["Helsinki"])
    assert len(rows(engine)) == 36
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM site WHERE id = :id"), {"id": sites["Oulu"].id})
    left = np.unique(rows(engine))
    assert len(left) == 5
    assert not {sites["Helsinki"].id, sites["Oulu"].id} & set(left.tolist())
    edit.restore(engine, "Anna", sites["Helsinki"].kind, sites["Helsinki"].id)
    assert distances.fill(engine, "Anna", roads).computed == 11


@pytest.mark.usefixtures("sites")
def test_another_network_begins_anew(engine: Engine, roads: DistanceEngine) -> None:
    """Its distances take the place of the old ones, which are never read for it."""
    distances.fill(engine, "Anna", roads)
    pair = grid(points(engine))
    assert queries.known(engine, CircuityEngine().hash, *pair)[0].size == 0
    assert distances.fill(engine, "Anna", CircuityEngine()).computed == 49
    assert queries.known(engine, roads.hash, *pair)[0].size == 0
    assert queries.known(engine, CircuityEngine().hash, *pair)[0].size == 49


def test_a_place_that_is_not_kept_is_computed(
    engine: Engine, sites: dict[str, edit.Row], counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside those that are; and so is all of what is faster computed than read."""
    distances.fill(engine, "Anna", counted)
    edit.change(engine, "Anna", sites["Kajaani"], {"easting_m": 540_000.0, "northing_m": 7_120_000.0})
    counted.measured = 0
    places = points(engine)
    pairs = places[[0] * len(places)], places
    mixed = queries.hauls(engine, counted)(*pairs)
    assert counted.measured == 1
    np.testing.assert_allclose(mixed.km, distance.pairs(*pairs, counted).km, rtol=ROUNDING)
    monkeypatch.setattr(queries, "MOST_PAIRS", 6)
    assert queries.known(engine, counted.hash, *pairs)[0].size == 0


@pytest.mark.usefixtures("sites")
def test_a_stopped_filling_goes_on(engine: Engine, counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole chunks are kept: all pairs of the sites done so far."""
    monkeypatch.setattr(distances, "CHUNK_PAIRS", 3 * 7)
    told = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        distances.fill(engine, "Anna", counted, stop)
    assert (told, len(rows(engine))) == ([(3, 7)], 9)
    assert distances.fill(engine, "Anna", counted).computed == 40
    assert counted.measured == 49


@pytest.mark.usefixtures("sites")
def test_too_many_sites_are_refused(engine: Engine, roads: DistanceEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is computed."""
    monkeypatch.setattr(distances, "MOST_SITES", 6)
    assert not distances.fits(engine)
    with pytest.raises(StoreProblem) as refused:
        distances.fill(engine, "Anna", roads)
    assert (refused.value.key, refused.value.values) == ("roads.too_many_sites", {"sites": 7, "most": 6})
    assert rows(engine) == []


def test_two_fill_while_a_site_goes(
    engine: Engine, sites: dict[str, edit.Row], roads: DistanceEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One waits for the other, and nothing is left of a site that was deleted in between."""
    monkeypatch.setattr(distances, "CHUNK_PAIRS", 1 * 7)
    filling = [Thread(target=distances.fill, args=(engine, "Anna", roads)) for _ in range(2)]
    for thread in filling:
        thread.start()
    edit.delete(engine, "Ville", sites["Helsinki"])
    for thread in filling:
        thread.join()
    assert len(rows(engine)) == 36
    assert sites["Helsinki"].id not in np.unique(rows(engine))
