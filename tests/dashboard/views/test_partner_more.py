"""What is pure behind filters, comparison, ideas and the distance sheet of nearby partners."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from config.texts import LANGUAGES, Language
from dashboard.views import partner_compare, partner_sheet, partner_subject, partner_terms
from dashboard.views.partner_filters import OPEN, Pool, Wanted
from dashboard.views.partner_pick import Limit, pick
from dashboard.views.partner_sheet import Network, Way
from dashboard.views.partner_subject import Idea
from dashboard.views.partners import Place, Row
from data.model import Direction, ResourceType
from matching.index import MatchIndex

KEMI = Place("Kemi", 383_500.0, 7_293_000.0, "19", vague=False)
OULU = Place("Oulu (kunta)", 429_300.0, 7_209_300.0, "17", vague=True)
TERMS = partner_terms.of()


def match(partner: int, own: int = 1, **more: object) -> dict[str, Any]:
    """Give a scored match 110 km away."""
    way = {"km": 110.0, "minutes": 80.0, "ferry_km": 0.0, "low_km": None, "high_km": None, "method": "road"}
    cost = {"eur_per_tonne": 11.4, "co2e_kg_per_tonne": 10.8, "coverage": 0.24}
    ids = {"own_id": own, "partner_id": partner, "have_id": own, "want_id": partner, "have_type": "waste"}
    return {**ids, **way, **cost, "inside": False, "fit": 0.5, **more}


def row(number: int, **more: Any) -> Row:  # noqa: ANN401 - columns of a match
    """Give a row of the list."""
    found = match(10 + number, **more)
    told = {"distance": "110,0 km", "km": "110,0", "below_km": "", "euros": "11,4", "co2e": "10,8", "minutes": "1 h 20"}
    return Row(
        number=number,
        partner=10 + number,
        name=f"Yritys <{number}> Oy",
        detail="Oulu",
        start=KEMI,
        place=OULU,
        bars={},
        score=float(found["fit"]),
        coverage="24 %",
        method=str(found["method"]),
        ferry=False,
        crosses=True,
        selected=False,
        precedents=0,
        match=found,
        **told,
    )


def pool(*matches: dict[str, Any]) -> Pool:
    """Give partners of which the even ones are hazardous waste; nobody has decided but on 12, which is rejected."""
    facts = [
        {"id": one["partner_id"], "type": "waste" if one["partner_id"] % 2 == 0 else "material"}
        | {"hazardous": one["partner_id"] % 2 == 0, "tonnes_high": 100.0 * one["partner_id"]}
        for one in matches
    ]
    decided = pd.DataFrame([{"own_id": 1, "partner_id": 12, "stage": "lapsed"}])
    return Pool(pd.DataFrame(matches), pd.DataFrame(facts), decided, {11: ("ash",), 12: ("ash", "fertiliser")})


def left(wanted: Wanted) -> list[int]:
    """Give the partners that pass."""
    return [int(one) for one in pool(match(11), match(12), match(13)).of(wanted)["partner_id"]]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), [11, 12, 13]),
        (Wanted(types=("material",)), [11, 13]),
        (Wanted(materials=("fertiliser",)), [12]),
        (Wanted(stages=("lapsed",)), [12]),
        (Wanted(stages=(OPEN,)), [11, 13]),
        (Wanted(hazardous="no"), [11, 13]),
        (Wanted(tonnes=1_250), [13]),
    ],
)
def test_each_filter_keeps_what_it_says(wanted: Wanted, ids: list[int]) -> None:
    """By type, by what it is about, by stage, hazard and amount."""
    assert left(wanted) == ids


def test_a_rejected_pair_is_hidden_for_the_resource_that_it_was_rejected_for() -> None:
    """The same partner may still answer another resource of the company."""
    found = pd.DataFrame([match(12), match(12, own=2, fit=0.3), match(13)])
    within = pick(found, Limit(300), pool(match(12)).rejected()).within["all"]
    assert [(one["partner_id"], one["own_id"]) for one in within] == [(13, 1), (12, 2)]


def test_a_partner_stands_there_once_with_what_it_fits_best() -> None:
    """However many of a company's resources it answers."""
    found = pd.DataFrame([match(12, fit=0.3), match(12, own=2, fit=0.9)])
    assert [one["own_id"] for one in pick(found, Limit(300)).within["all"]] == [2]


def test_a_limit_in_minutes_cuts_by_minutes_and_knows_its_km() -> None:
    """80 minutes at 80 km/h at most."""
    found = pd.DataFrame([match(11, minutes=80.0), match(12, minutes=81.0)])
    picked = pick(found, Limit(80, "min"))
    assert [one["partner_id"] for one in picked.within["all"]] == [11]
    assert Limit(90, "min").most_km == pytest.approx(120.0)
    assert (Limit(80, "min").reaching(81.0), Limit(300).reaching(501.0)) == (90, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_partners_are_compared_line_by_line(language: Language) -> None:
    """The least haul and the largest share are the best; what is alike is nobody's best, and names are escaped."""
    rows = [row(1, taken=0.02), row(2, km=90.0, coverage=0.5, fit=0.5, taken=0.4)]
    lines = partner_compare.lines(rows, TERMS, ["a", ""], language)
    best = [line.best for line in lines]
    assert best == [-1, -1, 1, -1, -1, -1, 1, 1, -1, -1]
    page = partner_compare.html(rows, lines, language)
    assert "&lt;1&gt;" in page
    assert page.count('class="best"') == 3


def test_an_idea_is_matched_like_a_resource() -> None:
    """At the middle of its municipality, and as no exact place."""
    idea = Idea("Puutuhkaa", Direction.HAVE, ResourceType.WASTE, "240", 200.0)
    index = MatchIndex.build(partner_subject.listing(idea, "fi"))
    held = index.take(index.rows(index.ids), ["id", "region_code", "tonnes", "exact"]).iloc[0]
    assert held.to_dict() == {"id": -1, "region_code": "19", "tonnes": 200.0, "exact": False}
    assert not Idea(" ", Direction.HAVE, ResourceType.WASTE, "240").usable
    assert not Idea("Tuhka", Direction.HAVE, ResourceType.WASTE, "999").usable


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_distance_sheet_is_a_pdf_in_each_language(language: Language) -> None:
    """Of a road and of an estimate; its parts name the method, the network and every source."""
    network = Network("Fintraffic", "2026-06-08", "63e0d5cff6d33dd8")
    for told in (row(1), row(1, method="estimate", low_km=100.0, high_km=130.0, ferry_km=10.0)):
        way = Way(told, "Tehdas Oy", KEMI, "Lannoite Oy", OULU, "Tuhka", "10 01 01", 120.0, demo=True)
        sheet = partner_sheet.pdf(way, TERMS, network, language, date(2026, 11, 22))
        assert sheet.startswith(b"%PDF")
        assert len(sheet) > 5_000
        said = " ".join(partner_sheet.method(way, network, language))
        assert network.hash in said
        assert {"fi": "8.6.2026", "sv": "8.6.2026", "en": "8 Jun 2026"}[language] in said
