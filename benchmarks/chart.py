"""Draw how a time grows: lines over two logarithmic scales, as SVG that a browser and a README show alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from pathlib import Path
from xml.etree import ElementTree as ET

WIDTH, HEIGHT = 460.0, 340.0
LEFT, RIGHT, TOP, BOTTOM = 64.0, 28.0, 44.0, 52.0
NAME_HEIGHT = 16.0  # of a line's name; names stand below the axes, where no line crosses them
# Readable on white and on dark alike.
COLOURS = (
    "#1b8a6b",
    "#c8553d",
    "#4a7fc1",
    "#9a6fb0",
    "#b08a2e",
    "#5f8f3e",
    "#c06a94",
)
INK, GRID = "#888888", "#88888855"


@dataclass(frozen=True)
class Line:
    """Hold one line: its name and its points."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """Hold one chart: title, what the two axes show, and the lines."""

    title: str
    across: str
    up: str
    lines: Sequence[Line]


def write(file: Path, panels: Sequence[Panel]) -> None:
    """Write panels side by side."""
    height = HEIGHT + NAME_HEIGHT * max(len(panel.lines) for panel in panels)
    size = {"width": str(WIDTH * len(panels)), "height": str(height)}
    view = f"0 0 {WIDTH * len(panels):g} {height:g}"
    root = ET.Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": view, "font-family": "sans-serif", **size}
    )
    names = dict.fromkeys(line.name for panel in panels for line in panel.lines)
    colours = dict(zip(names, COLOURS * len(names), strict=False))  # a name has one colour in all panels
    for number, panel in enumerate(panels):
        group = ET.SubElement(root, "g", {"transform": f"translate({WIDTH * number:g} 0)"})
        _draw(group, panel, colours)
    file.parent.mkdir(parents=True, exist_ok=True)
    ET.indent(root)
    file.write_text(ET.tostring(root, encoding="unicode") + "\n", encoding="utf-8")


@dataclass(frozen=True)
class _Axis:
    """Map values onto a stretch of the drawing, whole powers of ten at its ends."""

    low: int
    high: int
    begin: float
    end: float

    @classmethod
    def over(cls, values: Sequence[float], begin: float, end: float) -> "_Axis":
        """Give the axis of whole powers of ten that holds these values."""
        low, high = floor(log10(min(values))), ceil(log10(max(values)))
        return cls(low, max(high, low + 1), begin, end)

    def at(self, value: float) -> float:
        """Give where a value stands on the paper."""
        return self.begin + (log10(value) - self.low) / (self.high - self.low) * (self.end - self.begin)

    @property
    def ticks(self) -> list[float]:
        """Give the powers of ten along the axis."""
        return [10.0**power for power in range(self.low, self.high + 1)]


def _draw(group: ET.Element, panel: Panel, colours: Mapping[str, str]) -> None:
    points = [point for line in panel.lines for point in line.points]
    across = _Axis.over([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = _Axis.over([y for _, y in points], HEIGHT - BOTTOM, TOP)
    _text(group, panel.title, LEFT, 18, size=14, anchor="start")
    _text(group, panel.across, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12)
    _text(group, panel.up, 4, 36, anchor="start")
    for tick in across.ticks:
        _rule(group, (across.at(tick), up.begin), (across.at(tick), up.end))
        _text(group, f"{tick:,.0f}", across.at(tick), HEIGHT - BOTTOM + 16)
    for tick in up.ticks:
        _rule(group, (across.begin, up.at(tick)), (across.end, up.at(tick)))
        _text(group, f"{tick:,.{max(-floor(log10(tick)), 0)}f}", LEFT - 6, up.at(tick) + 4, anchor="end")
    for number, line in enumerate(panel.lines):
        colour = colours[line.name]
        places = [(across.at(x), up.at(y)) for x, y in line.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        ET.SubElement(group, "polyline", {"points": path, "fill": "none", "stroke": colour, "stroke-width": "2"})
        for x, y in places:
            ET.SubElement(group, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "3", "fill": colour})
        _text(group, line.name, LEFT, HEIGHT + NAME_HEIGHT * (number + 0.5), anchor="start", colour=colour)


def _rule(group: ET.Element, begin: tuple[float, float], end: tuple[float, float]) -> None:
    ends = zip(("x1", "y1", "x2", "y2"), (*begin, *end), strict=True)
    ET.SubElement(group, "line", {**{name: f"{value:.1f}" for name, value in ends}, "stroke": GRID})


def _text(group: ET.Element, text: str, x: float, y: float, **how: object) -> None:
    style = {"text-anchor": str(how.get("anchor", "middle")), "fill": str(how.get("colour", INK))}
    element = ET.SubElement(
        group, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "font-size": str(how.get("size", 11)), **style}
    )
    element.text = text
