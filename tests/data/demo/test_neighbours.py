"""What goes through a pipe has somebody near who needs it."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from data import demo
from data.demo.neighbours import SETTLERS

NEXT_DOOR_M = 3_000.0


@pytest.mark.parametrize(("kind", "least"), [("energy", 30), ("water", 12)])
def test_many_needs_stand_beside_an_offer(kind: str, least: int) -> None:
    """Of another company, within a few kilometres, as in an industrial area."""
    batch = next(demo.parts(1)).batch
    sites = batch.sites.set_index("source_key")
    piped = batch.resources[batch.resources["type"] == kind]
    at = sites.loc[piped["site_key"], ["easting_m", "northing_m"]].to_numpy(float)
    owner = sites.loc[piped["site_key"], "organisation_key"].to_numpy()
    haves = np.flatnonzero((piped["direction"] == "have").to_numpy())
    wants = np.flatnonzero((piped["direction"] == "want").to_numpy())
    near = cKDTree(at[haves]).query_ball_point(at[wants], NEXT_DOOR_M)
    met = sum(any(owner[haves[one]] != owner[want] for one in some) for want, some in zip(wants, near, strict=True))
    assert met >= least
    assert sum(SETTLERS.values()) < len(batch.organisations) / 5  # most companies stand where they stood
