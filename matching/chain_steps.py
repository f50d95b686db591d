"""Find what could stand at both ends of a chain: by text and by straight line, before any road.

An offer is read for what it is made of; the table of processes tells who takes that and what comes out; and that is
compared with the needs as if somebody offered it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from matching import processes
from matching.columns import WHOLE, Rows, Sums, cosine, stacked, whole
from matching.index import READ, MatchIndex
from matching.people import People
from matching.processes import TREATED, Process
from matching.weights import Weights

LEAST_FIT = 0.3  # of either step
ENDS = 40  # of a process: the best needs for its product, or the offers that it takes
TITLE = 0.9  # of a concept's weight: what the description tells of packing and place is not what is offered
# Horse manure bedded with wood is no wood, and a word that the waste code knows nothing of may be a slip of the reader.
DOUBTFUL = 0.35
HALF_M = 80_000.0  # where offers are too many to read, one that is so far away counts half

Floats = npt.NDArray[np.float64]
Vectors = tuple[sparse.csr_array, sparse.csr_array]
Resource = dict[Any, Any]


def ends(index: MatchIndex, row: int, weights: Weights) -> pd.DataFrame:
    """Give the pairs that a process could stand between, one of them a certain resource.

    Returns
    -------
    DataFrame
        `have_row`, `want_row`, `process` (its place in the table), `material`, `takes` and `asks` (how surely the
        process takes it, and how well the need fits what comes out), and the cosines of the pair alone as
        `characters` and `concepts`.
    """
    kind = index.take(np.array([row]), ["direction", "family"]).iloc[0]
    if kind["family"] not in TREATED:
        return pd.DataFrame()
    rows = np.array([row])
    vectors = index.vectors((str(kind["direction"]), str(kind["family"])), rows)
    search = _from_have if kind["direction"] == "have" else _to_want
    found = search(index, People.of(index, rows), vectors, weights)
    kept = [one for one in found if len(one)]
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()


def _from_have(index: MatchIndex, own: People, vectors: Vectors, weights: Weights) -> Iterator[pd.DataFrame]:
    have = resources(index, own.row)[0]
    taken = list(_taking(index, have))
    if not taken:
        return
    products = product_vectors(index, [(one, material) for _, one, material, _ in taken])
    # Only what stays the same material may be known by the offer's own letters.
    none = sparse.csr_array(vectors[0].shape, dtype=vectors[0].dtype)
    letters = [vectors[0] if one.same else none for _, one, _, _ in taken]
    questions = stacked([vectors[0], *letters]), stacked([vectors[1], products])
    for family in TREATED:
        side = index.side(("want", family))
        sums = index.dots(("want", family), questions)
        may = own.may_meet(People.of(index, side.row))[0]
        for line, (at, _, material, sure) in enumerate(taken, 1):
            asks = _substance(sums[0][line], sums[1][line], weights)
            best = _best(np.where(may & (asks >= LEAST_FIT), asks, 0.0), side.id)
            alone = {"characters": cosine(sums[0][0][best]), "concepts": cosine(sums[1][0][best])}
            told = {"have_row": own.row[0], "want_row": side.row[best], "process": at, "material": material}
            yield pd.DataFrame({**told, "takes": sure, "asks": asks[best], **alone})


def _taking(index: MatchIndex, have: Resource) -> Iterator[tuple[int, Process, str, float]]:
    """Give the processes that take an offer: place in the table, the process, the material, and how surely."""
    named = made_of(index, have)
    for at, one in enumerate(processes.load()):
        material, sure = one.best(named)
        if sure >= LEAST_FIT and (one.hazardous or not have["hazardous"]):
            yield at, one, material, sure


def made_of(index: MatchIndex, have: Resource) -> dict[str, float]:
    """Tell what an offer is: what its title names first, and less what it names besides or its waste code denies."""
    space = index.concept_space
    table = space.taxonomy.concepts
    named = {one: weight for one, weight in space.named(have).items() if weight >= TITLE}
    first = next((one for one in named if table[one].kind in TREATED), "")
    coded = set(space.taxonomy.of_ewc(str(have["ewc_code"])))
    return {one: weight * _sureness(one, first, coded) for one, weight in named.items()}


def _sureness(one: str, first: str, coded: set[str]) -> float:
    kin = processes.kin(one)
    doubts = (bool(first) and first not in kin) + (bool(coded) and not kin & coded)
    return float(DOUBTFUL**doubts)


def _to_want(index: MatchIndex, own: People, vectors: Vectors, weights: Weights) -> Iterator[pd.DataFrame]:
    table = processes.load()
    made = product_vectors(index, [(one, "") for one in table])
    asked = _substance(np.zeros(len(table), np.int32), _products_with(made, vectors[1]), weights)
    for family in TREATED:
        part = ("have", family)
        side = index.side(part)
        alone = index.dots(part, vectors)
        near = own.may_meet(People.of(index, side.row))[0] / (1 + own.apart_m(People.of(index, side.row))[0] / HALF_M)
        about = near * _substance(alone[0][0], alone[1][0], weights)
        # What stays the same material must be what the need is about; else all that makes what it asks for will do.
        others = [list(one.takes) for at, one in enumerate(table) if not one.same and asked[at] >= LEAST_FIT]
        picked = [_best(about, side.id)]
        if others:
            names = index.dots(part, (blank(vectors[0], len(others)), naming(index, others)))[1]
            picked += [_best(near * line, side.id) for line in names]
        best = np.unique(np.concatenate(picked))
        yield _taken(index, (own.row[0], vectors[1]), side.row[best], (alone[0][0][best], alone[1][0][best]), weights)


def _taken(
    index: MatchIndex, want: tuple[int, sparse.csr_array], rows: Rows, alone: tuple[Sums, Sums], weights: Weights
) -> pd.DataFrame:
    """Find what takes each offer, and compare what comes out with the need."""
    found = [
        (place, at, one, material, sure)
        for place, have in enumerate(resources(index, rows))
        for at, one, material, sure in _taking(index, have)
    ]
    if not found:
        return pd.DataFrame()
    place = np.array([line[0] for line in found])
    same = np.array([line[2].same for line in found])
    products = product_vectors(index, [(line[2], line[3]) for line in found])
    letters, concepts = (sums[place] for sums in alone)
    frame = pd.DataFrame(
        {
            "have_row": rows[place],
            "want_row": want[0],
            "process": [line[1] for line in found],
            "material": [line[3] for line in found],
            "takes": [line[4] for line in found],
            "asks": _substance(np.where(same, letters, 0), _products_with(products, want[1]), weights),
            "characters": cosine(letters),
            "concepts": cosine(concepts),
        }
    )
    return frame[frame["asks"] >= LEAST_FIT]


def blank(letters: sparse.csr_array, rows: int) -> sparse.csr_array:
    """Give questions without letters, as wide as these."""
    return sparse.csr_array((rows, letters.shape[1]), dtype=letters.dtype)


def resources(index: MatchIndex, rows: Rows) -> list[Resource]:
    """Read what decides the concepts of some rows, their families and whether they are hazardous."""
    return index.take(rows, [*READ, "family", "hazardous"]).to_dict("records")


def product(process: Process, material: str) -> Resource:
    """Describe what comes out of a process as if somebody offered it."""
    named = [one for one in process.product(material) if one]
    texts = {"title": "", "description": "", "language": "", "ewc_code": "", "direction": "have"}
    return {**texts, "concepts": " ".join(named)}


def product_vectors(index: MatchIndex, made: Sequence[tuple[Process, str]]) -> sparse.csr_array:
    """Give the concepts of what comes out of each process when a material goes in, a row each."""
    kinds = list(dict.fromkeys(made_of for made_of in ((one.makes, one.same, material) for one, material in made)))
    first = {kind: at for at, kind in enumerate(kinds)}
    by_kind = {(one.makes, one.same, material): (one, material) for one, material in made}
    listings = pd.DataFrame([product(*by_kind[kind]) for kind in kinds])
    vectors = whole(index.concept_space.vectors(listings))
    return sparse.csr_array(vectors[[first[one.makes, one.same, material] for one, material in made]])


def _products_with(products: sparse.csr_array, want: sparse.csr_array) -> Sums:
    return np.asarray((products.astype(np.int32) @ want.T.astype(np.int32)).toarray())[:, 0]


def naming(index: MatchIndex, concepts: Sequence[Sequence[str]]) -> sparse.csr_array:
    """Give questions to which every resource answers that has one of some concepts, a row each."""
    column = {one: at for at, one in enumerate(index.concept_space.taxonomy.concepts)}
    columns = [sorted(column[one] for one in group) for group in concepts]
    starts = np.cumsum([0, *map(len, columns)])
    at = np.array([one for group in columns for one in group], dtype=np.int32)
    return sparse.csr_array((np.full(len(at), WHOLE, np.int16), at, starts), shape=(len(columns), len(column)))


def _substance(letters: Sums, concepts: Sums, weights: Weights) -> Floats:
    """Tell how much two listings are about the same thing, as score.substance does; no codes are compared."""
    total = cosine(letters) * weights.substance["characters"] + cosine(concepts) * weights.substance["concepts"]
    return np.asarray(1 - np.exp(-total / weights.scale))


def _best(worth: Floats, ids: npt.NDArray[np.int64]) -> Rows:
    """Give the places of the best ends above zero, equal ones by id."""
    order = np.lexsort((ids, -worth))[:ENDS]
    return order[worth[order] > 0]
