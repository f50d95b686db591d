import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from config import legal as law
from config.texts import LANGUAGES, Language, text
from dashboard import legal_hints
from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.store import edit
from matching.legal import Listing, hints

KEMI = Site(name="Tehdas", easting_m=397_100.0, northing_m=7_299_500.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hint_is_written_with_its_source(language: Language) -> None:
    """In three languages, and that none of it is advice."""
    found = hints(Listing("waste", "170101", concepts=frozenset({"concrete"})), Listing("material"))
    page = legal_hints.html(found, language)
    assert page.count("<dd>") == len(found)
    assert page.count('class="law-src"') == len(found)
    assert {"fi": "ei oikeudellista", "sv": "inte juridisk", "en": "not legal advice"}[language] in page
    assert "466/2022" in page
    unseen = [one for hint in found for one in hint.sources if not law.load().source[one].seen]
    assert page.count(text("legal.unseen", language)) == len(unseen) > 0
    assert page.count("</a>") > len(unseen)  # what was seen carries no such remark


@pytest.mark.usefixtures("open_page")
def test_drawn_for_two_listings_of_the_store(engine: Engine) -> None:
    """Where one is gone a sentence stands instead."""
    ids = []
    for direction, title in ((Direction.HAVE, "Jäteöljy"), (Direction.WANT, "Öljyn regenerointi")):
        company = edit.add_organisation(engine, "Anna", Organisation(name=title))
        site = edit.add_site(engine, "Anna", company.id, KEMI)
        waste = Resource(direction=direction, type=ResourceType.WASTE, title=title, hazardous=True)
        ids.append(edit.add_resource(engine, "Anna", site.id, waste).id)
    script = "from dashboard import legal_hints\nlegal_hints.draw({}, {})"
    shown = AppTest.from_string(script.format(*ids), default_timeout=120).run()
    assert not shown.exception
    words = "\n".join(str(one.proto.body) for one in shown.get("html"))
    assert "siirtoasiakirjan" in words
    assert "Porras 3/5, kierrätys" in words
    gone = AppTest.from_string(script.format(ids[0], 999_999), default_timeout=120).run()
    assert "Toista ilmoituksista ei enää ole" in "\n".join(str(one.proto.body) for one in gone.get("html"))
