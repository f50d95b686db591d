"""Read out of free text what decides the other types of resource: temperature, power, area, months, carrier, quality.

Pure: a text in, numbers out, in Finnish, Swedish and English. What isn't there, or makes no sense, is None.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from matching.words import TEXT_MAX

Span = tuple[float, float]

COLDEST_C, HOTTEST_C = -60.0, 1500.0  # of what industry offers or needs as heat or cold
MOST_MW = 5000.0  # more than the country's largest power plant
MOST_M2 = 10_000_000.0
UPWARDS_C = 50.0  # "over 100 °C" is taken to mean 100 to 150

# Atomic, and begun only where a number begins: two thousand digits in a row must not be tried in every way.
_NUMBER = r"(?>(?<![\w.,])[-+]?(?:\d{1,3}(?: \d{3})++(?!\d)|\d++)(?:[.,]\d++)?)"
_TO = r"\s*(?:-|\.\.\.?|to|till|ja|och|and)\s*"
_DEGREE = r"\s*-?\s*(?:° ?c\b|c\b|celsius|aste\w*|grader|graders|degrees?|deg\b)"
_TEMPERATURE = re.compile(
    rf"(?P<over>yli |över |over |above |min\.? |vähintään |minst )?(?P<low>{_NUMBER})"
    rf"(?:\s*(?:° ?c)?{_TO}(?P<high>{_NUMBER}))?{_DEGREE}"
)
_POWER = re.compile(rf"(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?\s*(?P<unit>[mk]w)(?![a-z])")
_AREA = re.compile(
    rf"(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?\s*(?P<unit>m2|neliö\w*|kvadratmeter|kvm|sqm|sq m)\b"
)
_PLACES = re.compile(
    rf"(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?\s*(?:lavapaik\w*|lavaa|pallplats\w*|pallet places?)"
)

CARRIERS = ("heat", "steam", "cooling", "electricity", "gas", "fuel")
_CARRIER_WORDS: Mapping[str, str] = {
    "electricity": r"sähkö|aurinkovoima|aurinkopaneel|tuulivoima|\bel\b|elektricitet|solel"
    r"|solkraft|vindkraft|överskottsel|electric|solar p|wind power",
    "gas": r"biokaasu|biometaan|kaatopaikkakaasu|maakaasu|\bcbg\b|\blbg\b|biogas|deponigas"
    r"|naturgas|biomethane|landfill gas",
    "steam": r"höyry|ånga|\bsteam|\bbar\b",
    "cooling": r"jäähdytystä|jäähdytysenergia|kylmää|kylmäenergia|kaukokylm|vapaajäähdyt|fjärrkyla"
    r"|kylenergi|\bkyla\b|frikyla|district cooling|free cooling|chilled|process cooling"
    r"|cooling (?:capacity|demand|energy)",
    "fuel": r"polttoaine|haketta|pelletti|kierrätyspuu polttoon|bränsle|flis\b|pellets|\bfuel\b",
    "heat": r"lämpö|lämmö|lämmin|värme|\bheat|hukkalä",
}
# Higher serves lower. The worst word that is there counts, unless somebody says that it has been cleaned.
WATER_CLASSES = ("waste", "grey", "process", "clean", "pure")
_WATER_WORDS: Mapping[str, str] = {
    "pure": r"talousve|juomave|demi|ionivaihd|ultrapuh|dricksvatten|avjonis|drinking|potable|deionis"
    r"|demineral|ultrapure",
    "waste": r"jäteve|viemäri|suotove|likave|avloppsvatten|lakvatten|wastewater|waste water|sewage|leachate"
    r"|organic_load|mine_drainage|nutrient_rich",
    "grey": r"huuhtelu|pesuve|harma[ai]|huleve|sadeve|kattove|sulamisve|sköljvatten|tvättvatten|gråvatten|dagvatten"
    r"|regnvatten|rinse|wash water|grey|gray|stormwater|rainwater|\brain\b|\bmelt\b",
    "clean": r"puhdasta|puhdas |puhtaa|lauhde|jäähdytysve|raakave|pohjave|grundvatten|groundwater|rent |rena "
    r"|kondens|kylvatten|råvatten|\bclean|condensate|cooling water|raw water|clean_warm",
    "process": r"tekni(?:nen|stä|seen)|prosessi|kastelu|tekniskt|process|technical|irrigation|bevattning"
    r"|treated_wastewater",
}
_CLEANED = re.compile(r"puhdistet|käsitelt|renat|renad|behandlat|treated|purified|cleaned")

# How warm a store is kept, where nobody tells degrees. The first that is there counts: unheated is not heated.
ROOMS = ("frozen", "chilled", "half_warm", "cold", "warm")
_ROOM_WORDS: Mapping[str, str] = {
    "frozen": r"pakaste|pakasti|syväjää|\bfrys|djupfry|\bfreez|\bfrozen|deep-fr",
    "chilled": r"jäähdytet|viilennet|kylmiö|kylmähuone|kylrum|kyllager|kylt lager|kylda|chilled|refrigerat|cold room"
    r"|cool(?:ed)? (?:store|storage|room)",
    "half_warm": r"puolilämpi|puolilämmi|halvvarm|frostfri|half-warm|semi-heated|frost-free",
    "cold": r"kylmä(?:varast|halli|tila)|kylmää? (?:halli|varasto|tila)|kylmän (?:hallin|varaston|tilan)|lämmittämät"
    r"|kall(?:t|a) (?:lager|hall|utrymme|förråd)|kall hall|kall(?:lager|förråd|hall)|ouppvärm"
    r"|\bcold (?:store|storage|hall|shed|warehouse|space)|unheated",
    "warm": r"lämmin|lämmint|lämpim|lämmitet|varmt? (?:lager|hall|utrymme|förråd)|varm(?:lager|förråd|hall)|uppvärm"
    r"|\bheated|\bwarm (?:store|storage|hall|warehouse|space)",
}

# A need that can take hazardous waste says so, or names what is hazardous by nature or what is done to such waste.
_HAZARDOUS = re.compile(
    r"(?P<denied>\b(?:ei|eikä|ilman|not|no|non|without|never|inte|inget|icke|utan)[ -](?:[\w-]+ ){0,2})?"
    r"(?:vaarallis|ongelmajät|jäteölj|akkuja|lyijyak|liuotinjät|regeneroi|neutraloi|stabiloi|korkealämpöpol"
    r"|farligt avfall|problemavfall|spillolj|blybatteri|lösningsmedelsavfall|regenerer|neutraliser|stabiliser"
    r"|\bhazardous|\bdangerous waste|waste oil|used oil|lead batter|spent solvent|waste solvent|re-?refin|regenerat"
    r"|neutrali[sz]|stabili[sz]|high-temperature incinerat)"
)

_LOCAL = re.compile(
    r"lounas|ruokail|ruokala|ravintola|kanttiin|pysäköin|parkkipaik|vartioin|portin|lunch|matsal|restaurang|bespisning|parkering|bevakning"
    r"|canteen|restaurant|cafeteria|\bmeals?\b|parking|gate ?keep|security guard"
)

_MONTHS: Sequence[str] = (
    "tammi|januari|january|jan",
    "helmi|februari|february|feb",
    "maalis|mars|march",
    "huhti|april|apr",
    "touko|maj|may",
    "kesä|juni|june|jun",
    "heinä|juli|july|jul",
    "elo|augusti|august|aug",
    "syys|september|sep",
    "loka|oktober|october|okt|oct",
    "marras|november|nov",
    "joulu|december|dec",
)
_MONTH = "|".join(f"(?:{names})" for names in _MONTHS)
_MONTH_SPAN = re.compile(rf"\b({_MONTH})(?:kuusta |(?:kuu\w*)? ?(?:-|to|till|until) ?)({_MONTH})(?:kuu\w*)?\b")
_SEASONS = (
    (re.compile(r"\b(?:kesäl|kesäis|sommar|in summer|summer)"), (5, 6, 7, 8, 9)),
    (re.compile(r"\b(?:talvel|talvis|talvikau|vinter|in winter|winter)"), (11, 12, 1, 2, 3)),
)


def plain(text: object) -> str:
    """Write a text so that it can be read: small letters, one kind of dash, minus and space, cut to `TEXT_MAX`."""
    if not isinstance(text, str):
        return ""
    small = unicodedata.normalize("NFKC", text[:TEXT_MAX]).casefold()
    return re.sub(r"\s+", " ", re.sub(r"[−–—‒]", "-", small).replace("...", "-")).strip()


def temperature_c(text: str) -> Span | None:
    """Find the temperatures of a plain text, as a range over all that it names."""
    found = [_temperature(match) for match in _TEMPERATURE.finditer(text)]
    return _around(span for span in found if span and span[0] >= COLDEST_C and span[1] <= HOTTEST_C)


def _temperature(match: "re.Match[str]") -> Span | None:
    low, high = _ends(match)
    # 30-40 °C is no 30 and -40.
    if low >= 0 > high and match["high"].startswith("-"):
        high = -high
    if match["low"].startswith("-") and match.start("low") and match.string[match.start("low") - 1].isalnum():
        low = -low
    if match["over"]:
        return low, low + UPWARDS_C
    return min(low, high), max(low, high)


def power_mw(text: str) -> Span | None:
    """Find the power that a plain text names, in MW; kWh and MWh are no power."""
    spans = []
    for match in _POWER.finditer(text):
        per_mw = 1.0 if match["unit"] == "mw" else 1000.0
        low, high = (abs(end) / per_mw for end in _ends(match))
        spans.append((min(low, high), max(low, high)))
    return _around(span for span in spans if 0 < span[1] <= MOST_MW)


def area_m2(text: str) -> Span | None:
    """Find the largest area of a plain text, in square metres."""
    return _largest(_AREA.finditer(text), MOST_M2)


def pallet_places(text: str) -> Span | None:
    """Find how many pallet places a plain text names."""
    return _largest(_PLACES.finditer(text), MOST_M2)


def carrier(text: str) -> str:
    """Tell in what form the energy of a plain text comes, by the first word that says; empty where none does.

    Heat from a biogas plant is heat.
    """
    found = {name: match.start() for name, words in _CARRIER_WORDS.items() if (match := re.search(words, text))}
    return min(found, key=lambda name: found[name], default="")


def water_class(text: str) -> str:
    """Tell how clean the water of a plain text is; empty where it doesn't say."""
    found = next((name for name, words in _WATER_WORDS.items() if re.search(words, text)), "")
    return "process" if found in {"waste", "grey"} and _CLEANED.search(text) else found


def room(text: str) -> str:
    """Tell how warm the store of a plain text is kept, by its words; empty where they don't say."""
    return next((name for name in ROOMS if re.search(_ROOM_WORDS[name], text)), "")


def takes_hazardous(text: str) -> bool:
    """Tell whether a need's plain text says that it can take hazardous waste."""
    return any(not match["denied"] for match in _HAZARDOUS.finditer(text))


def is_local(text: str) -> bool:
    """Tell whether a plain text is about what people use where they work: a canteen, a car park, a guarded gate."""
    return bool(_LOCAL.search(text))


def months(title: str, rest: str = "") -> tuple[int, ...]:
    """Find the months that a plain text names: from one to another anywhere, a season in the title."""
    if span := _MONTH_SPAN.search(f"{title} . {rest}"):
        first, last = (_month(part) for part in span.groups()[:2])
        return tuple((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))
    return next((named for words, named in _SEASONS if words.search(title)), ())


def _month(word: str) -> int:
    return next(number for number, names in enumerate(_MONTHS, 1) if re.fullmatch(names, word))


def _ends(match: "re.Match[str]") -> Span:
    low = _number(match["low"])
    return low, _number(match["high"]) if match["high"] else low


def _number(text: str) -> float:
    return float(text.replace(" ", "").replace(",", "."))


def _largest(matches: Iterable["re.Match[str]"], most: float) -> Span | None:
    spans = [(min(ends), max(ends)) for ends in (tuple(map(abs, _ends(match))) for match in matches)]
    return max((span for span in spans if 0 < span[1] <= most), key=lambda span: span[1], default=None)


def _around(spans: Iterable[Span]) -> Span | None:
    found = list(spans)
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None
