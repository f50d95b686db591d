"""Forms for companies, sites and resources: a dialog that keeps what was typed until it can be saved."""

from dashboard.forms.dialog import open_form, show
from dashboard.forms.undo import notice

__all__ = ["notice", "open_form", "show"]
