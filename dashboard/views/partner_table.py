"""All that the map of partners shows as a table: for those who can't see the map, and as a file; pure."""

from html import escape

import pandas as pd

from config.texts import Language
from dashboard import wording
from dashboard.views.partners import Far, Row, View

SHARES = ("coverage", "fit")
DECIMALS = {"km": 1, "ferry_km": 1, "low_km": 0, "high_km": 0, "minutes": 0, "eur_per_tonne": 1, "co2e_kg_per_tonne": 1}
COLUMNS = ("number", "partner", "detail", "method", *DECIMALS, *SHARES)


def plain(view: View, language: Language) -> pd.DataFrame:
    """Give the rows and those beyond the limit, figures as numbers, unknown ones empty; heads in words."""
    shown = [_figures(row, str(row.number), row.score, language) for row in view.rows]
    far = [_figures(one, "", None, language) for one in view.far]
    table = pd.DataFrame([*shown, *far], columns=list(COLUMNS))
    return table.rename(columns={name: wording.t(f"partners.column_{name}", language) for name in COLUMNS})


def _figures(one: Row | Far, number: str, fit: float | None, language: Language) -> dict[str, object]:
    match, known = one.match, one.match["method"] != "none"
    figures = {
        name: round(float(match[name]), decimals) if known and wording.known(match[name]) else None
        for name, decimals in DECIMALS.items()
    }
    return {
        "number": number,
        "partner": one.name or wording.t("frame.unnamed", language),
        "detail": one.detail,
        "method": wording.t(f"method.{match['method']}", language),
        "coverage": round(float(match["coverage"]), 2) if wording.known(match.get("coverage")) else None,
        "fit": None if fit is None else round(fit, 2),
        **figures,
    }


def html(view: View, language: Language) -> str:
    """Write the table; those beyond the limit have no number."""
    heads = "".join(
        f'<th scope="col">{escape(wording.t(f"partners.column_{name}", language))}</th>' for name in COLUMNS
    )
    rows = [_figures(row, str(row.number), row.score, language) for row in view.rows]
    rows += [_figures(one, "", None, language) for one in view.far]
    body = "".join(f"<tr>{''.join(_cell(name, row[name], language) for name in COLUMNS)}</tr>" for row in rows)
    return f'<div class="pn-table"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(name: str, value: object, language: Language) -> str:
    if name in {*DECIMALS, *SHARES}:
        number = value if isinstance(value, float) else None
        said = wording.percent(number, language) if name in SHARES else wording.number(number, language, DECIMALS[name])
        return f'<td class="r">{escape(said)}</td>'
    return f"<td>{escape(str(value))}</td>"
