"""Overview: how much symbiosis there is, and between which regions."""

from dashboard import frame


def page() -> None:
    """Draw the whole country."""
    frame.title_row(frame.say("title.overview"))
