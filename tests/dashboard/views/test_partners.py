from typing import Any

import numpy as np
import pandas as pd
import pytest

from config.texts import LANGUAGES, Language
from dashboard import palette, weighing
from dashboard.views import partner_legend, partner_rows, partner_table, partner_terms
from dashboard.views.partner_pick import BEST, Limit, pick
from dashboard.views.partners import Filter, View, build
from matching.score import chances
from matching.weights import defaults

ORIGIN = 1


def matches(count: int = 4, **columns: object) -> pd.DataFrame:
    """Give scored partners 2, 3, ..., every second one inside the region, 40 km apart, the nearest the best."""
    rows = [
        {
            "own_id": ORIGIN,
            "partner_id": 2 + at,
            "inside": at % 2 == 0,
            "have_type": "waste",
            "score": 0.9 - at / 100,
            "fit": 0.9 - at / 100,
            "substance": 0.8,
            "quantity": None,
            "time": 1.0,
            "haul": 0.5,
            "experience": 0.75,
            "precedents": 3,
            "factor": 0.8,
            "km": 40.0 * (at + 1),
            "ferry_km": 0.0,
            "low_km": float("nan"),
            "high_km": float("nan"),
            "minutes": 30.0,
            "method": "road",
            "eur_per_tonne": 5.25,
            "co2e_kg_per_tonne": 3.96,
            "coverage": 0.24,
        }
        for at in range(count)
    ]
    return pd.DataFrame(rows).assign(**columns)


def facts(count: int = 40, **columns: object) -> pd.DataFrame:
    """Give what is known of the resource and of its partners."""
    rows: list[dict[str, Any]] = [
        {
            "id": one,
            "direction": "have" if one == ORIGIN else "want",
            "title": "Tuhkaa",
            "tonnes_low": 1200.0,
            "tonnes_high": 1200.0,
            "tonnes_basis": "declared",
            "quantity_low": None,
            "quantity_high": None,
            "unit": None,
            "continuity": "continuous",
            "demo": False,
            "organisation": f"Yritys {one} Oy",
            "municipality_code": "240",
            "region_code": "19",
            "vague": False,
            "easting_m": 390_000.0,
            "northing_m": 7_293_600.0,
        }
        for one in range(ORIGIN, count)
    ]
    return pd.DataFrame(rows).assign(**columns)


def built(found: pd.DataFrame, known: pd.DataFrame | None = None, language: Language = "fi", **chosen: Any) -> View:  # noqa: ANN401 - fields of Filter
    """Build the page."""
    limit = chosen.pop("limit", Limit(chosen.pop("limit_km", 300)))
    wish = Filter((ORIGIN,), limit, **chosen)
    return build(pick(found, wish.limit), facts() if known is None else known, wish, language)


def test_rows_are_numbered_by_score_and_the_first_is_open() -> None:
    """Unless the link names another."""
    view = built(matches())
    assert [(row.number, row.partner, row.selected) for row in view.rows[:2]] == [(1, 2, True), (2, 3, False)]
    chosen = built(matches(), partner=4)
    assert chosen.selected is chosen.rows[2]
    assert built(matches(), partner=99).rows[0].selected


def test_counts_are_of_each_side_and_add_up() -> None:
    """At most the best of each side."""
    view = built(matches(60, km=10.0), facts(80))
    assert view.counts == {"all": 2 * BEST, "own": BEST, "other": BEST}
    assert (len(view.rows), view.more) == (10, 10)


def test_a_limit_removes_exactly_those_above_it() -> None:
    """40, 80, 120 and 160 km against 80: the second still counts."""
    view = built(matches(), limit_km=80)
    assert [row.km for row in view.rows] == ["40,0", "80,0"]
    assert view.beyond == "Rajan takana 2\u00a0kumppania. Lähin: Kemi, 120,0\u00a0km.".replace("2\u00a0", "2 ")


def test_an_estimate_never_looks_like_a_road_distance() -> None:
    """Tens of km and whole euros, with the sign."""
    row = built(matches(method="estimate", km=257.0)).rows[0]
    assert (row.km, row.euros, row.co2e) == ("≈\u00a0260", "≈\u00a05", "≈\u00a04")
    assert row.estimated
    assert row.below_km == "arvio"


def test_an_estimate_tells_its_band() -> None:
    """To five km, below a hundred to the whole, in the list and in the tooltip."""
    row = built(matches(method="estimate", km=257.0, low_km=91.4, high_km=288.0)).rows[0]
    assert row.below_km == "91–290"
    assert row.distance == "≈\u00a0260\u00a0km (91–290), arvio"


def test_a_ferry_has_its_own_km() -> None:
    """Road and water apart, also where the whole is an estimate."""
    row = built(matches(method="road+ferry", km=131.1, ferry_km=43.1)).rows[0]
    assert (row.km, row.below_km, row.ferry) == ("88,0 + 43,1", "lautta", True)
    guess = built(matches(method="estimate", km=131.1, ferry_km=43.1, low_km=124.0, high_km=141.0)).rows[0]
    assert (guess.km, guess.below_km) == ("≈\u00a0130", "125–140, lautta")


def test_what_no_road_reaches_comes_last() -> None:
    """However good it is; and it is left out where only such are near while others lie beyond the limit."""
    found = matches()
    found.loc[0, ["km", "minutes", "eur_per_tonne", "co2e_kg_per_tonne"]] = float("nan")
    found.loc[0, "method"] = "none"
    view = built(found)
    assert [row.partner for row in view.rows] == [3, 4, 5, 2]
    assert (view.rows[-1].km, view.rows[-1].euros, view.rows[-1].below_km) == ("–", "–", "ei yhteyttä")
    assert len(view.around) == 3
    assert built(found, limit_km=10).rows == ()


@pytest.mark.parametrize(
    ("scope", "side"), [("all", ""), ("own", "omassa maakunnassa"), ("other", "muissa maakunnissa")]
)
def test_nothing_near_names_the_nearest_and_the_limit_that_reaches_it(scope: str, side: str) -> None:
    """Rounded up to the slider's step."""
    empty = built(matches(), limit_km=10, scope=scope).empty
    assert empty is not None
    assert side in empty.title
    assert empty.limit == (80 if scope == "other" else 40)
    assert "Lähin: Kemi" in empty.words


def test_a_rejected_partner_is_not_shown_again() -> None:
    """Nor counted."""
    assert [row["partner_id"] for row in pick(matches(), Limit(300), [(ORIGIN, 2)]).within["all"]] == [3, 4, 5]


def test_a_hidden_name_is_none_and_a_vague_place_says_so() -> None:
    """For each language."""
    view = built(matches(), facts(organisation=None, vague=True))
    assert view.rows[0].name is None
    assert view.rows[0].place.name == "Kemi (kunta)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_is_whole_in_every_language(language: Language) -> None:
    """Every bar says its value, every value is escaped."""
    view = built(matches(), facts(organisation="<b>&Co"), language)
    for row in view.rows:
        html = partner_rows.row(row, palette.LIGHT, language)
        assert html.count('role="img"') == len(weighing.PARTS)
        assert "&lt;b&gt;&amp;Co" in html
    assert partner_rows.head(view, language).count("<span") == 10
    assert partner_legend.legend(view, palette.DARK, language).count('class="row"') == 5
    table = partner_table.html(view, language)
    assert table.count("<tr>") == 5
    assert "&lt;b&gt;&amp;Co" in table


def test_the_legend_explains_only_what_is_drawn() -> None:
    """No dashes without an estimate, no blue ring without another region, no dots without a ferry."""
    inside = built(matches(1))
    assert partner_legend.legend(inside, palette.LIGHT, "fi", reach=False).count('class="row"') == 3
    assert "150 ja 300 km maanteitse" in partner_legend.legend(inside, palette.LIGHT, "fi")
    guess = partner_legend.legend(built(matches(2, method="estimate")), palette.LIGHT, "fi")
    assert "arvio" in guess
    assert "lautta" not in guess
    assert "lautta" in partner_legend.legend(built(matches(2, ferry_km=5.0)), palette.LIGHT, "fi")
    assert "rajan takana" in partner_legend.legend(built(matches(), limit_km=50), palette.LIGHT, "fi")


def test_those_beyond_the_limit_are_drawn_and_listed_without_a_number() -> None:
    """The nearest first; the table has both kinds, with what is unknown left empty."""
    view = built(matches(), limit_km=80)
    assert [one.distance for one in view.far] == ["120,0\u00a0km maanteitse", "160,0\u00a0km maanteitse"]
    table = partner_table.plain(view, "fi")
    assert table["Nro"].tolist() == ["1", "2", "", ""]
    assert table["km"].tolist() == [40.0, 80.0, 120.0, 160.0]
    assert table["Laskutapa"].unique().tolist() == ["tie"]
    assert table["vähintään km"].isna().all()


def test_where_nothing_answers_the_nearest_comes_first() -> None:
    """Whatever its score, and the view says why."""
    found = matches(fit=[0.1, 0.2, 0.3, 0.4])
    chosen = Filter((ORIGIN,))
    view = build(pick(found, Limit(300), nearest=True), facts(), chosen, "fi", weak=True)
    assert [row.partner for row in view.rows] == [2, 3, 4, 5]
    assert view.weak


def test_weights_change_the_order_and_stand_in_five_digits() -> None:
    """By default the matcher's own; only zeros, letters or another length fall back to them."""
    found = matches(2, haul=[0.9, 0.1], experience=[0.0, 1.0], score=0.5)
    assert weighing.default() == "83270"
    assert weighing.weigh(found, weighing.default())["fit"].tolist() == [0.5, 0.5]
    # 0.8 x (4 x 1 + 3 x 0.5 + 2 x 1 + 7 x 0.9) / 16
    sums = np.array([0.8 * 13.8 / 16, 0.0, 0.8])
    chosen, *experienced = chances(sums, defaults()).tolist()
    assert weighing.weigh(found, "43270")["fit"].iloc[0] == pytest.approx(chosen)
    assert weighing.weigh(found, "00009")["fit"].tolist() == pytest.approx(experienced)
    assert [weighing.read(one) for one in ("00009", "00000", "1234", "abcde", "१२३४५", None)] == [
        "00009",
        *[weighing.default()] * 5,
    ]


def test_a_haul_costs_the_same_in_the_list_and_reckoned_out() -> None:
    """With the vehicle of the dialog, to the last digit."""
    terms = partner_terms.of("tank", {"eur_per_km": 1.5, "empty_return": 0.5})
    row = partner_terms.priced(matches(1, ferry_km=10.0), terms).iloc[0].to_dict()
    way = partner_terms.haul(row, terms)
    assert way is not None
    assert row["eur_per_tonne"] == pytest.approx(way.eur_per_tonne)
    assert row["co2e_kg_per_tonne"] == pytest.approx(float(way.emissions.well_to_wheel))


@pytest.mark.parametrize("kind", ["expertise", "service", "energy", "water"])
def test_what_no_lorry_carries_has_no_price_a_tonne(kind: str) -> None:
    """Knowledge, work on the spot, and what flows in a pipe: unknown, and never 0."""
    terms = partner_terms.of()
    view = built(partner_terms.priced(matches(have_type=kind), terms))
    assert {(row.euros, row.co2e) for row in view.rows} == {("–", "–")}
    assert {row.km for row in view.rows} == {"40,0", "80,0", "120,0", "160,0"}
    assert partner_terms.margin(view.rows[0].match, terms, "fi") == ""


@pytest.mark.parametrize(("value", "words"), [(40.0, "matka voi kasvaa"), (3.0, "ylittyy")])
def test_the_margin_tells_on_which_side_of_break_even_a_haul_lies(value: float, words: str) -> None:
    """And where the value is an assumption, it says so; over water only what is left is told."""
    terms = partner_terms.of(own={"value_eur_per_t": value})
    match = matches(1).iloc[0].to_dict()
    said = partner_terms.margin(match, terms, "fi")
    assert "<b>" in said
    assert words in said
    assert "oletus" not in partner_terms.assumed(terms, "fi")
    assert "oletus" in partner_terms.assumed(partner_terms.of(), "fi")
    assert "jää" in partner_terms.margin({**match, "ferry_km": 20.0}, terms, "fi")
    assert partner_terms.margin({**match, "method": "none"}, terms, "fi") == ""
