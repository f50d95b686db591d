"""A map as a picture to take along: areas in their classes, names, legend and sources, drawn without a browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import reportlab
import shapely
from PIL import Image, ImageDraw, ImageFont

from dashboard import flows
from dashboard.palette import LIGHT

SIZE_PX = (1_600, 1_900)
MARGIN_PX, HEAD_PX, FOOT_PX = 60, 150, 150
TIMES = 2  # drawn larger and made smaller, so that edges are smooth
GAP_PX = 4
PALE = "22"  # of ff
ROOM, ROOM_M = 0.06, 25_000.0
BOX_PX = (58, 20)
FONTS = Path(reportlab.__file__).parent / "fonts"  # they know the letters of Finland and the signs of our units

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
Spot = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """Hold a line in degrees, its colour and width; `area` fills what it goes around, palely."""

    points: Sequence[Spot]
    colour: str
    width_px: float = 1.5
    area: bool = False


@dataclass(frozen=True)
class Dot:
    """Hold a dot in degrees with its colour and radius; an open one is a ring."""

    spot: Spot
    colour: str
    radius_px: float = 4.0
    hollow: bool = False


@dataclass(frozen=True)
class Picture:
    """Hold what a picture shows: outlines in degrees with their colours, texts at places, and words around them."""

    title: str
    sentence: str
    areas: Mapping[str, shapely.Geometry]
    fills: Mapping[str, str]
    texts: Sequence[tuple[Spot, str]]
    legend: str
    classes: Sequence[str]
    edges: Sequence[str]
    notes: Sequence[str] = field(default=())
    lines: Sequence[Line] = field(default=())
    spots: Sequence[Dot] = field(default=())
    told: Sequence[tuple[str, str]] = field(default=())  # colours with what they mean, where there are no classes
    around: Sequence[Spot] = field(default=())  # what must be on it; the whole of the areas where there is nothing


def png(picture: Picture) -> bytes:
    """Draw a picture."""
    canvas = Image.new("RGB", (SIZE_PX[0] * TIMES, SIZE_PX[1] * TIMES), LIGHT.page)
    pen = ImageDraw.Draw(canvas)
    flat = {code: shapely.transform(shape, _mercator) for code, shape in picture.areas.items()}
    place = _placed(_bounds(picture, list(flat.values())))
    for code, shape in flat.items():
        for part in shapely.get_parts(shape):
            if isinstance(part, shapely.Polygon):
                ring = [place(x, y) for x, y in part.exterior.coords]
                pen.polygon(ring, fill=picture.fills.get(code, LIGHT.panel))
                pen.line(ring, fill=LIGHT.border, width=TIMES)
    _marks(canvas, picture, place)
    _texts(pen, [(place(*flows.to_mercator(*spot)), words) for spot, words in picture.texts])
    for box in ((0, 0, SIZE_PX[0], HEAD_PX - 10), (0, SIZE_PX[1] - FOOT_PX + 10, *SIZE_PX)):
        pen.rectangle([_px(*box[:2]), _px(*box[2:])], fill=LIGHT.page)
    pen.text(_px(MARGIN_PX, 40), picture.title, font=_font(38, bold=True), fill=LIGHT.text)
    pen.text(_px(MARGIN_PX, 96), picture.sentence.replace("\u00a0", " "), font=_font(24), fill=LIGHT.text)
    _legend(pen, picture)
    out = BytesIO()
    canvas.resize(SIZE_PX, Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _bounds(picture: Picture, shapes: Sequence[shapely.Geometry]) -> Floats:
    """Give what of Web Mercator is drawn, with room around single points."""
    if not picture.around:
        return np.asarray(shapely.total_bounds(list(shapes)))
    xy = np.array([flows.to_mercator(*spot) for spot in picture.around])
    low, high = xy.min(axis=0), xy.max(axis=0)
    room = np.maximum((high - low) * ROOM, ROOM_M)
    return np.concatenate([low - room, high + room])


def _marks(canvas: Image.Image, picture: Picture, place: "_placed") -> None:
    """Draw lines and dots over the land, what is filled paler than its border."""
    pen = ImageDraw.Draw(canvas, "RGBA")
    for line in picture.lines:
        points = [place(*flows.to_mercator(*spot)) for spot in line.points]
        if line.area and len(points) > 2:  # noqa: PLR2004 - less is no area
            pen.polygon(points, fill=f"{line.colour}{PALE}")
        pen.line(points, fill=line.colour, width=max(1, round(line.width_px * TIMES)), joint="curve")
    for dot in picture.spots:
        x, y = place(*flows.to_mercator(*dot.spot))
        radius = dot.radius_px * TIMES
        fill, edge = (LIGHT.page, dot.colour) if dot.hollow else (dot.colour, LIGHT.page)
        width = (3 if dot.hollow else 1) * TIMES
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill, outline=edge, width=width)


def _mercator(points: Floats) -> Floats:
    return np.array([flows.to_mercator(x, y) for x, y in points])


class _placed:  # noqa: N801 - it is called like a function
    """Turn Web Mercator metres into pixels of the picture, so that all of the bounds are on it."""

    def __init__(self, bounds: Floats) -> None:
        west, south, east, north = (float(one) for one in bounds)
        wide, tall = SIZE_PX[0] - 2 * MARGIN_PX, SIZE_PX[1] - HEAD_PX - FOOT_PX
        self._scale = min(wide / (east - west), tall / (north - south))
        self._left = MARGIN_PX + (wide - (east - west) * self._scale) / 2 - west * self._scale
        self._top = HEAD_PX + (tall - (north - south) * self._scale) / 2 + north * self._scale

    def __call__(self, x: float, y: float) -> Spot:
        return _px(self._left + x * self._scale, self._top - y * self._scale)


def _px(x: float, y: float) -> Spot:
    return x * TIMES, y * TIMES


@cache
def _font(size_px: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / ("VeraBd.ttf" if bold else "Vera.ttf")), size_px * TIMES)


def _texts(pen: ImageDraw.ImageDraw, texts: Sequence[tuple[Spot, str]]) -> None:
    """Write texts in the middle of their places, the first ones first; those without room are left out."""
    taken: list[Box] = []
    for spot, words in texts:
        box = pen.multiline_textbbox(spot, words, font=_font(17, bold=True), anchor="mm", align="center")
        if not any(box[0] < one[2] and one[0] < box[2] and box[1] < one[3] and one[1] < box[3] for one in taken):
            taken.append(box)
            pen.multiline_text(
                spot, words, font=_font(17, bold=True), fill=LIGHT.text, anchor="mm", align="center",
                stroke_width=2 * TIMES, stroke_fill=LIGHT.page,
            )  # fmt: skip


def _legend(pen: ImageDraw.ImageDraw, picture: Picture) -> None:
    top = SIZE_PX[1] - FOOT_PX + 30
    pen.text(_px(MARGIN_PX, top), picture.legend, font=_font(20, bold=True), fill=LIGHT.text)
    wide, tall = BOX_PX
    for number, colour in enumerate(picture.classes):
        left = MARGIN_PX + number * wide
        pen.rectangle([_px(left, top + 32), _px(left + wide - 1, top + 32 + tall)], fill=colour)
    left = MARGIN_PX
    for colour, words in picture.told:
        pen.rectangle([_px(left, top + 36), _px(left + 26, top + 46)], fill=colour)
        pen.text(_px(left + 34, top + 41), words, font=_font(16), fill=LIGHT.text, anchor="lm")
        left += 34 + round(_font(16).getlength(words) / TIMES) + 30
    for number, edge in enumerate(picture.edges, start=1):
        spot = _px(MARGIN_PX + number * wide, top + 32 + tall + GAP_PX)
        pen.text(spot, edge, font=_font(15), fill=LIGHT.secondary, anchor="ma")
    for line, words in enumerate(picture.notes):
        spot = _px(SIZE_PX[0] - MARGIN_PX, top + (64 if picture.told else 34) + 24 * line)
        pen.text(spot, words, font=_font(16), fill=LIGHT.secondary, anchor="ra")
