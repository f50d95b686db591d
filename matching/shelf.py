"""Keep the base of an index in files that are read in place: opened in a moment, and in memory only where it is asked.

A folder holds one base: numbers as .npy, resources as an Arrow file, and what they mean as JSON. It is written beside
its final name and then renamed, so that one that can be seen is whole.
"""

import json
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pyarrow import feather
from scipy import sparse

from matching import concepts, weights
from matching.characters import Characters
from matching.columns import Columns, Part
from matching.concept_rows import ConceptRows
from matching.concepts import Term
from matching.index import MatchIndex
from matching.segment import Segment

ABOUT, FRAME = "about.json", "resources.arrow"
EVIDENCE = ("letters", "concepts")
KINDS: Mapping[str, "np.dtype[Any]"] = {"indices": np.dtype(np.int32), "data": np.dtype(np.int16)}
KEPT = 2  # bases: another process may just be opening the one before

# What decides the vectors of a text: a base that another version of them has made is not read.
_HERE = Path(__file__).parent
_MAKERS = [
    file
    for folder in (_HERE, concepts.TABLE.parent)
    for kind in ("py", "toml", "csv")
    for file in folder.glob(f"*.{kind}")
]


class Shelf:
    """Hold the bases of one store in a folder; `identity` tells the store from any other.

    A base's name tells which taught words it was made with: with others its texts would be read otherwise.
    """

    def __init__(self, folder: Path, identity: str) -> None:
        self._folder = folder
        made_by = sha256(identity.encode())
        for file in sorted(_MAKERS):
            made_by.update(file.read_bytes())
        self._key = made_by.hexdigest()[:16]

    def newest(self, taught: Sequence[Term] | None = None) -> Path | None:
        """Find the newest base that the program as it is has made of this store; with these taught words, or any."""
        words = "*" if taught is None else _words_key(taught)
        return max(self._folder.glob(f"{self._key}{words}-*[0-9]"), key=_time, default=None)

    def put(self, index: MatchIndex, mark: int) -> Path:
        """Write the base of an index, whose resources were read at `mark`, and clear older ones away."""
        words = _words_key(index.concept_space.taxonomy.taught)
        name = f"{self._key}{words}-{time.time_ns():020}"
        part, final = self._folder / f"{name}.part", self._folder / name
        part.mkdir(parents=True)
        try:
            _write(part, index, mark)
            part.rename(final)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        others = sorted(self._folder.glob("*-*[0-9]"), key=_time)
        for old in others[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)
        return final


def _time(base: Path) -> str:
    return base.name.partition("-")[2]


def _words_key(taught: Sequence[Term]) -> str:
    return sha256(json.dumps([astuple(one) for one in taught]).encode()).hexdigest()[:8]


def open_base(folder: Path) -> tuple[MatchIndex, int]:
    """Open a base; give its index and the mark at which its resources were read."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    bounds = {(direction, family): slice(start, end) for direction, family, start, end in about["parts"]}
    frame = feather.read_table(folder / FRAME, memory_map=True).to_pandas(split_blocks=True)
    columns = [_read_columns(folder, name, bounds) for name in EVIDENCE]
    known = Characters(_numbers(folder, "places"), _numbers(folder, "rarity"))
    taught = concepts.taught(tuple(concepts.Term(*one) for one in about["taught"]))
    space = ConceptRows(taught, weights.defaults().concepts, frame.head(0))
    space.rarity = _numbers(folder, "concept_rarity")
    return MatchIndex.on(Segment(frame, *columns), known, space), int(about["mark"])


def _write(folder: Path, index: MatchIndex, mark: int) -> None:
    base = index.base
    # In one piece: what lies in several would be joined, and so copied, when it is read.
    feather.write_feather(base.frame, str(folder / FRAME), compression="uncompressed", chunksize=len(base))
    for name, columns in zip(EVIDENCE, (base.letters, base.concepts), strict=True):
        _write_columns(folder, name, columns)
    np.save(folder / "places.npy", index.characters.places)
    np.save(folder / "rarity.npy", index.characters.rarity)
    np.save(folder / "concept_rarity.npy", index.concept_space.rarity)
    parts = [[*part, held.start, held.stop] for part, held in base.bounds.items()]
    taught = [astuple(one) for one in index.concept_space.taxonomy.taught]
    (folder / ABOUT).write_text(json.dumps({"parts": parts, "mark": mark, "taught": taught}), encoding="utf-8")


def _write_columns(folder: Path, name: str, columns: Columns) -> None:
    parts = list(columns.parts.values())
    ends = np.cumsum([0, *(part.nnz for part in parts)])
    np.save(folder / f"{name}_ends.npy", ends)
    np.save(folder / f"{name}_starts.npy", np.array([part.indptr for part in parts], dtype=np.int32))
    for what, kind in KINDS.items():
        with (folder / f"{name}_{what}").open("wb") as file:  # one by one: to join them takes the memory of all again
            for part in parts:
                getattr(part, what).astype(kind, copy=False).tofile(file)


def _read_columns(folder: Path, name: str, bounds: Mapping[Part, slice]) -> Columns:
    starts, ends = (_numbers(folder, f"{name}_{what}") for what in ("starts", "ends"))
    parts = {}
    for (part, held), begin, (start, end) in zip(bounds.items(), starts, pairwise(ends.tolist()), strict=True):
        data, indices = (_mapped(folder / f"{name}_{what}", KINDS[what], start, end) for what in ("data", "indices"))
        parts[part] = sparse.csc_array((data, indices, begin.copy()), shape=(held.stop - held.start, len(begin) - 1))
    return Columns(parts, starts.shape[1] - 1)


def _mapped(file: Path, kind: "np.dtype[Any]", start: int, end: int) -> "npt.NDArray[Any]":
    if start == end:  # nothing can't be mapped
        return np.zeros(0, kind)
    # A map of its own: SciPy copies what is a part of a larger array.
    return np.asarray(np.memmap(file, kind, "r", offset=start * kind.itemsize, shape=(end - start,)))


def _numbers(folder: Path, name: str) -> "npt.NDArray[Any]":
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))
