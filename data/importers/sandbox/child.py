"""Parse one untrusted file, in a process of its own: a script, run isolated, that imports nothing of the program.

It takes an order as JSON on standard input and answers in JSON on standard output. Dates go as {"d": "2026-11-22"}.
Before it opens the file it walls itself in (walls.py), and its answer names the walls that stand.
"""

import json
import os
import runpy
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

# All of GDAL's vector drivers but GeoPackage and Shapefile: above all VRT, which opens whatever file it is told to.
SKIPPED = (
    "VRT,OGR_VRT,GDALG,MEM,PCIDSK,PDS4,VICAR,PDF,MBTiles,EEDA,OGCAPI,LVBAG,S57,DGN,CSV,GML,GPX,LIBKML,KML,GeoJSONSeq,"
    "ESRIJSON,TopoJSON,OGR_GMT,SQLite,WAsP,OpenFileGDB,DXF,FlatGeobuf,GeoRSS,VFK,PGDUMP,OSM,GPSBabel,OGR_PDS,WFS,OAPIF,"
    "EDIGEO,Idrisi,ODS,XLSX,Elasticsearch,Carto,AmigoCloud,SXF,Selafin,JML,PLSCENES,CSW,VDV,MVT,NGW,MapML,GTFS,PMTiles,"
    "JSONFG,MiraMonVector,ADBC,AVCBin,AVCE00,AIVector,HTTP,GeoJSON,netCDF,HDF5,Memory,Parquet,Arrow,MapInfo File"
)


def main() -> None:
    """Do the job that standard input orders."""
    order = json.load(sys.stdin)
    load, job = JOBS[order["job"]]
    walls: dict[str, Any] = runpy.run_path(str(Path(__file__).with_name("walls.py")))
    load()
    open_to_all = _open_to_all(Path(sys.prefix))
    standing: list[str] = walls["close"](Path(order["folder"]), order["memory_mib"], open_to_all=open_to_all)
    lacking = sorted(set(order["required"]) - set(standing))
    answer = {"refused": "walls_missing", "values": {"walls": ", ".join(lacking)}} if lacking else job(order)
    # What a parser prints must not mix with the answer: one write, and out.
    _send({**answer, "walls": standing})


def _send(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, default=_told, separators=(",", ":")))
    sys.stdout.flush()


def _told(value: object) -> object:
    if isinstance(value, datetime | date):
        return {"d": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    if hasattr(value, "item"):  # NumPy's scalars
        return _told(value.item()) if isinstance(value.item(), datetime | date) else value.item()
    return str(value)


def _open_to_all(folder: Path) -> bool:
    """Tell whether a user without rights could still load what the parsers need: not from below a closed folder."""
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))


def _load_calamine() -> None:
    import python_calamine  # noqa: F401, PLC0415 - before the door closes


def xlsx(order: dict[str, Any]) -> dict[str, Any]:
    """Give the rows of a sheet, and the names of all sheets that can be seen."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415 - loaded before the door closed

    with Path(order["folder"], "file").open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        seen = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        name = order["sheet"] if order["sheet"] in seen else seen[0]
        sheet = book.get_sheet_by_name(name)
        height, width = sheet.total_height, sheet.total_width
        if height > order["max_rows"] or width > order["max_columns"]:
            return {"refused": "sheet_too_large", "values": {"rows": height, "columns": width}}
        return {"sheet": name, "sheets": seen, "rows": sheet.to_python(skip_empty_area=False)}


def _load_pyogrio() -> None:
    os.environ |= {
        "OPENBLAS_NUM_THREADS": "1",
        "GDAL_SKIP": SKIPPED,
        "OGR_SKIP": "OGR_VRT",  # the whole list in both makes GDAL stumble over the drivers that are gone already
        "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
        "GDAL_HTTP_TIMEOUT": "1",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "none",
        "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
        "OGR_GPKG_FOREIGN_KEY_CHECK": "NO",
        "SHAPE_RESTORE_SHX": "NO",
    }
    import pyogrio.raw  # noqa: F401, PLC0415 - after GDAL is told what to leave out
    import shapely  # noqa: F401, PLC0415 - before the door closes


def features(order: dict[str, Any]) -> dict[str, Any]:
    """Give the features of a layer: properties, kind of geometry and, of points, x and y; and the layer's system."""
    import pyogrio  # noqa: PLC0415 - loaded before the door closed

    path = str(Path(order["folder"], order["name"]))
    layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if not layers:
        return {"refused": "no_layer"}
    layer = order["layer"] if order["layer"] in layers else layers[0]
    if pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"] > order["max_rows"]:
        return {"refused": "too_many_rows", "values": {"limit": order["max_rows"]}}
    meta, _ids, shapes, columns = pyogrio.raw.read(path, layer=layer, datetime_as_string=True)
    fields = [str(name) for name in meta["fields"]]
    rows = [
        {"properties": dict(zip(fields, (_plain(value) for value in values), strict=True)), **_point(shape)}
        for shape, *values in zip(shapes, *columns, strict=True)
    ]
    return {"layer": layer, "layers": layers, "crs": meta["crs"], "features": rows}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - NaN stands for no value
        return None
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _point(shape: bytes | None) -> dict[str, Any]:
    import shapely  # noqa: PLC0415 - loaded before the door closed

    if shape is None:
        return {"geometry": ""}
    found: Any = shapely.from_wkb(shape)
    if found.geom_type == "MultiPoint" and len(found.geoms) == 1:
        found = found.geoms[0]
    if found.geom_type != "Point" or found.is_empty:
        return {"geometry": "" if found.is_empty else found.geom_type}
    return {"geometry": "Point", "x": found.x, "y": found.y}


def drivers(_order: dict[str, Any]) -> dict[str, Any]:
    """Name the formats that this GDAL can still read: a newer one may bring more than the list above skips."""
    import pyogrio  # noqa: PLC0415 - loaded before the door closed

    return {"drivers": sorted(pyogrio.list_drivers())}


JOBS: dict[str, tuple[Callable[[], None], Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "xlsx": (_load_calamine, xlsx),
    "features": (_load_pyogrio, features),
    "walls": (lambda: None, lambda _order: {}),
    "drivers": (_load_pyogrio, drivers),
}

if __name__ == "__main__":
    main()
