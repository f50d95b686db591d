import pytest

from matching.finnish import graded, is_ending, stems, weak


@pytest.mark.parametrize(
    "forms",
    [
        "lauta laudan lautoja laudoista",
        "liete lietteen lietettä lietteitä",
        "turve turpeen turvetta",
        "kuori kuoren kuorta kuoria",
        "vesi veden vettä vesiä",
        "olki oljen olkia oljet",
        "leipä leivän leipiä",
        "rengas renkaan rengasta renkaita",
        "rakennus rakennuksen rakennusta rakennuksia",
        "lannoite lannoitteeksi lannoitteita",
        "suodatin suodattimen suodattimia",
        "muovinen muovisen muovista muovisia",
        "puu puun puuta puita",
        "pelletti pelletin pelletteihin",
        "hiili hiilen hiiltä",
        "vihannes vihanneksia",
        "olut oluen olutta",
        "suolaton suolattoman",
        "ruoka ruoan ruokaa",
    ],
)
def test_all_forms_of_a_word_lead_back_to_it(forms: str) -> None:
    """Gradation, vowel stems, consonant stems and plurals."""
    word, *inflected = forms.split()
    for form in inflected:
        assert any(form.startswith(stem) and is_ending(form[len(stem) :]) for stem in stems(word)), form


def test_another_word_is_no_form() -> None:
    """Kuorma is a load and no bark, lautta a ferry and no board."""
    for word, other in (("kuori", "kuorma"), ("lauta", "lautta"), ("tuhka", "tuhkimo")):
        assert not any(other.startswith(stem) and is_ending(other[len(stem) :]) for stem in stems(word))


def test_grades_go_both_ways() -> None:
    """Strong in the nominative of one kind of word, weak in that of another."""
    assert weak("tukki") == "tuki"
    assert graded("turve", {"rv": "rp"}) == "turpe"
    assert weak("muste") == "muste"
