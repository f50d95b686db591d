"""The tree of materials: what is narrower than what, and under what name each is told; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from config.texts import Language
from dashboard.wording import capital, t
from matching import concepts, topics

KINDS = ("material",)
OTHER = ""


@dataclass(frozen=True)
class Tree:
    """Hold the ways up from each concept, the narrowest first, and the concepts in the order of a list of choices."""

    paths: Mapping[str, Sequence[str]]
    listed: Sequence[str]

    def within(self, concept: str) -> frozenset[str]:
        """Give a concept and all that is narrower; all there are where it is empty."""
        return frozenset(one for one, path in self.paths.items() if not concept or concept in path)

    def above(self, node: str) -> str | None:
        """Name what a concept belongs to: empty for the widest ones, None where it is no concept."""
        path = self.paths.get(node)
        return None if path is None else path[1] if len(path) > 1 else ""

    def part(self, concept: str, narrow: str) -> str:
        """Name the part of `concept` that `narrow` belongs to: the one just below it, or itself."""
        path = self.paths.get(narrow, (narrow,))
        if concept not in path:
            return path[-1]
        at = list(path).index(concept)
        return path[at - 1] if at else concept


@cache
def tree() -> Tree:
    """Read the tree of the table of concepts."""
    known = concepts.load()
    paths = {one: tuple(topics.path(known, one)) for one in known.concepts}
    return Tree(paths, tuple(one for one, concept in known.concepts.items() if concept.kind in KINDS))


@cache
def choices(language: Language) -> Mapping[str, str]:
    """Give the names of all materials to choose from, each below what it belongs to and set in by its depth."""
    found = tree()
    ways = {one: tuple(name(step, language) for step in reversed(found.paths[one])) for one in found.listed}
    ordered = sorted(found.listed, key=ways.__getitem__)
    indented = {one: "– " * (len(ways[one]) - 1) + ways[one][-1] for one in ordered}
    return {"": t("ecosystems.all_materials", language), **indented}


@cache
def name(concept: str, language: Language) -> str:
    """Give a concept's everyday name; what no concept was read in is called other."""
    found = concepts.load().concepts.get(concept)
    return capital(found.name(language)) if found else t("ecosystems.no_material", language)
