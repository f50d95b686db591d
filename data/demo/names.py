"""Names that belong to nobody: made-up places joined with trades."""

from functools import cache

from data.demo.catalogue import Archetype, table

# Coprime to every number of combinations, so that the walk below meets each of them once.
STRIDE = 1_481


@cache
def _stems(language: str) -> tuple[str, ...]:
    words = table("words")[language]
    made = (_joined(first, second) for first in words["first"] for second in words["second"])
    return tuple(stem for stem in made if stem not in words["avoid"])


def _joined(first: str, second: str) -> str:
    """Join the halves of a name, with a hyphen between two equal vowels, as Finnish spells it."""
    return first + ("-" if first[-1] == second[0] and second[0] in "aeiouyåäö" else "") + second


def organisation_name(archetype: Archetype, language: str, number: int) -> str:
    """Give the name of the number-th plant of its kind; no two numbers of a kind share one."""
    trades = archetype.trades[language]
    stems = _stems(language)
    # A stem comes back only when all have been used, and then with the next trade.
    rounds, turn = divmod(number, len(stems))
    offset = sum(archetype.key.encode()) * 37
    stem = stems[(turn * STRIDE + offset) % len(stems)]
    trade = trades[(turn + rounds) % len(trades)]
    again = f" {rounds // len(trades) + 1}" if rounds >= len(trades) else ""
    usual = table("words")[language]["cooperative_forms" if archetype.cooperative else "forms"]
    forms = archetype.forms or tuple(usual)
    form = forms[(number * 7 + offset) % len(forms)]
    return f"{stem} {trade}{again} {form}".strip()


def person_name(number: int) -> str:
    """Give the number-th fictional person; the first few hundred differ."""
    people = table("words")["people"]
    first, last = people["first"], people["last"]
    return f"{first[number % len(first)]} {last[(number * 5 + number // len(first)) % len(last)]}"
