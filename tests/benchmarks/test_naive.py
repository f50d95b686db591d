from pathlib import Path

import pandas as pd
import pytest

from benchmarks.naive import HALF, Naive

TABLE = """id,kind,fi,sv,en,broader,good_for,stop
ash,material,tuhka,aska,ash,,road,0
fly_ash,material,lento+tuhka,flyg+aska,fly ash,ash,,0
road,use,tie+rakennus,väg+bygge,road building,,,0
any,property,jäte,avfall,waste,,,1
"""


@pytest.fixture
def peer(tmp_path: Path) -> Naive:
    """Read a table of four rows."""
    table = tmp_path / "table.csv"
    table.write_text(TABLE, encoding="utf-8")
    return Naive.of(table)


def test_the_longest_word_wins(peer: Naive) -> None:
    """Fly ash is no second ash, but half of one, as its row says."""
    assert peer.tags("Lentotuhkaa") == {"fly_ash": 1.0, "ash": HALF}
    assert peer.tags("Tuhkajäte") == {"ash": 1.0, "road": HALF}
    assert peer.tags("Jätettä") == {}


def test_languages_meet_in_concepts(peer: Naive) -> None:
    """A use is half of what is good for it; what names nothing is like nothing."""
    offers = pd.DataFrame({"title": ["Aska", "Jäte"]})
    needs = pd.DataFrame({"title": ["Ash", "Tienrakennus", "Tierakennukseen"]})
    found = peer.cosines(offers, needs)
    assert found[0] == pytest.approx([1.0, 0.0, HALF / (1 + HALF**2) ** 0.5])
    assert found[1].tolist() == [0, 0, 0]
