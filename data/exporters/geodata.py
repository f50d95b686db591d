"""Sites as GeoPackage or GeoJSON."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine

from data.queries import exports
from geo import crs

LAYER = "sites"
COLUMNS = (
    "organisation",
    "business_id",
    "site",
    "address",
    "postal_code",
    "postal_place",
    "municipality",
    "region_code",
    "precision",
    "haves",
    "wants",
    "tonnes_per_year",
    "demo",
    "organisation_key",
    "site_key",
)
DEGREE_DECIMALS = 6


def write(engine: Engine, file: Path, region: str | None) -> int:
    """Write the sites into a file of the kind that its name says, and give their number."""
    frame = exports.sites(engine, region)
    WRITERS[file.suffix.lower()](frame, file)
    return len(frame)


def _gpkg(frame: pd.DataFrame, file: Path) -> None:
    import geopandas as gpd  # noqa: PLC0415 - costs seconds at start-up

    points = gpd.points_from_xy(frame["easting"].astype(float), frame["northing"].astype(float))
    attributes = frame[list(COLUMNS)].assign(
        tonnes_per_year=frame["tonnes_per_year"].astype(float),
        haves=frame["haves"].astype(int),
        wants=frame["wants"].astype(int),
        demo=frame["demo"].astype(bool),
    )
    file.unlink(missing_ok=True)  # the driver would add to an older file
    gpd.GeoDataFrame(attributes, geometry=points, crs=crs.TM35FIN).to_file(file, layer=LAYER, driver="GPKG")


def _geojson(frame: pd.DataFrame, file: Path) -> None:
    lon, lat = crs.to_wgs84(frame["easting"].astype(float), frame["northing"].astype(float))
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(x, DEGREE_DECIMALS), round(y, DEGREE_DECIMALS)]},
            "properties": {name: record[name] for name in COLUMNS},
        }
        for record, x, y in zip(frame.to_dict("records"), lon.tolist(), lat.tolist(), strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    file.write_text(json.dumps(collection, ensure_ascii=False, allow_nan=False, default=str), encoding="utf-8")


WRITERS: Mapping[str, Callable[[pd.DataFrame, Path], None]] = {".gpkg": _gpkg, ".geojson": _geojson}
