"""The menu of downloads of nearby partners: the table and the link."""

from functools import partial

from config.texts import Language
from dashboard import audited, exports, frame
from dashboard.frame import language, say
from dashboard.views import partner_table
from dashboard.views.partners import View


def menu(view: View) -> None:
    """Draw the entries."""
    audited.entry(
        say("partners.download_csv"),
        # The file is made after the run, where nobody knows the language.
        audited.file(say("audit.export_partners"), None, partial(_csv, view, language())),
        "synergiakartta-kumppanit.csv",
        "download_csv",
    )
    frame.share()


def _csv(view: View, language: Language) -> bytes:
    return exports.csv_bytes(partner_table.plain(view, language), language, demo=view.demo)
