"""The sites of the overview: dots in the colour of their type, and the rows of their table."""

from collections.abc import Sequence

import pandas as pd

from config.texts import Language
from dashboard.palette import Palette, rgb
from dashboard.views.overview_counts import records, spots
from dashboard.views.overview_tables import Table
from dashboard.wording import counted, number, t
from data.model import ResourceType
from geo import regions
from geo.regions import Regions


def site_points(
    sites: pd.DataFrame, colours: Palette, language: Language, places: Regions | None = None
) -> list[dict[str, object]]:
    """Give what deck.gl draws of each site: id, place, colour, and the three lines of its tooltip.

    A company without a name in the frame is told as hidden, with its municipality and type.
    """
    municipalities = spots(places or regions.load(), "municipalities")[language]
    tints = {str(one): rgb(colours.types[one])[:3] for one in ResourceType}
    words = {str(one): t(f"type.{one}", language) for one in ResourceType}
    hidden = t("frame.unnamed", language)
    return [
        {
            "id": one["id"],
            "o": one["organisation"],
            "p": [one["lon"], one["lat"]],
            "c": tints[one["type"]],
            "m": int(one["municipality_only"]),
            "name": one["name"] or hidden,
            "a": municipalities[one["municipality"]],
            "b": t(
                "overview.tip_site",
                language,
                resources=counted(one["resources"], "resource", language),
                type=words[one["type"]],
            ),
        }
        for one in records(sites)
    ]


def types_shown(sites: pd.DataFrame) -> Sequence[ResourceType]:
    """List the types that occur, in their order."""
    there = set(sites["type"])
    return [one for one in ResourceType if str(one) in there]


def sites_table(sites: pd.DataFrame, language: Language, places: Regions | None = None) -> Table:
    """Build the table of sites: company, municipality, most common type, number of resources."""
    municipalities = spots(places or regions.load(), "municipalities")[language]
    heads = [t(f"overview.col_{name}", language) for name in ("site", "municipality", "type", "resources")]
    words = {str(one): t(f"type.{one}", language) for one in ResourceType}
    hidden = t("frame.unnamed", language)
    shown = pd.DataFrame(
        {
            heads[0]: [name or hidden for name in sites["name"]],
            heads[1]: sites["municipality"].map(municipalities),
            heads[2]: sites["type"].map(words),
            heads[3]: sites["resources"].astype(float),
        }
    ).reset_index(drop=True)
    ids = tuple(str(one) for one in sites["id"])
    return Table("sites", shown, ids, {heads[3]: lambda value: number(value, language)})
