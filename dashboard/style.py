"""The one style sheet of the frame; without it everything still stands, one below the other."""

from dashboard.palette import Palette, css

_SHEET = """
.stMainBlockContainer{padding-left:2.5rem;padding-right:2.5rem;max-width:none}
.stElementContainer:has(>.stHtml style),.stElementContainer:has(>.stHtml script){display:none}
h1{padding:0!important}
:is([lang=fi],[lang=sv]) [data-testid=stDateInputField] [data-placeholder]{color:transparent!important;
position:relative}
[data-testid=stDateInputField] [data-placeholder]::after{position:absolute;inset:0;color:SECONDARY;
text-align:center}
[lang=fi] [data-type=day][data-placeholder]::after{content:"pp"}
[lang=fi] [data-type=month][data-placeholder]::after{content:"kk"}
[lang=fi] [data-type=year][data-placeholder]::after{content:"vvvv"}
[lang=sv] [data-type=day][data-placeholder]::after{content:"dd"}
[lang=sv] [data-type=month][data-placeholder]::after{content:"mm"}
[lang=sv] [data-type=year][data-placeholder]::after{content:"åååå"}
.sentence{font-size:1.1875rem;line-height:1.75rem;margin:0 0 .25rem}
.sentence b{font-weight:600}
.note{font-size:.8125rem;color:SECONDARY;margin:0}
.empty-title{font-size:1.0625rem;font-weight:600;margin:0 0 .25rem}
.empty-text{color:SECONDARY;margin:0}
.stButtonGroup button,.st-key-filters button{min-height:2rem}
[class*=st-key-map]{position:relative;flex:none!important;gap:0!important}
.st-key-map{height:max(700px,calc(100vh - 94px))!important}
.st-key-map .stDeckGlJsonChart{border-radius:8px;overflow:hidden}
[data-testid=stColumn]:has(.st-key-map){position:sticky;top:72px;align-self:flex-start}
.st-key-legend,.st-key-legend_low{position:absolute!important;left:12px;top:12px;width:auto!important;max-width:250px;
border-radius:6px;padding:10px 14px;z-index:5;background:PANE;font-size:.8125rem;line-height:1.25rem}
.st-key-legend_low{top:auto;bottom:12px}
.st-key-attribution{position:absolute!important;right:8px;bottom:6px;width:auto!important;z-index:4;pointer-events:none}
.st-key-attribution .note{font-size:.6875rem}
.legend,.legend p{font-size:.8125rem;line-height:1.25rem}
.legend p{margin:0 0 4px;font-weight:600}
.legend p.thin{font-weight:400;color:SECONDARY;margin:2px 0 8px}
.legend p.thin:last-child,.legend .edges:last-child{margin-bottom:0}
.legend .scale{display:flex;height:9px;width:205px}
.legend .scale i{flex:1}
.legend .edges{display:flex;width:205px;margin-bottom:6px;color:SECONDARY}
.legend .edges span{flex:1}
.legend .edges.spread,.legend .ends{display:flex;justify-content:space-between;width:205px}
.legend .edges.spread span{flex:none}
.legend .row{display:flex;align-items:center;gap:10px;min-height:20px;color:SECONDARY}
.legend .row i{display:inline-block;flex:none}
.legend .line{width:26px;border-radius:3px}
.legend .dot{width:10px;height:10px;border-radius:50%;margin:0 8px}
.legend .ring{width:11px;height:11px;border-radius:50%;margin:0 8px;border:2.5px solid;box-sizing:border-box}
[data-testid=stLayoutWrapper]:has(>.st-key-legend_below){display:none}
.legend .row+p{margin-top:8px}
.st-key-account{position:fixed!important;top:.55rem;right:2.25rem;z-index:999991;width:auto!important}
.st-key-account button{color:SECONDARY}
@media(min-width:641px) and (max-width:1279px){
[data-testid=stMetricValue]{font-size:1.25rem}
[data-testid=stColumn]:has(.st-key-map){flex:1 1 44%!important;width:44%!important}
[data-testid=stColumn]:has(.st-key-words){flex:1 1 48%!important;width:48%!important}}
@media(max-width:640px){
.stMainBlockContainer{padding-left:1rem;padding-right:1rem}
.st-key-account,.st-key-legend,.st-key-legend_low{display:none!important}
.st-key-map{height:60vh!important}
[data-testid=stLayoutWrapper]:has(>.st-key-legend_below){display:flex}
[data-testid=stColumn]:has(.st-key-map){position:static}}
"""
# The text of a primary button is always white; on the dark theme's light blue that is 2:1.
_DARK = ".stApp [data-testid^=stBaseButton-primary]{color:#10181D}"


def sheet(colours: Palette) -> str:
    """Give the style sheet in the colours of a theme."""
    rules = _SHEET.replace("SECONDARY", colours.secondary).replace("PANE", css(colours.page, 0.92))
    return f"<style>{rules}{_DARK if colours.theme == 'dark' else ''}</style>"
