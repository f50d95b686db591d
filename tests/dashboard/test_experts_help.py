import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.queries import experts as queries
from data.store import edit, experts, synergies
from data.store.experts import Expert


@pytest.fixture
def synergy(engine: Engine) -> int:
    """Add a synergy of ash, and somebody who knows it beside somebody who doesn't."""
    sides = []
    for number, direction in enumerate(Direction):
        company = edit.add_organisation(engine, "Anna", Organisation(name=f"Yritys {number}"))
        place = Site(name="Tehdas", easting_m=536_400.0 + number, northing_m=7_122_500.0)
        site = edit.add_site(engine, "Anna", company.id, place)
        told = Resource(direction=direction, type=ResourceType.WASTE, title="Lentotuhka")
        sides.append(edit.add_resource(engine, "Anna", site.id, told).id)
    for name, known in (("Tuhka Tuntija", "ash"), ("Kangas Kutoja", "textile")):
        experts.add(engine, "Anna", Expert(name=name, competencies=(known,), regions=("18",)))
    return synergies.take_up(engine, "Anna", synergies.Proposal(have_id=sides[0], want_id=sides[1], score=0.5)).id


def shown(app: AppTest) -> str:
    """Give what is said."""
    return "\n".join(str(one.proto.body) for one in app.get("html"))


@pytest.mark.usefixtures("open_page")
def test_an_expert_is_suggested_brought_in_and_told_of(engine: Engine, synergy: int) -> None:
    """The one who knows the topic, with the reason; after one press in the list of those who take part."""
    script = f"from dashboard.experts import help\nhelp.draw({synergy})"
    app = AppTest.from_string(script, default_timeout=120).run()
    assert not app.exception
    assert "Tuhka Tuntija" in shown(app)
    assert "Alue: Kainuu" in shown(app)
    assert "Kangas Kutoja" not in shown(app)
    next(one for one in app.button if one.label == "Merkitse pyydetyksi").click().run()
    assert not app.exception
    assert queries.involved(engine, synergy)["name"].to_list() == ["Tuhka Tuntija"]
    assert "Tuhka Tuntija tuli mukaan" in shown(app)
    assert "Poista synergiasta" in [one.label for one in app.button]


@pytest.mark.usefixtures("open_page")
def test_of_a_synergy_that_is_gone_nothing_is_drawn(engine: Engine, synergy: int) -> None:
    """Neither a heading nor an error."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE synergy SET deleted_at = now() WHERE id = :id"), {"id": synergy})
    app = AppTest.from_string(f"from dashboard.experts import help\nhelp.draw({synergy})", default_timeout=120).run()
    assert not app.exception
    assert shown(app) == ""
