"""Missing processors as a page shows them: materials, proposed sites, what each needs and serves; from frames alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from config.texts import Language
from dashboard.ecosystems import materials
from dashboard.wording import UNKNOWN, hundreds, known, number, t
from geo import regions
from geo.regions import Place
from matching.missing_sites import Proposal, Site

SHOWN = 12  # materials in the list

Floats = npt.NDArray[np.float64]


class Where(Protocol):
    """What a place must tell where a processor could stand: TM35FIN metres and a name."""

    @property
    def easting(self) -> float:
        """Give the metres east."""
        ...

    @property
    def northing(self) -> float:
        """Give the metres north."""
        ...

    def name(self, language: Language) -> str:
        """Give the name."""
        ...


@dataclass(frozen=True)
class Yard:
    """Hold a site that is there already, as a place for a processor; `company` is empty where it is hidden."""

    easting: float
    northing: float
    company: str
    municipality: Place | None

    def name(self, language: Language) -> str:
        """Give company and municipality."""
        town = self.municipality.name(language) if self.municipality else UNKNOWN
        return f"{self.company or t('frame.unnamed', language)}, {town}"


@dataclass(frozen=True)
class Named:
    """Hold a proposed site with the place that it would stand at."""

    number: int
    site: Site
    place: Where

    def name(self, language: Language) -> str:
        """Give the place's name."""
        return self.place.name(language)

    @property
    def region(self) -> str:
        """Give the code of its region; empty where it is not known."""
        town = self.place.municipality if isinstance(self.place, Yard) else self.place
        return town.region if isinstance(town, Place) else ""

    def region_name(self, language: Language) -> str:
        """Name its region."""
        known = regions.load().regions
        return known[self.region].name(language) if self.region in known else UNKNOWN


def places() -> list[Where]:
    """List the municipalities that a processor could stand in, by code."""
    return [place for _, place in sorted(regions.load().municipalities.items())]


def yards(sites: pd.DataFrame) -> list[Where]:
    """List the sites of data.queries.network.sites whose place is exact as places, by id."""
    exact = sites[~sites["vague"]].sort_index()
    names = regions.load().municipalities
    told = exact[["easting_m", "northing_m", "name", "municipality"]].itertuples(index=False)
    return [
        Yard(float(x), float(y), name if isinstance(name, str) else "", names.get(str(code)))
        for x, y, name, code in told
    ]


def named(proposal: Proposal, every: Sequence[Where]) -> tuple[Named, ...]:
    """Give the sites numbers and their places."""
    return tuple(Named(at, site, every[site.place]) for at, site in enumerate(proposal.sites, 1))


def gap_table(gaps: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Put the materials into words: name, ewc, tonnes, companies, km of the nearest processor, offers that wait."""
    return pd.DataFrame(
        {
            "name": [materials.name(str(one), language) for one in gaps["material"]],
            "ewc": [ewc(str(code)) for code in gaps["ewc_code"]],
            "tonnes": [hundreds(float(one), language) if one else UNKNOWN for one in gaps["tonnes"]],
            "companies": gaps["companies"].to_numpy(),
            "nearest": [number(one, language, 1) if known(one) else UNKNOWN for one in gaps["nearest_km"]],
            "offers": gaps["offers"].to_numpy(),
        }
    )


def ewc(code: str) -> str:
    """Write a waste code in its pairs of digits: 17 02 01."""
    digits = code.replace(" ", "")
    return " ".join(digits[at : at + 2] for at in range(0, len(digits), 2)) or UNKNOWN


def site_table(sites: Sequence[Named], language: Language) -> pd.DataFrame:
    """Put the sites into words."""
    return pd.DataFrame(
        {
            "number": [one.number for one in sites],
            "place": [one.name(language) for one in sites],
            "region": [one.region_name(language) for one in sites],
            "exchanges": [one.site.exchanges for one in sites],
            "tonnes": [hundreds(one.site.tonnes, language) for one in sites],
            "km": [_km(one.site, language) for one in sites],
            "euros": [number(one.site.eur_per_tonne, language, 1) for one in sites],
            "co2e": [number(one.site.co2e_kg_per_tonne, language, 1) for one in sites],
        }
    )


def _km(site: Site, language: Language) -> str:
    """Give the mean way; what of it is on a ferry stands beside it."""
    if site.ferry_km < 0.05:  # noqa: PLR2004 - rounds to nothing
        return number(site.mean_km, language, 1)
    return f"{number(site.mean_km - site.ferry_km, language, 1)} + {number(site.ferry_km, language, 1)}"


def told(rows: pd.DataFrame, sites: pd.DataFrame, ids: Sequence[int], language: Language) -> pd.DataFrame:
    """Put resources into words: title, company (hidden ones as such), place and tonnes, in the order of `ids`."""
    found = rows.set_index("id").reindex([one for one in ids if one in set(rows["id"])])
    where = sites.reindex(found["site_id"])
    names: Mapping[str, Place] = regions.load().municipalities
    return pd.DataFrame(
        {
            "title": found["title"].to_numpy(),
            "company": [name if isinstance(name, str) else "" for name in where["name"]],
            "place": [names[code].name(language) if code in names else UNKNOWN for code in where["municipality"]],
            "tonnes": [hundreds(one, language) if known(one) else UNKNOWN for one in found["tonnes"].astype(float)],
        },
        index=found.index,
    )
