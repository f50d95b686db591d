"""What regions mean to reach, beside what they have reached; from frames alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from config.texts import Language
from dashboard.views.records import records
from dashboard.views.report import place
from dashboard.views.report_figures import MEASURES, Chosen, Frames, figures, targets
from dashboard.views.report_tables import measure_name
from dashboard.wording import number, rich, t
from data.exporters.report import Column, Sheet
from data.store.targets import Aim
from geo import regions


@dataclass(frozen=True)
class Read:
    """Hold a target as it was read: its row, its version and its amount."""

    id: int
    version: int
    amount: float


@dataclass(frozen=True)
class Clash:
    """Tell of a target that somebody else has set meanwhile: what it is now, and what it was to become."""

    measure: str
    theirs: float | None
    mine: float | None


def read(frames_targets: pd.DataFrame, region: str) -> dict[str, Read]:
    """Give a region's targets by measure."""
    rows = records(frames_targets[frames_targets["region"] == region]) if len(frames_targets) else []
    return {str(one["measure"]): Read(int(one["id"]), int(one["version"]), float(one["amount"])) for one in rows}


def editor(frames: Frames, chosen: Chosen, base: Mapping[str, Read], language: Language) -> pd.DataFrame:
    """Give the rows of the table that is edited, in the order of the measures."""
    told = figures(frames, chosen)
    return pd.DataFrame(
        {
            "measure": list(MEASURES),
            "name": [measure_name(name, language) for name in MEASURES],
            "figure": pd.Series([told[name] for name in MEASURES], dtype=float),
            "target": pd.Series([base[name].amount if name in base else None for name in MEASURES], dtype=float),
        }
    )


def aims(edited: pd.DataFrame, base: Mapping[str, Read], chosen: Chosen) -> list[Aim]:
    """Tell which targets the edited table changes, each with the version that was read."""
    found = []
    for row in records(edited):
        name, amount = str(row["measure"]), row["target"]
        was = base.get(name)
        if amount == (was.amount if was else None):
            continue
        found.append(
            Aim(
                region=chosen.region,
                year=chosen.year,
                measure=name,
                amount=None if amount is None else float(amount),
                id=was.id if was else None,
                version=was.version if was else None,
            )
        )
    return found


def clashes(mine: list[Aim], base: Mapping[str, Read], newest: Mapping[str, Read]) -> list[Clash]:
    """Tell which of one's own changes meet somebody else's."""
    return [
        Clash(aim.measure, newest[aim.measure].amount if aim.measure in newest else None, aim.amount)
        for aim in mine
        if newest.get(aim.measure) != base.get(aim.measure)
    ]


def merged(table: pd.DataFrame, newest: Mapping[str, Read], mine: list[Aim]) -> pd.DataFrame:
    """Give the table with the newest targets and one's own changes over them."""
    amounts: dict[str, float | None] = {name: one.amount for name, one in newest.items()}
    amounts |= {aim.measure: aim.amount for aim in mine}
    return table.assign(target=pd.Series([amounts.get(str(name)) for name in table["measure"]], dtype=float))


def sentence(frames: Frames, chosen: Chosen, language: Language) -> str:
    """Say how many targets there are and how many are reached; HTML."""
    told, wanted = figures(frames, chosen), targets(frames, chosen)
    reached = sum((told.get(name) or 0) >= amount for name, amount in wanted.items())
    return rich(
        "targets.sentence",
        language,
        place=place(chosen.region, language),
        year=chosen.year,
        count=number(len(wanted), language),
        reached=number(reached, language),
    )


def aimed(summary: Sheet) -> Sheet:
    """Leave in a summary what has a target."""
    return replace(summary, rows=[row for row in summary.rows if row[2] is not None])


def matrix(frames: Frames, year: int, language: Language) -> Sheet:
    """Line up the regions with what they have reached of each target: reached / target."""
    country = targets(frames, Chosen(year))
    used = [name for name in MEASURES if name in country]
    names = {code: one.name(language) for code, one in regions.load().regions.items()}
    rows = [
        [names[code], *_cells(frames, Chosen(year, code), used, language)]
        for code in sorted(names, key=names.__getitem__)
    ]
    heads = [Column(t("report.col_region", language), "text")]
    heads += [Column(measure_name(name, language)) for name in used]
    total = [t("report.whole_country", language), *_cells(frames, Chosen(year), used, language)]
    return Sheet("targets", t("report.part_targets", language), heads, rows, total, t("targets.cells", language))


def _cells(frames: Frames, chosen: Chosen, used: list[str], language: Language) -> list[str]:
    told, wanted = figures(frames, chosen), targets(frames, chosen)
    return [_cell(told[name], wanted.get(name), language) for name in used]


def _cell(value: float | None, wanted: float | None, language: Language) -> str:
    said = t("frame.fewer", language) if value is None else number(value, language)
    return f"{said} / {number(wanted, language)}"
