"""What the fictional companies have and want."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.demo import amounts, catalogue, places, wording
from data.demo.catalogue import Stream
from data.demo.companies import Companies, Company
from data.demo.events import Events, working_day
from data.demo.frame import AS_OF, DOCUMENT, FIRST_DAY, RESOURCES, Floats, draw
from geo.regions import Place, Regions

FEWEST = 2
LATER = 0.2  # of the resources were added after the company's first event or visit
VISIBILITY = {"network": 0.42, "public": 0.4, "region": 0.12, "private": 0.06}
LATER_CHANNELS = {
    "visit": 0.34,
    "interview": 0.2,
    "survey": 0.14,
    "material_audit": 0.12,
    "flow_study": 0.1,
    "materiaalitori": 0.1,
}
ENGLISH_NOTE = 0.025  # of a Finnish company's resources were noted in English, and
FINNISH_NOTE = 0.08  # of a Swedish or English one's in Finnish
LISTING_DAYS = 180
YEARS_TOLD = 0.12
ISLAND_SIZE = 0.15
CORRIDOR_FROM_KM = 60.0
KNOWN_TOWN = 8.0  # thousands of inhabitants: corridors lead to towns
NO_EXPIRY, KEPT_UP = 0.55, 0.93


@dataclass(frozen=True)
class Resources:
    """Hold the resources and, in the same order, what pairing needs: their stream, company and site."""

    frame: pd.DataFrame
    years: pd.DataFrame
    streams: list[str]
    company: npt.NDArray[np.int64]
    site: npt.NDArray[np.int64]
    toward: Floats  # where a corridor leads, NaN for anything else


def resources(rng: np.random.Generator, regions: Regions, part: int, made: Companies, events: Events) -> Resources:
    """Draw one part's resources."""
    counts = _counts(rng, made.companies)
    towns = [
        place
        for place in regions.municipalities.values()
        if places.inhabitants(place) > KNOWN_TOWN and place.region != places.ISLANDS
    ]
    writer = _Writer(rng, towns, events, made)
    for row, company in enumerate(made.companies):
        writer.write_company(row, company, int(counts[row]))
    frame = pd.DataFrame(writer.rows).assign(demo=True, source_document=DOCUMENT)
    frame.insert(0, "source_key", [f"demo-{part}-r{number}" for number in range(len(frame))])
    return Resources(
        frame,
        _years(rng, frame),
        writer.streams,
        np.array(writer.companies_of),
        np.array(writer.sites_of),
        np.array(writer.toward),
    )


def _counts(rng: np.random.Generator, companies: list[Company]) -> npt.NDArray[np.int64]:
    """Divide the resources: every company a few, large ones more, nobody more than its kind can have."""
    room = np.array([len(company.archetype.streams) for company in companies])
    size = np.array([company.size for company in companies])
    counts = np.minimum(room, FEWEST + rng.poisson(4.6 * np.clip(size, 0.5, 2.2) ** 0.5))
    while (missing := RESOURCES - int(counts.sum())) != 0:
        open_rows = np.flatnonzero(counts < room) if missing > 0 else np.flatnonzero(counts > FEWEST)
        chosen = rng.choice(open_rows, min(abs(missing), len(open_rows)), replace=False)
        counts[chosen] += np.sign(missing)
    return np.asarray(counts, dtype=np.int64)


class _Writer:
    def __init__(self, rng: np.random.Generator, towns: list[Place], events: Events, made: Companies) -> None:
        self.rng, self.towns, self.events, self.made = rng, towns, events, made
        self.site_keys = made.sites["source_key"].to_list()
        self.event_keys = events.frame["key"].to_list()
        self.event_kinds = events.frame["kind"].to_list()
        self.town_at = np.array([[town.easting, town.northing] for town in towns])
        self.town_weights = np.array([places.inhabitants(town) for town in towns]) ** 0.6
        self.rows: list[dict[str, object]] = []
        self.streams: list[str] = []
        self.companies_of: list[int] = []
        self.sites_of: list[int] = []
        self.toward: list[tuple[float, float]] = []

    def write_company(self, row: int, company: Company, count: int) -> None:
        """Write `count` of a company's streams at its sites: what neighbours share, then the likely ones."""
        names = list(company.archetype.streams)
        weights = np.array([company.archetype.streams[name][0] for name in names])
        # The largest of log weight + Gumbel noise is a draw by weight without putting back.
        drawn = np.argsort(-(np.log(weights) + self.rng.gumbel(size=len(names)))).tolist()
        order = sorted(drawn, key=lambda at: names[at] not in company.shared)
        first = self._first_day(company)
        for name in (names[at] for at in order[:count]):
            site = company.sites[int(self.rng.integers(len(company.sites)))]
            self.toward.append((np.nan, np.nan))
            self.rows.append(self._resource(company, catalogue.streams()[name], first, site))
            self.streams.append(name)
            self.companies_of.append(row)
            self.sites_of.append(site)

    def _first_day(self, company: Company) -> date:
        if company.event >= 0:
            return self.events.days[company.event]
        return working_day(FIRST_DAY + timedelta(days=int(self.rng.integers((AS_OF - FIRST_DAY).days - 60))))

    def _resource(self, company: Company, stream: Stream, first: date, site: int) -> dict[str, object]:
        rng = self.rng
        language = self._language(company)
        factor = company.archetype.size * company.archetype.streams[stream.key][1]
        # What leaves or comes to a plant on islands is carried by ship: plants there are small ones.
        factor *= ISLAND_SIZE if company.home.region == places.ISLANDS else 1.0
        quantity = amounts.amount(rng, stream, factor, company.size)
        tonnes = amounts.tonnes(stream, quantity)
        ends = self._ends(company, language) if stream.corridor else ("", "")
        return {
            "site_key": self.site_keys[site],
            "direction": stream.direction,
            "type": stream.type,
            "title": wording.title(rng, stream, language, quantity[1], ends),
            "description": wording.description(rng, stream, language),
            "language": language,
            "ewc_code": stream.ewc,
            "hazardous": stream.hazardous,
            "quantity_low": quantity[0],
            "quantity_high": quantity[1],
            "unit": stream.unit if quantity[0] is not None else None,
            "tonnes_low": tonnes[0],
            "tonnes_high": tonnes[1],
            "tonnes_basis": tonnes[2],
            "continuity": stream.continuity,
            "season_months": list(stream.months),
            "attributes": amounts.attributes(rng, stream, quantity, ends),
            "visibility": draw(rng, VISIBILITY),
            **self._collected(company, stream, first),
        }

    def _language(self, company: Company) -> str:
        chance = self.rng.random()
        if company.language == "fi":
            return "en" if chance < ENGLISH_NOTE else "fi"
        return company.language if chance > FINNISH_NOTE else "fi"

    def _ends(self, company: Company, language: str) -> tuple[str, str]:
        home = company.home
        km = np.hypot(self.town_at[:, 0] - home.easting, self.town_at[:, 1] - home.northing) / 1000
        edges = np.cumsum(np.where(km > CORRIDOR_FROM_KM, self.town_weights, 0.0))
        there = self.towns[int(np.searchsorted(edges, self.rng.random() * edges[-1], side="right"))]
        self.toward[-1] = (there.easting, there.northing)
        return home.name(language).strip(), there.name(language).strip()

    def _collected(self, company: Company, stream: Stream, first: date) -> dict[str, object]:
        rng = self.rng
        later = company.event < 0 or rng.random() < LATER
        kind = draw(rng, LATER_CHANNELS) if later else self.event_kinds[company.event]
        wait = int(rng.integers(20, 700)) if later and company.event >= 0 else 0
        day = min(working_day(first + timedelta(days=wait)), AS_OF)
        one_off = stream.continuity == "one_off"
        begins = day + timedelta(days=int(rng.integers(20, 200))) if one_off else None
        return {
            "channel": kind,
            "source_date": day,
            "event_key": None if later else self.event_keys[company.event],
            "available_from": begins,
            "available_to": begins + timedelta(days=int(rng.integers(30, 240))) if begins else None,
            "expires_on": self._expiry(kind, day),
        }

    def _expiry(self, channel: str, day: date) -> date | None:
        if channel == "materiaalitori":
            return day + timedelta(days=LISTING_DAYS)
        # Most notes were looked through again since: they end in the future or not at all.
        chance = self.rng.random()
        if chance < NO_EXPIRY:
            return None
        if chance < KEPT_UP:
            return AS_OF + timedelta(days=int(self.rng.integers(30, 900)))
        return day + timedelta(days=int(self.rng.integers(200, 1100)))


def _years(rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """Give some flows of waste the tonnes of their last years."""
    flows = frame[(frame["type"] == "waste") & (frame["continuity"] == "continuous") & frame["tonnes_high"].notna()]
    told = flows[rng.random(len(flows)) < YEARS_TOLD]
    rows = [
        {
            "resource_key": key,
            "year": year,
            "tonnes": round(float(high) * float(rng.uniform(0.75, 1.2)), 3),
            "basis": "declared",
        }
        for key, high in zip(told["source_key"], told["tonnes_high"], strict=True)
        for year in range(2022, 2026)
    ]
    return pd.DataFrame(rows, columns=["resource_key", "year", "tonnes", "basis"])
