import pytest

from matching import parsed
from matching.parsed import Span
from matching.words import TEXT_MAX


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Hukkalämpö 35 °C, 2 MW", (35, 35)),
        ("Hukkalämpö, lämmin vesi 40–60 °C", (40, 60)),
        ("Server hall heat at 30 to 40 °C", (30, 40)),
        ("Processvärme över 100 °C", (100, 150)),
        ("60-asteista vettä", (60, 60)),
        ("90 grader", (90, 90)),
        ("Pakastevarasto −22 °C", (-22, -22)),
        ("Kylmätilaa +2…+4 °C", (2, 4)),
        ("Ilma 8 °C, vesi 14 °C", (8, 14)),
        ("9000 °C", None),
        ("35 tonnia", None),
        ("", None),
    ],
)
def test_temperatures(text: str, span: Span | None) -> None:
    """Single ones, ranges, words for degrees in three languages, cold; nothing that no industry has."""
    assert parsed.temperature_c(parsed.plain(text)) == span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2 MW", (2, 2)),
        ("500 kW", (0.5, 0.5)),
        ("0,2–2 MW", (0.2, 2)),
        ("1 200 kW", (1.2, 1.2)),
        ("1 200 MWh", None),
        ("20 kWh", None),
        ("0 MW", None),
    ],
)
def test_power(text: str, span: Span | None) -> None:
    """In megawatts; energy is no power."""
    assert parsed.power_mw(parsed.plain(text)) == span


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("Höyryä 6–10 bar", "steam"),
        ("Processånga", "steam"),
        ("Biometaania tankkaukseen", "gas"),
        ("Solel på sommarhelger", "electricity"),
        ("Etsitään hukkalämpöä", "heat"),
        ("Lämpöä biokaasulaitokselta kesällä", "heat"),
        ("Biokaasua uuneihin, lämmön tarve jatkuva", "gas"),
        ("District cooling for offices", "cooling"),
        ("Jotain muuta", ""),
    ],
)
def test_carriers(text: str, carrier: str) -> None:
    """The form in which energy comes."""
    assert parsed.carrier(parsed.plain(text)) == carrier


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        ("Puhdas prosessivesi", "clean"),
        ("Puhdistettu jätevesi tekniseen käyttöön", "process"),
        ("Jätevettä", "waste"),
        ("Sköljvatten från tvätteri", "grey"),
        ("Drinking water", "pure"),
        ("Vettä", ""),
    ],
)
def test_water(text: str, quality: str) -> None:
    """The worst word counts, unless the water has been cleaned."""
    assert parsed.water_class(parsed.plain(text)) == quality


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("Marjasesonki elo–syyskuu", (8, 9)),
        ("Vapaata helmikuusta huhtikuuhun", (2, 3, 4)),
        ("Maj–juli", (5, 6, 7)),
        ("From November to January", (11, 12, 1)),
        ("Pyöräkuormaaja vapaana kesällä", (5, 6, 7, 8, 9)),
        ("We may march on", ()),
        ("Ympäri vuoden", ()),
    ],
)
def test_months(title: str, months: tuple[int, ...]) -> None:
    """From one to another, over the turn of the year too, and seasons."""
    assert parsed.months(parsed.plain(title)) == months


def test_sizes_of_stores() -> None:
    """The largest that is named."""
    text = parsed.plain("Hallia 1 200 m², josta toimistoa 80 m2, 300 lavapaikkaa")
    assert parsed.area_m2(text) == (1200, 1200)
    assert parsed.pallet_places(text) == (300, 300)


@pytest.mark.parametrize("text", ["1" * 100_000, "1-" * 50_000, "tammi-" * 20_000, "°C MW m2 " * 10_000, "\x00\ud800"])
def test_nonsense_says_nothing_wrong(text: str) -> None:
    """However long and however it repeats itself, it is read to its end, and nothing is made up."""
    plain = parsed.plain(text)
    assert len(plain) <= TEXT_MAX
    assert parsed.temperature_c(plain) is None
    assert parsed.power_mw(plain) is None
    assert parsed.area_m2(plain) is None
