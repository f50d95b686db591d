"""Fictional organisations and their sites."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.demo import catalogue, neighbours, places
from data.demo.catalogue import Archetype
from data.demo.events import Events
from data.demo.frame import COMPANIES, DOCUMENT, Floats, draw
from data.demo.names import organisation_name
from data.demo.neighbours import Plan
from geo.regions import Place, Regions

SECOND_SITE = {"fi": "varasto", "sv": "lager", "en": "warehouse"}
NAMED, TWO_SITES = 0.62, 0.11
ACTIVATION = {"active": 0.46, "committed": 0.2, "in_workshop": 0.2, "contacted": 0.08, "dormant": 0.06}


@dataclass(frozen=True)
class Company:
    """Hold what the rest of the generation needs to know of one company."""

    key: str
    archetype: Archetype
    language: str
    size: float
    home: Place
    event: int  # row of the event where it first came in, -1 for none
    sites: tuple[int, ...]
    shared: tuple[str, ...]  # streams that a neighbour gives to it or takes from it


@dataclass(frozen=True)
class Companies:
    """Hold the companies and the frames of their organisations and sites."""

    companies: list[Company]
    organisations: pd.DataFrame
    sites: pd.DataFrame
    points: Floats


def companies(rng: np.random.Generator, regions: Regions, part: int, events: Events) -> Companies:
    """Draw one part's companies, each with one or two sites."""
    made: list[Company] = []
    organisations: list[dict[str, object]] = []
    sites: list[dict[str, object]] = []
    for plan in neighbours.plan(rng, _homes(rng, regions)):
        archetype, home = plan.archetype, plan.home
        key = f"demo-{part}-{len(made)}"
        language = _language(rng, archetype, home)
        name = organisation_name(archetype, language, part * plan.alike + plan.number)
        event = events.of_region(rng, home.region)
        organisations.append(_organisation(rng, archetype, key, name, event >= 0))
        mine = _sites(rng, key, name, language, home)
        rows = tuple(range(len(sites), len(sites) + len(mine)))
        sites.extend(mine)
        size = float(np.clip(rng.lognormal(-0.1, 0.6), 0.25, 3.0))
        made.append(Company(key, archetype, language, size, home, event, rows, plan.shared))
    points = _stand(rng, regions, made, [str(site.pop("municipality")) for site in sites])
    frame = pd.DataFrame(sites).assign(easting_m=points[:, 0], northing_m=points[:, 1])
    return Companies(made, pd.DataFrame(organisations), frame, points)


def _homes(rng: np.random.Generator, regions: Regions) -> Iterator[Plan]:
    homes = list(regions.municipalities.values())
    for archetype, count in zip(catalogue.archetypes(), catalogue.shares(COMPANIES), strict=True):
        chances = places.municipality_chances(archetype, homes)
        for number, at in enumerate(rng.choice(len(homes), count, p=chances)):
            yield Plan(archetype, homes[int(at)], number, count)


def _language(rng: np.random.Generator, archetype: Archetype, home: Place) -> str:
    if rng.random() < archetype.english:
        return "en"
    return "sv" if rng.random() < places.swedish_share(home) else "fi"


def _organisation(
    rng: np.random.Generator,
    archetype: Archetype,
    key: str,
    name: str,
    came: bool,  # noqa: FBT001 - a private row
) -> dict[str, object]:
    stages = ACTIVATION if came else ACTIVATION | {"known": 0.25, "contacted": 0.3, "in_workshop": 0.0}
    return {
        "source_key": key,
        "name": name,
        "industry_code": archetype.industry_code,
        "kind": archetype.kind,
        "activation": draw(rng, stages),
        "naming_consent": bool(rng.random() < NAMED),
        "channel": "workshop" if came else draw(rng, {"visit": 0.6, "interview": 0.2, "survey": 0.2}),
        "source_document": DOCUMENT,
        "demo": True,
    }


def _sites(rng: np.random.Generator, key: str, name: str, language: str, home: Place) -> list[dict[str, object]]:
    town = home.name(language).strip()
    names = [f"{name}, {town}"]
    if rng.random() < TWO_SITES:
        names.append(f"{name}, {town}, {SECOND_SITE[language]}")
    return [
        {
            "source_key": f"{key}-s{number}",
            "organisation_key": key,
            "name": site,
            "precision": draw(rng, {"exact": 0.75, "address": 0.25}),
            "visibility": draw(rng, {"exact": 0.84, "municipality": 0.16}),
            "postal_place": town,
            "channel": "other",
            "source_document": DOCUMENT,
            "demo": True,
            "municipality": home.code,
        }
        for number, site in enumerate(names)
    ]


def _stand(rng: np.random.Generator, regions: Regions, made: list[Company], codes: list[str]) -> Floats:
    reach: list[float] = []
    for company in made:
        wide = min(9.0, np.sqrt(company.home.land_km2) / 4)
        reach.extend([1000 * (1.2 + wide * (1 - 0.75 * company.archetype.urban))] * len(company.sites))
    municipalities: npt.NDArray[np.str_] = np.array(codes)
    return places.stand(rng, regions, municipalities, np.array(reach))
