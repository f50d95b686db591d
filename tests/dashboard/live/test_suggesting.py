from config.texts import LANGUAGES
from dashboard.live import suggesting
from data.importers.codes import waste

INVITED = ("Perämeren Kuitu Oy", "Kuitula Oy", "Outokummun Tuhka Oy")


def test_a_company_is_sought_among_the_invited_alone() -> None:
    """First those that begin with what is typed; a code shows no other company."""
    assert suggesting.companies("kuitu", INVITED) == ["Kuitula Oy", "Perämeren Kuitu Oy"]
    assert suggesting.companies("Stora", INVITED) == []


def test_a_waste_is_offered_the_codes_of_what_it_is_about() -> None:
    """By its words in each language, by a word of a name, by digits; each is a code of the list."""
    for words, language in (("puukuitutuhkaa", "fi"), ("bottenaska", "sv"), ("glass packaging", "en")):
        found = suggesting.codes(words, language)
        assert found, words
        assert set(found) <= set(waste())
    assert suggesting.codes("15 01", "fi")[0] == "150101"
    assert suggesting.codes("", "fi") == []
    assert suggesting.codes("\u202e<b>" * 300, "fi") == []


def test_every_code_has_a_name_in_each_language() -> None:
    """The name explains the code below the field."""
    for language in LANGUAGES:
        assert all(word["note"] for word in suggesting.suggest("waste", "15 01 07", (), language))


def test_a_material_is_offered_as_before() -> None:
    """What goes into the field is the word itself."""
    assert "Sahanpuru" in [word["value"] for word in suggesting.suggest("material", "sahan", (), "fi")]
