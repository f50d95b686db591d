"""Who was at a workshop, as the coordinator's report lists it: what each brought, and who did not come."""

from collections.abc import Mapping, Sequence
from typing import Any

from config.texts import Language
from dashboard import wording
from data.importers.text import fold

Row = Mapping[str, Any]
HEADS = ("company", "business_id", "table", "offered", "wanted", "invited")
SHARES = (3.0, 1.3, 0.8, 1.0, 1.0, 1.2)


def rows(cards: Sequence[Row], invited: Sequence[str], language: Language) -> list[list[str]]:
    """List the companies by name; those that were invited and have entered nothing come last."""
    came: dict[str, list[Row]] = {}
    for card in cards:
        if card["kind"] == "resource" and card["status"] == "shown":
            came.setdefault(fold(str(card["told"]["company"])), []).append(card)
    asked = {fold(name): name for name in invited}
    present = [_row(own, key in asked, language) for key, own in sorted(came.items())]
    yes = wording.t("workshop_report.yes", language)
    absent = [[name, "", "", "0", "0", yes] for key, name in asked.items() if key not in came]
    return [*present, *absent]


def _row(own: Sequence[Row], was_invited: bool, language: Language) -> list[str]:  # noqa: FBT001 - a cell
    told = own[0]["told"]
    tables = sorted({int(card["table_number"]) for card in own})
    numbered = next((str(card["told"]["business_id"]) for card in own if card["told"].get("business_id")), "")
    counts = [sum(card["told"]["direction"] == direction for card in own) for direction in ("have", "want")]
    return [
        str(told["company"]),
        numbered,
        ", ".join(map(str, tables)),
        *(wording.number(count, language) for count in counts),
        wording.t("workshop_report.yes" if was_invited else "workshop_report.no", language),
    ]
