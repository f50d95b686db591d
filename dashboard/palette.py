"""The colours of SCREENS.md for light and dark; pure, no Streamlit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from data.model import ResourceType, Rollup

Theme = Literal["light", "dark"]
Colour = list[int]


@dataclass(frozen=True)
class Palette:
    """Hold one theme's colours as #RRGGBB."""

    theme: Theme
    types: Mapping[ResourceType, str]
    have: str
    want: str
    have_text: str
    want_text: str
    accent: str
    other: str
    text: str
    secondary: str
    error_text: str
    page: str
    panel: str
    line: str
    land: str
    border: str
    amount: tuple[str, ...]
    balance: tuple[str, ...]
    stages: tuple[str, ...]
    rollup: Mapping[Rollup, str]
    matrix: tuple[str, ...]

    @property
    def map_style(self) -> str:
        """Give the address of the base map."""
        return f"/app/static/map/style-{self.theme}.json"


def _hexes(codes: str) -> tuple[str, ...]:
    return tuple(f"#{code}" for code in codes.split())


def _types(codes: str) -> Mapping[ResourceType, str]:
    return dict(zip(ResourceType, _hexes(codes), strict=True))


def _rollup(codes: str) -> Mapping[Rollup, str]:
    return dict(zip(Rollup, _hexes(codes), strict=True))


LIGHT = Palette(
    theme="light",
    types=_types("5C271D 433B46 A83800 1F92EB 323179 865D88 0B7755 C87485 8A9538"),
    have="#1A9E93",
    want="#BD6417",
    have_text="#0F766B",
    want_text="#8F4A0C",
    accent="#23408F",
    other="#5A6167",
    text="#0F1920",
    secondary="#5A6B75",
    error_text="#9C1F18",
    page="#FFFFFF",
    panel="#F3F5F6",
    line="#DCE3E6",
    land="#FDFDFB",
    border="#C9D2D6",
    amount=_hexes("D9E4EA B3C8D3 8EADBB 6C92A3 4B788B"),
    balance=_hexes("9D5E1C C78C4B E7C08C F3F2EE 96D2C8 4CA79B 007C70"),
    stages=_hexes("C2CBEB 9CADDE 7590CF 4D74BA 2559A0 00407F"),
    rollup=_rollup("99AADB 436FB8 003978"),
    matrix=_hexes("ECF1F8 C4D3EC 93ACDB 4E77BD 00478A"),
)
DARK = Palette(
    theme="dark",
    types=_types("BCA27C 707978 DD3A25 3AB8FF DADDF5 9D5EB9 95FCD2 F972AE F5EA74"),
    have="#24D6CE",
    want="#F5A85E",
    have_text="#5FE3DB",
    want_text="#F8BE86",
    accent="#7F98F2",
    other="#7C8187",
    text="#E6EDF0",
    secondary="#9DB0BA",
    error_text="#FFA79F",
    page="#10181D",
    panel="#1B262D",
    line="#2C3A43",
    land="#1C272E",
    border="#35454F",
    amount=_hexes("2B363C 3B515A 4F6C7A 658999 7FA6B8"),
    balance=_hexes("EEA761 B68146 7C5D37 2F383D 3A6B68 419993 47CEC9"),
    stages=_hexes("415E95 5476BA 6D90D9 92AAE7 B7C6F2 DCE2F9"),
    rollup=_rollup("4C6AA5 7E9FEA DCE2F9"),
    matrix=_hexes("26313F 354F73 4C6FAE 809FE7 DCE2F9"),
)

TYPE_ICONS: Mapping[ResourceType, str] = {
    ResourceType.MATERIAL: "recycling",
    ResourceType.WASTE: "delete",
    ResourceType.ENERGY: "bolt",
    ResourceType.WATER: "water_drop",
    ResourceType.LOGISTICS: "local_shipping",
    ResourceType.STORAGE: "warehouse",
    ResourceType.CAPACITY: "precision_manufacturing",
    ResourceType.SERVICE: "handyman",
    ResourceType.EXPERTISE: "school",
}


def of(theme: str | None) -> Palette:
    """Give the colours of a theme; light where it is unknown."""
    return DARK if theme == "dark" else LIGHT


def rgb(code: str, alpha: int = 255) -> Colour:
    """Turn #RRGGBB into the list that deck.gl reads."""
    return [int(code[start : start + 2], 16) for start in (1, 3, 5)] + [alpha]


def css(code: str, alpha: float) -> str:
    """Turn #RRGGBB into CSS with transparency."""
    return f"rgba({', '.join(str(part) for part in rgb(code)[:3])}, {alpha})"
