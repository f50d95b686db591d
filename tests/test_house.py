"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path
from string import Formatter

import pytest

from config import texts
from config.settings import ROOT
from data.tables import LOOKUPS

MOST_LINES = 300
# Which group of texts names the values of which lookup table.
TERMS = {
    "direction": "direction",
    "resource_type": "type",
    "stage": "stage",
    "lapse_reason": "lapse_reason",
    "visibility": "visibility",
    "site_visibility": "site_visibility",
    "point_precision": "precision",
    "continuity": "continuity",
    "channel": "channel",
    "organisation_kind": "organisation_kind",
    "activation": "activation",
    "event_kind": "event_kind",
    "distance_method": "method",
    "basis": "benefit_status",
    "metric": "metric",
}


def _tracked(pattern: str) -> list[Path]:
    command = ["git", "ls-files", pattern]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def _sources() -> list[Path]:
    return [path for path in _tracked("*.py") if "versions" not in path.parts]


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_files_are_short() -> None:
    """No file is so long that nobody reads it to its end."""
    long = {str(path): count for path in _sources() if (count := len(path.read_text().splitlines())) > MOST_LINES}
    assert long == {}


@pytest.mark.parametrize("key", texts.catalogue())
def test_texts_say_the_same_in_three_languages(key: str) -> None:
    """Every text is there in Finnish, Swedish and English with the same placeholders."""
    forms = texts.catalogue()[key]
    assert set(forms) == set(texts.LANGUAGES)
    assert all(form.strip() for form in forms.values())
    assert len({frozenset(_fields(form)) for form in forms.values()}) == 1


def test_every_text_that_the_code_names_exists() -> None:
    """A text id in the code, in the first argument of a call, is one of the catalogue; or the beginning of several."""
    catalogue = texts.catalogue()
    groups = {key.split(".")[0] for key in catalogue}
    missing = []
    for path in _sources():
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            key = node.args[0].value
            named = isinstance(key, str) and re.fullmatch(r"[a-z_]+\.(?!toml$|csv$|html$)[a-z0-9_+]+", key)
            if named and key.split(".")[0] in groups:
                known = any(name.startswith(key) for name in catalogue) if key.endswith("_") else key in catalogue
                missing += [] if known else [f"{path.name}: {key}"]
    assert missing == []


def test_every_code_of_a_lookup_table_has_its_word() -> None:
    """What the store can hold, the screen can name."""
    wanted = {f"{TERMS[name]}.{code}" for name, codes in LOOKUPS.items() for code in codes}
    assert wanted <= set(texts.catalogue())


def test_only_settings_reads_the_environment() -> None:
    """A setting is read in one place; the sandbox of imports, which imports nothing of ours, empties its own."""
    readers = [
        str(path.relative_to(ROOT))
        for path in _sources()
        if "tests" not in path.parts and re.search(r"\bos\.environ|\bgetenv\b", path.read_text())
    ]
    assert set(readers) <= {"config/settings.py", "data/importers/sandbox/child.py"}


def test_no_widget_speaks_english_of_its_own() -> None:
    """Streamlit says "Choose options" and "Select all" in English where nobody gives it other words."""
    mute = []
    for path in _sources():
        if "tests" in path.parts:  # a test asks for a widget by the same name
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            told = {one.arg: one.value for one in call.keywords}
            empty = isinstance(told.get("index"), ast.Constant) and told["index"].value is None
            needed = {"multiselect": {"placeholder", "select_all"}, "selectbox": {"placeholder"} if empty else set()}
            if not needed.get(call.func.attr, set()) <= set(told):
                mute.append(f"{path.relative_to(ROOT)}:{call.lineno}")
    assert mute == []
