"""What another setting does to the groups: which stay, which are new, part, join or are gone."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.ecosystems.communities import OUTSIDE

SAME = 0.5  # of the companies of both together: a group that shares so many is the same one


@dataclass(frozen=True)
class Change:
    """Count groups: those now, those before, those that are the same to the last company; and companies that moved."""

    before: int
    now: int
    same: int
    moved: int
    came: int
    left: int

    @property
    def none(self) -> bool:
        """Tell that nothing changed."""
        return self.before == self.now == self.same and not (self.moved or self.came or self.left)


def compare(before: Mapping[int, int], now: Mapping[int, int]) -> Change:
    """Compare the groups of companies (id -> group) with those before.

    `moved` are companies that were and are in a group, but not with the ones they were with; `came` and `left` those
    that are in a group only now, or were only before.
    """
    was, are = _members(before), _members(now)
    heir = {old: _heir(companies, are) for old, companies in was.items()}
    inside_now = {one for one, group in now.items() if group != OUTSIDE}
    inside_then = {one for one, group in before.items() if group != OUTSIDE}
    return Change(
        before=len(was),
        now=len(are),
        same=len(set(map(frozenset, was.values())) & set(map(frozenset, are.values()))),
        moved=sum(1 for one in inside_then & inside_now if heir[before[one]] != now[one]),
        came=len(inside_now - inside_then),
        left=len(inside_then - inside_now),
    )


def _members(groups: Mapping[int, int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for company, group in groups.items():
        if group != OUTSIDE:
            found.setdefault(group, set()).add(company)
    return found


def _heir(companies: set[int], groups: Mapping[int, set[int]]) -> int:
    """Give the group that most of some companies are in; the first of several."""
    shared = {group: len(companies & members) for group, members in groups.items()}
    best = max(shared, key=lambda group: (shared[group], -group), default=OUTSIDE)
    return best if shared.get(best, 0) >= SAME * len(companies) else OUTSIDE
