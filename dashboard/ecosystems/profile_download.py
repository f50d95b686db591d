"""The files of indicators and the profile of a region, which tells of balance, flows, ecosystems and years at once."""

from dashboard import source
from dashboard.ecosystems import communities, downloads, indicators_source
from dashboard.ecosystems.choice import Choice
from dashboard.frame import language
from dashboard.views import ecosystem_profile


def entries(choice: Choice, indicator: str) -> None:
    """Write the entries of the indicators' menu, the profile first."""
    entry(choice)
    downloads.of_indicators(choice, indicators_source.view(source.stamp(), choice), indicator)
    downloads.last()


def entry(choice: Choice) -> None:
    """Write the entry of the profile."""
    stamp, spoken = source.stamp(), language()

    def pdf() -> bytes:
        balance, going = downloads.shared_views(stamp, choice, spoken)
        groups = communities.usual(stamp, choice, spoken)
        years = indicators_source.view(stamp, choice)
        return ecosystem_profile.profile((balance, going, groups), years, choice, spoken)

    downloads.entry("profile", choice, "pdf", pdf)
