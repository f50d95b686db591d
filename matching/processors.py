"""Find who could treat what lies between an offer and a need: offered services and capacities of third ones."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from matching import chain_steps, processes
from matching.chain_steps import LEAST_FIT, Floats
from matching.columns import Rows
from matching.index import MatchIndex
from matching.people import People
from matching.processes import PROCESSORS, TREATED
from matching.words import fold

READ_MOST = 120  # processors of a kind that are read: the nearest
NEAREST = 6  # of a pair and a process
NEXT_DOOR_M = 10_000.0  # nearer than this nobody is nearer
ASIDE = 0.5
NO_TREATMENT = frozenset({"shared_services", "lab_use", "expert_use"})
UNNAMED, OTHER = 0.8, 0.25  # one that names no material at all, or only others than this one: below LEAST_FIT


Known = tuple[int, float, frozenset[str]]


def between(index: MatchIndex, row: int, ends: pd.DataFrame) -> pd.DataFrame:
    """Put processors between the ends that `chain_steps.ends` found around a resource.

    Returns
    -------
    DataFrame
        The columns of the ends, `processor_row`, and `treats`: how surely that one takes what is offered.
    """
    known = _processors(index, People.of(index, np.array([row])), sorted(set(ends["process"])))
    found = [_of_process(index, ends[ends["process"] == at], who) for at, who in sorted(known.items())]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def _processors(index: MatchIndex, own: People, wanted: list[int]) -> dict[int, list[Known]]:
    """Give for each process who offers it: row, how surely, and the materials that the listing names."""
    table = processes.load()
    signs = sorted({sign for at in wanted for sign in table[at].signs})
    rows = np.concatenate([_near(index, own, kind, signs) for kind in PROCESSORS])
    found: dict[int, list[Known]] = {}
    for row, listing in zip(rows.tolist(), chain_steps.resources(index, rows), strict=True):
        named = index.concept_space.named(listing)
        aside = _aside(index, named)
        for at in wanted:
            sure = table[at].named_in(named) * aside
            if sure >= LEAST_FIT:
                found.setdefault(at, []).append((row, sure, _materials(index, listing, named)))
    return found


def _near(index: MatchIndex, own: People, kind: str, signs: list[str]) -> Rows:
    part = ("have", kind)
    side = index.side(part)
    letters, _ = index.vectors(part, side.row[:0])
    nothing = chain_steps.blank(letters, 1)
    names = index.dots(part, (nothing, chain_steps.naming(index, [signs])))[1][0] > 0
    some = People.of(index, side.row[names])
    may = own.may_meet(some)[0]
    order = np.lexsort((side.id[names], own.apart_m(some)[0]))
    return np.asarray(some.row[order[may[order]][:READ_MOST]])


def _aside(index: MatchIndex, named: Mapping[str, float]) -> float:
    """Weigh less who only shares, tests or advises: their listings name processes that they do not run for others."""
    table = index.concept_space.taxonomy.concepts
    told = (one for one, weight in named.items() if weight >= chain_steps.TITLE and table[one].kind in PROCESSORS)
    return ASIDE if any(NO_TREATMENT & set(table[one].good_for) for one in told) else 1.0


def _materials(index: MatchIndex, listing: chain_steps.Resource, named: Collection[str]) -> frozenset[str]:
    """Give the materials of a listing, word by word too: "crushing of concrete" is one term, of crushing."""
    taxonomy = index.concept_space.taxonomy
    language = str(listing["language"])
    words = fold(f"{listing['title']} {listing['description']}").split()
    told = {*named, *(one for word in words for one in taxonomy.tags(word, language))}
    return frozenset(one for one in told if taxonomy.concepts[one].kind in TREATED)


def _of_process(index: MatchIndex, ends: pd.DataFrame, known: list[Known]) -> pd.DataFrame:
    said = {material: _said(material, known) for material in set(ends["material"])}
    treats = ends["takes"].to_numpy(float)[:, None] * np.array([said[material] for material in ends["material"]])
    middle = People.of(index, np.array([row for row, _, _ in known]))
    have, want = (People.of(index, ends[f"{who}_row"].to_numpy()) for who in ("have", "want"))
    may = (treats >= LEAST_FIT) & have.may_meet(middle) & want.may_meet(middle)
    straight_m = have.apart_m(middle) + want.apart_m(middle)
    worth = np.where(may, (straight_m + NEXT_DOOR_M) / treats, np.inf)  # one that is surer may be farther
    order = np.argsort(worth, axis=1, kind="stable")[:, :NEAREST]
    at = np.repeat(np.arange(len(ends)), order.shape[1])
    picked = order.ravel()
    kept = np.isfinite(worth[at, picked])
    at, picked = at[kept], picked[kept]
    chains = ends.iloc[at].reset_index(drop=True)
    return chains.assign(processor_row=middle.row[picked], treats=treats[at, picked])


def _said(material: str, known: list[Known]) -> Floats:
    """Weigh for one material how surely each listing offers the process, and whether it names that material."""
    kin = processes.kin(material)
    return np.array([sure * (UNNAMED if not named else 1.0 if named & kin else OTHER) for _, sure, named in known])
