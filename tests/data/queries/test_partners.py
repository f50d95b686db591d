from datetime import date

import pytest
from sqlalchemy import Engine

from data.model import Direction, Organisation, Resource, ResourceType, Site, SiteVisibility, Visibility
from data.queries import matching, partners
from data.store import edit
from matching.frame import COLUMNS

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}


def company(engine: Engine, name: str, *, named: bool = True, vague: bool = False) -> int:
    """Add a company and give its site."""
    added = edit.add_organisation(engine, "Anna", Organisation(name=name, naming_consent=named))
    visibility = SiteVisibility.MUNICIPALITY if vague else SiteVisibility.EXACT
    return edit.add_site(engine, "Anna", added.id, Site(name="Tehdas", visibility=visibility, **KAJAANI)).id


def resource(engine: Engine, site: int, title: str, **more: object) -> int:
    """Add a resource and give its id."""
    described = Resource(direction=Direction.HAVE, type=ResourceType.MATERIAL, title=title, **more)  # type: ignore[arg-type]
    return edit.add_resource(engine, "Anna", site, described).id


def test_the_matcher_reads_what_it_needs(engine: Engine) -> None:
    """The columns of its frame, one row a resource."""
    one = resource(engine, company(engine, "Avoin Oy"), "Tuhkaa")
    found = matching.resources(engine, [one])
    assert set(COLUMNS) <= set(found.columns)
    assert found["id"].tolist() == [one]
    assert found["exact"].tolist() == [True]


@pytest.mark.parametrize("hidden", [{"visibility": Visibility.PRIVATE}, {"expires_on": date(2020, 1, 1)}])
def test_private_and_expired_resources_stay_out(engine: Engine, hidden: dict[str, object]) -> None:
    """Of the matcher, of the list to choose from and of the facts."""
    one = resource(engine, company(engine, "Piilo Oy"), "Salaista tuhkaa", **hidden)
    assert matching.resources(engine, [one]).empty
    assert one not in matching.live_ids(engine)
    assert partners.facts(engine, [one]).empty
    assert one not in partners.choices(engine, "salaista", 10)["id"].tolist()


def test_a_hidden_name_and_place_never_leave_the_store(engine: Engine) -> None:
    """No name at all, and the municipality's point in place of the site's, for the matcher's distances too."""
    site = company(engine, "Salainen Oy", named=False, vague=True)
    one = resource(engine, site, "Tuhkaa")
    fact = partners.facts(engine, [one]).iloc[0]
    assert not isinstance(fact["organisation"], str)
    assert fact["vague"]
    assert (fact["easting_m"], fact["northing_m"]) != (KAJAANI["easting_m"], KAJAANI["northing_m"])
    read = matching.resources(engine, [one]).iloc[0]
    assert (read["easting_m"], read["northing_m"], read["exact"]) == (fact["easting_m"], fact["northing_m"], False)


def test_all_words_of_a_search_are_found_in_title_or_place(engine: Engine) -> None:
    """Signs are sought as they stand."""
    one = resource(engine, company(engine, "Haku Oy"), "Kuonaa 100 %")
    assert partners.choices(engine, "kuonaa kajaani", 10)["id"].tolist() == [one]
    assert partners.choices(engine, "100 %", 10)["id"].tolist() == [one]
    assert partners.choices(engine, "kuonaa oulu", 10).empty
    assert partners.choices(engine, "k_onaa", 10).empty
