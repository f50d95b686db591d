from pathlib import Path

import pytest

from matching import concepts
from matching.concepts import Reach, Taxonomy, Term


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    """Give the project's table."""
    return concepts.load()


def test_a_code_stands_for_the_concepts_of_its_group(taxonomy: Taxonomy) -> None:
    """Six digits where the table has them, else four, else two."""
    assert "fly_ash" in taxonomy.of_ewc("100117")
    assert taxonomy.of_ewc("100299") == taxonomy.by_ewc["1002"]
    assert taxonomy.of_ewc("999999") == ()


def test_what_a_concept_has_to_do_with_weighs_less_the_further_away(taxonomy: Taxonomy) -> None:
    """A wood ash is an ash, good for forests, whose fertiliser is a fertiliser."""
    around = taxonomy.around(Reach(good_for=0.8))["wood_ash"]
    assert around["wood_ash"] == 1
    assert around["forest_fertiliser"] == 0.8
    assert around["ash"] == 0.5
    assert all(weight >= 0.2 for weight in around.values())


def test_the_commonest_use_of_a_material_weighs_most(taxonomy: Taxonomy) -> None:
    """It is the first that its row names."""
    first, second, *_ = taxonomy.concepts["sawdust"].good_for
    around = taxonomy.around(Reach(good_for=0.8, later=0.1))["sawdust"]
    assert around[first] == 0.8
    assert around[second] == pytest.approx(0.72)


def test_who_makes_a_thing_is_reached_where_that_counts(taxonomy: Taxonomy) -> None:
    """Raw material for glass wool is for a maker of glass wool; glass wool on offer is nothing for one."""
    (maker,) = taxonomy.concepts["mineral_wool"].made_by
    assert taxonomy.around(Reach(good_for=0.1, made_by=0.5))["mineral_wool"][maker] == 0.5
    assert maker not in taxonomy.around(Reach(good_for=0.1))["mineral_wool"]


def test_what_carries_no_weight_is_reached_by_nobody(taxonomy: Taxonomy) -> None:
    """Waste, used and surplus lead nowhere."""
    reached = {other for around in taxonomy.around(Reach()).values() for other in around if other.startswith("stop_")}
    assert reached == {one for one in taxonomy.concepts if one.startswith("stop_")}  # each from itself alone


def test_an_added_term_is_understood_at_once(taxonomy: Taxonomy) -> None:
    """In all its forms, and by the concept that it was added to alone."""
    assert "fly_ash" not in taxonomy.tags("Suhinaa piipusta", "fi")
    taught = taxonomy.with_terms([Term("fly_ash", "fi", "suhina"), Term("no_such", "fi", "humina")])
    assert taught.tags("Suhinaa piipusta", "fi") == {"fly_ash": 1.0}
    assert taxonomy.tags("Suhinaa piipusta", "fi") == {}
    moved = taxonomy.with_terms([Term("bark", "fi", "lento+tuhka")])
    assert moved.tags("Lentotuhkaa", "fi") == {"bark": 1.0}


def test_a_table_without_rows_knows_nothing(tmp_path: Path) -> None:
    """Nothing named, nothing guessed."""
    table = tmp_path / "concepts.csv"
    table.write_text("id,kind,fi,sv,en,broader,good_for,ewc,tol,stop,source\n", encoding="utf-8")
    assert concepts.load(table).tags("Lentotuhkaa", "fi") == {}


def test_an_everyday_word_names_a_concept(taxonomy: Taxonomy) -> None:
    """In the language asked for."""
    assert [taxonomy.concepts["fly_ash"].name(language) for language in ("fi", "sv", "en")] == [
        "lentotuhka",
        "flygaska",
        "fly ash",
    ]
