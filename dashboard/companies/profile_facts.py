"""Facts as a list of terms; pure."""

from collections.abc import Sequence
from html import escape

from dashboard.views.company import Fact


def as_html(told: Sequence[Fact]) -> str:
    """Write facts as HTML, every value escaped."""
    rows = "".join(f"<dt>{escape(one.label)}</dt><dd>{escape(one.value)}</dd>" for one in told)
    return f'<dl class="facts">{rows}</dl>'
