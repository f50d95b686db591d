from typing import Any

import numpy as np
import pandas as pd
import pytest

from config.texts import LANGUAGES, Language
from dashboard import layers_together, palette
from dashboard.views import together
from geo.distance import Piece
from matching.rounds import Pool, Stop

STATE = {"longitude": 26.0, "latitude": 62.0, "zoom": 6.0}


def facts(**columns: object) -> pd.DataFrame:
    """Give what may be shown of resources 1 to 5, one beside the other."""
    rows: list[dict[str, Any]] = [
        {
            "id": one,
            "organisation": f"Yritys {one} <Oy>",
            "title": f"Betonia {one}",
            "municipality_code": "240",
            "region_code": "19",
            "vague": False,
            "easting_m": 400_000.0 + 20_000 * one,
            "northing_m": 7_000_000.0,
        }
        for one in range(1, 6)
    ]
    return pd.DataFrame(rows).assign(**columns)


def chains(**columns: object) -> pd.DataFrame:
    """Give one chain from 1 by 2 to 3."""
    row = {
        **{f"{who}_id": at for at, who in enumerate(together.WHO, 1)},
        "process": "crushing_capacity",
        "material": "concrete",
        "asked": "road_base",
        "first_km": 34.0,
        "first_method": "road",
        "second_km": 12.0,
        "second_method": "road",
        "km": 46.0,
        "score": 0.41,
        "direct": 0.1,
    }
    return pd.DataFrame([row]).assign(**columns)


def pool(**values: object) -> Pool:
    """Give a round past 1 and 2 to 3."""
    plain: dict[str, Any] = {
        "want_row": 2,
        "want_id": 3,
        "stops": (Stop(0, 1, 3.9), Stop(1, 2, 7.9)),
        "material": "rubber_tyre",
        "vehicle": "rigid",
        "filled": 0.81,
        "km": 105.0,
        "alone_km": 191.0,
        "times_a_year": 12,
        "eur_per_tonne": 34.3,
        "alone_eur_per_tonne": 48.2,
    }
    return Pool(**(plain | values))


def chained(found: pd.DataFrame, language: Language = "fi", known: pd.DataFrame | None = None) -> together.Section:
    """Lay out chains within 300 km."""
    told = together.facts_of(facts() if known is None else known)
    return together.chained(found, told, 300, language, own=(1,))


def test_a_chain_is_told_in_words() -> None:
    """What is done, by whom, how far; and then for what, for whom, how far."""
    line = chained(chains()).lines[0]
    words = line.words.replace("\u00a0", " ")
    assert words == "Murskain: Yritys 2 <Oy>, 34,0 km → tierakentaminen: Yritys 3 <Oy>, 12,0 km"
    assert line.detail.replace("\u00a0", " ") == "Betoni · yhteensä 46,0 km · osuvuus 41 %, suoraan 10 %"


def test_a_need_is_told_whose_offer_it_is() -> None:
    """Since the page shows the other end."""
    section = together.chained(chains(), together.facts_of(facts()), 300, "fi", own=(3,))
    assert section.lines[0].words.startswith("Yritys 1 <Oy> → ")


def test_an_estimated_step_makes_the_sum_an_estimate() -> None:
    """A sum is no surer than its parts."""
    line = chained(chains(second_method="estimate")).lines[0]
    assert "yhteensä ≈" in line.detail


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_what_the_lines_and_the_map_say(language: Language) -> None:
    """A heading for each cell, every value escaped."""
    sections = (
        chained(chains(), language),
        together.pooled([pool()], together.facts_of(facts()), 300, 15.0, language),
    )
    for section in sections:
        html = together.table(section, language)
        assert html.count("<th>") == html.count("<td>") > 0
        assert "<Oy>" not in html
        assert "<Oy>" not in together.html(section.lines[0])


def test_a_round_is_told_in_words() -> None:
    """Its stops with their tonnes, how full the truck is, and both ways to drive; marked as an estimate."""
    line = together.pooled([pool()], together.facts_of(facts()), 300, 40.0, "fi").lines[0]
    assert line.words.replace("\u00a0", " ") == "Yritys 1 <Oy> 3,9 t → Yritys 2 <Oy> 7,9 t → Yritys 3 <Oy>"
    assert line.detail.replace("\u00a0", " ") == (
        "Rengas 11,8 t, auto 81 % täynnä · kierros ≈ 100 km, erikseen ≈ 190 km · 34,3 €/t, erikseen 48,2 €/t"
        " · tonnin arvosta jää 5,7 €/t · ajoja säästyy 12 vuodessa"
    )


def test_what_is_beyond_the_limit_is_not_shown() -> None:
    """As in the list above."""
    known = together.facts_of(facts())
    assert together.chained(chains(), known, 30, "fi", own=(1,)).lines == ()
    assert together.pooled([pool()], known, 100, 40.0, "fi").lines == ()


def test_who_is_gone_or_hidden_is_not_named() -> None:
    """Somebody who has left the store since, and somebody whose name nobody may know."""
    known = facts()
    assert chained(chains(), known=known[known["id"] != 2]).lines == ()
    hidden = chained(chains(), known=known.assign(organisation=None)).lines[0]
    assert "Nimi piilotettu, Kemi" in hidden.words
    assert "Yritys" not in hidden.words + hidden.detail + "".join(hidden.cells)


def test_no_chains_are_no_fault() -> None:
    """The frame has no columns then."""
    assert together.ids(pd.DataFrame(), []) == ()
    assert chained(pd.DataFrame()).lines == ()


def test_the_map_has_the_way_and_all_names_but_the_origin_s() -> None:
    """An estimate is dashed, and names stand towards the middle."""
    line = chained(chains()).lines[0]
    straight = Piece(np.array([[420_000.0, 7e6], [440_000.0, 7e6]]))
    road = Piece(np.array([[440_000.0, 7e6], [450_000.0, 7.01e6], [460_000.0, 7e6]]))
    layers = {
        layer.id: layer
        for layer in layers_together.layers(line, [straight, road], STATE, line.stops[0].place, palette.LIGHT)
    }
    assert len(layers["together_way"].data) == len(layers["together_broken"].data) == 1
    assert [one["label"] for one in layers["together_names"].data] == ["Yritys 2 <Oy>", "Yritys 3 <Oy>"]
    assert [one["anchor"] for one in layers["together_names"].data] == ["start", "end"]


def test_a_load_that_does_not_pay_says_so_and_comes_last() -> None:
    """However much it saves; whether it pays follows from what a tonne is taken to be worth."""
    dear, cheap = pool(), pool(eur_per_tonne=12.0, want_id=4)
    told = together.facts_of(facts())
    lines = together.pooled([dear, cheap], told, 300, 15.0, "fi").lines
    assert [line.key.endswith("-4") for line in lines] == [True, False]
    good, bad = lines
    assert not good.loss
    assert "tonnin arvosta jää 3,0 €/t" in good.detail.replace("\u00a0", " ")
    assert bad.loss.replace("\u00a0", " ") == "Ei kannata, jos tonnin arvo on 15 €/t: kuljetus maksaa 19,3 €/t enemmän."
    assert bad.loss in together.html(bad)
    assert "jää" not in bad.detail
    assert not together.pooled([dear], told, 300, 40.0, "fi").lines[0].loss


def test_of_a_company_a_line_says_which_of_its_resources_it_is_of() -> None:
    """Of one resource or an idea that is plain."""
    told = together.facts_of(facts())
    (line,) = together.chained(chains(), told, 300, "fi", own=(1, 5)).lines
    assert line.detail.startswith("Betonia 1 · betoni")
    (turn,) = together.pooled([pool()], told, 300, 40.0, "fi", own=(3, 4)).lines
    assert turn.detail.startswith("Betonia 3 · ")
    assert not together.pooled([pool()], told, 300, 40.0, "fi", own=(3,)).lines[0].detail.startswith("Betonia")
