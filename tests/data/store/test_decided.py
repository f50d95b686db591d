from threading import Barrier, Thread

import pandas as pd
import pytest
from sqlalchemy import Engine, text

from config.errors import StaleEdit
from data import store
from data.model import Direction, LapseReason, Organisation, Resource, ResourceType, Site, Stage
from data.store import edit, synergies
from data.store.bulk import Batch, upsert
from data.store.synergies import Proposal

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}


@pytest.fixture
def pair(engine: Engine) -> Proposal:
    """Give an offer and a need of two companies."""
    ids = []
    for direction in Direction:
        company = edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy"))
        site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI))
        told = Resource(direction=direction, type=ResourceType.MATERIAL, title="Tuhkaa")
        ids.append(edit.add_resource(engine, "Anna", site.id, told).id)
    return Proposal(have_id=ids[0], want_id=ids[1], score=0.5)


def stage(engine: Engine, pair: Proposal) -> tuple[object, ...]:
    """Read how far a pair is."""
    asked = text("SELECT stage, owner, lapse_reason FROM synergy WHERE have_id = :have AND want_id = :want")
    with engine.connect() as connection:
        return tuple(connection.execute(asked, {"have": pair.have_id, "want": pair.want_id}).one())


def test_what_somebody_has_taken_up_is_not_rejected_by_who_did_not_know(engine: Engine, pair: Proposal) -> None:
    """The second is told who was first, and nothing is overwritten."""
    synergies.take_up(engine, "Anna", pair, Stage.IDENTIFIED)
    with pytest.raises(StaleEdit) as caught:
        synergies.reject(engine, "Ville", pair, LapseReason.PRICE)
    assert "'user': 'Anna'" in str(caught.value)
    assert stage(engine, pair) == ("discussing", "Anna", None)


def test_what_somebody_has_rejected_is_not_taken_up_or_rejected_anew(engine: Engine, pair: Proposal) -> None:
    """Nor is the reason of the first replaced by the second's."""
    synergies.reject(engine, "Anna", pair, LapseReason.DISTANCE)
    with pytest.raises(StaleEdit, match="decided_meanwhile"):
        synergies.take_up(engine, "Ville", pair, Stage.IDENTIFIED)
    with pytest.raises(StaleEdit, match="decided_meanwhile"):
        synergies.reject(engine, "Ville", pair, LapseReason.PRICE)
    assert stage(engine, pair) == ("lapsed", None, "distance")


def test_of_two_who_decide_at_once_one_is_told(engine: Engine, pair: Proposal) -> None:
    """Whichever is second."""
    told, ready = [], Barrier(2)

    def decide(reject: bool) -> None:  # noqa: FBT001 - a thread's argument
        ready.wait()
        try:
            if reject:
                synergies.reject(engine, "Ville", pair, LapseReason.PRICE)
            else:
                synergies.take_up(engine, "Anna", pair, Stage.IDENTIFIED)
        except StaleEdit as problem:
            told.append(str(problem.values["user"]))

    threads = [Thread(target=decide, args=(one,)) for one in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told in ([["Anna"], ["Ville"]])
    assert stage(engine, pair)[0] == ("discussing" if told == ["Anna"] else "lapsed")


def test_a_form_that_was_open_while_an_import_came_is_told(engine: Engine) -> None:
    """The import has written the row, so the person's text is refused and kept to be looked at."""

    def rows(title: str) -> Batch:
        company = {"source_key": "o", "name": "Tuonti Oy"}
        site = {"source_key": "s", "organisation_key": "o", "name": "Tehdas", **KAJAANI}
        resource = {"source_key": "r", "site_key": "s", "direction": "have", "type": "waste", "title": title}
        return Batch(pd.DataFrame([company]), pd.DataFrame([site]), pd.DataFrame([resource]))

    for title in ("Lentotuhka", "Pohjatuhka"):
        with store.connection(engine, "Aino") as connection:
            upsert(connection, rows(title))
    with engine.connect() as connection:
        row_id = int(connection.scalar(text("SELECT id FROM resource WHERE source_key = 'r'")) or 0)
    with pytest.raises(StaleEdit) as caught:
        edit.change(engine, "Ville", edit.Row("resource", row_id, 1), {"title": "Kuona"})
    assert "'user': 'Aino'" in str(caught.value)
