"""The list of partners as HTML: heading and rows with bars; every value escaped."""

from html import escape

from config.texts import Language
from dashboard import wording
from dashboard.palette import Palette, css
from dashboard.views.partners import BARS, Row, View

_COLUMNS = "34px minmax(0,1fr) repeat(5,36px) 86px 40px 60px"
_SHEET = """
.pn{display:grid;grid-template-columns:COLUMNS;column-gap:7px;align-items:center;min-height:47px;padding:0 8px}
.pn.head{min-height:22px;font-size:12px;color:SECONDARY}
.pn .r{text-align:right;white-space:nowrap}
.pn .r small{display:block;font-size:11.5px;line-height:1.1;font-weight:400;font-style:normal;color:SECONDARY}
.pn.head .cell{white-space:nowrap}
.pn .no{width:23px;height:23px;border-radius:50%;border:2px solid;display:flex;align-items:center;
justify-content:center;font-size:12px;font-weight:600;box-sizing:border-box}
.pn .who{min-width:0;line-height:1.25}
.pn .who b,.pn .who small{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.pn .who b{font-size:14px;font-weight:600}
.pn .who small{font-size:13px;color:SECONDARY}
[class*=st-key-partner_open] .pn .who small{white-space:normal}
.pn .bar.none{background:none;border:1px solid LINE}
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
.pn-more b{color:TEXT}
.pn-table{overflow-x:auto}
.pn-table table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
.pn-table th{color:SECONDARY;font-weight:400;text-align:left;vertical-align:bottom}
.pn-table th,.pn-table td{padding:4px 10px 4px 0;border-bottom:1px solid LINE}
.pn-table td.r{text-align:right;white-space:nowrap}
[class*=st-key-partner_row_]{position:relative;gap:0!important;border-bottom:1px solid LINE}
[class*=st-key-partner_row_]>.stElementContainer:has(.stButton){position:absolute!important;inset:0;width:100%}
[class*=st-key-partner_row_] .stButton,[class*=st-key-partner_row_] .stButton button{width:100%;height:47px;margin:0}
[class*=st-key-partner_row_] .stButton button{background:transparent;color:transparent;border:0}
[class*=st-key-partner_row_] .stButton button *{color:transparent}
[class*=st-key-partner_row_] .stButton button:hover{background:TINT}
[class*=st-key-partner_open]{background:TINT;border-radius:8px;padding-bottom:10px;gap:.25rem!important}
.st-key-partner_actions{padding-left:50px}
.st-key-partner_compared{min-height:2.5rem;flex-wrap:nowrap!important}
.st-key-partner_list{gap:0!important}
@media(max-width:1279px){.pn{grid-template-columns:34px minmax(0,1fr) 74px 48px 66px}.pn .cell{display:none}}
@media(max-width:640px){.pn{grid-template-columns:34px minmax(0,1fr) 74px}.pn .fig{display:none}}
"""


def sheet(colours: Palette) -> str:
    """Give the style sheet of the list."""
    rules = _SHEET.replace("COLUMNS", _COLUMNS).replace("SECONDARY", colours.secondary).replace("LINE", colours.line)
    return f"<style>{rules.replace('TINT', css(colours.accent, 0.06)).replace('TEXT', colours.text)}</style>"


def head(view: View, language: Language) -> str:
    """Give the headings of the columns."""
    side = "want" if view.offered else "have"
    who = wording.t(f"partners.head_{'company' if view.company else side}", language)
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
    bars = "".join(_bar(name, partner, shade, language) for name in BARS)
    guess = " guess" if partner.estimated else ""
    below = f"<small>{escape(partner.below_km)}</small>" if partner.below_km else ""
    figures = (("km", partner.km, below), ("fig", partner.euros, ""), ("fig", partner.co2e, ""))
    cells = "".join(f'<span class="r {kind}{guess}">{escape(figure)}{small}</span>' for kind, figure, small in figures)
    return f'<div class="pn">{number}{who}{bars}{cells}</div>'


def _name(partner: Row, language: Language) -> str:
    if partner.name is not None:
        return escape(partner.name)
    return f"{LOCK}{_t('frame.unnamed', language)}"


# A drawn lock: an icon font is not loaded in our own HTML.
LOCK = '<span class="pn-lock" aria-hidden="true"><i></i></span>'


def _bar(name: str, partner: Row, colour: str, language: Language) -> str:
    value, kind = partner.bars[name], "bar"
    width = 0.0 if value is None else 100 * value
    if value is None:
        kind = "bar none"
    words = escape(bar_words(name, partner, language), quote=True)
    return (
        f'<span class="cell"><span class="{kind}" role="img" aria-label="{words}" title="{words}">'
        f'<i style="width:{width:.0f}%;background:{colour}"></i></span></span>'
    )


def bar_words(name: str, partner: Row, language: Language) -> str:
    """Say what a bar shows: a share, or how many completed synergies are alike."""
    label, value = wording.t(f"partners.bar_{name}", language), partner.bars[name]
    if name == "experience":
        return f"{label}: {precedents(partner, language)}"
    if value is None:
        return wording.t("partners.bar_unknown", language, name=label)
    return wording.t("partners.bar_value", language, name=label, percent=wording.percent(value, language))


def precedents(partner: Row, language: Language) -> str:
    """Say how many completed synergies are like this one."""
    if partner.precedents == 0:
        return wording.t("partners.precedents_none", language)
    key = "partners.precedents_one" if partner.precedents == 1 else "partners.precedents_many"
    return wording.t(key, language, count=wording.number(partner.precedents, language))


def spoken(partner: Row, language: Language) -> str:
    """Give the words of a row's button, for who hears the page."""
    name = partner.name or wording.t("frame.unnamed", language)
    given = {"number": partner.number, "name": name, "place": partner.place.name, "distance": partner.distance}
    return wording.t("partners.open_row", language, **given)


def more(html: str, *, pale: bool = False) -> str:
    """Give a line below an open row; the caller has escaped every value."""
    return f'<p class="pn-more{" pale" if pale else ""}">{html}</p>'


def _t(key: str, language: Language) -> str:
    return escape(wording.t(key, language))
