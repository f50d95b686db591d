import json

import pytest

from config.settings import ROOT

MAP = ROOT / "static" / "map"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_base_map_is_whole_and_asks_nobody(theme: str) -> None:
    """Every source of the style is a file of ours that exists and is light; nothing is asked of another house."""
    text = (MAP / f"style-{theme}.json").read_text(encoding="utf-8")
    style = json.loads(text)
    assert "http" not in text
    assert {layer["source"] for layer in style["layers"] if "source" in layer} == set(style["sources"])
    for source in style["sources"].values():
        file = MAP / source["data"].removeprefix("/app/static/map/")
        assert 0 < file.stat().st_size < 200_000
