"""Put names beside map signs so that they cover neither signs nor one another; pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pydeck as pdk
from pydeck.types import String

from dashboard import palette
from dashboard.palette import Colour, Palette

HALO_PX = 1.6
WIDTH = 0.54  # of a letter, in parts of its height: measured on Source Sans
GAP_PX = 5.0

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Name:
    """Hold a name, where its sign stands in degrees and in pixels, and how far from the sign's middle it begins."""

    text: str
    spot: tuple[float, float]
    pixel: tuple[float, float]
    clear_px: float
    size_px: float = 13.0


@dataclass(frozen=True)
class Placed:
    """Hold where a name stands: its anchor, its offset in pixels, and the room it takes."""

    name: Name
    anchor: str
    offset: tuple[float, float]
    box: Box


def around(pixel: Sequence[float], radius_px: float) -> Box:
    """Give the box that a round sign takes up."""
    x, y = pixel
    return (x - radius_px, y - radius_px, x + radius_px, y + radius_px)


def place(names: Iterable[Name], taken: Sequence[Box], avoid: Sequence[Box] = ()) -> list[Placed]:
    """Put each name to the right of its sign, to the left, below or above; leave out what finds no room.

    What is to be avoided is covered all the same where there is no other room.
    """
    boxes, placed = list(taken), []
    for name in names:
        free = [one for one in _tries(name) if not _covers(one[2], boxes)]
        if free:
            anchor, offset, box = next((one for one in free if not _covers(one[2], avoid)), free[0])
            boxes.append(box)
            placed.append(Placed(name, anchor, offset, box))
    return placed


def _covers(box: Box, others: Iterable[Box]) -> bool:
    return any(_overlap(box, other) for other in others)


def _tries(name: Name) -> Iterator[tuple[str, tuple[float, float], Box]]:
    wide, tall = len(name.text) * name.size_px * WIDTH, name.size_px * 1.1
    x, y = name.pixel
    if name.clear_px <= 0:
        yield "middle", (0.0, 0.0), (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
        return
    beside, below = name.clear_px + GAP_PX, name.clear_px + tall / 2 + 1
    yield "start", (beside, 0.0), (x + beside, y - tall / 2, x + beside + wide, y + tall / 2)
    yield "end", (-beside, 0.0), (x - beside - wide, y - tall / 2, x - beside, y + tall / 2)
    for down in (below, -below):
        yield "middle", (0.0, down), (x - wide / 2, y + down - tall / 2, x + wide / 2, y + down + tall / 2)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def layers(key: str, placed: Sequence[Placed], ink: Colour, colours: Palette, weight: int = 600) -> list[pdk.Layer]:
    """Write placed names, the same text eight times below each as a halo in the page's colour."""
    turns = [(np.cos(turn), np.sin(turn)) for turn in np.arange(8) * np.pi / 4]
    halo = [_row(one, HALO_PX * x, HALO_PX * y) for one in placed for x, y in turns]
    text = [_row(one, 0.0, 0.0) for one in placed]
    return [
        _text(halo, f"{key}_halo", palette.rgb(colours.page, 150), weight),
        _text(text, key, ink, weight),
    ]


def _row(placed: Placed, x: float, y: float) -> dict[str, Any]:
    offset = [round(placed.offset[0] + x, 1), round(placed.offset[1] + y, 1)]
    name = placed.name
    return {"t": name.text, "p": list(name.spot), "o": offset, "a": placed.anchor, "s": name.size_px}


def _text(rows: list[dict[str, Any]], key: str, colour: Colour, weight: int) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        rows,
        id=key,
        get_text="t",
        get_position="p",
        get_pixel_offset="o",
        get_text_anchor="a",
        get_size="s",
        get_color=colour,
        # Not SDF: its hyphens vanish. "auto", or the letters ä ö å are missing.
        font_family=String('"Source Sans", sans-serif'),
        font_weight=weight,
        character_set=String("auto"),
        get_alignment_baseline=String("center"),
    )
