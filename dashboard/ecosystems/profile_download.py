"""The files of indicators and the profile of a region, which tells of balance, flows, ecosystems and years at once."""

from dashboard import source
from dashboard.ecosystems import communities, downloads
from dashboard.ecosystems.choice import Choice
from dashboard.frame import language
from dashboard.views import ecosystem_profile
from dashboard.views.ecosystem_indicators import Indicators


def entries(choice: Choice, view: Indicators, indicator: str) -> None:
    """Write the entries of the menu, the profile first."""
    stamp, spoken = source.stamp(), language()

    def pdf() -> bytes:
        balance, going = downloads.shared_views(stamp, choice, spoken)
        groups = communities.usual(stamp, choice, spoken)
        return ecosystem_profile.profile((balance, going, groups), view, choice, spoken)

    downloads.entry("profile", choice, "pdf", pdf)
    downloads.of_indicators(choice, view, indicator)
    downloads.last()
