"""Balance and flows as files tell of them: none tells of few companies, unless for own use."""

from config.texts import Language
from dashboard import source_planning
from dashboard.ecosystems.choice import Choice
from dashboard.views import ecosystem_balance, ecosystem_flows
from dashboard.views.ecosystem_balance import Balance
from dashboard.views.ecosystem_flows import STAGES, Asked, Flows


def both(stamp: str, choice: Choice, language: Language) -> tuple[Balance, Flows]:
    """Give balance and flows as they may be handed on."""
    level = "municipalities" if choice.region else "regions"
    return balance(stamp, choice, level, language), flows(stamp, choice, Asked(STAGES), language)


def balance(stamp: str, choice: Choice, level: str, language: Language, *, whole: bool = False) -> Balance:
    """Give the balance; the whole of it tells of single companies, too."""
    if whole:
        atoms = source_planning.balance_atoms(stamp, choice.year, choice.types)
        return ecosystem_balance.build(atoms, choice, level, language)
    return ecosystem_balance.shared(source_planning.balance_cells(stamp, choice.year), choice, level, language)


def flows(stamp: str, choice: Choice, asked: Asked, language: Language, *, whole: bool = False) -> Flows:
    """Give the flows; the whole of them tells of single companies, too."""
    told = ecosystem_flows.build if whole else ecosystem_flows.shared
    return told(source_planning.flow_atoms(stamp, choice.year), choice, asked, language)
