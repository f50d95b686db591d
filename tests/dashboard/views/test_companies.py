import pandas as pd
import pytest

from config.texts import Language
from dashboard.views import companies
from data.queries.companies import Sought
from geo import regions


def page() -> pd.DataFrame:
    """Make a page of two companies."""
    return pd.DataFrame(
        {
            "id": [1, 2],
            "name": ["Tuhka Oy", "<b>{x}</b>"],
            "naming_consent": [True, False],
            "demo": [False, True],
            "sites": [4, 0],
            "municipalities": [["091", "205", "564"], None],
            "haves": [1, 0],
            "wants": [2, 0],
            "types": [["waste", "energy", "material"], None],
        }
    )


def test_rows_say_where_and_what() -> None:
    """At most two places and two types, then how many more; nothing known is no dash."""
    first, second = companies.build(page(), (2, 1), Sought(), regions.load(), "fi").rows
    assert first.as_text("fi") == (
        "Helsinki, Kajaani +1 · 1\u00a0tarjous · 2\u00a0tarvetta · sivuvirta tai materiaali, jäte +1"
    )
    assert second.as_text("en") == "0\u00a0offers · 0\u00a0needs · demo data"
    assert (first.locked, second.locked) == (False, True)


@pytest.mark.parametrize(
    ("sought", "language", "sentence"),
    [
        (Sought(), "fi", "Verkostossa on <b>2\u00a0yritystä</b>."),
        (Sought("<i>"), "sv", "Sökning ”<b>&lt;i&gt;</b>”: <b>2\u00a0företag</b>."),
        (Sought("", "18"), "en", "<b>Kainuu</b>: <b>2\u00a0companies</b>."),
        (Sought("tuhka", "18"), "fi", "<b>Kainuu</b>, haku ”<b>tuhka</b>”: <b>2\u00a0yritystä</b>."),
    ],
)
def test_the_sentence_tells_what_was_sought(sought: Sought, language: Language, sentence: str) -> None:
    """What the user typed is escaped."""
    assert companies.build(page(), (2, 1), sought, regions.load(), language).sentence == sentence


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (15, 1), (16, 2), (70_000, 4667)])
def test_pages_are_counted_from_the_total(total: int, pages: int) -> None:
    """An empty list has one page."""
    assert companies.build(page().head(0), (total, 0), Sought(), regions.load(), "fi").pages == pages


def test_spots_mark_what_is_known_by_its_municipality_alone() -> None:
    """Because others may not see more, or because nobody knows more; braces ask for no other field."""
    sites = pd.DataFrame(
        {
            "id": [1, 2, 3],
            "organisation_id": [7, 7, 7],
            "organisation": ["{a} Oy"] * 3,
            "name": ["{A} oy, Kajaani", "", "Varasto"],
            "municipality_code": ["205", "205", "091"],
            "visibility": ["exact", "municipality", "exact"],
            "precision": ["exact", "exact", "municipality"],
            "easting_m": [536_400.0, 536_400.0, 385_800.0],
            "northing_m": [7_122_500.0, 7_122_500.0, 6_672_200.0],
        }
    )
    spots = companies.spots(sites, regions.load(), "fi")
    assert spots["vague"].tolist() == [False, True, True]
    assert spots["a"].tolist() == ["Kajaani", "Kajaani (kunta)", "Varasto, Helsinki (kunta)"]
    assert spots.loc[0, ["lon", "lat"]].tolist() == pytest.approx([27.75, 64.227], abs=0.001)
    assert "{a}" not in spots.loc[0, "name"]
    assert companies.spots(sites.head(0), regions.load(), "fi").empty
