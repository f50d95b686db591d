"""The report of a workshop: its figures, matches by type and pair of regions, the best ten, next steps; pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.texts import Language
from dashboard import amounts, reasons, wording
from dashboard.live import telling
from dashboard.live.board import Board, moved
from geo import regions
from matching.reasons import Reason

BEST = 10
BEST_HEADS = ("number", "match", "way", "tonnes", "why")
Row = Mapping[str, Any]
Cell = str | int  # a workbook takes a count as a number, paper as it is written
Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Part:
    """Hold one table of the report: its heading (a text id), the heads of its columns, its rows and their widths."""

    key: str
    heads: tuple[str, ...]
    rows: Rows
    shares: tuple[float, ...] = ()

    def written(self, language: Language) -> list[list[str]]:
        """Give the rows as people read them, the counts as the language writes them."""
        return [
            [cell if isinstance(cell, str) else wording.number(cell, language) for cell in row] for row in self.rows
        ]


def parts(
    board: Board, steps: Sequence[Row], language: Language, invented: Collection[int] = frozenset()
) -> list[Part]:
    """Give all tables; `steps` are the synergies of the event that somebody has taken up.

    `invented` are the resources of example data: a suggestion with one of them says so.
    """
    return [
        Part("figures", ("measure", "value"), figures(board, language), (3, 1)),
        Part("types", ("type", "resources"), _types(board, language), (3, 1)),
        Part("kinds", ("type", "matches"), _matched(board, language), (3, 1)),
        Part("pairs", ("from", "to", "matches"), _pairs(board, language), (2, 2, 1)),
        Part(
            "best", ("number", "match", "way", "tonnes", "why"), _best(board, language, invented), (0.5, 3, 2.4, 1.3, 3)
        ),
        Part("steps", ("owner", "match", "stage", "next"), _steps(steps, language), (1.5, 3, 1.5, 2)),
        Part(
            "cards", ("table", "direction", "what", "amount", "place"), _cards(board, language), (0.7, 1, 3, 1.3, 1.5)
        ),
    ]


def figures(board: Board, language: Language) -> Rows:
    """Give the counters as the screen's last frame has them."""
    told = telling.figures(board.totals(), language)
    return [[wording.t(f"workshop_report.{name}", language), value] for name, value in told.items()]


def _types(board: Board, language: Language) -> Rows:
    counts = Counter(board.totals().types)
    return [[wording.t(f"type.{kind}", language), count] for kind, count in counts.most_common()]


def _pairs(board: Board, language: Language) -> Rows:
    counts = Counter((match["have"]["region"], match["want"]["region"]) for match in board.live_matches())
    names = {code: place.name(language) for code, place in regions.load().regions.items()}
    return [[names[a], names[b], count] for (a, b), count in counts.most_common()]


def _best(board: Board, language: Language, invented: Collection[int]) -> Rows:
    matches = board.live_matches()
    goes = moved(matches)
    best = sorted(matches, key=lambda match: (-match["score"], match["n"]))[:BEST]
    return [
        [
            number,
            _pair(match, language, invented),
            _way(match, language),
            wording.tonnes(goes[match["n"]], language, estimated=True) if goes[match["n"]] else wording.UNKNOWN,
            _why(match, language),
        ]
        for number, match in enumerate(best, 1)
    ]


def _pair(match: Row, language: Language, invented: Collection[int]) -> str:
    example = {match["have"]["key"], match["want"]["key"]} & set(invented)
    mark = f" ({wording.t('workshop_report.demo_mark', language)})" if example else ""
    return f"{match['have']['title']} → {match['want']['title']}{mark}"


def _why(match: Row, language: Language) -> str:
    told = [Reason(one["key"], one["values"], one["contribution"]) for one in match["reasons"]]
    return reasons.line(told, language)


def _way(match: Row, language: Language) -> str:
    places = [regions.load().municipalities[match[side]["place"]].name(language) for side in ("have", "want")]
    return f"{' → '.join(places)}, {wording.distance(match['km'], language, match['method'])}"


def _steps(steps: Sequence[Row], language: Language) -> Rows:
    return [
        [
            str(step["owner"] or wording.UNKNOWN),
            f"{step['have']} → {step['want']}",
            wording.t(f"stage.{step['stage']}", language),
            _next(step, language),
        ]
        for step in steps
    ]


def _next(step: Row, language: Language) -> str:
    """Say what comes next, and by when."""
    day = wording.day(step["next_step_on"], language) if step.get("next_step_on") else ""
    return ", ".join(part for part in (str(step["next_step"] or ""), day) if part) or wording.UNKNOWN


def _matched(board: Board, language: Language) -> Rows:
    counts = Counter(match["have"]["type"] for match in board.live_matches())
    return [[wording.t(f"type.{kind}", language), count] for kind, count in counts.most_common()]


def _cards(board: Board, language: Language) -> Rows:
    names = {code: place.name(language) for code, place in regions.load().municipalities.items()}
    return [
        [
            int(card["table"]),
            wording.t(f"direction.{card['direction']}", language),
            card["title"],
            amounts.say(card["amount"], language) or wording.UNKNOWN,
            names[card["place"]],
        ]
        for card in sorted(board.cards.values(), key=lambda one: (one["table"], one["n"]))
    ]
