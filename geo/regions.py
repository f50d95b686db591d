"""Municipalities and regions of Finland: where a point lies, and what a name means."""

import csv
import json
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from config import settings
from geo import crs

SNAP_M = 2_000.0  # generalised coast lines leave a few real sites just outside every outline
LANGUAGES = ("fi", "sv", "en")

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Place:
    """A municipality or region; the point is TM35FIN metres, `region` the code of a municipality's region."""

    code: str
    fi: str
    sv: str
    en: str
    easting: float
    northing: float
    region: str
    land_km2: float

    def name(self, language: str) -> str:
        """Give the name in fi, sv or en."""
        return str(getattr(self, language if language in LANGUAGES else "fi"))


@dataclass(frozen=True)
class Assignment:
    """Say where each point lies; an empty code means farther than `SNAP_M` from Finland's outlines."""

    municipality: Codes
    region: Codes
    outside_m: Floats


@dataclass(frozen=True)
class NameMatch:
    """Answer a look-up: the code, or None with the closest names; `former` when an old name led to today's code."""

    code: str | None
    suggestions: tuple[str, ...] = ()
    former: bool = False


class Regions:
    """Hold the places and outlines of the reference tables; build it once, `load()` keeps it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.municipalities = {place.code: place for place in _places(folder / "municipalities.csv")}
        self.regions = {place.code: place for place in _places(folder / "regions.csv")}
        self._municipality_names = _names(self.municipalities)
        self._region_names = _names(self.regions)
        self._former = _former(folder / "municipality_mergers.csv")

    def assign(self, points: npt.ArrayLike) -> Assignment:
        """Find municipality and region of each TM35FIN point.

        Parameters
        ----------
        points : (n, 2) easting and northing in metres; rows with NaN or infinity get empty codes.

        Returns
        -------
        Assignment
            `outside_m` is 0 inside an outline, the distance to the nearest one up to `SNAP_M`, else NaN. A point on
            a border belongs to the lower code.
        """
        xy = np.atleast_2d(np.asarray(points, dtype=float)).reshape(-1, 2)
        codes, tree = self._index
        found = np.full(len(xy), -1)
        outside = np.full(len(xy), np.nan)
        usable = np.flatnonzero(np.isfinite(xy).all(axis=1))
        dots = shapely.points(xy[usable])
        inside, outline = tree.query(dots, predicate="intersects")
        # np.unique keeps the first row of each point, and the sort puts the lowest code first.
        order = np.lexsort((outline, inside))
        first, at = np.unique(inside[order], return_index=True)
        found[usable[first]] = outline[order][at]
        outside[usable[first]] = 0.0
        lost = usable[found[usable] < 0]
        near, metres = tree.query_nearest(
            shapely.points(xy[lost]), max_distance=SNAP_M, return_distance=True, all_matches=False
        )
        found[lost[near[0]]] = near[1]
        outside[lost[near[0]]] = metres
        municipality = np.where(found >= 0, codes[found], "")
        region = np.array([self.municipalities[code].region if code else "" for code in municipality], dtype=np.str_)
        return Assignment(municipality, region.astype("<U2"), outside)

    @cached_property
    def _index(self) -> tuple[Codes, shapely.STRtree]:
        features = json.loads((self._folder / "municipalities.geojson").read_text(encoding="utf-8"))["features"]
        features.sort(key=lambda item: item["properties"]["code"])
        shapes = [shapely.transform(shapely.geometry.shape(item["geometry"]), crs.reproject) for item in features]
        return np.array([item["properties"]["code"] for item in features]), shapely.STRtree(shapes)

    def by_name(self, text: str) -> NameMatch:
        """Find a municipality by code or name in fi, sv or en, also by the name it had before a merger."""
        key = normalise(text)
        if text.strip() in self.municipalities:
            return NameMatch(text.strip())
        if key in self._municipality_names:
            return NameMatch(self._municipality_names[key])
        if key in self._former:
            return NameMatch(self._former[key], former=True)
        return NameMatch(None, self._closest(key, self._municipality_names, self.municipalities))

    def region_by_name(self, text: str) -> NameMatch:
        """Find a region by code or name in fi, sv or en."""
        key = normalise(text)
        if text.strip() in self.regions:
            return NameMatch(text.strip())
        if key in self._region_names:
            return NameMatch(self._region_names[key])
        return NameMatch(None, self._closest(key, self._region_names, self.regions))

    @staticmethod
    def _closest(key: str, names: dict[str, str], places: dict[str, Place]) -> tuple[str, ...]:
        close = get_close_matches(key, names, n=3, cutoff=0.72)
        return tuple(dict.fromkeys(places[names[name]].fi for name in close))

    def in_region(self, code: str) -> list[Place]:
        """List the municipalities of a region in the order of their codes."""
        return [place for place in self.municipalities.values() if place.region == code]


def normalise(text: str) -> str:
    """Bring a place name to the form names are compared in: composed, lower case, without 'kunta' or 'stad'."""
    plain = unicodedata.normalize("NFC", text).casefold()
    plain = re.sub(r"[\s–-]+", " ", plain).strip()
    plain = re.sub(r" mlk\.?$", " maalaiskunta", plain)
    return re.sub(r" (kunta|kaupunki|kommun|stad|maakunta|landskap)$|n (kunta|kaupunki)$", "", plain)


def _places(path: Path) -> list[Place]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    easting, northing = crs.to_tm35fin([float(row["lon"]) for row in rows], [float(row["lat"]) for row in rows])
    return [
        Place(
            code=row["code"],
            fi=row["fi"],
            sv=row["sv"],
            en=row["en"],
            easting=float(east),
            northing=float(north),
            region=row.get("region_code", row["code"]),
            land_km2=float(row["land_km2"]),
        )
        for row, east, north in zip(rows, easting, northing, strict=True)
    ]


def _names(places: dict[str, Place]) -> dict[str, str]:
    return {normalise(place.name(language)): place.code for place in places.values() for language in LANGUAGES}


def _former(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    former = {normalise(row[language]): row["into"] for row in rows for language in ("fi", "sv") if row[language]}
    return former | {row["code"]: row["into"] for row in rows if row["code"]}


@cache
def load(folder: Path | None = None) -> Regions:
    """Read the reference tables once a process."""
    return Regions(folder or settings.load().reference)
