"""The tables of codes: list of waste, industries and densities."""

from pathlib import Path

from data.reference_build.files import Written, read_csv, write_csv

LANGUAGES = ("fi", "sv", "en")
SOURCES = tuple(f"source_{language}" for language in LANGUAGES)
EWC_COLUMNS = (
    "code",
    "level",
    "parent",
    "hazardous",
    "entry",
    *LANGUAGES,
    *SOURCES,
    "change_2026",
    "hazardous_2026",
)
CHANGE_COLUMNS = ("code", "change", *LANGUAGES, *SOURCES)
INDUSTRY_COLUMNS = ("code", "level", "parent", *LANGUAGES, *SOURCES)
FIGURE_COLUMNS = ("id", "concept", *LANGUAGES, "low", "typical", "high", "unit", "condition", "basis", "source")


def waste_list(folder: Path) -> list[dict[str, str]]:
    """Join the 842 entries and their headings with the codes that the battery decision of 2025 adds."""
    kind = {row["code"]: row["entry_type"].lower().replace(" ", "_") for row in read_csv(folder / "ewc_codes_en.csv")}
    changes = {row["code"]: row for row in read_csv(folder / "ewc_battery_update_2026.csv")}
    rows = {
        row["code"]: row
        | {
            "entry": kind.get(row["code"], ""),
            "hazardous_2026": _hazard_after(row["hazardous"], changes.get(row["code"])),
        }
        for row in read_csv(folder / "ewc_chapters.csv")
    }
    for code, change in changes.items():
        if code not in rows:
            rows[code] = change | {"entry": "", "change_2026": "new", "hazardous_2026": change["hazardous"]}
    return [rows[code] for code in sorted(rows)]


def _hazard_after(before: str, change: dict[str, str] | None) -> str:
    if change is None:
        return before
    return "" if change["change"] == "deleted" else change["hazardous"]


def write(folder: Path, reference: Path) -> list[Written]:
    """Write every table that comes from the folder of codes."""
    figures = read_csv(folder / "densities_units.csv")
    of_kind = {kind: [row for row in figures if row["kind"] == kind] for kind in {row["kind"] for row in figures}}
    changes = sorted(read_csv(folder / "ewc_battery_update_2026.csv"), key=lambda row: row["code"])
    return [
        write_csv(reference / "ewc.csv", EWC_COLUMNS, waste_list(folder)),
        write_csv(reference / "ewc_changes_2026.csv", CHANGE_COLUMNS, changes),
        write_csv(reference / "tol2008.csv", INDUSTRY_COLUMNS, read_csv(folder / "tol2008_sections_divisions.csv")),
        write_csv(reference / "densities.csv", FIGURE_COLUMNS, of_kind["density"]),
        write_csv(reference / "conversions.csv", FIGURE_COLUMNS, of_kind["conversion"]),
        write_csv(reference / "energy_contents.csv", FIGURE_COLUMNS, of_kind["energy_content"]),
        write_csv(reference / "piece_weights.csv", FIGURE_COLUMNS, of_kind["piece"]),
    ]
