from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from dashboard import exports
from dashboard.overview import downloads
from dashboard.views import overview
from dashboard.views.overview_counts import Chosen, Frames

TOLD = pd.DataFrame(
    [("region", "18", 20, 6, 6, 8000.0, 60.0), ("region", "11", 9, 2, 2, 900.0, 40.0)],
    columns=["kind", "code", "resources", "sites", "companies", "have_tonnes", "want_tonnes"],
).assign(demo=True)


@pytest.mark.parametrize(("level", "places"), [("regions", 19), ("municipalities", 308)])
def test_the_map_file_tells_no_more_than_the_screen(tmp_path: Path, level: str, places: int) -> None:
    """Every place is in it; what fewer than three companies do is empty, and invented rows say so."""
    view = overview.build(Frames(resources=TOLD), Chosen(year=2026, measure="resources", level=level), "fi")
    path = tmp_path / "map.gpkg"
    path.write_bytes(exports.geopackage_bytes(level, downloads.figures(view), pd.DataFrame()))
    read = gpd.read_file(path, layer=level).set_index("code")
    assert len(read) == places
    assert read["demo"].all()
    if level == "regions":
        assert read.loc["18", "value"] == 20
        assert pd.isna(read.loc["11", "value"])
        assert bool(read.loc["11", "fewer_than_3"])
