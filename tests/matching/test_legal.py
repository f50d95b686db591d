import pytest

from config import legal as law
from config.texts import LANGUAGES, text
from matching import concepts
from matching.legal import STEPS, Hint, Listing, hints, listing, step_of

WANT = Listing("material", concepts=frozenset({"road_base"}))


def found(have: Listing, want: Listing = WANT) -> dict[str, Hint]:
    """Give the hints by key."""
    return {hint.key: hint for hint in hints(have, want)}


def test_a_waste_of_concrete_for_a_road() -> None:
    """It has criteria of the end of waste, may need but a registration, and travels with a document."""
    told = found(listing("waste", "Betonimursketta purkutyömaalta", "fi", ewc="170101", hazardous=False, named=()))
    assert {"status_waste", "end_of_waste_known", "step_other_recovery", "receiver", "receiver_mara"} <= set(told)
    assert "transfer_document" in told
    assert told["end_of_waste_known"].sources == ("eow_concrete", "end_of_waste")
    assert told["step_other_recovery"].values == {"number": 4}


def test_hazardous_waste_has_no_easy_way() -> None:
    """Neither registration nor common criteria, whatever it is made of."""
    told = found(Listing("waste", "170106", hazardous=True, concepts=frozenset({"concrete"})))
    assert {"status_hazardous", "end_of_waste_case", "receiver_hazardous"} <= set(told)
    assert "receiver_mara" not in told


def test_a_stream_without_code_is_a_by_product_only_on_conditions() -> None:
    """With a code it is doubtful; neither is told as a fact."""
    assert set(found(Listing("material"))) == {"status_by_product"}
    assert "status_doubtful" in found(Listing("material", "030105"))


def test_what_is_no_goods_is_no_waste() -> None:
    """Heat, water, lorries and people."""
    assert set(found(Listing("energy"), Listing("energy"))) == {"status_other"}


@pytest.mark.parametrize(
    ("use", "step"),
    [
        ("charity", "prevention"),
        ("pallet_repair", "preparing_for_reuse"),
        ("forest_fertiliser", "recycling"),
        ("biogas", "recycling"),
        ("cement_kiln_fuel", "other_recovery"),
        ("mine_backfill", "other_recovery"),
    ],
)
def test_the_step_of_a_use_is_its_own_or_that_of_what_it_belongs_to(use: str, step: str) -> None:
    """By the order of priority of the Waste Act."""
    assert step_of(frozenset({use})) == step


def test_of_several_uses_the_highest_step_counts_and_no_use_is_said() -> None:
    """A material alone tells no step."""
    assert step_of(frozenset({"fuel", "reuse"})) == "preparing_for_reuse"
    assert step_of(frozenset({"concrete"})) is None
    assert "step_unknown" in found(Listing("waste"), Listing("material"))


def test_the_clock_of_the_secondary_service_is_the_tables() -> None:
    """2,000 EUR, 14 days, 3 months, 3 years."""
    told = found(Listing("waste"))
    assert told["tsv"].values == {"euros": 2000, "days": 14, "months": 3, "years": 3}
    assert "by_proxy" in told


def test_the_table_names_only_concepts_and_words_that_exist() -> None:
    """And every hint has a source that can be opened."""
    table, known = law.load(), set(concepts.load().concepts)
    groups = (table.end_of_waste, table.step, table.mara, table.animal)
    assert {one for group in groups for ids in group.values() for one in ids} <= known
    assert set(table.step) <= set(STEPS)
    for source in table.source.values():
        assert source.url.startswith("https://")
        assert all(text(f"act.{source.act}", language) for language in LANGUAGES)
