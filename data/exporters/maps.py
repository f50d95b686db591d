"""Maps as a GeoPackage that QGIS opens as it was seen: named layers in ETRS-TM35FIN, each with its style.

QGIS reads styles from a table of its own, `layer_styles`, and takes the one that is marked as default.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from geo import crs

if TYPE_CHECKING:
    import geopandas as gpd

_STYLES = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
    description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
VALUES ('layer_styles', 'attributes', 'layer_styles', '');
"""
_ADD = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
    styleSLD, useAsDefault, description)
VALUES ('', '', ?, 'geom', ?, ?, '', 1, '')
"""
_EDGE = 1e15  # beyond any figure
_SYMBOLS = {"points": ("marker", "SimpleMarker"), "lines": ("line", "SimpleLine"), "areas": ("fill", "SimpleFill")}
PALE = 38  # of 255

Shape = Literal["points", "lines", "areas"]


@dataclass(frozen=True)
class Band:
    """Name a range of figures, from `low` to below `high`, with its colour as #RRGGBB."""

    low: float
    high: float
    colour: str
    label: str


@dataclass(frozen=True)
class Kind:
    """Name a value of a column with its colour as #RRGGBB, and what it is called in the legend."""

    value: str
    colour: str
    label: str
    dashed: bool = False


@dataclass(frozen=True)
class Layer:
    """Hold a layer: its name in the file, its title in the legend, its rows with geometry, and its style as QML."""

    name: str
    title: str
    rows: "gpd.GeoDataFrame"
    style: str


def geopackage(layers: Sequence[Layer]) -> bytes:
    """Write layers and their styles; the rows may be in any coordinates, the file is in ETRS-TM35FIN."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.gpkg"
        for number, layer in enumerate(layers):
            projected = layer.rows.to_crs(crs.TM35FIN)
            projected.to_file(
                path, layer=layer.name, driver="GPKG", mode="a" if number else "w", IDENTIFIER=layer.title
            )
        with closing(sqlite3.connect(path)) as file, file:
            file.executescript(_STYLES)
            file.executemany(_ADD, [(layer.name, layer.title[:30], layer.style) for layer in layers])
        return path.read_bytes()


def bands(limits: Sequence[float], colours: Sequence[str], labels: Sequence[str]) -> list[Band]:
    """Give the ranges between limits, one more than there are, open at both ends."""
    edges = [-_EDGE, *limits, _EDGE]
    return [Band(*one) for one in zip(edges[:-1], edges[1:], colours, labels, strict=True)]


def areas_style(column: str, classes: Sequence[Band], label: str) -> str:
    """Write the style of areas that are filled by classes of a column, each with the text of another as its label."""
    ranges = "".join(
        f'<range symbol="{number}" lower="{one.low:.6f}" upper="{one.high:.6f}" label="{escape(one.label)}"'
        ' render="true"/>'
        for number, one in enumerate(classes)
    )
    symbols = "".join(
        f'<symbol type="fill" name="{number}" alpha="1"><layer class="SimpleFill" enabled="1">'
        f"{_option('color', _rgba(one.colour))}{_option('outline_color', '255,255,255,255')}"
        f"{_option('outline_width', '0.2')}{_option('style', 'solid')}</layer></symbol>"
        for number, one in enumerate(classes)
    )
    return _qml(
        f'<renderer-v2 type="graduatedSymbol" attr="{escape(column)}" graduatedMethod="GraduatedColor"'
        f' enableorderby="0"><ranges>{ranges}</ranges><symbols>{symbols}</symbols></renderer-v2>{_labels(label)}'
    )


def lines_style(colour: str, widest: str, label: str) -> str:
    """Write the style of lines in one colour, their width in millimetres as an expression over the columns."""
    wide = (
        '<data_defined_properties><Option type="Map"><Option type="QString" name="name" value=""/>'
        '<Option type="Map" name="properties"><Option type="Map" name="outlineWidth">'
        '<Option type="bool" name="active" value="true"/>'
        f'<Option type="QString" name="expression" value="{escape(widest)}"/><Option type="int" name="type" value="3"/>'
        '</Option></Option><Option type="QString" name="type" value="collection"/></Option></data_defined_properties>'
    )
    symbol = (
        '<symbol type="line" name="0" alpha="0.8"><layer class="SimpleLine" enabled="1">'
        f"{_option('line_color', _rgba(colour))}{_option('line_width', '0.6')}{wide}</layer></symbol>"
    )
    return _qml(f'<renderer-v2 type="singleSymbol"><symbols>{symbol}</symbols></renderer-v2>{_labels(label)}')


def kinds_style(shape: Shape, column: str, kinds: Sequence[Kind], label: str = "") -> str:
    """Write the style of points, lines or areas that are coloured by what stands in a column."""
    categories = "".join(
        f'<category symbol="{number}" value="{escape(one.value)}" label="{escape(one.label)}" render="true"/>'
        for number, one in enumerate(kinds)
    )
    symbols = "".join(
        f'<symbol type="{_SYMBOLS[shape][0]}" name="{number}" alpha="1">{_symbol(shape, one)}</symbol>'
        for number, one in enumerate(kinds)
    )
    return _qml(
        f'<renderer-v2 type="categorizedSymbol" attr="{escape(column)}" enableorderby="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>{_labels(label)}"
    )


def _symbol(shape: Shape, kind: Kind) -> str:
    told = {
        "points": {"color": _rgba(kind.colour), "outline_color": "255,255,255,255", "name": "circle", "size": "2.4"},
        "lines": {
            "line_color": _rgba(kind.colour),
            "line_width": "0.5",
            "line_style": "dash" if kind.dashed else "solid",
        },
        "areas": {"color": _rgba(kind.colour, PALE), "outline_color": _rgba(kind.colour), "outline_width": "0.4"},
    }[shape]
    options = "".join(_option(name, value) for name, value in told.items())
    return f'<layer class="{_SYMBOLS[shape][1]}" enabled="1">{options}</layer>'


def _qml(renderer: str) -> str:
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis version="3.28" styleCategories="Symbology|Labeling" labelsEnabled="1">{renderer}</qgis>'
    )


def _labels(column: str) -> str:
    if not column:
        return ""
    return (
        f'<labeling type="simple"><settings><text-style fieldName="{escape(column)}" fontSize="8"'
        ' textColor="15,25,32,255"><text-buffer bufferDraw="1" bufferSize="0.8" bufferColor="255,255,255,255"/>'
        "</text-style></settings></labeling>"
    )


def _option(name: str, value: str) -> str:
    return f'<prop k="{name}" v="{value}"/>'


def _rgba(colour: str, alpha: int = 255) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + f",{alpha}"
