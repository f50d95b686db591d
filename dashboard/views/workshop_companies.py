"""Who was at a workshop and who was only invited, as the facilitator's page and the coordinator's report list it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.texts import Language
from dashboard import wording
from data.importers.company_key import company_key

Row = Mapping[str, Any]
HEADS = ("company", "business_id", "table", "offered", "wanted", "there")
SHARES = (3.0, 1.3, 0.8, 1.0, 1.0, 1.6)
ENTERED = ("shown", "held", "waiting")  # what was hidden is mostly no company's own


@dataclass(frozen=True)
class Attendance:
    """Hold the companies that have entered something, invited or not, and those that were invited and have not."""

    present: tuple[str, ...]
    uninvited: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def invited(self) -> int:
        """Count the invited."""
        return len(self.present) + len(self.absent)


def attendance(cards: Sequence[Row], invited: Sequence[str]) -> Attendance:
    """Tell who has entered and who has not; two ways to write a name are one company."""
    came = _came(cards, ENTERED)
    asked = {company_key(name): name for name in invited}
    return Attendance(
        tuple(name for key, name in asked.items() if key in came),
        tuple(str(own[0]["told"]["company"]) for key, own in came.items() if key not in asked),
        tuple(name for key, name in asked.items() if key not in came),
    )


def rows(cards: Sequence[Row], invited: Sequence[str], language: Language) -> list[list[str | int]]:
    """List the companies by name; those that were invited and have entered nothing come last."""
    came = _came(cards, ("shown",))
    asked = {company_key(name): name for name in invited}
    present = [_row(own, asked.get(key, ""), language) for key, own in sorted(came.items())]
    absent = wording.t("workshop_report.absent", language)
    absentees: list[list[str | int]] = [
        [name, "", "", "", "", absent] for key, name in asked.items() if key not in came
    ]
    return [*present, *absentees]


def _came(cards: Sequence[Row], status: Sequence[str]) -> dict[str, list[Row]]:
    came: dict[str, list[Row]] = {}
    for card in cards:
        if card["kind"] == "resource" and card["status"] in status:
            came.setdefault(company_key(str(card["told"]["company"])), []).append(card)
    return came


def _row(own: Sequence[Row], invited: str, language: Language) -> list[str | int]:
    tables = sorted({int(card["table_number"]) for card in own})
    numbered = next((str(card["told"]["business_id"]) for card in own if card["told"].get("business_id")), "")
    counts = [sum(card["told"]["direction"] == direction for card in own) for direction in ("have", "want")]
    return [
        invited or str(own[0]["told"]["company"]),
        numbered,
        ", ".join(map(str, tables)),
        *counts,
        wording.t(f"workshop_report.{'present' if invited else 'uninvited'}", language),
    ]
