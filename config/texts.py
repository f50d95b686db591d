"""Every word that a user reads, in Finnish, Swedish and English."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, cast

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")

FOLDER = Path(__file__).parent / "texts"


@cache
def catalogue() -> Mapping[str, Mapping[Language, str]]:
    """Read all of config/texts: text id -> language -> text, one file a subject, the id being table.key."""
    entries: dict[str, Mapping[Language, str]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for group, texts in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for name, forms in texts.items():
                key = f"{group}.{name}"
                if key in entries:
                    msg = f"{path.name}: {key} is already defined"
                    raise ValueError(msg)
                entries[key] = cast("Mapping[Language, str]", forms)
    return entries


def language_of(tag: str | None, default: Language = "fi") -> Language:
    """Turn a locale tag such as sv-FI into one of our languages."""
    short = (tag or "").replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else default


def text(key: str, language: Language, **values: object) -> str:
    """Give the text `key` in `language`, placeholders filled in; KeyError when it is not in the catalogue."""
    return catalogue()[key][language].format_map(values)


def count(noun: str, number: int, language: Language) -> str:
    """Give the form of a count word that goes with `number`: yritys for 1, yritystä for all else."""
    return text(f"count.{noun}_{'one' if number == 1 else 'many'}", language)
