import pandas as pd
import pytest

from benchmarks import quality
from config.settings import ROOT
from data.tables import LOOKUPS
from matching import evaluate

PARTS = {"listings": quality.PARTS, "terse": ("dev", "own_dev", "held", "branches_held", "streams_held")}
OTHER_HANDS = (
    "abroad_dev",
    "branches_held",
    "rare_dev",
    "streams_held",
)  # In the manner of the design's own sample, which has six types
FILES = [(name, part) for name, parts in PARTS.items() for part in parts]


def _accepts(tags: str, material: str) -> bool:
    return any(f"{material}.".startswith(f"{tag}.") for tag in tags.split())


@pytest.mark.parametrize(("name", "part"), FILES)
def test_right_answers_follow_from_the_tags(name: str, part: str) -> None:
    """Each offer's answers are the needs whose tags accept its material, its own among them."""
    table = quality.read(name, part)
    for offer, right in evaluate.relevant_needs(table).items():
        material = table.set_index("pair_id").loc[offer, "offer_material"]
        accepted = {row.pair_id for row in table.itertuples() if _accepts(str(row.need_accepts), str(material))}
        assert right == accepted
        assert offer in right


@pytest.mark.parametrize(("name", "part"), FILES)
def test_every_cell_that_is_measured_is_filled(name: str, part: str) -> None:
    """Texts in each language of the file, known types and codes."""
    table = quality.read(name, part)
    offers = table[table["kind"] == "pair"]
    languages = ("fi", "sv", "en") if name == "listings" else ("en",)
    assert all((offers[f"offer_{language}"].str.strip() != "").all() for language in languages)
    assert all((table[f"need_{language}"].str.strip() != "").all() for language in languages)
    assert set(table["type"]) <= set(LOOKUPS["resource_type"])
    codes = set(pd.read_csv(ROOT / "data" / "reference" / "ewc.csv", dtype=str)["code"])
    assert set(offers["ewc"]) - {""} <= codes


@pytest.mark.parametrize("name", ["listings", "terse"])
def test_parts_share_nothing(name: str) -> None:
    """What is held back is not in the part that choices are made on."""
    assert pd.concat([quality.read(name, part) for part in PARTS[name]])["pair_id"].is_unique


def test_listings_have_all_types() -> None:
    """Matching is for nine types, not for waste alone."""
    for part in set(PARTS["listings"]) - set(OTHER_HANDS):
        table = quality.read("listings", part)
        assert set(table.loc[table["kind"] == "pair", "type"]) == set(LOOKUPS["resource_type"])
