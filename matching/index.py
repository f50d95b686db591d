"""All resources ready for matching: a large base that is made now and then, and a small segment of what came since."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from config.errors import MatchProblem
from matching import characters, frame, weights
from matching.characters import Characters
from matching.columns import Grid, Part, Rows, Sums, cosine, gathered, stacked, whole
from matching.concept_rows import ConceptRows
from matching.concepts import Taxonomy, load
from matching.segment import Segment, Side
from matching.words import fold

TITLE_TIMES = 2  # the title says what it is, the description around it says how and where

READ = ("title", "description", "language", "concepts", "ewc_code", "direction")
FEW = 64  # questions at a time that are read from their texts

Vectors = tuple[sparse.csr_array, sparse.csr_array]


@dataclass(frozen=True)
class MatchIndex:
    """Hold resources and their vectors; never changed in place, so that many sessions can read one index.

    Rows are numbered through the base and on through what came since. What n-grams and concepts there are, and how
    rare, was counted when the base was made: it stays the same for all that comes, until there is a new base.
    `present` is False for rows that are gone or have given way to a newer version.
    """

    base: Segment
    since: Segment
    present: npt.NDArray[np.bool_]
    characters: Characters
    concept_space: ConceptRows

    @classmethod
    def build(cls, resources: pd.DataFrame | Iterable[pd.DataFrame], taxonomy: Taxonomy | None = None) -> "MatchIndex":
        """Make an index of all resources, given whole or piece by piece in the columns of `frame.COLUMNS`."""
        pieces = [resources] if isinstance(resources, pd.DataFrame) else resources
        space = ConceptRows(taxonomy or load(), weights.defaults().concepts, _nobody())
        frames = [_nobody()]
        letters, concepts = [characters.count([])], [space.raw(_nobody())]
        for piece in pieces:
            frames.append(frame.prepare(piece))
            letters.append(characters.count(_texts(frames[-1])))
            concepts.append(space.raw(frames[-1]))
        known = Characters.of(letters)
        space.rarity = space.count(concepts)
        base = Segment.of(
            pd.concat(frames, ignore_index=True),
            lambda rows: whole(known.weighed(gathered(letters, rows))),
            lambda rows: whole(space.weighed(gathered(concepts, rows))),
        )
        return cls.on(base, known, space)

    @classmethod
    def on(cls, base: Segment, known: Characters, space: ConceptRows) -> "MatchIndex":
        """Give the index of a base to which nothing has come yet."""
        letters, concepts = _vectors(known, space, _nobody())
        nobody = Segment.of(_nobody(), letters.__getitem__, concepts.__getitem__)
        return cls(base, nobody, np.ones(len(base), dtype=bool), known, space)

    def add(self, resources: pd.DataFrame) -> "MatchIndex":
        """Give an index that also holds these resources, in the place of any of the same id."""
        prepared = frame.prepare(resources)
        left = self.remove(prepared["id"].tolist())
        start = len(self.base)
        kept = np.flatnonzero(left.present[start:])
        letters, concepts = _vectors(self.characters, self.concept_space, prepared)
        since = Segment.of(
            pd.concat([self.since.frame.iloc[kept], prepared], ignore_index=True),
            stacked([self.since.letters.everything()[kept], letters]).__getitem__,
            stacked([self.since.concepts.everything()[kept], concepts]).__getitem__,
        )
        present = np.concatenate([left.present[:start], np.ones(len(since), dtype=bool)])
        return replace(self, since=since, present=present)

    def remove(self, ids: Sequence[int]) -> "MatchIndex":
        """Give an index without these resources; an id that it does not hold is no fault."""
        rows = self._rows(np.asarray(ids, dtype=np.int64))
        if not len(rows):
            return self
        present = self.present.copy()
        present[rows] = False
        return replace(self, present=present)

    def reading(self, taxonomy: Taxonomy) -> "MatchIndex":
        """Give an index that reads with other words whoever asks, and what came since the base was made."""
        space = ConceptRows(taxonomy, weights.defaults().concepts, _nobody())
        space.rarity = self.concept_space.rarity
        other = replace(self, concept_space=space)
        if not len(self.since):
            return other
        since = self.since.frame
        letters, concepts = _vectors(self.characters, space, since)
        return replace(other, since=Segment.of(since, letters.__getitem__, concepts.__getitem__))

    def __len__(self) -> int:
        """Count the resources that can be matched."""
        return int(self.present.sum())

    @property
    def ids(self) -> npt.NDArray[np.int64]:
        """Give the ids of all that can be matched, in ascending order."""
        return np.sort(self._all_ids[self.present])

    @property
    def tally(self) -> tuple[int, int]:
        """Count those that can be matched, and add up their ids."""
        return len(self), int(self._all_ids[self.present].sum())

    @property
    def _all_ids(self) -> npt.NDArray[np.int64]:
        return np.concatenate([self.base.frame["id"].to_numpy(), self.since.frame["id"].to_numpy()])

    @property
    def news(self) -> int:
        """Count the rows that came since the base was made or are gone from it; an edited one is both."""
        return max(int((~self.present).sum()), len(self.since))

    def position(self, resource_id: int) -> int:
        """Tell the row of a resource; raise MatchProblem when it is not here."""
        rows = self._rows(np.array([resource_id], dtype=np.int64))
        if not len(rows):
            raise MatchProblem("match.unknown_resource", id=resource_id)
        return int(rows[0])

    def rows(self, ids: npt.NDArray[np.int64]) -> Rows:
        """Give the rows of some resources; one that is not here is left out."""
        return self._rows(ids)

    def _rows(self, ids: npt.NDArray[np.int64]) -> Rows:
        rows = np.concatenate([self.base.rows(ids), self.since.rows(ids) + len(self.base)])
        return np.asarray(rows[self.present[rows]], dtype=np.intp)

    @cached_property
    def resources(self) -> pd.DataFrame:
        """Give all rows as one frame, also those that are not `present` any more."""
        return pd.concat([self.base.frame, self.since.frame], ignore_index=True) if len(self.since) else self.base.frame

    def take(self, rows: Rows, columns: Sequence[str]) -> pd.DataFrame:
        """Read some columns of some rows, without touching the rest."""
        start = len(self.base)
        older = rows < start
        known = _taken(self.base.frame, rows[older], columns)
        if older.all():
            return known
        came = _taken(self.since.frame, rows[~older] - start, columns)
        order = np.argsort(np.concatenate([np.flatnonzero(older), np.flatnonzero(~older)]))
        return pd.concat([known, came], ignore_index=True).iloc[order].reset_index(drop=True)

    @property
    def parts(self) -> list[Part]:
        """List the parts that anybody is in."""
        return sorted({*self.base.bounds, *self.since.bounds})

    def by_part(self, rows: Rows) -> Iterator[tuple[Part, Rows]]:
        """Sort rows by the part that they are in."""
        start = len(self.base)
        for part in self.parts:
            older, newer = (one.bounds.get(part, slice(0, 0)) for one in (self.base, self.since))
            held = (rows >= older.start) & (rows < older.stop)
            held |= (rows >= newer.start + start) & (rows < newer.stop + start)
            if held.any():
                yield part, np.sort(rows[held])

    def side(self, part: Part) -> Side:
        """Tell who is in a part, those of the base first."""
        if part not in self._sides:
            base = self.base.side(part).present(self.present, 0)
            came = self.since.side(part).present(self.present, len(self.base))
            self._sides[part] = base.joined(came) if len(came) else base
        return self._sides[part]

    @cached_property
    def _sides(self) -> dict[Part, Side]:
        return {}

    def vectors(self, part: Part, rows: Rows) -> Vectors:
        """Give the whole vectors of some rows of a part: letters and concepts."""
        start = len(self.base)
        if len(rows) and rows.min() >= start:
            at = rows - start - self.since.bounds[part].start
            return self.since.letters.rows(part)[at], self.since.concepts.rows(part)[at]
        if len(rows) <= FEW:  # from their texts: to turn the columns back reads all of them
            return _vectors(self.characters, self.concept_space, self.take(rows, READ))
        at = np.searchsorted(self.side(part).row, rows)
        first, end, known = at.min(), at.max() + 1, len(self.base.side(part))
        ranges = ((self.base, slice(first, end)), (self.since, slice(max(first - known, 0), max(end - known, 0))))
        letters = stacked([one.letters.rows(part, held) for one, held in ranges])
        concepts = stacked([one.concepts.rows(part, held) for one, held in ranges])
        return letters[at - first], concepts[at - first]

    def dots(self, part: Part, questions: Vectors) -> tuple[Sums, Sums]:
        """Multiply letters and concepts of questions with everybody in a part, as in `side`."""
        letters, concepts = questions
        base, since = self.base, self.since
        return (
            np.hstack([base.letters.dots(part, letters), since.letters.dots(part, letters)]),
            np.hstack([base.concepts.dots(part, concepts), since.concepts.dots(part, concepts)]),
        )

    def alike(self, rows: Rows, others: Rows) -> tuple[Grid, Grid]:
        """Compare each resource with the one beside it: letters and concepts."""
        first, second = (_vectors(self.characters, self.concept_space, self.take(one, READ)) for one in (rows, others))
        sums = (
            one.astype(np.int32).multiply(other.astype(np.int32)).sum(axis=1)
            for one, other in zip(first, second, strict=True)
        )
        letters, concepts = (cosine(np.asarray(one).ravel().astype(np.int32)) for one in sums)
        return letters, concepts

    def cosines(self, rows: Rows) -> tuple[Grid, Grid]:
        """Compare some resources with all: letters and concepts, each (len(rows), all); for small indexes only."""
        questions = _vectors(self.characters, self.concept_space, self.take(rows, READ))
        letters, concepts = (np.zeros((len(rows), len(self.present)), np.int32) for _ in range(2))
        for part in self.parts:
            letters[:, self.side(part).row], concepts[:, self.side(part).row] = self.dots(part, questions)
        return cosine(letters), cosine(concepts)


def _taken(held: pd.DataFrame, rows: Rows, columns: Sequence[str]) -> pd.DataFrame:
    # Column by column: to choose columns first and rows then costs several times as much.
    return pd.DataFrame({name: held[name].array.take(rows) for name in columns})


def _texts(prepared: pd.DataFrame) -> list[str]:
    return [
        fold(" ".join([title] * TITLE_TIMES + [description]))
        for title, description in zip(prepared["title"], prepared["description"], strict=True)
    ]


def _vectors(known: Characters, space: ConceptRows, prepared: pd.DataFrame) -> Vectors:
    return whole(known.vectors(_texts(prepared))), whole(space.vectors(prepared))


@cache
def _nobody() -> pd.DataFrame:
    return frame.prepare(pd.DataFrame(columns=[*frame.COLUMNS]))
