"""Keep sources.toml true: rows and checksum of each table stand beside where it came from."""

import csv
import json
import re
from hashlib import sha256
from pathlib import Path

from data.reference_build.files import replace_text

FILE = "sources.toml"


def note(root: Path, listing: Path) -> None:
    """Write the rows and the checksum of every file named in the listing; paths are relative to root."""
    lines, path = [], root
    for line in listing.read_text(encoding="utf-8").splitlines():
        if named := re.fullmatch(r'file = "(.+)"', line):
            path = root / named[1]
        fresh = line
        if line.startswith("rows = "):
            fresh = f"rows = {count_rows(path)}"
        elif line.startswith("sha256 = "):
            fresh = f'sha256 = "{sha256(path.read_bytes()).hexdigest()}"'
        lines.append(fresh)
    replace_text(listing, "\n".join(lines) + "\n")


def count_rows(path: Path) -> int:
    """Count the rows of a table or the features of a map layer."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".geojson":
        return len(json.loads(text)["features"])
    return sum(1 for _ in csv.DictReader(text.splitlines()))
