"""Run the parsers of binary formats in a child process that can do little harm: see child.py."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.errors import ImportProblem

CHILD = Path(__file__).with_name("child.py")
TIMEOUT_S = 120
MEMORY_MIB = 3_000


def run(job: str, folder: Path, arguments: Mapping[str, object], file: str) -> Any:  # noqa: ANN401 - JSON
    """Let the child do a job on the files in `folder` and give its answer; raise ImportProblem where it fails.

    The child inherits nothing of our environment, may open no file for writing, and answers in JSON, so that
    whatever a file makes its parser do, it can only say something wrong.
    """
    order = json.dumps({"job": job, "folder": str(folder), "memory_mib": MEMORY_MIB, **arguments})
    try:
        # -I: isolated from the environment and the current folder.
        done = subprocess.run(  # noqa: S603 - our own interpreter and script
            [sys.executable, "-I", str(CHILD)],
            input=order.encode(),
            capture_output=True,
            timeout=TIMEOUT_S,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            cwd=folder,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ImportProblem("import.reader_failed", file=file) from error
    if done.returncode != 0:
        raise ImportProblem("import.reader_failed", file=file)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise ImportProblem(f"import.{answer['refused']}", file=file, **answer.get("values", {}))
    return answer
