"""Fuzz the parsers of bytes by what of them is reached: `PYTHONPATH=. python benchmarks/fuzz/guided.py SECONDS`.

Atheris changes a sound file's bytes, watches which branches of the importers the change reaches, and goes on from the
files that reach new ones. It is no part of the tools that everybody installs: `pip install atheris` (Linux, x86-64).
Not with -m, which would load the importers before they are watched. The first byte of an input chooses the format;
XLSX and map files have a child to parse them, whose inside it can't see.
"""

import sys
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

FORMATS = ("CSV", "CSV, cp1252", "CSV, utf-16", "Materiaalitori", "GeoJSON", "PRTR", "PRTR, gzip", "PRTR, zip")
LONGEST = 4_096


def main(seconds: int) -> None:
    """Fuzz for so many seconds; the first failure ends it, with the input beside the trace."""
    atheris: Any = import_module("atheris")
    with atheris.instrument_imports(include=["data.importers"]):
        judge = import_module("benchmarks.fuzz.judge")
        mutants = import_module("benchmarks.fuzz.mutants")
    sound = [mutants.sound()[name] for name in FORMATS]
    folder = Path(mkdtemp(prefix="guided-"))
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, case in enumerate(sound):
        for place, data in enumerate(case.files.values()):
            (seeds / f"{number}-{place}").write_bytes(bytes([number, place]) + data)

    def attempt(data: bytes) -> None:
        if len(data) > 2:  # noqa: PLR2004 - two bytes choose the file
            case = sound[data[0] % len(sound)]
            name = [*case.files][data[1] % len(case.files)]
            judge.judge(judge.Case(case.importer, {**case.files, name: data[2:]}), folder / "case")

    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-artifact_prefix={folder}/", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], *limits, str(seeds)], attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]))
