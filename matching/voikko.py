"""Voikko, the Finnish morphology, where the machine has it: base forms of words that the table's own rules miss.

It is never needed. Debian has it as python3-libvoikko and voikko-fi.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

Analyse = Callable[[str], list[dict[str, Any]]]


def in_use() -> bool:
    """Tell whether Voikko and its Finnish dictionary are installed."""
    return _analyser() is not None


def base_forms(word: str) -> tuple[str, ...]:
    """Give the base forms of a Finnish word, none where Voikko is not installed or does not know it."""
    analyse = _analyser()
    if analyse is None:
        return ()
    forms = [str(reading["BASEFORM"]).casefold() for reading in analyse(word) if "BASEFORM" in reading]
    return tuple(dict.fromkeys(form for form in forms if form != word))


@cache
def _analyser() -> Analyse | None:
    try:
        import libvoikko  # type: ignore[import-not-found]  # noqa: PLC0415 - optional, see above
    except ImportError:
        return None
    try:
        found = libvoikko.Voikko("fi")
    except (libvoikko.VoikkoException, OSError):  # the wrapper without the library, the library without a dictionary
        return None
    analyse: Analyse = found.analyze
    return analyse
