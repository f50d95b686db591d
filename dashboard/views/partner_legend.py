"""The legend of the map of partners as HTML: only what is drawn, every value escaped."""

from collections.abc import Iterator
from html import escape

from config.texts import Language
from dashboard import wording
from dashboard.palette import Palette, css
from dashboard.views.partners import View


def legend(view: View, colours: Palette, language: Language, *, reach: bool = True) -> str:
    """Give the lines; `reach` tells whether an area is drawn."""
    lines = [*_signs(view, colours), *_lines(view, colours)]
    said = [(sign, wording.t(f"partners.legend_{key}", language)) for sign, key in lines]
    if reach and view.limit.amount:
        half, whole = (wording.number(one, language) for one in (view.limit.amount // 2, view.limit.amount))
        key = "partners.legend_reach" if view.limit.unit == "km" else "partners.legend_reach_min"
        said.append((_area(colours), wording.t(key, language, half=half, km=whole)))
    return "".join(f'<div class="row">{sign}<span>{escape(words)}</span></div>' for sign, words in said)


def _signs(view: View, colours: Palette) -> Iterator[tuple[str, str]]:
    other, colour = ("want", colours.have) if view.offered else ("have", colours.want)
    own = f'<i class="dot" style="background:{colour}"></i>' if view.offered else _ring(colour)
    yield own, "have" if view.offered else "want"
    if any(not row.crosses for row in view.rows):
        yield _ring(colours.other), f"own_{other}"
    if any(row.crosses for row in view.rows):
        yield _ring(colours.accent), f"other_{other}"
    if view.far:
        yield _ring(colours.other, 7, 1.5), "beyond"


def _lines(view: View, colours: Palette) -> Iterator[tuple[str, str]]:
    if any(not row.estimated and row.method != "none" for row in view.rows):
        yield _line("solid", colours.other), "road"
    if any(row.ferry for row in view.rows):
        yield _line("dotted", colours.other), "ferry"
    if any(row.estimated for row in view.rows):
        yield _line("dashed", colours.other), "estimate"


def _ring(colour: str, size_px: float = 11, width_px: float = 2.5) -> str:
    around = (26 - size_px) / 2
    style = f"border-color:{colour};border-width:{width_px}px;width:{size_px}px;height:{size_px}px;margin:0 {around}px"
    return f'<i class="ring" style="{style}"></i>'


def _line(style: str, colour: str) -> str:
    return f'<i class="line" style="border-top:2px {style} {colour};border-radius:0"></i>'


def _area(colours: Palette) -> str:
    fill = css(colours.accent, 0.1)
    return (
        f'<i style="width:24px;height:10px;margin:0 1px;background:{fill};'
        f'border:1.3px solid {colours.accent};border-radius:2px;box-sizing:border-box"></i>'
    )
