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
