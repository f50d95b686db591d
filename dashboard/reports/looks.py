"""What the reports look like; pure."""

from dashboard.palette import Palette

_SHEET = """
.figures{display:grid;grid-template-columns:minmax(150px,max-content) max-content minmax(80px,1fr) max-content;
align-items:stretch;font-size:.875rem;margin:0}
.figures>*{border-bottom:1px solid LINE;min-height:2.1rem;display:flex;align-items:center;margin:0;padding-right:16px}
.figures .n,.report .n{text-align:right;justify-content:flex-end;font-variant-numeric:tabular-nums;white-space:nowrap}
.figures .n b{font-weight:600;font-size:1rem}
.figures .bar{gap:0}
.track{position:relative;flex:1;height:10px;background:PANEL;border-radius:3px;overflow:hidden;display:flex}
.track i{display:block;height:100%}
.figures .of{color:SECONDARY;white-space:nowrap}
.report{border-collapse:collapse;width:100%;font-size:.875rem}
.report th,.report td{text-align:left;font-weight:400;padding:6px 12px 6px 0;border-bottom:1px solid LINE;
vertical-align:middle}
.report th{color:SECONDARY}.report th.n,.report td.n{text-align:right;padding-left:12px}
.report tfoot td{font-weight:600;border-bottom:none;border-top:1px solid SECONDARY}
.report .w{width:26%;min-width:110px}
.report .track{height:9px}
.scroll{overflow-x:auto}
.keys{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:.8125rem;color:SECONDARY;margin:4px 0 0}
.keys i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px}
.organiser{display:flex;flex-wrap:wrap;gap:2px 16px;align-items:baseline;font-size:.875rem;margin:0;
overflow-wrap:anywhere}
.organiser b{font-weight:600;font-size:.9375rem;flex-basis:100%}.organiser span{color:SECONDARY}
.organiser .warning{color:WANT}.organiser .state.on{color:HAVE;font-weight:600}
[class*=st-key-organiser_rows]>*,[class*=st-key-release_rows]>*{border-bottom:1px solid LINE;padding:6px 0}
[class*=st-key-organiser_rows]>*>*,[class*=st-key-release_rows]>*>*{flex-wrap:nowrap!important}
.st-key-report_words h2{font-size:1.0625rem;font-weight:600;margin:0;padding:0}
"""


def sheet(colours: Palette) -> str:
    """Give the style sheet in the colours of a theme."""
    rules = _SHEET.replace("SECONDARY", colours.secondary).replace("PANEL", colours.panel)
    rules = rules.replace("WANT", colours.want_text).replace("HAVE", colours.have_text)
    return f"<style>{rules.replace('LINE', colours.line)}</style>"
