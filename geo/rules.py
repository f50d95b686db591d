"""What distances follow from besides the network itself: a digest that tells when kept distances are out of date."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from geo import estimate, gates, land

# The figures of the coast, of the legs off the road and of estimates; for other rules there is road_graph.RULES.
FIGURES = {
    gates: ("FAR_KM", "LOST_KM", "SOUND_M", "DOUBTFUL_M"),
    land: ("COAST_M", "SHORE_M"),
    estimate: ("MIDDLE_KM", "RATIO", "LOW_RATIO", "HIGH_RATIO", "ACCESS_LOW_RATIO", "ACCESS_HIGH_RATIO"),
}


def signed(*parts: str) -> str:
    """Give 16 hexadecimal digits that change with these parts, the coast, the islands and the rules of access."""
    figures = [str(getattr(module, name)) for module, names in FIGURES.items() for name in names]
    digests = [_digest(path) for path in (land.FILE, land.ISLANDS)]
    return sha256(json.dumps([parts, figures, digests]).encode()).hexdigest()[:16]


@cache
def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
