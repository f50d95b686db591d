"""The profile of a region, which tells of balance, flows, ecosystems and years at once."""

from dashboard import source
from dashboard.ecosystems import communities, handed_on, indicators_source, menu
from dashboard.ecosystems.choice import Choice
from dashboard.frame import language
from dashboard.views import ecosystem_profile


def entry(choice: Choice) -> None:
    """Write the entry of the profile."""
    stamp, spoken = source.stamp(), language()

    def pdf() -> bytes:
        balance, going = handed_on.both(stamp, choice, spoken)
        groups = communities.usual(stamp, choice, spoken)
        years = indicators_source.view(stamp, choice)
        return ecosystem_profile.profile((balance, going, groups), years, choice, spoken)

    menu.entry("profile", choice, "pdf", pdf)
