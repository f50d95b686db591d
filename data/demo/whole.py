"""Put the parts together: one part is a whole Finland at the scale of FISS, and scale N is N of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pandas as pd

from config import settings
from data.demo import people
from data.demo.companies import companies
from data.demo.doubles import companies_twice, resources_twice
from data.demo.events import events
from data.demo.resources import resources
from data.demo.settling import moved
from data.demo.synergies import synergies
from data.demo.talks import talks
from data.store.bulk import Batch
from geo import distance, regions
from geo.engines import ENGINES
from geo.results import DistanceEngine

SEED = 2026
TALKS = 260_822


@dataclass(frozen=True)
class Demo:
    """Hold demo data to write: a batch, and what is tied to its keys.

    `batch.resources` has an `event_key` that `events` answers; `history` and `benefits` refer to the `number` of a
    synergy. Experts, organisers, targets and talks are the same at any scale and come with the first part only.
    """

    batch: Batch
    events: pd.DataFrame
    synergies: pd.DataFrame
    history: pd.DataFrame
    benefits: pd.DataFrame
    experts: pd.DataFrame = field(default_factory=pd.DataFrame)
    organisers: pd.DataFrame = field(default_factory=pd.DataFrame)
    targets: pd.DataFrame = field(default_factory=pd.DataFrame)
    contacts: pd.DataFrame = field(default_factory=pd.DataFrame)
    talks: pd.DataFrame = field(default_factory=pd.DataFrame)


def parts(scale: int, seed: int = SEED, places: regions.Regions | None = None) -> Iterator[Demo]:
    """Give the parts one by one, so that no scale needs more memory than one of them."""
    here = places or regions.load()
    for part in range(scale):
        # Real roads for the Finland that people look at; its copies, made to try large numbers, are only estimated.
        engine = distance.default_engine(settings.load()) if part == 0 else ENGINES["circuity"](settings.load())
        yield _part(np.random.default_rng([seed, part]), here, part, engine)


def _part(rng: np.random.Generator, here: regions.Regions, part: int, engine: DistanceEngine) -> Demo:
    occasions = events(rng, here, part)
    made = companies(rng, here, part, occasions)
    made = made if part else companies_twice(made)
    told = resources(rng, here, part, made, occasions)
    made = moved(rng, here, made, told)
    found = synergies(rng, told, made, partial(distance.pairs, engine=engine))
    if not part:
        told = resources_twice(told, {*found.frame["have_key"], *found.frame["want_key"]})
    batch = Batch(made.organisations, made.sites, told.frame, told.years)
    demo = Demo(batch, occasions.frame, found.frame, found.history, found.benefits)
    if part:
        return demo
    people_known, said = talks(np.random.default_rng(TALKS), made)  # numbers of their own: all else stays as drawn
    return replace(
        demo,
        experts=people.experts(rng, here),
        organisers=people.organisers(made),
        targets=people.targets(rng, here),
        contacts=people_known,
        talks=said,
    )


def generate(scale: int = 1, seed: int = SEED, places: regions.Regions | None = None) -> Demo:
    """Give all demo data of a scale at once; the same scale and seed give the same, byte for byte."""
    made = list(parts(scale, seed, places))
    batches = [demo.batch for demo in made]
    batch = Batch(
        organisations=_joined([batch.organisations for batch in batches]),
        sites=_joined([batch.sites for batch in batches]),
        resources=_joined([batch.resources for batch in batches]),
        years=_joined([batch.years for batch in batches]),
    )
    return replace(
        made[0],
        batch=batch,
        events=_joined([demo.events for demo in made]),
        synergies=_joined(_numbered(made, [demo.synergies for demo in made])),
        history=_joined(_numbered(made, [demo.history for demo in made])),
        benefits=_joined(_numbered(made, [demo.benefits for demo in made])),
    )


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]


def _numbered(made: list[Demo], frames: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Let the numbers of a part's synergies begin where those of the part before end."""
    starts = np.cumsum([0, *(len(demo.synergies) for demo in made[:-1])]).tolist()
    return [frame.assign(number=frame["number"] + start) for frame, start in zip(frames, starts, strict=True)]
