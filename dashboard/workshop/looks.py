"""The style of the facilitator's page; pure."""

from dashboard.palette import Palette

_SHEET = """
.st-key-wall [data-testid=stElementContainer]:has(iframe){height:auto!important}
[role=dialog] h3{font-size:1.25rem!important}
[data-testid=InputInstructions]{display:none}
.st-key-wall iframe{width:100%;height:auto;aspect-ratio:16/9;border-radius:8px;display:block}
.guard{background:PANEL;border-radius:8px;padding:10px 14px;margin:0;font-size:.875rem}
.code p{margin:0;color:SECONDARY;font-size:.875rem}
.code strong{font-size:1.75rem}
.tables{display:grid;grid-template-columns:1fr 1fr;gap:12px}
.tables section{border:1px solid LINE;border-radius:8px;padding:8px 14px}
.tables p{margin:0;font-size:.8125rem;color:SECONDARY;display:flex;justify-content:space-between;gap:8px}
.tables p b{color:TEXT;font-weight:600;font-size:.875rem}.tables strong{font-size:1.5rem;line-height:1.3}
.tables .quiet{color:WANT;font-weight:600}
.kinds{display:flex;gap:2px;height:10px;margin-bottom:8px}.kinds i{display:block;border-radius:2px}
.kind-names{display:grid;grid-template-columns:repeat(3,1fr);gap:4px;font-size:.8125rem}
.kind-names i{display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:6px}
.there{font-size:.8125rem;line-height:1.4;margin:0 0 4px;overflow-wrap:anywhere}.there b{font-weight:600}
.check p,.match p{margin:0;font-size:.875rem;line-height:1.35;overflow-wrap:anywhere}
.check p+p,.match p+p{color:SECONDARY}.match .cross{color:ACCENT!important;font-weight:600}
[class*=st-key-entry_],[class*=st-key-check_],
[class*=st-key-match_]{border-top:1px solid LINE;padding-top:8px;gap:.25rem}
"""

# The widget's own words are English: ours stand in their place.
_UPLOADER = """
[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer] p{font-size:0}
[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer] p::after{
content:'BUTTON';font-size:.875rem}
[data-testid=stFileUploaderDropzoneInstructions]{font-size:0}
[data-testid=stFileUploaderDropzoneInstructions] *{display:none}
[data-testid=stFileUploaderDropzoneInstructions]::after{content:'DROP';font-size:.875rem}
"""


def uploader(button: str, drop: str) -> str:
    """Give the style that puts our words into the widget for files."""
    return f"<style>{_UPLOADER.replace('BUTTON', button).replace('DROP', drop)}</style>"


def sheet(colours: Palette) -> str:
    """Give the style sheet in the colours of a theme."""
    rules = _SHEET
    for name, colour in (
        ("PANEL", colours.panel),
        ("SECONDARY", colours.secondary),
        ("LINE", colours.line),
        ("TEXT", colours.text),
        ("WANT", colours.want_text),
        ("ACCENT", colours.accent),
    ):
        rules = rules.replace(name, colour)
    return f"<style>{rules}</style>"
