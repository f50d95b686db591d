"""Part what a listing is of from where it comes from: `steam from a smelter` is steam, and no matter for a smelter.

The place or process behind a waste names another business, and words of businesses are what needs are written in.
"""

import re

# From the preposition to the next comma; in Finnish the words in the elative or ablative, with a genitive before them.
ORIGIN = {
    "en": re.compile(r"\s(?:from|at|by|of)\s[^,]*", re.IGNORECASE),
    "sv": re.compile(r"\s(?:från|ur|av|vid|hos)\s[^,]*", re.IGNORECASE),
    "fi": re.compile(r"\s*\b(?:\w{3,}n\s+)?\w{2,}(?:sta|stä|lta|ltä)\b", re.IGNORECASE),
}
LEAST = 4  # letters that must be left, or the whole text is what it is


def part(text: str, language: str) -> tuple[str, str]:
    """Give what a text is of, and the rest of it that says where that comes from; the rest is empty where none does."""
    pattern = ORIGIN.get(language)
    origin = " ".join(found.strip() for found in pattern.findall(text)) if pattern else ""
    what = " ".join(pattern.sub("", text).split()).strip(" ,") if pattern else text
    return (what, origin) if origin and len(what) >= LEAST else (text, "")
