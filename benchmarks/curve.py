"""Draw one line of figures as an SVG, so that a plot needs no library."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

WIDTH, HEIGHT, EDGE = 640, 360, 56
LINE, GRID = "#00695c", "#d7dde2"
FONT = 'font-family="sans-serif" font-size="13" fill="#1f2933"'
STEPS = 5


def draw(file: Path, points: Mapping[float, float], across: str, upward: str) -> None:
    """Draw points, both axes from 0 to 1, with each value written beside its dot."""
    places = [(_x(x), _y(y), y) for x, y in sorted(points.items())]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {FONT}>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *[_grid(step / STEPS) for step in range(STEPS + 1)],
        f'<polyline fill="none" stroke="{LINE}" stroke-width="2" points="{line}"/>',
        *[
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{LINE}"/>'
            f'<text x="{x:.1f}" y="{y - 10:.1f}" text-anchor="{_anchor(x)}">{value:.3f}</text>'
            for x, y, value in places
        ],
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(across)}</text>',
        f'<text x="14" y="{EDGE / 2}">{escape(upward)}</text></svg>',
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _anchor(x: float) -> str:
    """Let no figure at an end stand on the axis or beyond the edge."""
    return "start" if x <= EDGE else "end" if x >= WIDTH - EDGE else "middle"


def _grid(value: float) -> str:
    return (
        f'<path d="M{_x(0):.0f} {_y(value):.0f}H{_x(1):.0f}" stroke="{GRID}"/>'
        f'<text x="{EDGE - 8}" y="{_y(value) + 4:.0f}" text-anchor="end">{value:.1f}</text>'
        f'<text x="{_x(value):.0f}" y="{HEIGHT - EDGE + 20}" text-anchor="middle">{value:.1f}</text>'
    )


def _x(value: float) -> float:
    return EDGE + value * (WIDTH - 2 * EDGE)


def _y(value: float) -> float:
    return HEIGHT - EDGE - value * (HEIGHT - 2 * EDGE)
