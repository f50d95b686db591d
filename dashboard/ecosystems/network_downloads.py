"""Files of ecosystems, missing processors and what-if views: what the page shows, made when it is taken."""

from collections.abc import Callable, Sequence

import pandas as pd

from dashboard import frame, pictures
from dashboard.ecosystems.choice import Choice
from dashboard.ecosystems.menu import Made, entries, entry
from dashboard.frame import language, say
from dashboard.pictures import Picture
from dashboard.views import ecosystem_missing_files as missing_files
from dashboard.views import ecosystem_network_files as network_files
from dashboard.views import ecosystem_whatif_files as whatif_files
from dashboard.views.ecosystem_balance_words import material_name, place_name
from dashboard.views.ecosystem_communities import View
from dashboard.views.ecosystem_files import plain
from data.exporters.maps import Layer
from data.exporters.report import Book, Sheet
from matching.whatif_terms import Figures


def _title(choice: Choice) -> str:
    return f"{place_name(choice, language())}: {material_name(choice, language())}, {choice.year}"


def _made(choice: Choice, said: str, sheets: Sequence[Sheet], layers: list[Layer], remarks: Sequence[str]) -> Made:
    """Bind what a part made; the first sheet is also its table."""
    demo = bool(layers and layers[0].rows["demo"].any())
    told = [*remarks, *([say("frame.demo_help")] if demo else [])]
    return Made(sheets[0], Book(_title(choice), plain(said), sheets, told), layers, demo)


def _all(name: str, choice: Choice, made: Callable[[], Made], picture: Callable[[], Picture]) -> None:
    entries(name, choice, made)
    entry(name, choice, "png", lambda: pictures.png(picture()))
    frame.share()
    frame.note(say("ecosystems.download_same"))


def of_communities(choice: Choice, view: View, said: str, remark: str) -> None:
    """Write the entries of ecosystems."""
    spoken = language()

    def made() -> Made:
        sheets = [
            network_files.groups_sheet(view, spoken),
            network_files.members_sheet(view, spoken),
            network_files.bridges_sheet(view, spoken),
        ]
        return _made(choice, said, sheets, network_files.layers(view, spoken), [remark])

    picture = lambda: network_files.picture(view, (_title(choice), plain(said)), spoken, choice.region)  # noqa: E731 - made when taken
    _all("ecosystems", choice, made, picture)


def of_missing(choice: Choice, shown: missing_files.Shown, gaps: pd.DataFrame, said: str, remark: str) -> None:
    """Write the entries of missing processors."""
    spoken = language()

    def made() -> Made:
        sheets = [
            missing_files.sites_sheet(shown, spoken),
            missing_files.gaps_sheet(gaps, spoken),
            missing_files.offers_sheet(shown, spoken),
        ]
        return _made(choice, said, sheets, missing_files.layers(shown, spoken), [remark])

    picture = lambda: missing_files.picture(shown, (_title(choice), plain(said)), spoken, choice.region)  # noqa: E731 - made when taken
    _all("processors", choice, made, picture)


def of_whatif(
    choice: Choice, shown: whatif_files.Shown, beside: Sequence[tuple[str, Figures]], said: str, remark: str
) -> None:
    """Write the entries of a what-if view."""
    spoken = language()

    def made() -> Made:
        found = shown.answer
        sheets = [whatif_files.figures_sheet(beside, spoken)]
        for name, rows in (("broken", found.broken), ("won", found.won)):
            sheets.append(whatif_files.exchanges_sheet(name, rows, shown, spoken))
        return _made(choice, said, sheets, whatif_files.layers(shown, spoken), [remark])

    picture = lambda: whatif_files.picture(shown, (_title(choice), plain(said)), spoken, choice.region)  # noqa: E731 - made when taken
    _all("whatif", choice, made, picture)
