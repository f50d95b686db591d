"""Which partners are wanted at all: by type, material, stage, hazard and amount; pure, no Streamlit."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

OPEN = "open"  # nobody has decided on the pair
LAPSED = "lapsed"
HAZARD = ("", "yes", "no")
AMOUNTS = (0, 10, 100, 1_000, 10_000)  # tonnes a year, or in a batch
TOPICS_MOST = 40

Topics = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True)
class Wanted:
    """Hold what the link asks of partners; nothing chosen means all."""

    types: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    hazardous: str = ""
    tonnes: int = 0

    @property
    def lapsed(self) -> bool:
        """Tell whether rejected ones are asked for, which are hidden else."""
        return LAPSED in self.stages


@dataclass(frozen=True)
class Pool:
    """Hold all partners that there are, with what is known of them: what filters choose from and by."""

    matches: pd.DataFrame
    facts: pd.DataFrame
    decided: pd.DataFrame
    topics: Topics

    def types(self) -> list[str]:
        """List the types of the partners, the commonest first."""
        ids = set(self.matches["partner_id"])
        return [one for one, _ in Counter(self.facts.loc[self.facts["id"].isin(ids), "type"]).most_common()]

    def materials(self) -> list[str]:
        """List what the partners are about, the commonest first."""
        counts = Counter(one for names in self.topics.values() for one in names)
        return [one for one, _ in counts.most_common(TOPICS_MOST)]

    def stages(self) -> list[str]:
        """List the stages of the pairs; nobody has decided on most."""
        return [OPEN, *dict.fromkeys(str(one) for one in self.decided["stage"])]

    def of(self, wanted: Wanted) -> pd.DataFrame:
        """Give the matches with the partners that are wanted."""
        if wanted == Wanted():
            return self.matches
        known = {int(row["id"]): row for row in cast("list[dict[str, Any]]", self.facts.to_dict("records"))}
        stages = {(int(row["own_id"]), int(row["partner_id"])): str(row["stage"]) for row in self._decided()}
        pairs = zip(self.matches["own_id"], self.matches["partner_id"], strict=True)
        kept = [
            _fits(known.get(int(partner)), wanted)
            and (not wanted.materials or bool({*wanted.materials} & {*self.topics.get(int(partner), ())}))
            and (not wanted.stages or stages.get((int(own), int(partner)), OPEN) in wanted.stages)
            for own, partner in pairs
        ]
        return self.matches[kept]

    def rejected(self) -> list[tuple[int, int]]:
        """List the pairs that somebody has let lapse."""
        return [(int(row["own_id"]), int(row["partner_id"])) for row in self._decided() if str(row["stage"]) == LAPSED]

    def _decided(self) -> list[Mapping[str, Any]]:
        return cast("list[Mapping[str, Any]]", self.decided.to_dict("records"))


def _fits(fact: Mapping[str, Any] | None, wanted: Wanted) -> bool:
    if fact is None:
        return True
    tonnes = fact["tonnes_high"]
    return (
        (not wanted.types or fact["type"] in wanted.types)
        and (not wanted.hazardous or (wanted.hazardous == "yes") == bool(fact["hazardous"]))
        and (not wanted.tonnes or (tonnes is not None and tonnes >= wanted.tonnes))
    )
