"""One company is one, however its tables write it: with or without its form, in capitals, with another sign between."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Engine

from data.importers.company_key import company_key
from data.queries import events as queries

Card = Mapping[str, Any]


def settled(engine: Engine, cards: Sequence[Card], event: Mapping[str, Any]) -> list[Card]:
    """Put the name by which a company is known in the place of the one that its table wrote.

    Known is it by those who entered before, by the list of the invited, and by the store where one alone bears it.
    """
    keys = {company_key(card["told"]["company"]) for card in cards}
    known = first(queries.companies(engine, event["id"]))
    for name in event["invited"]:
        known.setdefault(company_key(name), name)
    if missing := sorted(keys - known.keys()):
        known = first(queries.companies_like(engine, missing, demo=bool(event["practice"]))) | known
    for card in cards:  # two of one batch are one, too
        known.setdefault(company_key(card["told"]["company"]), card["told"]["company"])
    return [
        {**card, "told": {**card["told"], "company": known[company_key(card["told"]["company"])]}} for card in cards
    ]


def first(names: Iterable[str]) -> dict[str, str]:
    """Give each company once by its key, as it was written first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(company_key(name), name)
    return found
