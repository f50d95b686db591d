"""Completed synergies as a coordinator sees them who releases them to the public; pure."""

from dataclasses import dataclass

import pandas as pd

from config.texts import Language
from dashboard.views.records import Record, records
from dashboard.wording import number, rich, t


@dataclass(frozen=True)
class Row:
    """Hold one completed synergy in words: which parties, whether it is shown, and what stands in the way."""

    id: int
    version: int
    title: str
    have_company: str
    want_company: str
    released: bool
    shown: bool  # released, and nothing stands in the way
    mine: bool
    hindrance: str

    @property
    def state(self) -> str:
        """Tell by the name of a text whether the public sees it."""
        return "shown" if self.shown else "agreed" if self.released else "not_shown"

    @property
    def parties(self) -> str:
        """Name both parties."""
        return f"{self.have_company} → {self.want_company}"


def rows(found: pd.DataFrame, language: Language, region: str = "") -> list[Row]:
    """List the completed synergies that have a side in a region (empty: all)."""
    return [_row(one, language) for one in records(found) if not region or region in {one["region"], one["to_region"]}]


def _row(one: Record, language: Language) -> Row:
    hidden = [side for side in ("have", "want") if not one[f"{side}_public"]]
    unnamed = t("frame.unnamed", language)
    return Row(
        int(one["id"]),
        int(one["version"]),
        f"{one['have_title']} → {one['want_title']}",
        str(one["have_company"] or unnamed),
        str(one["want_company"] or unnamed),
        bool(one["released"]),
        bool(one["released"]) and not hidden,
        bool(one["mine"]),
        t(f"release.hidden_{'both' if len(hidden) > 1 else hidden[0]}", language) if hidden else "",
    )


def sentence(listed: list[Row], language: Language) -> str:
    """Say how many are completed and how many the public sees; HTML."""
    shown = sum(row.shown for row in listed)
    return rich("release.sentence", language, count=number(len(listed), language), shown=number(shown, language))
