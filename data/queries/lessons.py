"""What decided synergies have taught the matcher."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import Engine

from data.queries import frame


def newest(engine: Engine) -> tuple[datetime, Mapping[str, object]] | None:
    """Give the lesson that counts and when it was learned; None before the first."""
    found = frame(engine, "SELECT learned_at, told FROM lesson ORDER BY id DESC LIMIT 1")
    if found.empty:
        return None
    return found["learned_at"].iloc[0].to_pydatetime(), cast("Mapping[str, object]", found["told"].iloc[0])
