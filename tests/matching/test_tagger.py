import pytest

from matching import concepts
from matching.tagger import FAINTLY, LOOSE, MODIFIER


def tags(text: str, language: str = "fi") -> dict[str, float]:
    """Give the concepts of a text."""
    return concepts.load().tags(text, language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Voimalaitoksen lentotuhkaa", "fi", {"fly_ash"}),
        ("Flygaska", "sv", {"fly_ash"}),
        ("Fly ash", "en", {"fly_ash"}),
        ("Polttoainepelletteihin", "fi", {"fuel", "pellets"}),
        ("PP-rouhetta", "fi", {"polypropylene"}),
        ("Sahanpurua hevostallin kuivikkeeksi", "fi", {"sawdust", "horse_keeping", "bedding"}),
        ("Sågspån till strö för hästar", "sv", {"sawdust", "bedding", "horse_keeping"}),
        ("Sawdust for horse bedding", "en", {"sawdust", "bedding"}),
        ("Rubber granules from truck tires", "en", {"rubber", "rubber_tyre"}),
        ("Paluukuorma Oulusta", "fi", {"return_load"}),
        ("Kuori kuorimolta", "fi", {"bark"}),
        ("Ympäristöluvan hakeminen", "fi", {"expert_permit"}),
    ],
)
def test_a_text_names_its_concepts(text: str, language: str, expected: set[str]) -> None:
    """Inflected, in compounds, as abbreviations and in several words."""
    assert expected <= set(tags(text, language))


@pytest.mark.parametrize(
    ("text", "language", "not_expected"),
    [
        ("lentotuhkaa", "fi", "ash"),
        ("kuorma-autoja", "fi", "bark"),
        ("Kuori kuorimolta. Kuori puristetaan, mutta talvella se on jäistä.", "fi", "oilseed_cake"),
        ("pprice", "en", "polypropylene"),
        ("Käytettyä öljyä siilosta", "fi", "ammonia"),
        ("Ammoniakkivettä säiliössä", "fi", "waste_oil"),
        ("Kananmunan kuoret", "fi", "bark"),
        ("Haketta lämpölaitokselle", "fi", "biochar"),
        ("Ylijäämäsähköä", "fi", "waste_heat"),
        ("Hukkalämpöä", "fi", "electricity_surplus"),
        ("Piipusta ja lautasta", "fi", "silicon"),
    ],
)
def test_words_that_only_sound_alike_are_told_apart(text: str, language: str, not_expected: str) -> None:
    """The longest term wins, and a load is no bark."""
    assert not_expected not in tags(text, language)


@pytest.mark.parametrize("stated", ["fi", "sv", "en"])
def test_the_stated_language_does_not_matter(stated: str) -> None:
    """The words tell the language; the tag only breaks ties."""
    for text in ("Flygaska från ett värmeverk", "Puutuhkaa lannoitteeksi", "Wood ash as fertiliser"):
        assert tags(text, stated) == tags(text, "en")


def test_two_languages_in_one_text_are_both_read() -> None:
    """As in a workshop where the notes are taken in haste."""
    assert {"fly_ash", "concrete_products"} <= set(tags("Lentotuhka / fly ash concrete product, också betong"))


def test_what_a_compound_is_weighs_more_than_of_what_kind() -> None:
    """A sack of gypsum is a sack first."""
    found = tags("kipsisäkkejä")
    assert found["big_bags"] == 1
    assert found["gypsum"] == MODIFIER


def test_a_half_understood_word_weighs_half() -> None:
    """Nobody knows what the rest of it may be."""
    assert tags("Qwertybetonia") == {"concrete": LOOSE}


def test_a_pair_with_a_common_end_is_written_out() -> None:
    """Puu- ja turvetuhka, el- och elektronikskrot."""
    assert set(tags("Puu- ja turvetuhkaa kattilasta")) == {"wood_ash", "peat_ash"}
    assert set(tags("trä- och torvaska", "sv")) == {"wood_ash", "peat_ash"}


def test_a_homonym_means_what_the_text_is_about() -> None:
    """Kuori from a sawmill is bark, from carrots peel; alone it is a little of each."""
    assert "bark" in tags("Kuorta sahalta")
    assert set(tags("Porkkanan kuoria")) == {"vegetable_residue"}
    alone = tags("Kuoret")
    assert len(alone) > 2
    assert sum(alone.values()) == pytest.approx(1)


@pytest.mark.parametrize("text", ["lentotukhaa", "Lentotuhkka", "sahkoromua", "lietelannan", "LENTOTUHKAA!!!"])
def test_slips_and_missing_accents_cost_nothing(text: str) -> None:
    """On a telephone, in a hurry."""
    assert tags(text) != {}


@pytest.mark.parametrize("text", ["", "   ", "1 200 t", "!?", "zzz qqq", "ä" * 3_000, "tuhkaa " * 3_000])
def test_any_text_can_be_read(text: str) -> None:
    """Nothing, figures, nonsense, a novel."""
    assert all(0 < weight <= 1 for weight in tags(text).values())


def test_a_word_that_often_means_something_else_counts_in_full_beside_its_like() -> None:
    """Feed for pigs is animal feed; feed for a sulphuric acid works hardly is."""
    assert tags("Feed for pigs", "en")["animal_feed"] == 1
    assert tags("Feed for a sulphuric acid works", "en")["animal_feed"] == FAINTLY
    assert tags("Feed wanted", "en")["animal_feed"] == FAINTLY


def test_an_english_noun_before_another_says_of_what_kind_that_is() -> None:
    """As the first part of a Finnish compound does; a comma parts them."""
    assert tags("Grain silo bags", "en") == {"grain_store": MODIFIER, "bag_sewing": FAINTLY}
    assert tags("Sawdust pellets", "en") == {"sawdust": MODIFIER, "pellets": 1.0}
    assert tags("Sawdust, pellets", "en") == {"sawdust": 1.0, "pellets": 1.0}


@pytest.mark.parametrize(
    ("text", "language", "not_expected"),
    [
        ("Kasvatuslannoitetta metsiin", "fi", "pig_farming"),
        ("Kivipölyä murskaamolta", "fi", "straw_biomass"),
        ("Käytetään uudelleen", "fi", "chemicals_biobased"),
        ("Uppsamlad avisningsvätska", "sv", "warehouse"),
        ("Överblivet parti", "sv", "grain"),
        ("Recovering metals", "en", "construction_use"),
        ("Eggshell from an egg products plant", "en", "flowers_plants"),
        ("Wet organic matter", "en", "carpet"),
        ("Taken from the harbour", "en", "upholstery"),
    ],
)
def test_a_chance_piece_of_a_word_says_nothing(text: str, language: str, not_expected: str) -> None:
    """Neither its last letters, nor a word of some longer term, nor a slip into another language."""
    assert not_expected not in tags(text, language)


@pytest.mark.parametrize(
    ("text", "language"), [("Ei maalattua puuta", "fi"), ("Inte målat trä", "sv"), ("Wood without paint", "en")]
)
def test_what_is_denied_is_not_named(text: str, language: str) -> None:
    """Wood without paint is wood and no paint; a term of its own with such a word stays: a lorry without load."""
    assert set(tags(text, language)) == {"wood"}
    assert "return_load" in tags("Lorry without load", "en")


def test_a_term_may_begin_with_a_word_that_holds_sentences_together() -> None:
    """For sale says nothing, to dry does."""
    assert "drying" in tags("Sludge to dry", "en")
    assert "biogas" in tags("Till biogas", "sv")


@pytest.mark.parametrize("text", ["Helsinki", "Salossa", "Orimattilasta Kajaaniin", "Karleby", "Haapavesi"])
def test_the_name_of_a_municipality_is_a_place_and_no_material(text: str) -> None:
    """However its letters end."""
    assert tags(text, "fi") == {}


@pytest.mark.parametrize(
    ("text", "language", "thing", "where"),
    [
        ("Lentotuhkaa puuhakkeesta", "fi", "fly_ash", "wood_chips"),
        ("Hakkeen lentotuhkaa", "fi", "fly_ash", "wood_chips"),
        ("Flygaska från flis", "sv", "fly_ash", "wood_chips"),
        ("Fly ash from wood chips", "en", "fly_ash", "wood_chips"),
    ],
)
def test_where_a_thing_comes_from_is_less_than_what_it_is(text: str, language: str, thing: str, where: str) -> None:
    """Ash of chips is no matter for who buys chips."""
    found = tags(text, language)
    assert found[thing] == 1.0
    assert found[where] == MODIFIER


def test_where_a_thing_goes_is_as_much_as_what_it_is() -> None:
    """The illative ends like a genitive; and after a pause something else is told."""
    assert tags("Hakkeeseen tuhkaa")["wood_chips"] == 1.0
    assert tags("Ash from a mill, wood chips", "en")["wood_chips"] == 1.0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nokian puhdistamolta", "fi"),
        ("Laitokselta Salossa", "fi"),
        ("Yritys Karvialta, myös Karvia", "fi"),
        ("Lohjan ja Multian kunnat", "fi"),
        ("Kuortaneen kunta", "fi"),
        ("Tervon ja Pellon kunnat", "fi"),
        ("Siikaisissa", "fi"),
        ("Finns i Geta", "sv"),
    ],
)
def test_a_municipality_is_no_material(text: str, language: str) -> None:
    """Soot, salt, hair, salmon, soil, bark, tar, fields, whitefish and goats are not what they offer."""
    materials = {"graphite_carbon", "event_space", "eggshell_feather", "fish_residue", "surplus_soil", "bark"}
    materials |= {"coal_tar", "soil_use", "fish_farming", "rabbit_small_animals", "carbon_black", "soil_top"}
    assert not materials & set(tags(text, language))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nokea kattilasta", "carbon_black"),
        ("Multaa ja soraa", "soil_top"),
        ("Peltoa vuokrattavana", "soil_use"),
        ("Pellolle lantaa", "soil_use"),
        ("Lohjalla savea", "clay"),
        ("Tervaa tynnyreissä", "coal_tar"),
        ("Siikaa ja lohta", "fish_farming"),
        ("Kuorta Kuortaneelta", "bark"),
    ],
)
def test_a_material_is_not_lost_to_a_municipality(text: str, expected: str) -> None:
    """What is written small, or begins a sentence in a form that no place's name has."""
    assert expected in tags(text)


@pytest.mark.parametrize(
    ("text", "material"),
    [("Metallisia osia", "metal"), ("Muovisia säiliöitä", "plastic"), ("Styroksisia laatikoita", "pet_ps")],
)
def test_the_end_of_an_adjective_is_no_animal(text: str, material: str) -> None:
    """Metallisia ends like pigs (sika, sikoja, sian)."""
    assert "pig_farming" not in tags(text)
    assert material in tags(text)
    assert "pig_farming" in tags("Lihasikoja")


@pytest.mark.parametrize(
    ("text", "language", "expected", "wider"),
    [
        ("Laser cutting of sheet metal", "en", "laser_cutting", "welding_sheet"),
        ("Jauhemaalausta tarjolla", "fi", "powder_coating", "surface_treatment"),
        ("Formsprutning, ledig tid", "sv", "injection_moulding", "moulding_capacity"),
        ("Nailonin lastua", "fi", "polyamide", "engineering_plastic"),
        ("Kaffeskal från rosteri", "sv", "coffee_husk", "coffee_grounds"),
        ("Salmonella testing for feed", "en", "microbiology_lab", "lab_analysis"),
        ("Vanhoja ikkunoita", "fi", "windows_doors", "building_parts"),
    ],
)
def test_kinds_of_one_thing_are_told_apart(text: str, language: str, expected: str, wider: str) -> None:
    """A machine is no other machine, nor a plastic another plastic; what they are kinds of stays above them."""
    assert expected in tags(text, language)
    assert wider in concepts.load().concepts[expected].broader
