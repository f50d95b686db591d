"""The tables of industries hold together: every stream is known, coded rightly and told in three languages."""

import csv

import pytest

from config.settings import ROOT
from data.demo import catalogue
from data.model import Direction, ResourceType
from geo import regions

GOODS = {"material", "waste"}


@pytest.fixture(scope="module")
def codes() -> dict[str, bool]:
    """Give the list of waste: code -> hazardous."""
    with (ROOT / "data" / "reference" / "ewc.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["hazardous"] == "true" for row in csv.DictReader(lines) if row["level"] == "6"}


def test_waste_codes_exist_and_their_hazard_agrees(codes: dict[str, bool]) -> None:
    """Every waste bears a six-digit code of the list, and is hazardous exactly where the list says so."""
    coded = {key: stream for key, stream in catalogue.streams().items() if stream.ewc}
    assert len(coded) > 100
    assert {key for key, stream in coded.items() if codes[stream.ewc or ""] != stream.hazardous} == set()
    wastes = {key for key, stream in catalogue.streams().items() if stream.type == "waste"}
    assert wastes == set(coded)


def test_needs_are_fed_by_offers_of_their_kind() -> None:
    """A need names offers that exist; goods go to goods, and a service never meets a need for material."""
    streams = catalogue.streams()
    for stream in streams.values():
        if stream.direction == Direction.HAVE:
            assert stream.fed_by == ()
            continue
        sources = [streams[key] for key in stream.fed_by]
        assert sources
        assert {source.direction for source in sources} == {Direction.HAVE}
        assert stream.type != "energy" or {source.type for source in sources} <= {"energy", "water"}
        if stream.type in GOODS:
            assert {source.type for source in sources} <= GOODS | {"water", "energy"}
        else:
            assert not {source.type for source in sources} & GOODS or stream.type == "water"


def test_every_stream_is_told_in_three_languages() -> None:
    """Titles and notes exist in Finnish, Swedish and English, and only corridors have places to fill in."""
    for key, stream in catalogue.streams().items():
        for language in ("fi", "sv", "en"):
            assert stream.titles[language], key
            assert stream.sentences[language], key
            assert all(("{from}" in title) == stream.corridor for title in stream.titles[language]), key


def test_archetypes_use_known_streams_places_and_trades_of_their_own() -> None:
    """No archetype names a stream, region or town that isn't there, and no two share a trade in their names."""
    known = regions.load()
    towns = {place.fi for place in known.municipalities.values()}
    trades: list[tuple[str, str]] = []
    for archetype in catalogue.archetypes():
        assert set(archetype.streams) <= set(catalogue.streams())
        assert set(archetype.regions) <= set(known.regions)
        assert archetype.towns <= towns
        trades += [(language, trade) for language, own in archetype.trades.items() for trade in own]
    assert len(trades) == len(set(trades))


def test_every_stream_is_somebodys() -> None:
    """Each type and direction occurs, and no stream lies in the tables unused."""
    used = {key for archetype in catalogue.archetypes() for key in archetype.streams}
    assert used == set(catalogue.streams())
    kinds = {(stream.direction, stream.type) for stream in catalogue.streams().values()}
    assert kinds == {(direction, kind) for direction in Direction for kind in ResourceType}


def test_shares_add_up() -> None:
    """The companies are divided to the last one at any total."""
    for total in (1, 83, 700, 1234):
        assert sum(catalogue.shares(total)) == total
