"""The report of a workshop that has ended: a PDF and a workbook whose figures are those of the screen's last frame."""

from collections.abc import Mapping
from typing import Any

from dashboard.live.board import Board


def downloads(_event: Mapping[str, Any], _board: Board) -> None:
    """Draw the downloads."""
