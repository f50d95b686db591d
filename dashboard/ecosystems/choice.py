"""What all questions of the page share: the choice that the filters make, and what a part gives to the frame."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dashboard.layers import Deck


@dataclass(frozen=True)
class Choice:
    """Hold what the user has chosen for every question; each field is a parameter of the link.

    `region` is a region's code, empty for the whole country; `concept` a concept's id of config/taxonomy/concepts.csv
    together with all that is narrower, empty for all of them; the situation is that of the end of `year`; `types` are
    resource types, none for all.
    """

    year: int
    region: str = ""
    concept: str = ""
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """Hold what a part gives to the frame, after it has written its own widgets, tables and notes where it was called.

    `sentence` is HTML of `wording.rich` and answers the part's question above the filters. `deck` is the map with
    `alt` as its words and `legend` as HTML of dashboard/legends.py, at the foot of the map where `legend_low`.
    `downloads` writes the entries of the menu. `clicked` is called when something on the map was chosen; what that was
    stands in st.session_state under `map_key(part)`. `defaults` are the part's own parameters of the link, which
    clearing the filters sets back.
    """

    sentence: str
    deck: Deck
    alt: str
    legend: str = ""
    legend_low: bool = False
    demo: bool = False
    downloads: Callable[[], None] | None = None
    clicked: Callable[[], None] | None = None
    defaults: Mapping[str, object] = field(default_factory=dict)


Part = Callable[[Choice], Drawn]


def map_key(part: str) -> str:
    """Give the key of a part's map in the session."""
    return f"map_{part}"
