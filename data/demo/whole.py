"""Put the parts together: one part is a whole Finland at the scale of FISS, and scale N is N of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd

from config import settings
from data.demo import people
from data.demo.companies import companies
from data.demo.events import events
from data.demo.resources import resources
from data.demo.synergies import synergies
from data.store.bulk import Batch
from geo import distance, regions

SEED = 2026


@dataclass(frozen=True)
class Demo:
    """Hold demo data to write: a batch, and what is tied to its keys.

    `batch.resources` has an `event_key` that `events` answers; `history` and `benefits` refer to the `number` of a
    synergy. Experts, organisers and targets are the same at any scale and come with the first part only.
    """

    batch: Batch
    events: pd.DataFrame
    synergies: pd.DataFrame
    history: pd.DataFrame
    benefits: pd.DataFrame
    experts: pd.DataFrame = field(default_factory=pd.DataFrame)
    organisers: pd.DataFrame = field(default_factory=pd.DataFrame)
    targets: pd.DataFrame = field(default_factory=pd.DataFrame)


def parts(scale: int, seed: int = SEED, places: regions.Regions | None = None) -> Iterator[Demo]:
    """Give the parts one by one, so that no scale needs more memory than one of them."""
    here = places or regions.load()
    for part in range(scale):
        yield _part(np.random.default_rng([seed, part]), here, part)


def _part(rng: np.random.Generator, here: regions.Regions, part: int) -> Demo:
    occasions = events(rng, here, part)
    made = companies(rng, here, part, occasions)
    told = resources(rng, here, part, made, occasions)
    measure = partial(distance.pairs, engine=distance.default_engine(settings.load()))
    found = synergies(rng, told, made, measure)
    batch = Batch(made.organisations, made.sites, told.frame, told.years)
    demo = Demo(batch, occasions.frame, found.frame, found.history, found.benefits)
    if part:
        return demo
    return Demo(
        batch,
        occasions.frame,
        found.frame,
        found.history,
        found.benefits,
        experts=people.experts(rng, here),
        organisers=people.organisers(made),
        targets=people.targets(rng, here),
    )


def generate(scale: int = 1, seed: int = SEED, places: regions.Regions | None = None) -> Demo:
    """Give all demo data of a scale at once; the same scale and seed give the same, byte for byte."""
    made = list(parts(scale, seed, places))
    if len(made) == 1:
        return made[0]
    offsets = np.cumsum([0, *(len(demo.synergies) for demo in made[:-1])])

    def joined(name: str) -> pd.DataFrame:
        return pd.concat([getattr(demo, name) for demo in made], ignore_index=True)

    def numbered(name: str) -> pd.DataFrame:
        frames = [getattr(demo, name) for demo in made]
        return pd.concat(
            [frame.assign(number=frame["number"] + start) for frame, start in zip(frames, offsets, strict=True)],
            ignore_index=True,
        )

    batch = Batch(
        *(
            pd.concat([getattr(demo.batch, name) for demo in made], ignore_index=True)
            for name in ("organisations", "sites", "resources", "years")
        )
    )
    return Demo(
        batch,
        joined("events"),
        *(numbered(name) for name in ("synergies", "history", "benefits")),
        experts=made[0].experts,
        organisers=made[0].organisers,
        targets=made[0].targets,
    )
