"""Put the faults of the forms of synergies and benefits into sentences; pure."""

from collections.abc import Iterable
from datetime import date, datetime

from config.texts import Language, catalogue
from dashboard import wording
from dashboard.forms.fields import sentence
from data.importers.faults import Fault
from data.model import Stage


def fault(told: Fault, typed: object, language: Language) -> str:
    """Say what is wrong with a field and how to mend it."""
    if told.rule in catalogue() and not told.rule.startswith("import."):
        return wording.t(told.rule, language, **{name: _word(one, language) for name, one in told.values.items()})
    return sentence(told, typed, language)


def _word(value: object, language: Language) -> str:
    if isinstance(value, tuple):
        return ", ".join(_stages(value, language))
    if isinstance(value, date) and not isinstance(value, datetime):
        return wording.day(value, language)
    return str(value)


def _stages(stages: Iterable[object], language: Language) -> list[str]:
    return [wording.t(f"stage.{one}", language) for one in stages if isinstance(one, Stage)]
