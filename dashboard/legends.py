"""Parts of a legend as HTML, every value escaped; pure, no Streamlit."""

from collections.abc import Sequence
from html import escape

from config.texts import Language
from dashboard.palette import Palette
from dashboard.wording import SPACE, number

UNITS = ("t CO₂e/a", "t/a", "€/a")
THOUSANDS_FROM = 10_000


def title(words: str) -> str:
    """Head a part of the legend."""
    return f"<p>{escape(words)}</p>"


def thin(words: str) -> str:
    """Add a line in the secondary colour."""
    return f'<p class="thin">{escape(words)}</p>'


def scaled(title_words: str, breaks: Sequence[float], language: Language) -> tuple[str, tuple[float, ...]]:
    """Tell large sums in thousands, so that they fit under the classes: the unit in the title changes with them."""
    unit = next((one for one in UNITS if one in title_words), None)
    if unit is None or not breaks or breaks[-1] < THOUSANDS_FROM:
        return title_words, tuple(breaks)
    thousand = f"{number(1_000, language)}{SPACE}{unit}"
    return title_words.replace(unit, thousand), tuple(limit / 1_000 for limit in breaks)


def scale(fills: Sequence[str], breaks: Sequence[float], language: Language) -> str:
    """Draw the classes side by side, the limits under their edges; only as many as there are."""
    used = fills[: len(breaks) + 1]
    boxes = "".join(f'<i style="background:{fill}"></i>' for fill in used)
    limits = ["0", *(number(limit, language, 0 if limit >= 1 else 1) for limit in breaks)]
    limits[-1] += "+" if breaks else ""
    edges = "".join(f"<span>{escape(limit)}</span>" for limit in limits)
    return f'<div class="scale">{boxes}</div><div class="edges">{edges}</div>'


def line(colour: str, width_px: float, words: str) -> str:
    """Explain a line."""
    return f'<div class="row"><i class="line" style="background:{colour};height:{width_px}px"></i>{escape(words)}</div>'


def dot(colour: str, words: str) -> str:
    """Explain a full dot."""
    return f'<div class="row"><i class="dot" style="background:{colour}"></i>{escape(words)}</div>'


def ring(colour: str, words: str, colours: Palette) -> str:
    """Explain a ring."""
    style = f"border-color:{colour};background:{colours.page}"
    return f'<div class="row"><i class="ring" style="{style}"></i>{escape(words)}</div>'


def classes(fills: Sequence[str], edges: Sequence[str]) -> str:
    """Draw classes side by side, and words spread under them from end to end."""
    boxes = "".join(f'<i style="background:{fill}"></i>' for fill in fills)
    words = "".join(f"<span>{escape(edge)}</span>" for edge in edges)
    return f'<div class="scale">{boxes}</div><div class="edges spread">{words}</div>'


def ends(low: tuple[str, str], high: tuple[str, str]) -> str:
    """Say what the two ends of a scale mean, each a text and its colour."""
    said = "".join(f'<span style="color:{colour}">{escape(words)}</span>' for words, colour in (low, high))
    return f'<div class="ends">{said}</div>'


def box(fill: str, words: str, colours: Palette) -> str:
    """Explain a filled area with a dashed border."""
    style = f"background:{fill};border:1px dashed {colours.other};width:16px;height:12px;margin:0 5px"
    return f'<div class="row"><i style="{style}"></i>{escape(words)}</div>'


def key(fills: Sequence[str], unit: str, edges: str, other: tuple[str, str], colours: Palette) -> str:
    """Explain a matrix in one line: unit, classes, their limits, and a colour of another meaning at the right end."""
    boxes = "".join(f'<i style="background:{fill};width:30px;height:9px;display:inline-block"></i>' for fill in fills)
    square = f'<i style="background:{other[0]};width:12px;height:12px;display:inline-block;margin-right:8px"></i>'
    style = f"display:flex;gap:12px;align-items:center;font-size:.8125rem;color:{colours.secondary}"
    return (
        f'<div style="{style}"><span>{escape(unit)}</span><span style="display:flex">{boxes}</span>'
        f'<span style="flex:1">{escape(edges)}</span><span>{square}{escape(other[1])}</span></div>'
    )
