from config.settings import ROOT, Settings


def test_every_setting_stands_in_the_readme() -> None:
    """The table of settings names each setting with what the program itself says of it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [
        name
        for name, field in Settings.model_fields.items()
        if f"| `SYNERGIA_{name.upper()}` |" not in readme or str(field.description) not in readme
    ]
    assert missing == []
