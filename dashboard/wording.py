"""Say numbers, units, dates and counts in Finnish, Swedish and English; pure, no Streamlit."""

from datetime import date, time
from functools import cache
from html import escape
from math import floor, isfinite, log10

from babel import Locale
from babel.numbers import format_decimal

from config import texts
from config.texts import Language

UNKNOWN = "–"
OWN_PREFIX = "Own assumption: "
SPACE = "\u00a0"
MINUS = "\u2212"
KM_TO_WHOLE = 1_000
SUM_TO_HUNDREDS = 1_000

_LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(_LOCALES[language])


def t(key: str, language: Language, **values: object) -> str:
    """Give the text `key` with its placeholders filled in."""
    return texts.text(key, language, **values)


def rich(key: str, language: Language, **values: object) -> str:
    """Give the text `key` as HTML: everything escaped, the values bold."""
    bold = {name: f"<b>{escape(str(value))}</b>" for name, value in values.items()}
    return escape(texts.catalogue()[key][language], quote=False).format_map(bold)


def figure_source(source: str, language: Language) -> str:
    """Say where a figure comes from: assumptions and laws in the user's words, the rest as published."""
    own = source.startswith(OWN_PREFIX)
    known = _figure_sources().get(source.removeprefix(OWN_PREFIX))
    said = t(known, language) if known else source.removeprefix(OWN_PREFIX)
    return f"{t('calc.assumption', language)}: {said}" if own else said


@cache
def _figure_sources() -> dict[str, str]:
    return {said["en"]: key for key, said in texts.catalogue().items() if key.startswith("figure_source.")}


def capital(words: str) -> str:
    """Begin with a capital and leave the rest as it is."""
    return words[:1].upper() + words[1:]


def known(value: float | None) -> bool:
    """Tell whether there is a number at all; None and NaN are unknown, never 0."""
    return value is not None and isfinite(value)


def number(value: float | None, language: Language, decimals: int = 0) -> str:
    """Give a number with thousands and decimals as the language writes them: 1 200,5."""
    if value is None or not isfinite(value):
        return UNKNOWN
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    rounded = round(value, decimals) + 0.0  # no minus before a zero
    return format_decimal(rounded, format=pattern, locale=_locale(language)).replace("-", MINUS)


def quantity(value: float | None, unit: str, language: Language, decimals: int = 0) -> str:
    """Give a number and its unit with a no-break space between: 10,8 kg CO₂e/t."""
    return f"{number(value, language, decimals)}{SPACE}{unit}" if known(value) else UNKNOWN


def significant(value: float, digits: int = 2) -> float:
    """Round to so many significant digits, as estimates are told: 38 412 -> 38 000."""
    if value == 0 or not isfinite(value):
        return value
    return float(round(value, digits - 1 - floor(log10(abs(value)))))


def tonnes(value: float | None, language: Language, *, estimated: bool = False) -> str:
    """Give tonnes a year: whole when declared, two significant digits when estimated."""
    if value is None or not isfinite(value):
        return UNKNOWN
    return quantity(significant(value) if estimated else value, "t/a", language)


def to_hundreds(value: float) -> float:
    """Round a sum of tonnes to the hundred, a small one to the whole."""
    return round(value, -2 if abs(value) >= SUM_TO_HUNDREDS else 0)


def hundreds(value: float | None, language: Language) -> str:
    """Give a sum of tonnes to the hundred, a small one whole; without its unit, which a heading names."""
    if value is None or not isfinite(value):
        return UNKNOWN
    return number(to_hundreds(value), language)


def km(value: float | None, language: Language, method: str = "road") -> str:
    """Give a distance as its method allows: 108,7 km by road, ≈ 260 km as an estimate, – where there is no way."""
    if value is None or not isfinite(value) or method == "none":
        return UNKNOWN
    if method == "estimate":
        tens = max(10, round(value, -1))
        return f"≈{SPACE}{quantity(tens, 'km', language)}"
    return quantity(value, "km", language, 1 if abs(value) < KM_TO_WHOLE else 0)


def distance(value: float | None, language: Language, method: str = "road") -> str:
    """Give a distance followed by how it was found, or say that there is no connection."""
    if not known(value) or method == "none":
        return f"{UNKNOWN} {t('frame.no_road', language)}"
    return f"{km(value, language, method)}, {t(f'method.{method}', language)}"


def minutes(value: float | None, language: Language) -> str:
    """Give a driving time: 1 h 13 min."""
    if value is None or not isfinite(value):
        return UNKNOWN
    hours, rest = divmod(round(value), 60)
    return f"{number(hours, language)}{SPACE}h {rest}{SPACE}min" if hours else f"{rest}{SPACE}min"


def euros(value: float | None, language: Language, per: str = "", decimals: int = 0) -> str:
    """Give money: 14 000 €/a in Finnish and Swedish, €14,000/a in English."""
    if value is None or not isfinite(value):
        return UNKNOWN
    figure = number(abs(value), language, decimals)
    sign = MINUS if value < 0 else ""
    return f"{sign}€{figure}{per}" if language == "en" else f"{sign}{figure}{SPACE}€{per}"


def percent(share: float | None, language: Language) -> str:
    """Give a share of 1 as whole percent: 38 %, in English 38%."""
    if share is None or not isfinite(share):
        return UNKNOWN
    return f"{number(share * 100, language)}{'' if language == 'en' else SPACE}%"


def span(low: float | None, high: float | None, unit: str, language: Language) -> str:
    """Give a range with its unit: 5–10 t; one number where both ends are the same."""
    if low is None or high is None or not (isfinite(low) and isfinite(high)):
        return UNKNOWN
    ends = [number(value, language, _decimals(value)) for value in (low, high)]
    return f"{'–'.join(dict.fromkeys(ends))}{SPACE}{unit}"


def _decimals(value: float) -> int:
    return 0 if value == round(value) else min(3, max(1, 1 - floor(log10(abs(value)))))


def day(value: date | None, language: Language) -> str:
    """Give a date: 22.11.2026, in English 22 Nov 2026."""
    if value is None or value != value:  # noqa: PLR0124 - NaT is unequal to itself
        return UNKNOWN
    if language == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.day}.{value.month}.{value.year}"


def clock(value: time, language: Language) -> str:
    """Give a time of day: klo 14.05, kl. 14.05, 14:05."""
    before = {"fi": "klo ", "sv": "kl. ", "en": ""}[language]
    return f"{before}{value.hour}{':' if language == 'en' else '.'}{value.minute:02}"


def counted(value: int, noun: str, language: Language) -> str:
    """Give a count and its word in the right form: 1 yritys, 7 yritystä."""
    return f"{number(value, language)}{SPACE}{texts.count(noun, value, language)}"


def change(value: float | None, language: Language, decimals: int = 0) -> str | None:
    """Give a change for a metric's arrow; None where nothing is known or nothing changed."""
    if value is None or not isfinite(value) or round(value, decimals) == 0:
        return None
    # st.metric tells the direction by an ASCII minus and draws its own arrow.
    return number(value, language, decimals).replace(MINUS, "-")
