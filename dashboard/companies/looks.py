"""What the rows of the page look like; pure."""

from dashboard.palette import Palette

_SHEET = """
h1.name{font-size:1.625rem;font-weight:600;line-height:1.25;margin:0;overflow-wrap:anywhere}
.st-key-back{margin-bottom:-.75rem}
.st-key-rows{gap:0!important}
[class*=st-key-row_]{border-bottom:1px solid LINE;padding:3px 0 6px;gap:0!important}
[class*=st-key-row_] button{min-height:1.5rem;padding:0;text-align:left;justify-content:flex-start}
[class*=st-key-row_] button p{font-weight:600}
[class*=st-key-opened_]{background:PANEL;border-radius:8px;padding:10px 12px 12px!important;gap:.5rem!important;
margin-top:6px}
[class*=st-key-opened_] button{min-height:2rem;padding:0 12px}
.small{font-size:.8125rem;line-height:1.2rem;color:SECONDARY;margin:0}
.small .have{color:HAVE}.small .want{color:WANT}.small .hazard{color:TEXT;font-weight:600}
.facts{display:grid;grid-template-columns:minmax(130px,max-content) 1fr;gap:4px 24px;margin:0!important;
padding:0!important;font-size:.875rem}
.facts dt{color:SECONDARY;font-weight:400;margin:0;padding:0}
.facts dd{margin:0!important;padding:0;white-space:pre-line;overflow-wrap:anywhere}
.plain{border-collapse:collapse;width:100%;font-size:.875rem}
.plain th,.plain td{text-align:left;font-weight:400;padding:5px 12px 5px 0;border-bottom:1px solid LINE;
vertical-align:top;
overflow-wrap:anywhere}
.plain.wide{max-width:1180px}.plain .small{display:block}
.plain .d{white-space:nowrap;padding-left:12px}
.first{font-weight:600;font-size:.9375rem;margin:0;overflow-wrap:anywhere}
.plain th{color:SECONDARY}.plain .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.fault{color:ERROR;font-size:.875rem;margin:-.5rem 0 0}
.remark{color:SECONDARY;font-size:.875rem;margin:-.25rem 0 0}
.done{font-size:.875rem;margin:0;color:HAVE}
.event{border-bottom:1px solid LINE;padding:6px 0;font-size:.875rem}
.event p{margin:0}.event .when{color:SECONDARY}.event ul{margin:2px 0 0;padding-left:1.1rem}
.event li{margin:0;overflow-wrap:anywhere}
"""


def sheet(colours: Palette) -> str:
    """Give the style sheet of the page in the colours of a theme."""
    rules = _SHEET
    for name, code in (
        ("SECONDARY", colours.secondary),
        ("PANEL", colours.panel),
        ("LINE", colours.line),
        ("HAVE", colours.have_text),
        ("WANT", colours.want_text),
        ("ERROR", colours.error_text),
        ("TEXT", colours.text),
    ):
        rules = rules.replace(name, code)
    return f"<style>{rules}</style>"
