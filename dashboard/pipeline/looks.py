"""What board, cards and the page of one synergy look like; pure."""

from dashboard.palette import Palette
from data.model import Stage

_SHEET = """
[class*=st-key-column_]{background:PANEL;border-radius:8px;padding:10px!important;gap:10px!important;min-height:420px}
.st-key-board [data-testid=stColumn]>[data-testid=stVerticalBlock],
.st-key-board [data-testid=stLayoutWrapper]:has(>[class*=st-key-column_]),[class*=st-key-column_]{height:100%}
.law,.law dt,.law dd{margin-left:0!important;padding-left:0!important}
.head{border-top:3px solid;padding-top:8px;font-size:.875rem;line-height:1.2rem}
.head p{display:flex;justify-content:space-between;margin:0;font-weight:600}
.head p span{font-weight:400}
.head small,.rest{color:SECONDARY;font-size:.75rem}
[class*=st-key-card_]{background:PAGE;border:1px solid LINE;border-radius:6px;padding:10px!important;gap:2px!important}
[class*=st-key-card_] button{min-height:1.5rem;padding:0;text-align:left;justify-content:flex-start}
[class*=st-key-open_card] button{justify-content:flex-start}
[class*=st-key-open_card] button>div,[class*=st-key-open_card] button span{min-width:0;overflow:visible}
[class*=st-key-open_card] button p{font-weight:600;font-size:.8125rem;line-height:1.15rem;white-space:normal!important;
overflow:visible!important;text-overflow:clip!important;overflow-wrap:anywhere;text-align:left}
[class*=st-key-open_card] button p::before{content:"";display:inline-block;width:9px;height:9px;border-radius:2px;
margin-right:7px;background:var(--kind)}
[class*=st-key-move_card] button p,[class*=st-key-view_card] button p{font-size:.8125rem}
.card{font-size:.75rem;line-height:1.15rem;color:SECONDARY;overflow-wrap:anywhere}
.card p{margin:0;font-size:.75rem;line-height:1.15rem}
.card .step{color:TEXT;font-size:.8125rem;margin-top:4px}
.card .quiet,.quiet{color:WANT}
.card .quiet::before,.quiet::before{content:"";display:inline-block;width:8px;height:8px;border-radius:50%;
background:AMBER;margin-right:6px}
.card .cross,.cross{color:ACCENT;font-weight:600}
.owner{font-size:.6875rem;color:SECONDARY;margin:0}
.square{display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:7px}
[class*=st-key-more_] button{min-height:1.5rem;padding:0;width:100%}
[class*=st-key-more_] button p{color:SECONDARY;font-size:.8125rem}
.keys{display:flex;flex-wrap:wrap;gap:4px 14px;justify-content:flex-end;font-size:.8125rem;color:SECONDARY}
.lapsed{font-size:.875rem;margin:0;color:SECONDARY}.lapsed b{color:TEXT;font-weight:600}
.st-key-lapsed_show button{min-height:1.5rem;padding:0}
.figures{font-size:.8125rem;color:SECONDARY;margin:-.75rem 0 0}
[data-testid=stMetricValue]{font-size:1.75rem;font-weight:600}
.syn h2{font-size:1.0625rem;margin:0 0 4px;padding:0;font-weight:600;overflow-wrap:anywhere}
.syn p{margin:0 0 2px;font-size:.875rem}.syn .pale{color:SECONDARY}
.way{display:flex;flex-wrap:wrap;gap:4px 24px;font-size:.9375rem}
h1.name{font-size:1.625rem;font-weight:600;line-height:1.25;margin:0;overflow-wrap:anywhere}
.done{font-size:.875rem;margin:0;color:HAVE}
.fault{color:ERROR;font-size:.875rem;margin:-.5rem 0 0}
.remark{color:SECONDARY;font-size:.875rem;margin:-.25rem 0 0}
.plain{border-collapse:collapse;width:100%;font-size:.875rem}
.plain th,.plain td{text-align:left;font-weight:400;padding:5px 12px 5px 0;border-bottom:1px solid LINE;
vertical-align:top;overflow-wrap:anywhere}
.plain th{color:SECONDARY}.plain .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.event{border-bottom:1px solid LINE;padding:6px 0;font-size:.875rem}
.event p{margin:0;font-size:.875rem}.event .when{color:SECONDARY}.event ul{margin:2px 0 0;padding-left:1.1rem}
.basis{border-radius:4px;padding:1px 6px;font-size:.75rem;background:PANEL;color:SECONDARY;white-space:nowrap}
.basis.estimated{background:AMBER_PALE;color:WANT}.basis.verified{background:GREEN_PALE;color:HAVE}
@media(max-width:1279px){.st-key-board [data-testid=stHorizontalBlock]{flex-wrap:wrap}
.st-key-board [data-testid=stColumn]{min-width:31%!important}}
@media(max-width:640px){.st-key-board [data-testid=stColumn]{min-width:100%!important}
[class*=st-key-column_]{min-height:0}}
"""


def sheet(colours: Palette) -> str:
    """Give the style sheet of the page in the colours of a theme."""
    rules = _SHEET
    for name, code in (
        ("AMBER_PALE", f"{colours.want}22"),
        ("GREEN_PALE", f"{colours.have}22"),
        ("SECONDARY", colours.secondary),
        ("ACCENT", colours.accent),
        ("AMBER", colours.want),
        ("PANEL", colours.panel),
        ("ERROR", colours.error_text),
        ("LINE", colours.line),
        ("PAGE", colours.page),
        ("HAVE", colours.have_text),
        ("WANT", colours.want_text),
        ("TEXT", colours.text),
    ):
        rules = rules.replace(name, code)
    return f"<style>{rules}</style>"


def stage_colour(colours: Palette, stage: Stage) -> str:
    """Give the colour of a stage; grey where it has lapsed."""
    order = [one for one in Stage if one is not Stage.LAPSED]
    return colours.stages[order.index(stage)] if stage in order else colours.other
