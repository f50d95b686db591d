"""Every rule is told in three languages, long and short."""

import re
from collections.abc import Callable
from pathlib import Path

from config.texts import LANGUAGES, catalogue
from data.importers import Problem, Report

Read = Callable[..., Report]

FOLDER = Path(__file__).parents[3] / "data" / "importers"
RULE = re.compile(r"\b(?:refuse|warn|note)\(\s*\"([a-z_]+)\"")


def test_every_rule_of_a_row_has_its_sentence_and_its_few_words() -> None:
    """A rule without words would leave the user with a key."""
    rules = {rule for file in FOLDER.rglob("*.py") for rule in RULE.findall(file.read_text(encoding="utf-8"))}
    assert len(rules) > 40
    for rule in rules:
        assert f"import.{rule}" in catalogue(), rule
        assert f"import_rule.{rule}" in catalogue(), rule


def test_every_sentence_of_a_sample_can_be_said(read_sample: Read) -> None:
    """With its row, column, value and whatever else its rule knows."""
    names = ("quantities", "business_ids", "places", "texts", "degenerate", "kkj", "twice", "headers_fi")
    reports = [read_sample(f"{name}.csv") for name in names]
    reports.append(read_sample("materiaalitori.json", "materiaalitori"))
    problems: list[Problem] = [problem for report in reports for problem in report.problems]
    for problem in problems:
        for language in LANGUAGES:
            said = problem.as_dict(language)
            assert "{" not in str(said["message"])
            assert problem.title(language)
