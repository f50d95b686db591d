"""A start says nothing that nobody has to act on."""

import subprocess
import sys

from config.settings import ROOT


def test_loading_the_server_is_silent() -> None:
    """Streamlit's warnings of caches made before its server runs do not reach the terminal."""
    told = subprocess.run(
        [sys.executable, "-c", "import dashboard.server"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout + told.stderr == ""
