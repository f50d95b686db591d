"""The menu of downloads of the overview: the table, the map and the link, made only when asked for."""

from functools import partial

import pandas as pd

from config.texts import Language
from dashboard import audited, exports, frame
from dashboard.frame import language, say
from dashboard.views.overview import View
from dashboard.views.overview_counts import Chosen
from dashboard.views.overview_tables import Table


def menu(table: Table, view: View, sites: pd.DataFrame, chosen: Chosen) -> None:
    """Draw the entries."""
    audited.entry(
        say("overview.download_csv"),
        audited.file(
            say("audit.export_table", name=table.name),
            len(table.frame),
            partial(_csv, table, say("frame.fewer"), language(), demo=view.demo),
        ),
        f"synergiakartta-{table.name}-{chosen.year}.csv",
        "download_csv",
    )
    audited.entry(
        say("overview.download_geopackage"),
        audited.file(
            say("audit.export_map"), len(view.areas) + len(sites), partial(_geopackage, chosen.level, view, sites)
        ),
        f"synergiakartta-{chosen.measure}-{chosen.year}.gpkg",
        "download_geopackage",
    )
    frame.share()


def _csv(table: Table, fewer: str, language: Language, *, demo: bool) -> bytes:
    return exports.csv_bytes(table.plain(fewer), language, demo=demo)


def _geopackage(level: str, view: View, sites: pd.DataFrame) -> bytes:
    return exports.geopackage_bytes(level, figures(view), _dots(sites))


def figures(view: View) -> pd.DataFrame:
    """Give the figures of the areas for a map file; those of fewer than three companies stay empty."""
    areas = view.areas[["code", "name", "value", "few"]].reset_index(drop=True)
    areas["value"] = areas["value"].where(~areas["few"])
    return areas.assign(fewer_than_3=areas.pop("few"), demo=view.demo)


def _dots(sites: pd.DataFrame) -> pd.DataFrame:
    return sites.drop(columns=["organisation"]) if len(sites) else sites
