"""What several reads choose by: what the overview counts, and which resources can be matched."""

from collections.abc import Mapping
from dataclasses import dataclass

# An expired or private resource is matched with nothing. Where only the municipality may be known, the point that
# leaves the store is the municipality's, so that no distance gives the site away.
LIVE = """
    FROM shown_resource r
    JOIN shown_site s ON s.id = r.site_id AND s.deleted_at IS NULL
    JOIN shown_organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
    JOIN municipality m ON m.code = s.municipality_code
    WHERE r.deleted_at IS NULL AND r.visibility <> 'private'
        AND (r.expires_on IS NULL OR r.expires_on >= CURRENT_DATE)
"""
VAGUE = "(s.visibility = 'municipality' OR s.precision = 'municipality')"
POINT = f"""ST_X(CASE WHEN {VAGUE} THEN m.point ELSE s.point END) AS easting_m,
        ST_Y(CASE WHEN {VAGUE} THEN m.point ELSE s.point END) AS northing_m"""


def containing(words: str) -> str:
    """Give the pattern of LIKE for texts in which these very words stand."""
    safe = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{safe}%"


@dataclass(frozen=True)
class Scope:
    """Say what is counted: the situation of a year, of some types (none: all) and perhaps one direction."""

    year: int
    types: tuple[str, ...] = ()
    direction: str = ""

    def values(self) -> Mapping[str, object]:
        """Give the parameters of the statements."""
        return {
            "year": self.year,
            "begin": f"{self.year}-01-01",
            "end": f"{self.year}-12-31",
            "all_types": not self.types,
            "types": list(self.types),
            "direction": self.direction,
        }
