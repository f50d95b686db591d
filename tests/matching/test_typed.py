"""The types other than materials: what each is judged by, and what is said of it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from matching import candidates
from matching.explain import explain
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import find_matches, score_pairs
from matching.weights import defaults

Make = Callable[..., dict[str, Any]]
Have = dict[str, Any]
Matched = Callable[[Have, Have], dict[Any, Any]]
KEMI = (390_000.0, 7_293_600.0)


@pytest.fixture
def matched(make: Make, hauls: Hauls) -> Matched:
    """Give a function that matches an offer with a need, `km_north` of it, and adds `said`: the reasons by key."""

    def match(have: Have, want: Have) -> dict[Any, Any]:
        north = float(want.pop("km_north", 0.0)) * 1000
        sides = [
            make(id=1, organisation_id=1, site_id=1, **have),
            make(id=2, organisation_id=2, site_id=2, direction="want", northing_m=KEMI[1] + north, **want),
        ]
        index = MatchIndex.build(pd.DataFrame(sides))
        found = candidates.find(index, np.array([index.position(1)]), defaults())
        pair = score_pairs(index, found, hauls, defaults()).iloc[0].to_dict()
        return pair | {"said": {reason.key: reason for reason in explain(index, pair)}}

    return match


def heat(title: str = "Hukkalämpöä", **more: object) -> Have:
    """Describe heat."""
    return {"type": "energy", "title": title, **more}


def test_heat_that_is_hot_enough_beats_heat_that_a_pump_must_lift(matched: Matched) -> None:
    """90 degrees for 60, 35 for 60, and 35 for 200, which no pump lifts; the texts are alike."""
    need = "Hukkalämpöä 60 °C"
    hot = matched(heat("Hukkalämpöä 90 °C"), heat(need))
    lifted = matched(heat("Hukkalämpöä 35 °C"), heat(need))
    short = matched(heat("Hukkalämpöä 35 °C"), heat("Hukkalämpöä 200 °C"))
    assert 1 == hot["value_temperature"] > lifted["value_temperature"] > short["value_temperature"] > 0
    assert hot["said"]["reason.heat_serves"].contribution > 0
    assert hot["said"]["reason.heat_serves"].facts["want_c"] == [60.0, 60.0]
    assert lifted["said"]["reason.heat_nearly"].contribution < 0
    assert short["said"]["reason.heat_short"].contribution < 0


def test_the_forms_temperature_goes_before_the_texts(matched: Matched) -> None:
    """As a number, as a list, and as JSON out of a file."""
    need = heat("Lämpöä 60 °C")
    for told in ({"temperature_c": 20}, {"temperature_c": [18, 20]}, '{"temperature_c": 20}'):
        assert matched(heat("Lämpöä 90 °C", attributes=told), dict(need))["have_temperature_high"] == 20


@pytest.mark.parametrize(
    ("title", "km", "reaches"),
    [
        ("Hukkalämpöä", 3, True),
        ("Hukkalämpöä", 20, False),
        ("Hukkalämpöä, 25 MW", 15, True),
        ("Höyryä", 2, True),
        ("Höyryä", 8, False),
        ("Biokaasua", 80, True),
        ("Biokaasua", -500, False),
        ("Sähköä", -600, True),
    ],
)
def test_energy_goes_only_as_far_as_its_kind_bears(matched: Matched, title: str, km: float, *, reaches: bool) -> None:
    """North of Kemi or, below zero, south: heat some kilometres, steam less, gas by road, power all the country."""
    pair = matched(heat(title), heat(title.partition(",")[0], km_north=km))
    assert (pair["score"] > 0) == reaches
    assert ("reason.beyond_reach" in pair["said"]) != reaches


def test_a_carrier_that_is_not_asked_for_sinks(matched: Matched) -> None:
    """Steam for heat is well, electricity for gas is not."""
    steam = matched(heat("Energiaa höyrynä"), heat("Energiaa lämpönä"))
    power = matched(heat("Energiaa sähkönä"), heat("Energiaa biokaasuna"))
    assert steam["value_carrier"] > 0.8
    assert 0 < power["value_carrier"] < 0.1
    assert power["said"]["reason.carrier"].facts == {"have_carrier": "electricity", "want_carrier": "gas"}


def test_power_is_an_amount_where_energy_is_not_told(matched: Matched) -> None:
    """5 MW is 7 500 to 43 800 MWh a year: enough for 10 000."""
    need = {"quantity_low": 10_000, "quantity_high": 10_000, "unit": "MWh"}
    assert matched(heat("Lämpöä 5 MW"), heat("Lämpöä", **need))["value_quantity"] > 0.7
    assert matched(heat("Lämpöä 50 kW"), heat("Lämpöä", **need))["value_quantity"] < 0.25


def test_water_must_be_clean_enough(matched: Matched) -> None:
    """Clean for technical use serves; wastewater for drinking water does not, and says so."""
    clean = matched({"type": "water", "title": "Puhdasta vettä"}, {"type": "water", "title": "Teknistä vettä"})
    foul = matched({"type": "water", "title": "Jätevettä"}, {"type": "water", "title": "Talousvettä"})
    assert clean["value_purity"] == 1
    assert clean["said"]["reason.water_serves"].contribution > 0
    assert foul["value_purity"] < 0.1
    assert foul["said"]["reason.water_short"].facts == {"have_water": "waste", "want_water": "pure"}


def test_a_half_empty_lorry_takes_freight_along_its_way(matched: Matched) -> None:
    """The same route, a part of it, the way back, and one elsewhere, in this order, whatever the sites are."""
    loads = ("Oulu–Kajaani", "Oulu–Vaala", "Kajaani–Oulu", "Turku–Helsinki")
    pairs = [
        matched(
            {"type": "logistics", "title": "Paluukuorma Oulu–Kajaani"},
            {"type": "logistics", "title": f"Kuljetus {load}"},
        )
        for load in loads
    ]
    values = [pair["value_corridor"] for pair in pairs]
    assert values == sorted(values, reverse=True)
    assert values[0] == 1
    assert "reason.on_the_way" in pairs[0]["said"]
    assert pairs[3]["said"]["reason.off_the_way"].contribution < 0


@pytest.mark.parametrize(
    ("offered", "needed", "value"),
    [
        ("Kylmävarasto (lämmittämätön katos)", "Varmt lager för säsongen", 0.05),
        ("Lämmintä varastotilaa vapaana", "Heated storage for the season", 1.0),
        ("Varastopaikkoja, puolilämmin halli", "Lämmintä varastotilaa kausivarastoksi", 0.5),
        ("Kallt lager under tak", "Kylmää hallia koneille talveksi", 1.0),
        ("Fryslager, 300 pallplatser", "Pakastetilaa sesonkiin", 1.0),
        ("Unheated storage hall", "Pakastetilaa sesonkiin", 0.05),
    ],
)
def test_a_store_must_be_as_warm_as_is_asked(matched: Matched, offered: str, needed: str, value: float) -> None:
    """By the words of three languages, where nobody tells degrees; what does not suit says so."""
    pair = matched({"type": "storage", "title": offered}, {"type": "storage", "title": needed})
    assert pair["value_warmth"] == value
    assert ("reason.warmth_short" in pair["said"]) == (value < 1)


def test_a_store_of_which_nobody_says_how_warm_it_is_serves_any(matched: Matched) -> None:
    """Of most stores nobody does, and it does not matter."""
    pair = matched({"type": "storage", "title": "Kenttä, aidattu"}, {"type": "storage", "title": "Lämmin varasto"})
    assert np.isnan(pair["value_warmth"])
    assert not any(key.startswith("reason.warmth") for key in pair["said"])


def test_room_is_judged_by_what_is_needed_of_it(matched: Matched) -> None:
    """A large hall serves a small need in full; pallet places are turned into floor."""
    hall = {"type": "storage", "title": "Varastohalli", "quantity_low": 9000, "quantity_high": 9000, "unit": "m2"}
    small = {"type": "storage", "title": "Varastotilaa", "quantity_low": 400, "quantity_high": 400, "unit": "m2"}
    pallets = {"type": "storage", "title": "Varasto 300 lavapaikkaa"}
    found = matched(hall, small)
    assert found["value_quantity"] == 1
    assert found["said"]["reason.room"].facts["unit"] == "m2"
    assert matched(hall, pallets)["value_quantity"] == 1
    assert matched(small | {"direction": "have"}, hall | {"title": "Varasto"})["value_quantity"] < 0.3


def test_capacity_is_matched_on_time(matched: Matched) -> None:
    """A dryer that is free from January to May is no help in autumn, though only its text tells when."""
    dryer = {"type": "capacity", "title": "Kuivuri vapaana tammi–toukokuussa"}
    spring = matched(dict(dryer), {"type": "capacity", "title": "Kuivurin tarve maalis–huhtikuussa"})
    autumn = matched(dict(dryer), {"type": "capacity", "title": "Kuivurin tarve syys–lokakuussa"})
    assert spring["value_time"] == 1 > autumn["value_time"] == 0


def test_expertise_is_near_wherever_it_is(matched: Matched) -> None:
    """The topic alone decides."""
    near, far = (
        matched(
            {"type": "expertise", "title": "LCA-osaamista"},
            {"type": "expertise", "title": "LCA-laskentaa", "km_north": km},
        )
        for km in (0, -700)
    )
    assert near["score"] == pytest.approx(far["score"])
    assert "reason.anywhere" in far["said"]


def test_ranges_that_overlap_are_enough(matched: Matched) -> None:
    """80-120 t for 100-200 t; and kilos are compared with tonnes."""
    have = {"quantity_low": 80_000, "quantity_high": 120_000, "unit": "kg"}
    want = {"quantity_low": 100, "quantity_high": 200, "unit": "t"}
    pair = matched({"title": "Tuhkaa", **have}, {"title": "Tuhkaa", **want})
    assert 0.85 < pair["value_quantity"] < 1
    facts = pair["said"]["reason.coverage"].facts
    assert (facts["have_range"], facts["want_range"], facts["share_range"]) == ([80, 120], [100, 200], [0.4, 1.0])


NOVEL = "Tehtaalla syntyy lämpöä ja vettä joka päivä, 35 °C. " * 2000
ODD: list[Have] = [
    {"title": "", "description": ""},
    {"title": "Lämpö"},
    {"title": "Lämpöä", "description": NOVEL},
    {"title": "Waste heat from a bakery", "language": "sv"},
    {"title": "Värme ja lämpö and heat", "language": "en"},
    {"title": "Lämpöä", "quantity_low": 500, "quantity_high": 500, "unit": None},
    {"title": "Lämpöä", "quantity_low": 0, "quantity_high": 0, "unit": "MWh"},
    {"title": "Lämpöä", "quantity_low": 5, "quantity_high": 5, "unit": "?"},
    {"title": "lammitysta hukkalampo 6O C"},
    {"title": "Lämpöä \x00 -–− °C MW", "attributes": {"temperature_c": "kuuma", "power_mw": [None, True]}},
    {"title": "Lämpöä", "attributes": "[1, 2"},
    {"title": "Lämpöä", "attributes": {"temperature_c": float("inf"), "from": 7, "quality": ["?"]}},
    {"title": "Lämpöä", "ewc_code": "999999"},
]


@pytest.mark.parametrize(
    "kind", ["energy", "water", "storage", "capacity", "logistics", "service", "expertise", "waste"]
)
@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_whatever_comes_in_the_score_is_finite_and_explained(make: Make, hauls: Hauls, kind: str, odd: Have) -> None:
    """Empty, one word, a novel, wrong language, no unit, nonsense: a gentle loss, never an error or NaN."""
    sides = [
        make(id=1, organisation_id=1, site_id=1, **{"type": kind, **odd}),
        make(
            id=2, organisation_id=2, site_id=2, direction="want", type=kind, title="Lämpöä 60 °C Oulu–Kemi, puhdas vesi"
        ),
        make(
            id=3,
            organisation_id=3,
            site_id=3,
            direction="want",
            type=kind,
            title="",
            easting_m=np.nan,
            northing_m=np.nan,
        ),
    ]
    index = MatchIndex.build(pd.DataFrame(sides))
    found = find_matches(index, 1, hauls, k=None)
    assert np.isfinite(found["score"]).all()
    for pair in found.to_dict("records"):
        reasons = explain(index, pair)
        assert reasons
        assert all(np.isfinite(reason.contribution) for reason in reasons)


@pytest.mark.parametrize(("kind", "title"), [("storage", "Kenttää varastointiin"), ("service", "Hitsauspalvelua")])
def test_nobody_goes_far_to_a_store_or_a_service(matched: Matched, kind: str, title: str) -> None:
    """A short way changes next to nothing, and beyond what anybody drives little is left."""
    here, near, far = (
        matched({"type": kind, "title": title}, {"type": kind, "title": title, "km_north": km}) for km in (0, 20, 300)
    )
    assert here["value_near"] == 1 > near["value_near"] > 0.9
    assert far["score"] < 0.2 * here["score"] < near["score"]
    assert far["said"]["reason.estimated_km"].contribution < 0 < here["said"]["reason.estimated_km"].contribution


def test_a_canteen_is_for_the_neighbours(matched: Matched) -> None:
    """Whichever side says what it is about."""
    lunch = {"type": "service", "title": "Lounaspaikkoja ruokalassa"}
    assert matched(lunch, {**lunch, "km_north": 60})["score"] < 0.1 * matched(lunch, lunch)["score"]


def test_who_takes_hazardous_waste_has_it_first(matched: Matched) -> None:
    """Of what is harmless less is left, and that is said."""
    spent = {"type": "waste", "title": "Liuotinta"}
    need = {**spent, "hazardous": True}
    hazardous, harmless = matched(need, need), matched(spent, need)
    assert harmless["typed"] == pytest.approx(0.5 * hazardous["typed"])
    assert harmless["score"] < hazardous["score"]
    assert harmless["said"]["reason.harmless"].contribution < 0
    assert "reason.permit" in hazardous["said"]
