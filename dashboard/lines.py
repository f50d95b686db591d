"""Lines of a list that end in a button: a rule between them, and the button as buttons are elsewhere; pure."""

from dashboard.palette import Palette


def sheet(colours: Palette) -> str:
    """Give the style sheet of the lines, whose containers have keys that begin with line_."""
    return (
        "<style>[class*=st-key-line_]{border-bottom:1px solid "
        + colours.line
        + ";padding:4px 0 8px}.st-key-lines{gap:.25rem!important}"
        "[class*=st-key-line_] [class*=st-key-row_]{border:0;padding:0}</style>"
    )
