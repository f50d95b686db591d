"""Points that no haul can begin at: one sentence in the language of the user, no figures, and how to mend it."""

import json

import pytest

from commands.door import run

TURKU = "22.2666,60.4518"

# What a sentence must hold, by language: the fault, and what to do.
REFUSED = {
    "60.1699,24.9384": {
        "fi": ("leveys on ennen pituutta", "Anna 24.9384,60.1699"),
        "sv": ("latituden före longituden", "Ange 24.9384,60.1699"),
        "en": ("latitude comes before the longitude", "Give 24.9384,60.1699"),
    },
    "2.35,48.86": {
        "fi": ("ei ole Suomessa", "väliltä 19"),
        "sv": ("inte i Finland", "longitud 19"),
        "en": ("not in Finland", "longitude of 19"),
    },
    "30.31,59.94": {
        "fi": ("ei ole Suomessa", "Tarkista"),
        "sv": ("inte i Finland", "Kontrollera"),
        "en": ("not in Finland", "Check"),
    },
    "24.95,60.05": {
        "fi": ("merellä", "Tarkista"),
        "sv": ("till havs", "Kontrollera"),
        "en": ("at sea", "Check"),
    },
}
# A note beside the figures, for a point that lies far from every known road.
ROUGH = {"fi": "Huomaa", "sv": "Observera", "en": "Note"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("point", sorted(REFUSED))
@pytest.mark.parametrize("option", ["--from", "--to"])
def test_a_point_that_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], point: str, language: str, option: str
) -> None:
    """Swapped, abroad or at sea: status 1, the point and its option named, and nothing on standard output."""
    other = "--to" if option == "--from" else "--from"
    assert run(["--lang", language, "roads", "distance", option, point, other, TURKU, "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    for part in (point, option, *REFUSED[point][language]):
        assert part in said.err


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_point_too_far_from_a_road_is_estimated(capsys: pytest.CaptureFixture[str], language: str) -> None:
    """The figure comes with its band and a note; it is no road distance."""
    assert run(["--lang", language, "roads", "distance", "--from", "26.96,67.69", "--to", TURKU, "--json"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert found["method"] == "estimate"
    assert found["low_km"] < found["km"] < found["high_km"]
    assert found["access_km"] > 5
    assert ROUGH[language] in said.err


# Said of an island: neither road nor ferry.
NO_WAY = {"fi": ("ei ole tietä eikä", "lauttaa"), "sv": ("varken väg", "färja"), "en": ("no road", "no ferry")}


@pytest.mark.parametrize("language", sorted(NO_WAY))
@pytest.mark.parametrize("ends", [("--from", "--to"), ("--to", "--from")])
def test_that_no_way_leads_to_an_island_is_said(
    capsys: pytest.CaptureFixture[str], ends: tuple[str, str], language: str
) -> None:
    """For people it is one sentence in their language, beside the figures of --json it is a note."""
    asked = ["--lang", language, "roads", "distance", ends[0], "24.9881,60.1454", ends[1], TURKU]
    assert run(asked) == 0
    said = capsys.readouterr()
    assert (len(said.out.splitlines()), said.err) == (1, "")
    for part in ("24.9881,60.1454", TURKU, "none", *NO_WAY[language]):
        assert part in said.out
    assert run([*asked, "--json"]) == 0
    beside = capsys.readouterr()
    assert (json.loads(beside.out)["km"], beside.err) == (None, said.out)


@pytest.mark.parametrize("island", ["24.9881,60.1454", "21.37,59.78"])
def test_an_island_without_a_road_has_no_way(capsys: pytest.CaptureFixture[str], island: str) -> None:
    """That no way leads there is an answer: status 0, method none, and no figure at all."""
    assert run(["roads", "distance", "--from", island, "--to", TURKU, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found.pop("method") == "none"
    assert set(found.values()) == {None}
