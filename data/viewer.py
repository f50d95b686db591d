"""Who asks: the identity that every read and write carries to the database, which alone decides what it may see."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the whole; docs/roles.md has what each may see and do."""

    NATIONAL = "national"
    REGIONAL = "regional"
    PLANNER = "planner"
    COMPANY = "company"
    SCREEN = "screen"
    PUBLIC = "public"
    ENTRY = "entry"  # a telephone that came with a workshop's join code
    SYSTEM = "system"  # the program itself, where it reads for all: no person has it


READERS = frozenset({Role.PLANNER, Role.SCREEN, Role.PUBLIC})


@dataclass(frozen=True)
class Viewer:
    """Name a person or a screen, with the regions (codes), organisation or event that the role is limited to."""

    name: str
    role: Role
    regions: tuple[str, ...] = ()
    organisation_id: int | None = None
    event_id: int | None = None

    @property
    def sight(self) -> str:
        """Give what decides the view: two viewers of the same sight see the same rows, so they may share a cache."""
        event = f":{self.event_id}" if self.event_id else ""
        return f"{self.role}:{','.join(self.regions)}:{self.organisation_id or ''}{event}"


SYSTEM = Viewer("", Role.SYSTEM)

_viewer: ContextVar[Viewer | None] = ContextVar("viewer", default=None)


def current() -> Viewer | None:
    """Give who asks in this thread or task; None: nobody, who sees nothing."""
    return _viewer.get()


@contextmanager
def counting() -> Iterator[None]:
    """Count in a block what all coordinators may see, for each of them alike; others count what they see themselves."""
    who = current()
    with viewing(SYSTEM if who is not None and who.role in {Role.NATIONAL, Role.REGIONAL} else who):
        yield


@contextmanager
def viewing(viewer: Viewer | None) -> Iterator[None]:
    """Run a block in the eyes of `viewer`."""
    token = _viewer.set(viewer)
    try:
        yield
    finally:
        _viewer.reset(token)
