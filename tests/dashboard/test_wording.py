from datetime import date, time

import pytest

from config.texts import LANGUAGES, Language
from dashboard import wording
from geo import vehicles

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", f"1{NBSP}200,5"), ("sv", f"1{NBSP}200,5"), ("en", "1,200.5")],
)
def test_numbers_follow_the_language(language: Language, expected: str) -> None:
    """Thousands and decimals are the language's own."""
    assert wording.number(1200.5, language, 1) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_is_never_zero(language: Language) -> None:
    """What isn't known is a dash in every kind of figure."""
    said = [
        wording.number(None, language),
        wording.number(float("nan"), language),
        wording.quantity(None, "t", language),
        wording.tonnes(None, language),
        wording.hundreds(None, language),
        wording.km(None, language),
        wording.km(12.0, language, "none"),
        wording.minutes(None, language),
        wording.euros(None, language),
        wording.percent(None, language),
        wording.span(None, 3, "t", language),
        wording.day(None, language),
    ]
    assert set(said) == {wording.UNKNOWN}


def test_a_minus_is_a_minus_and_zero_has_none() -> None:
    """The sign is U+2212; what rounds to nothing is nothing."""
    assert wording.number(-3, "en") == "−3"
    assert wording.number(-0.2, "fi") == "0"


def test_a_distance_says_how_sure_it_is() -> None:
    """By road to the hundred metres, an estimate to the ten kilometres with a sign, none as a dash and words."""
    assert wording.km(108.72, "fi") == f"108,7{NBSP}km"
    assert wording.km(1234.5, "fi") == f"1{NBSP}234{NBSP}km"
    assert wording.km(264, "fi", "estimate") == f"≈{NBSP}260{NBSP}km"
    assert wording.km(3, "fi", "estimate") == f"≈{NBSP}10{NBSP}km"
    assert wording.distance(108.72, "en") == f"108.7{NBSP}km, road"
    assert wording.distance(None, "sv") == "– ingen förbindelse"


def test_estimated_tonnes_have_two_digits() -> None:
    """Declared tonnes are whole, estimated ones as rough as they are, sums to the hundred."""
    assert wording.tonnes(38412, "fi") == f"38{NBSP}412{NBSP}t/a"
    assert wording.tonnes(38412, "fi", estimated=True) == f"38{NBSP}000{NBSP}t/a"
    assert wording.hundreds(38462, "fi") == f"38{NBSP}500"
    assert wording.hundreds(462, "fi") == "462"


def test_money_percent_and_time_are_written_as_at_home() -> None:
    """The euro stands before the figure in English only; so do the percent sign's space and the clock's word."""
    assert wording.euros(14000, "fi", "/a") == f"14{NBSP}000{NBSP}€/a"
    assert wording.euros(-14000, "en", "/a") == "−€14,000/a"
    assert wording.percent(0.384, "sv") == f"38{NBSP}%"
    assert wording.percent(0.384, "en") == "38%"
    assert wording.clock(time(14, 5), "fi") == "klo 14.05"
    assert wording.clock(time(14, 5), "en") == "14:05"
    assert wording.day(date(2026, 11, 22), "sv") == "22.11.2026"
    assert wording.day(date(2026, 11, 22), "en") == "22 Nov 2026"
    assert wording.minutes(73, "fi") == f"1{NBSP}h 13{NBSP}min"


def test_a_range_of_one_is_one_number() -> None:
    """5–10 t, but 5 t where both ends are the same."""
    assert wording.span(5, 10, "t", "fi") == f"5–10{NBSP}t"
    assert wording.span(5, 5, "t", "fi") == f"5{NBSP}t"
    assert wording.span(0.25, 1.5, "t", "en") == f"0.25–1.5{NBSP}t"


def test_count_words_have_two_forms() -> None:
    """1 yritys, but 0 and 7 yritystä."""
    assert [wording.counted(number, "organisation", "fi").split(NBSP)[1] for number in (0, 1, 7)] == [
        "yritystä",
        "yritys",
        "yritystä",
    ]


def test_rich_text_escapes_what_people_wrote() -> None:
    """A value stands bold in the sentence, and no markup of its own gets through."""
    said = wording.rich("overview.search_nothing", "fi", words="<script>&")
    assert said == "Ei osumia: <b>&lt;script&gt;&amp;</b>"


def test_a_change_tells_its_direction_as_streamlit_reads_it() -> None:
    """An ASCII minus for the arrow down; nothing where nothing changed."""
    assert wording.change(-12.0, "fi") == "-12"
    assert wording.change(0.04, "fi", 1) is None
    assert wording.change(None, "fi") is None


def test_sources_of_our_own_figures_are_said_in_the_users_language() -> None:
    """Names of publications stay; no assumption about vehicles is left in English."""
    assert wording.figure_source("Own assumption: not every load is full", "fi") == "oletus: kuorma ei aina ole täysi"
    assert wording.figure_source("GLEC Framework v3.0: x", "fi") == "GLEC Framework v3.0: x"
    for vehicle in vehicles.load().values():
        for factor in vehicle.figures.values():
            said = factor.source.removeprefix(wording.OWN_PREFIX)
            assert not factor.assumption or wording.figure_source(said, "sv") != said
