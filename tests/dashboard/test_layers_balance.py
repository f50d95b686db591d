import numpy as np
import pandas as pd
import shapely

from dashboard import layers_balance, outlines, palette
from dashboard.ecosystems import balance
from dashboard.views.ecosystem_balance import COLUMNS, Balance

KUOPIO, SIILINJARVI, HELSINKI = "297", "749", "091"


def test_the_border_between_two_silent_places_is_dashed_once() -> None:
    """Dashes drawn twice along the same line would fill each other's gaps."""
    (drawn,) = layers_balance.silent({KUOPIO, SIILINJARVI}, "municipalities", palette.LIGHT)
    shapes = outlines.of("municipalities")
    lines = [shapely.LineString(row["p"]) for row in drawn.data]
    apart = shapes[KUOPIO].length + shapes[SIILINJARVI].length
    shared = shapes[KUOPIO].boundary.intersection(shapes[SIILINJARVI].boundary).length
    assert shared > 0
    np.testing.assert_allclose(sum(line.length for line in lines), apart - shared, rtol=1e-2)
    assert all(row["d"] == layers_balance.DASH for row in drawn.data)
    assert '"@@type": "PathStyleExtension"' in drawn.to_json()


def test_only_places_without_a_record_are_dashed() -> None:
    """A place with a balance of zero has been heard, and a map without silent places has no dashes at all."""
    rows = pd.DataFrame(
        {"code": [KUOPIO, HELSINKI], "name": ["Kuopio", "Helsinki"], "resources": [0, 1], "balance": [0.0, 0.0]}
    ).assign(**dict.fromkeys(COLUMNS, 0.0), hidden=False)
    view = Balance(rows, rows, {"resources": 1}, (1.0, 2.0, 5.0), demo=False)
    drawn = [one for one in balance.areas(view, "municipalities", palette.LIGHT) if str(one.id).startswith("silent")]
    west, south, east, north = outlines.of("municipalities")[KUOPIO].bounds
    xy = np.array([point for one in drawn for row in one.data for point in row["p"]])
    np.testing.assert_allclose([*xy.min(axis=0), *xy.max(axis=0)], [west, south, east, north], atol=1e-3)
    assert not layers_balance.silent(set(), "municipalities", palette.LIGHT)
