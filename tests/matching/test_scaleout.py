"""The same matches, counted by processes that know only what they are sent."""

import os
import signal
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from distributed import LocalCluster

from config.errors import MatchProblem
from matching import everything, scaleout
from matching.everything import Everything, match_all
from matching.index import MatchIndex
from matching.pairs import Hauls


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Start two worker processes."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as started:
        yield started


@pytest.fixture
def many(resources: pd.DataFrame) -> MatchIndex:
    """Index many listings like ours, of as many companies, some of which came later."""
    copies = [
        resources.assign(
            id=resources["id"] + 100 * copy,
            organisation_id=resources["organisation_id"] + 100 * copy,
            easting_m=resources["easting_m"] + 900.0 * copy,
        )
        for copy in range(40)
    ]
    return MatchIndex.build(pd.concat(copies[:35], ignore_index=True)).add(pd.concat(copies[35:], ignore_index=True))


def assert_same(ours: Everything, theirs: Everything) -> None:
    """Compare to the last pair and digit."""
    assert ours.scored == theirs.scored
    pd.testing.assert_frame_equal(ours.pairs, theirs.pairs, check_exact=True)


def test_workers_find_what_one_process_finds(
    cluster: LocalCluster, many: MatchIndex, hauls: Hauls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In parts of any size, whoever is done first."""
    monkeypatch.setattr(scaleout, "AT_ONCE", 17)
    seen: list[tuple[int, int]] = []
    found = scaleout.match_all(
        cluster.scheduler_address, many, hauls, progress=lambda done, total: seen.append((done, total))
    )
    assert len(found.pairs) > 0
    assert_same(match_all(many, hauls), found)
    assert seen[-1] == (len(everything.offers(many)), len(everything.offers(many)))


def test_a_killed_worker_changes_nothing(
    cluster: LocalCluster, many: MatchIndex, hauls: Hauls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another does its part again."""
    monkeypatch.setattr(scaleout, "AT_ONCE", 5)
    killed: list[int] = []

    def kill_one(_done: int, _total: int) -> None:
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    found = scaleout.match_all(cluster.scheduler_address, many, hauls, progress=kill_one)
    assert killed
    assert_same(match_all(many, hauls), found)


def test_a_scheduler_that_is_not_there_is_told_in_a_sentence(
    many: MatchIndex, hauls: Hauls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its address."""
    monkeypatch.setattr(scaleout, "PATIENCE_S", 1)
    with pytest.raises(MatchProblem, match=r"scaleout\.no_answer"):
        scaleout.match_all("tcp://127.0.0.1:9", many, hauls)


def test_the_order_of_the_parts_changes_nothing(many: MatchIndex, hauls: Hauls) -> None:
    """Whoever is done first is put together first."""
    rows = everything.offers(many)
    weights = everything.defaults()
    found = [block for part in np.array_split(rows, 7) for block in everything.best_of(many, part, hauls, 2, weights)]
    there, back = (everything.gathered(order, len(rows), 2, None) for order in (found, found[::-1]))
    assert_same(there, back)
