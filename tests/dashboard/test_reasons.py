import json

import pytest

from config.texts import LANGUAGES, Language
from dashboard import reasons
from matching.reasons import Reason

REASONS = [
    Reason("reason.shared_concepts", {"concepts": ["ash", "fertiliser"]}, 0.3),
    Reason("reason.ewc_4", {"ewc": "1001"}, 0.1),
    Reason(
        "reason.coverage",
        {"share": 0.6, "have_amount": 1200.0, "want_amount": 2000.0, "unit": "t", "yearly": True},
        0.1,
    ),
    Reason("reason.road_km", {"km": 84.0, "method": "road"}, 0.1),
]


LINES = {
    "fi": "Yhteistä: tuhka, lannoite · EWC 10 01: sama ryhmä · kattaa 60 % tarpeesta (1 200 / 2 000 t/a)",
    "sv": "Gemensamt: aska, gödselmedel · EWC 10 01: samma grupp · täcker 60 % av behovet (1 200 / 2 000 t/a)",
    "en": "Shared: ash, fertiliser · EWC 10 01: same group · meets 60% of the need (1,200 / 2,000 t/a)",
}
WAYS = {"fi": "84,0 km maanteitse", "sv": "84,0 km längs väg", "en": "84.0 km by road"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reason_line_reads_as_agreed(language: Language) -> None:
    """The example of the house's list of words, in three languages."""
    line = reasons.line(REASONS, language).replace("\u00a0", " ")
    assert line == f"{LINES[language]} · {WAYS[language]}"


def test_reasons_can_be_kept_as_json() -> None:
    """The store keeps key, values and contribution."""
    kept = json.loads(json.dumps([reason.as_json() for reason in REASONS]))
    assert kept[0] == {
        "key": "reason.shared_concepts",
        "values": {"concepts": ["ash", "fertiliser"]},
        "contribution": 0.3,
    }


def test_a_tiny_share_is_not_told_as_nothing() -> None:
    """4 t of 3 500 are some of the need."""
    facts = {"share": 0.001, "have_amount": 4.0, "want_amount": 3500.0, "unit": "t", "yearly": True}
    assert "< 1\u00a0%" in reasons.say(Reason("reason.coverage", facts, 0.1), "fi")


TYPED = [
    (
        Reason("reason.heat_serves", {"have_c": [60.0, 80.0], "want_c": [40.0, 40.0]}),
        "lämpötila riittää: 60–80 °C, tarve 40 °C",
    ),
    (
        Reason("reason.cold_short", {"have_c": [2.0, 4.0], "want_c": [-22.0, -18.0]}),
        "ei tarpeeksi kylmää: 2–4 °C, tarve −22…−18 °C",
    ),
    (
        Reason("reason.carrier", {"have_carrier": "steam", "want_carrier": "heat"}),
        "energian muoto: höyry, tarve: lämpö",
    ),
    (
        Reason("reason.beyond_reach", {"carrier": "heat", "reach_km": 10.0, "km": 84.0, "method": "road"}),
        "liian kaukana: matka 84,0 km, lämpö enintään 10 km",
    ),
    (
        Reason("reason.water_short", {"have_water": "grey", "want_water": "pure"}),
        "vesi on puhdistettava: harmaa vesi, tarve: talousvesi",
    ),
    (
        Reason("reason.warmth_short", {"have_room": "cold", "want_room": "warm"}),
        "tila ei sovi: kylmä tila, tarve: lämmin tila",
    ),
    (
        Reason("reason.on_the_way", {"have_ends": [564, 205], "want_ends": [-1, -1], "detour_km": 12.3}),
        "reitti Oulu–Kajaani, kuorma oma toimipaikka: lisämatkaa ≈ 12 km",
    ),
    (
        Reason(
            "reason.room",
            {"share": 1.0, "share_range": [1.0, 1.0], "have_amount": 500.0, "have_range": [400.0, 600.0]}
            | {"want_amount": 150.0, "want_range": [150.0, 150.0], "unit": "h", "yearly": True},
        ),
        "tarjolla 400–600 h/a, tarve 150 h/a",
    ),
    (
        Reason(
            "reason.coverage",
            {"share": 0.5, "share_range": [0.4, 0.6], "have_amount": 1000.0, "have_range": [800.0, 1200.0]}
            | {"want_amount": 2000.0, "want_range": [2000.0, 2000.0], "unit": "t", "yearly": True},
        ),
        "kattaa 40–60 % tarpeesta (800–1 200 / 2 000 t/a)",
    ),
    (Reason("reason.anywhere"), "etäisyydellä ei ole merkitystä"),
]


@pytest.mark.parametrize(("reason", "words"), TYPED, ids=[reason.key for reason, _ in TYPED])
def test_what_other_types_are_judged_by_is_put_into_words(reason: Reason, words: str) -> None:
    """Degrees, classes, routes, ranges of amounts; and every language says something else."""
    assert reasons.say(reason, "fi").replace("\u00a0", " ") == words
    assert len({reasons.say(reason, language) for language in LANGUAGES}) == len(LANGUAGES)
