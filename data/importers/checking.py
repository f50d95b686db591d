"""Judge the rows of a sheet, whatever format it came in, and make what is to be written."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import pandas as pd

from data.importers import numbers, places
from data.importers.assembly import assemble
from data.importers.cells import Cells, Row, Sheet
from data.importers.columns import understand
from data.importers.protocol import Fixes
from data.importers.records import Defaults, Draft, organisation, origin, resource, site
from data.importers.report import Options, Problem, Progress, Report, Severity
from data.importers.text import shown
from data.model import Channel

NUMERIC = ("quantity", "quantity_low", "quantity_high", "density", "easting", "northing", "lon", "lat")
STEP = 500
PREVIEW_ROWS = 20


def check(sheet: Sheet, importer: str, options: Options, fixes: Fixes, progress: Progress) -> Report:
    """Read every row of a sheet into organisations, sites and resources, with the problems found on the way."""
    channel = options.channel or (Channel.MATERIAALITORI if importer == "materiaalitori" else Channel.OTHER)
    defaults = Defaults(options, channel, sheet.file)
    decimal = options.decimal or numbers.convention(
        row.cells.get(name) for row in sheet.rows for name in NUMERIC if name in row.cells
    )
    drafts, claims = [], []
    for done, row in enumerate(sheet.rows):
        if done % STEP == 0:
            progress("import.stage_checking", done, len(sheet.rows))
        cells = Cells(row, sheet.columns, options.language, decimal, _fixed(sheet, fixes.get(row.number, {})))
        drafts.append(_draft(cells, defaults))
        claims.append(places.claim(cells, sheet.coordinate_system))
    places.settle(claims)
    batch, ties = assemble(drafts, claims)
    progress("import.stage_checking", len(sheet.rows), len(sheet.rows))
    problems = chain(sheet.notes, *(draft.cells.problems for draft in drafts))
    return Report(
        importer=importer,
        file=sheet.file,
        sha256=sheet.sha256,
        options=options,
        rows=len(sheet.rows),
        problems=_in_order(problems),
        batch=batch,
        ties=ties,
        points=points(claims),
        channel=channel,
        columns={heading: field for field, heading in sheet.columns.headings.items()},
        ignored=sheet.columns.ignored,
        headings=sheet.headings,
        sheet=sheet.sheet,
        sheets=sheet.sheets,
        coordinates=_systems(claims),
        preview=_preview(sheet),
        source=sheet,
    )


def _draft(cells: Cells, defaults: Defaults) -> Draft:
    for name, fault in cells.row.faults.items():
        cells.add(fault, name)
    told = origin(cells, defaults)
    own, place, offered = organisation(cells), site(cells), resource(cells)
    return Draft(cells, {**own, **told}, {**place, **told}, None if offered is None else {**offered, **told})


def _fixed(sheet: Sheet, fixes: Mapping[str, str]) -> dict[str, str]:
    """Turn fixes by heading into fixes by field; that of a pair of columns holds both values."""
    found: dict[str, str] = {}
    for column, value in fixes.items():
        # Two headings with a comma between look like one with its unit: the pair goes first.
        names = [name for name in (_field(sheet, part) for part in column.split(", ")) if name]
        if len(names) > 1 and sheet.columns.field_of(column) is None:
            found |= dict(zip(names, value.split(), strict=False))
        elif field := _field(sheet, column):
            found[field] = value
    return found


def _field(sheet: Sheet, heading: str) -> str | None:
    return sheet.columns.field_of(heading) or understand(heading)[0]


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(
        sorted(problems, key=lambda problem: (problem.part, problem.row, problem.severity is Severity.WARNING))
    )


def _systems(claims: Sequence[places.Claim]) -> str:
    codes = dict.fromkeys(claim.guess.epsg for claim in claims if claim.guess)
    return ", ".join(f"EPSG:{code}" for code in codes)


def points(claims: Sequence[places.Claim]) -> pd.DataFrame:
    """Give the points of the rows for the map, with the place that is proposed where one is doubted."""
    rows = [
        {
            "row": claim.cells.row.number,
            "easting": claim.easting,
            "northing": claim.northing,
            "state": "rejected" if claim.cells.rejected else "valid",
            "proposed_easting": claim.proposed[0],
            "proposed_northing": claim.proposed[1],
            "label": shown(claim.cells.raw("title") or claim.cells.raw("organisation")),
        }
        for claim in claims
    ]
    names = ["row", "easting", "northing", "state", "proposed_easting", "proposed_northing", "label"]
    frame = pd.DataFrame(rows, columns=names)
    moved = frame["proposed_easting"].notna()
    return frame.assign(state=frame["state"].where(~moved, "doubtful"))


def _preview(sheet: Sheet) -> pd.DataFrame:
    headings = sheet.columns.headings
    return pd.DataFrame(
        [{headings[name]: shown(cell) for name, cell in row.cells.items() if name in headings} for row in _head(sheet)],
        index=[row.number for row in _head(sheet)],
        columns=list(headings.values()),
    )


def _head(sheet: Sheet) -> tuple[Row, ...]:
    return sheet.rows[:PREVIEW_ROWS]


def note(row: int, column: str, value: str, rule: str, **values: object) -> Problem:
    """Make a remark that is of the file rather than of a cell."""
    return Problem(row=row, column=column, value=value, rule=f"import.{rule}", severity=Severity.WARNING, values=values)
