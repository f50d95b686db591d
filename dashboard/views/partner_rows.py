"""The list of partners as HTML: heading, rows with bars, the legend; every value escaped."""

from html import escape

from config.texts import Language
from dashboard import wording
from dashboard.palette import Palette, css
from dashboard.views.partners import BARS, Row, View

_COLUMNS = "34px minmax(0,1fr) repeat(4,36px) 70px 46px 66px"
_SHEET = """
.pn{display:grid;grid-template-columns:COLUMNS;column-gap:8px;align-items:center;min-height:47px;padding:0 8px}
.pn.head{min-height:22px;font-size:12px;color:SECONDARY}
.pn .r{text-align:right;white-space:nowrap}
.pn .no{width:23px;height:23px;border-radius:50%;border:2px solid;display:flex;align-items:center;
justify-content:center;font-size:12px;font-weight:600;box-sizing:border-box}
.pn .who{min-width:0;line-height:1.25}
.pn .who b,.pn .who small{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.pn .who b{font-size:14px;font-weight:600}
.pn .who small{font-size:13px;color:SECONDARY}
[class*=st-key-partner_open] .pn .who small{white-space:normal}
[class*=st-key-partner_open] .pn{padding-top:4px;min-height:51px}
.pn .bar{display:block;width:36px;height:6px;border-radius:3px;background:LINE;overflow:hidden}
.pn .bar i{display:block;height:100%;border-radius:3px}
.pn .km{font-weight:600}
.pn .km,.pn .fig{font-size:14px}
.pn.head .r{font-size:12px;font-weight:400}
.pn .guess{font-style:italic;font-weight:400;color:SECONDARY}
.pn .pn-lock{display:inline-block;width:9px;height:7px;border-radius:1.5px;background:currentColor;position:relative;
margin-right:6px}
.pn-lock i{position:absolute;left:1.5px;top:-6px;width:6px;height:6px;border:1.5px solid;border-bottom:0;
border-radius:4px 4px 0 0;box-sizing:border-box}
.pn-more{padding:0 8px 0 50px;font-size:14px;margin:0;line-height:1.4}
.pn-more.pale{color:SECONDARY;font-size:13px}
[class*=st-key-partner_row_]{position:relative;gap:0!important;border-bottom:1px solid LINE}
[class*=st-key-partner_row_]>.stElementContainer:has(.stButton){position:absolute!important;inset:0;width:100%}
[class*=st-key-partner_row_] .stButton,[class*=st-key-partner_row_] .stButton button{width:100%;height:47px;margin:0}
[class*=st-key-partner_row_] .stButton button{background:transparent;color:transparent;border:0}
[class*=st-key-partner_row_] .stButton button *{color:transparent}
[class*=st-key-partner_row_] .stButton button:hover{background:TINT}
[class*=st-key-partner_open]{background:TINT;border-radius:8px;padding-bottom:10px;gap:.25rem!important}
.st-key-partner_actions{padding-left:50px}
.st-key-partner_list{gap:0!important}
@media(max-width:1279px){.pn{grid-template-columns:34px minmax(0,1fr) 74px 48px 66px}.pn .cell{display:none}}
@media(max-width:640px){.pn{grid-template-columns:34px minmax(0,1fr) 74px}.pn .fig{display:none}}
"""


def sheet(colours: Palette) -> str:
    """Give the style sheet of the list."""
    rules = _SHEET.replace("COLUMNS", _COLUMNS).replace("SECONDARY", colours.secondary).replace("LINE", colours.line)
    return f"<style>{rules.replace('TINT', css(colours.accent, 0.06))}</style>"


def head(view: View, language: Language) -> str:
    """Give the headings of the columns."""
    who = wording.t("partners.head_want" if view.offered else "partners.head_have", language)
    bars = "".join(f'<span class="cell">{_t(f"partners.bar_{name}", language)}</span>' for name in BARS)
    units = "".join(
        f'<span class="r {kind}">{unit}</span>' for kind, unit in (("", "km"), ("fig", "€/t"), ("fig", "kg CO₂e/t"))
    )
    return f'<div class="pn head"><span></span><span>{escape(who)}</span>{bars}{units}</div>'


def row(partner: Row, colours: Palette, language: Language) -> str:
    """Give one partner."""
    colour = colours.accent if partner.crosses else colours.other
    fill = f"background:{colour};color:{colours.page};" if partner.selected else f"color:{colour};"
    number = f'<span class="no" style="{fill}border-color:{colour}">{partner.number}</span>'
    who = f'<span class="who"><b>{_name(partner, language)}</b><small>{escape(partner.detail)}</small></span>'
    shade = colours.accent if partner.selected else colours.other
    bars = "".join(_bar(name, partner.bars[name], shade, language) for name in BARS)
    guess = " guess" if partner.estimated else ""
    figures = (("km", partner.km), ("fig", partner.euros), ("fig", partner.co2e))
    cells = "".join(f'<span class="r {kind}{guess}">{escape(figure)}</span>' for kind, figure in figures)
    return f'<div class="pn">{number}{who}{bars}{cells}</div>'


def _name(partner: Row, language: Language) -> str:
    if partner.name is not None:
        return escape(partner.name)
    return f"{LOCK}{_t('frame.unnamed', language)}"


# A drawn lock: an icon font is not loaded in our own HTML.
LOCK = '<span class="pn-lock" aria-hidden="true"><i></i></span>'


def _bar(name: str, value: float | None, colour: str, language: Language) -> str:
    label = wording.t(f"partners.bar_{name}", language)
    if value is None:
        said, width = wording.t("partners.bar_unknown", language, name=label), 0.0
    else:
        percent = wording.percent(value, language)
        said, width = wording.t("partners.bar_value", language, name=label, percent=percent), 100 * value
    words = escape(said, quote=True)
    return (
        f'<span class="cell"><span class="bar" role="img" aria-label="{words}" title="{words}">'
        f'<i style="width:{width:.0f}%;background:{colour}"></i></span></span>'
    )


def spoken(partner: Row, language: Language) -> str:
    """Give the words of a row's button, for who hears the page."""
    name = partner.name or wording.t("frame.unnamed", language)
    given = {"number": partner.number, "name": name, "place": partner.place.name, "distance": partner.distance}
    return wording.t("partners.open_row", language, **given)


def more(words: str, *, pale: bool = False) -> str:
    """Give a line below an open row."""
    return f'<p class="pn-more{" pale" if pale else ""}">{escape(words)}</p>'


def legend(view: View, colours: Palette, language: Language) -> str:
    """Give the legend: only what is drawn."""
    other = "want" if view.offered else "have"
    colour = colours.have if view.offered else colours.want
    own_sign = f'<i class="dot" style="background:{colour}"></i>' if view.offered else _ring(colour)
    lines = [(own_sign, f"legend_{'have' if view.offered else 'want'}")]
    if any(not row.crosses for row in view.rows):
        lines.append((_ring(colours.other), f"legend_own_{other}"))
    if any(row.crosses for row in view.rows):
        lines.append((_ring(colours.accent), f"legend_other_{other}"))
    if any(not row.estimated and row.method != "none" for row in view.rows):
        lines.append((_line("solid", colours.other), "legend_road"))
    if any(row.estimated for row in view.rows):
        lines.append((_line("dashed", colours.other), "legend_estimate"))
    return "".join(
        f'<div class="row">{sign}<span>{_t(f"partners.{key}", language)}</span></div>' for sign, key in lines
    )


def _ring(colour: str) -> str:
    return f'<i class="ring" style="border-color:{colour}"></i>'


def _line(style: str, colour: str) -> str:
    return f'<i class="line" style="border-top:2px {style} {colour};border-radius:0"></i>'


def _t(key: str, language: Language) -> str:
    return escape(wording.t(key, language))
