import json

import numpy as np
import shapely

from config.settings import ROOT

REFERENCE = ROOT / "data" / "reference"
MAP = ROOT / "static" / "map"


def outlines(path: str) -> dict[str, shapely.Geometry]:
    """Read the outlines of a shipped file by their codes."""
    features = json.loads((ROOT / path).read_text(encoding="utf-8"))["features"]
    return {item["properties"]["code"]: shapely.geometry.shape(item["geometry"]) for item in features}


def test_outlines_tile_the_country() -> None:
    """Municipalities neither overlap nor leave gaps, and regions are exactly their union."""
    municipalities = np.array(list(outlines("data/reference/municipalities.geojson").values()))
    regions = np.array(list(outlines("data/reference/regions.geojson").values()))
    assert (len(municipalities), len(regions)) == (308, 19)
    assert shapely.coverage_is_valid(municipalities)
    assert shapely.coverage_is_valid(regions)
    assert shapely.union_all(municipalities).symmetric_difference(shapely.union_all(regions)).area < 1e-9


def test_outlines_are_rounded_and_light() -> None:
    """Coordinates have three decimals, and both files stay well under 700 KB."""
    files = [REFERENCE / "municipalities.geojson", REFERENCE / "regions.geojson"]
    assert sum(path.stat().st_size for path in files) < 700_000
    coordinates = shapely.get_coordinates(list(outlines("data/reference/municipalities.geojson").values()))
    np.testing.assert_allclose(coordinates, np.round(coordinates, 3), atol=1e-12)


def test_drawn_outlines_lie_on_land() -> None:
    """What the browser fills is valid, complete, ends at the base map's coast and is light."""
    land = shapely.union_all(
        [
            shapely.geometry.shape(item["geometry"])
            for item in json.loads((MAP / "finland.geojson").read_text(encoding="utf-8"))["features"]
        ]
    )
    for name, count, limit in (("municipalities", 308, 350_000), ("regions", 19, 150_000)):
        shapes = list(outlines(f"static/map/{name}.geojson").values())
        assert len(shapes) == count
        assert shapely.is_valid(shapes).all()
        assert not shapely.is_empty(shapes).any()
        assert shapely.union_all(shapes).difference(land.buffer(0.001)).area < 1e-6
        assert (MAP / f"{name}.geojson").stat().st_size < limit
