"""What a resource is mostly about: one concept each, so that sums by material count nothing twice."""

from collections.abc import Sequence
from hashlib import sha256

import pandas as pd

from matching import weights
from matching.concept_rows import ConceptRows
from matching.concepts import Taxonomy

_READ = ("title", "description", "language", "concepts", "ewc_code", "direction")
# A waste for one is a material for the other.
FAMILY = {"waste": "material"}


def reading(taxonomy: Taxonomy) -> str:
    """Name a table of concepts with its taught words: another name when either changes."""
    told = [(one.id, one.kind, one.broader, one.ewc, one.stop, one.parted) for one in taxonomy.concepts.values()]
    return sha256(repr(told).encode()).hexdigest()[:12]


def words(taxonomy: Taxonomy) -> ConceptRows:
    """Give what finds concepts in texts; whoever asks often keeps it, since it takes a while to make."""
    return ConceptRows(taxonomy, weights.defaults().concepts, pd.DataFrame(columns=[*_READ]))


def leading(resources: pd.DataFrame, taxonomy: Taxonomy, found_by: ConceptRows | None = None) -> list[str]:
    """Give the weightiest concept of its kind that each resource names; empty where it names none.

    `resources` has type, title, description, language, concepts, ewc_code and direction. Of concepts that weigh the
    same the narrower one counts, since it tells more.
    """
    space = found_by or words(taxonomy)
    depth = {concept: _depth(taxonomy, concept) for concept in taxonomy.concepts}
    rows = resources[[*_READ, "type"]].to_dict("records")
    return [_leading(space.named(row), str(row["type"]), taxonomy, depth) for row in rows]


def _leading(named: dict[str, float], kind: str, taxonomy: Taxonomy, depth: dict[str, int]) -> str:
    own = FAMILY.get(kind, kind)
    things = {one: weight for one, weight in named.items() if taxonomy.concepts[one].kind == own}
    return min(things, key=lambda one: (-round(things[one], 6), -depth[one], one), default="")


def _depth(taxonomy: Taxonomy, concept: str) -> int:
    return len(path(taxonomy, concept))


def path(taxonomy: Taxonomy, concept: str) -> Sequence[str]:
    """Give a concept and all that it belongs to, the narrowest first."""
    found = [concept]
    while found[-1] in taxonomy.concepts and taxonomy.concepts[found[-1]].broader:
        found.append(taxonomy.concepts[found[-1]].broader[0])
    return found
