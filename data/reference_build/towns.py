"""Find the town of each municipality: where its numbered roads meet, since its middle is mostly forest."""

from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from data.reference_build.files import Written, read_csv, read_geojson, write_csv
from geo import alertc, crs

FILE = "town_points.csv"
COLUMNS = ("code", "lon", "lat")
NEAR_M = 3_000.0  # how far from the middle of a town a road still belongs to it: a bell of this width
NAMED = 2.0  # what a junction weighs more that has the municipality's name: Puolangan risteys leads to Puolanka
LEAST_STEM = 4  # letters of a name that stay when it is bent: Kemi, Kemin
# Where more roads meet at another village; the place of the municipality's offices, by hand.
BY_HAND = {"148": (27.54, 68.657), "740": (28.88, 61.868)}  # Ivalo in Inari, Savonlinna


def write(source: Path, reference: Path, drawings: Path) -> list[Written]:
    """Write the town points from the road table; one that the map would draw in the water is none."""
    names = {row["code"]: row["fi"] for row in read_csv(reference / "municipalities.csv")}
    shapes = {about["code"]: shape for about, shape in read_geojson(drawings / "municipalities.geojson")}
    junctions = alertc.junctions(source)
    found = _towns(junctions, {code: shapely.transform(shape, crs.reproject) for code, shape in shapes.items()}, names)
    rows = [{"code": code, "lon": f"{lon:.5f}", "lat": f"{lat:.5f}"} for code, (lon, lat) in sorted(found.items())]
    return [write_csv(reference / FILE, COLUMNS, rows)]


def _towns(
    junctions: pd.DataFrame, shapes: dict[str, shapely.Geometry], names: dict[str, str]
) -> dict[str, tuple[float, float]]:
    tree = shapely.STRtree(list(map(shapely.Point, junctions[["x", "y"]].to_numpy())))
    found = {}
    for code, shape in shapes.items():
        own = junctions.iloc[np.sort(tree.query(shape, predicate="covers"))]
        if len(own):
            lon, lat = crs.to_wgs84(*_middle(own, names[code]))
            found[code] = (float(lon), float(lat))
    return found | BY_HAND


def _middle(own: pd.DataFrame, name: str) -> tuple[float, float]:
    """Give the junction around which the most roads come together, each counted once."""
    xy = own[["x", "y"]].to_numpy(float)
    metres = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    weight = 1 + NAMED * own["name"].str.startswith(name[: max(LEAST_STEM, len(name) - 1)]).to_numpy(float)
    near = pd.DataFrame(np.exp(-((metres / NEAR_M) ** 2) / 2) * weight, columns=own["road"].to_numpy())
    roads = near.T.groupby(level=0).max().sum()
    east, north = xy[int(roads.argmax())]
    return float(east), float(north)
