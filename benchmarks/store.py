"""How fast rows come in and out of the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pandas as pd
import psycopg
import shapely
import xlsxwriter
from sqlalchemy import Engine, make_url, text

from benchmarks import Figure, kills, ratio, seconds
from config.settings import Settings
from data import cluster, importers, store
from data.importers.report import Options
from data.migrate import migrate
from data.queries import matching
from data.store import demo, reference

TABLE_ROWS = 50_000
PEER = "psycopg binary + shapely.from_wkb"


@contextmanager
def database(settings: Settings, name: str) -> Iterator[Engine]:
    """Make a database of its own for a benchmark, with schema and reference tables, and drop it afterwards."""
    with cluster.running(settings) as url:
        _administer(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        _administer(url, f"CREATE DATABASE {name}")
        engine = store.engine(make_url(url).set(database=name).render_as_string(hide_password=False))
        try:
            migrate(engine)
            reference.load(engine, settings.reference)
            yield engine
        finally:
            engine.dispose()
            _administer(url, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(url: str, statement: str) -> None:
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


def measure(settings: Settings, sources: Path, tell: kills.Told = str) -> list[Figure]:
    """Measure imports, reads, load and kills; the register is measured only where its files lie in `sources`."""
    with database(settings, "bench_store") as engine:
        figures = [_demo(engine, settings), _read_ratio(engine), _table(engine)]
        if (sources / "sites").is_dir():
            figures.append(_register(engine, sources / "sites"))
    return figures + kills.measure(tell)


def _demo(engine: Engine, settings: Settings) -> Figure:
    return Figure(
        "load demo data, 700 companies and 5,000 resources", seconds(lambda: demo.load(engine, settings)), "s"
    )


def _read_ratio(engine: Engine) -> Figure:
    """Compare our read of all resources with a bare binary read of the same columns and as many points."""
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        return Figure(
            "read 5,000 resources into a frame, over the peer",
            ratio(partial(matching.resources, engine), partial(_bare_read, connection)),
            "times",
            1.0,
            PEER,
        )


def _bare_read(connection: psycopg.Connection[tuple[object, ...]]) -> pd.DataFrame:
    with connection.cursor(binary=True) as cursor:
        cursor.execute(
            "SELECT r.id, s.organisation_id, r.site_id, r.direction, r.type, r.title, r.description, r.language,"
            " r.concepts, r.ewc_code, r.tonnes_low, r.tonnes_high, r.quantity_low, r.quantity_high, r.unit,"
            " r.continuity, r.available_from, r.available_to, r.season_months, r.visibility, s.region_code,"
            " ST_AsBinary(s.point) AS point"
            " FROM resource r JOIN site s ON s.id = r.site_id WHERE r.deleted_at IS NULL ORDER BY r.id"
        )
        frame = pd.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description or ()])
    frame["point"] = shapely.from_wkb(frame["point"].to_numpy())
    return frame


def _table(engine: Engine) -> Figure:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "taulukko.xlsx"
        _write_table(file, engine)
        took_s = seconds(lambda: _import(engine, "table", file))
    return Figure(f"import a table of {TABLE_ROWS:,} rows (XLSX)", took_s, "s", 60.0)


def _register(engine: Engine, folder: Path) -> Figure:
    took_s = seconds(lambda: _import(engine, "prtr", folder))
    return Figure("import the PRTR: 776 sites, 7,757 transfers", took_s, "s", 20.0)


def _import(engine: Engine, name: str, path: Path) -> None:
    importers.write(engine, "bench", importers.read(name, path, Options()))


def _write_table(file: Path, engine: Engine) -> None:
    with engine.connect() as connection:
        places = connection.execute(text("SELECT fi FROM municipality ORDER BY code")).scalars().all()
    draw = Random(1)  # noqa: S311 - a benchmark has no secrets
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Yritys", "Kunta", "Suunta", "Laji", "Otsikko", "Kuvaus", "Määrä", "Yksikkö"])
        for row in range(1, TABLE_ROWS + 1):
            company, place = row // 7, draw.choice(places)
            direction = draw.choice(["tarjolla", "tarvitaan"])
            words = [f"Koeyritys {company} Oy", place, direction, "Jäte", f"Puutuhka {row}", "Kuivaa tuhkaa siilosta"]
            sheet.write_row(row, 0, [*words, draw.randrange(1, 5000), "t"])
