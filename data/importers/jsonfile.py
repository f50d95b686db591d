"""JSON files: whole, finite and not nested without end, or refused with the line where reading stopped."""

import json
from pathlib import Path
from typing import Any, NoReturn

from config.errors import ImportProblem
from data.importers import safety
from data.importers.encodings import decode


def read(path: Path, file: str) -> tuple[Any, bytes]:
    """Read a JSON file and give its bytes beside it; raise ImportProblem naming the line where it breaks."""
    data = safety.contents(path, file)
    safety.require_text(data, file, "JSON")
    text, _ = decode(data, file)
    try:
        return json.loads(text, parse_constant=_refuse_constant), data
    except json.JSONDecodeError as error:
        raise ImportProblem("import.not_json", file=file, line=error.lineno) from error
    except (ValueError, RecursionError) as error:
        # NaN and Infinity are no JSON, and a thousand brackets are no data.
        raise ImportProblem("import.not_json", file=file, line=_line_of_constant(text)) from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _line_of_constant(text: str) -> int:
    found = [at for at in (text.find(word) for word in ("NaN", "Infinity")) if at >= 0]
    return text.count("\n", 0, min(found)) + 1 if found else 1
