"""Every importer keeps its word on files that nobody meant to write; `bench fuzz` tries the same for longer."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Engine

from benchmarks.fuzz import targets
from benchmarks.fuzz.inputs import SHAPES
from benchmarks.fuzz.judge import Case, Fault, judge
from benchmarks.fuzz.mutants import sound
from data import importers

CRASHES = Path(__file__).parents[2] / "samples" / "crashes"
# Each input of these starts a child, which takes a third of a second.
SLOW = frozenset({"bytes of GeoPackage", "bytes of Shapefile"})
FEW, SOME = 3, 8


@pytest.mark.parametrize("name", [*targets()])
def test_whatever_the_file_it_is_refused_or_accounted_for(name: str, engine: Engine, tmp_path: Path) -> None:
    """No traceback; every row comes in or stays out with a reason; a second time changes nothing."""
    stored = engine if name in SHAPES else None

    @settings(
        max_examples=FEW if name in SLOW else SOME,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(targets()[name])
    def attempt(case: Case) -> None:
        judge(case, tmp_path / "case", stored)

    attempt()


@pytest.mark.parametrize("name", [*sound()])
def test_what_is_sound_is_read(name: str, engine: Engine, tmp_path: Path) -> None:
    """The files whose bytes are changed come in as long as they are not."""
    assert judge(sound()[name], tmp_path / "case", engine) == "read"


@pytest.mark.parametrize("folder", sorted(CRASHES.iterdir()), ids=lambda folder: folder.name)
def test_what_once_went_wrong_does_not_again(folder: Path, engine: Engine, tmp_path: Path) -> None:
    """One small sample for each fault that fuzzing found; how it ends is part of its name."""
    importer, _, end = folder.name.split(".")
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert judge(Case(importer, files), tmp_path / "case", engine) == end


def test_the_judge_finds_a_row_that_went_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that lets everything pass would prove nothing."""
    read = importers.read

    def lossy(name: str, path: Path, options: importers.Options) -> importers.Report:
        report = read(name, path, options)
        object.__setattr__(report, "ties", report.ties[1:])
        return report

    monkeypatch.setattr(importers, "read", lossy)
    with pytest.raises(Fault, match="left out"):
        judge(sound()["CSV"], tmp_path / "case")
