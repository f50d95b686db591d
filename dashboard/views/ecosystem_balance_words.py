"""The balance in words: the sentence, the bars by material and the table; pure."""

from collections.abc import Mapping
from functools import partial
from html import escape

import numpy as np
import pandas as pd

from config import texts
from config.texts import Language
from dashboard.ecosystems import materials
from dashboard.ecosystems.choice import Choice
from dashboard.palette import Palette
from dashboard.views.ecosystem_balance import BARS, Balance
from dashboard.views.overview_tables import Say, Table
from dashboard.wording import MINUS, hundreds, known, number, t, to_hundreds
from geo import regions

SHOWS = ("balance", "have", "want")
NAMED_SILENT = 12


def place_name(choice: Choice, language: Language) -> str:
    """Name the region that is chosen, or the whole country."""
    return (
        regions.load().regions[choice.region].name(language) if choice.region else t("overview.whole_country", language)
    )


def material_name(choice: Choice, language: Language) -> str:
    """Name the material that is chosen, or all of them, in the middle of a sentence."""
    words = materials.name(choice.concept, language) if choice.concept else t("ecosystems.all_materials", language)
    return words[:1].lower() + words[1:]


def signed(value: float, language: Language) -> str:
    """Give a balance to the hundred with its sign: +17 200, −13 500, 0."""
    if not known(value):
        return t("frame.fewer", language)
    rounded = to_hundreds(value)
    said = hundreds(abs(value), language)
    return f"+{said}" if rounded > 0 else f"{MINUS}{said}" if rounded < 0 else said


def amount(value: float, language: Language) -> str:
    """Give tonnes to the hundred; what is hidden is of fewer than three companies."""
    return hundreds(value, language) if known(value) else t("frame.fewer", language)


def sentence(balance: Balance, choice: Choice, language: Language) -> str:
    """Answer in words: too much or too little, and where it is the other way round."""
    if balance.empty:
        return said("balance.none", choice, language, year=str(choice.year))
    apart = balance.total["have_tonnes"] - balance.total["want_tonnes"]
    if not known(apart):
        return _one_side(balance, choice, language)
    amount = f"{hundreds(abs(apart), language)}\u00a0t/a"
    if not to_hundreds(apart):
        return said("balance.even", choice, language)
    side, other = ("surplus", "deficit") if apart > 0 else ("deficit", "surplus")
    sign = -1 if apart > 0 else 1
    against = balance.places[balance.places["balance"] * sign > 0]
    if balance.places["hidden"].any():  # where the other side is largest can't be told of all places
        return said(f"balance.{side}_some", choice, language, amount=amount)
    if against.empty:
        return said(f"balance.{side}_only", choice, language, amount=amount)
    return said(f"balance.{side}", choice, language, amount=amount, **{other: str(against["name"].iloc[0])})


def _one_side(balance: Balance, choice: Choice, language: Language) -> str:
    """Tell of a hidden balance the side that may be told, as the first row of the table does."""
    for side, other in (("have", "want"), ("want", "have")):
        tonnes = balance.total[f"{side}_tonnes"]
        if known(tonnes) and tonnes:
            return said(f"balance.hidden_{other}", choice, language, amount=f"{hundreds(tonnes, language)}\u00a0t/a")
    return said("balance.hidden", choice, language)


def left_out(balance: Balance, language: Language) -> str:
    """Say how many places and materials have a figure that is held back; empty where none has."""
    places, (parts, all_parts) = int(balance.places["hidden"].sum()), balance.held
    if not places and not parts:
        return ""
    counts = {"places": places, "all_places": int((balance.places["resources"] != 0).sum())}
    counts |= {"parts": parts, "all_parts": all_parts}
    return t("balance.left_out", language, **{name: number(one, language) for name, one in counts.items()})


def said(key: str, choice: Choice, language: Language, **bold: str) -> str:
    """Give a sentence as HTML: the names of place and material as they are, what is found of them bold."""
    named = {"place": place_name(choice, language), "material": material_name(choice, language)}
    values = {name: escape(value) for name, value in named.items()}
    values |= {name: f"<b>{escape(value)}</b>" for name, value in bold.items()}
    return escape(texts.catalogue()[key][language], quote=False).format_map(values)


def remark(balance: Balance, language: Language) -> str:
    """Say what makes a balance one-sided; empty where both sides are there."""
    if balance.empty:
        return ""
    have, want = balance.total["have_tonnes"], balance.total["want_tonnes"]
    if not have and not want:
        return t("balance.no_tonnes", language)
    if not want:
        return t("balance.no_wants", language)
    return "" if have else t("balance.no_haves", language)


def silent(balance: Balance, language: Language) -> str:
    """Name the places of which nothing is recorded; empty where there are none."""
    names = balance.places.loc[balance.places["resources"] == 0, "name"].sort_values().tolist()
    if not names or balance.empty:
        return ""
    said = ", ".join(names[:NAMED_SILENT])
    if len(names) > NAMED_SILENT:
        said = t("balance.silent_more", language, names=said, count=len(names) - NAMED_SILENT)
    return t("balance.silent", language, count=len(names), names=said)


def bars(balance: Balance, language: Language) -> str:
    """Draw offers and needs by material as paired bars with their values at the ends, as HTML."""
    rows = balance.parts.head(BARS)
    most = max(float(np.nan_to_num(rows[["have_tonnes", "want_tonnes"]].to_numpy(dtype=float)).max(initial=0.0)), 1e-9)
    drawn = []
    for row in rows.to_dict("records"):
        sides = [_bar(float(row[f"{side}_tonnes"]), most, side, language) for side in ("want", "have")]
        drawn.append(f'<div class="pair"><span class="what">{escape(str(row["name"]))}</span>{"".join(sides)}</div>')
    return f"<div class='pairs'>{''.join(drawn)}{_key(language)}</div>"


def _bar(tonnes: float, most: float, side: str, language: Language) -> str:
    said = f"<b>{escape(amount(tonnes, language))}</b>"
    wide = tonnes / most * 70 if known(tonnes) else 0.0
    drawn = f'<i class="{side}" style="width:{wide:.1f}%"></i>'
    return f'<span class="side {side}">{said + drawn if side == "want" else drawn + said}</span>'


def _key(language: Language) -> str:
    parts = [f'<i class="{side}"></i>{escape(t(f"balance.{word}", language))}' for side, word in _SIDES.items()]
    return f'<div class="key">{"".join(f"<span>{one}</span>" for one in parts)}</div>'


_SIDES = {"want": "wanted", "have": "offered"}


def sheet(colours: Palette) -> str:
    """Give the style sheet of the bars in the colours of a theme."""
    rules = (
        ".pairs{font-size:.8125rem}"
        ".pair{display:grid;grid-template-columns:9.5rem 1fr 1fr;align-items:center;height:24px}"
        ".pair .what{text-align:right;padding-right:12px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}"
        ".pair .side{display:flex;align-items:center;gap:6px}.pair .side.want{justify-content:flex-end}"
        ".pair b{font-weight:400}.pair i{display:inline-block;height:13px;min-width:1px}"
        f".pairs i.want{{background:{colours.want};border-radius:2px 0 0 2px}}"
        f".pairs i.have{{background:{colours.have};border-radius:0 2px 2px 0}}"
        f".pairs .key{{display:flex;gap:24px;margin-top:8px;color:{colours.secondary}}}"
        ".pairs .key i{display:inline-block;width:10px;height:10px;margin-right:8px;border-radius:2px}"
    )
    return f"<style>{rules}</style>"


def table(balance: Balance, choice: Choice, level: str, show: str, language: Language) -> Table:
    """Build the table by place, the sum first: balance, or how much of one side synergies cover."""
    heads = columns(level, show, language)
    told = balance.places[balance.places["resources"] != 0]
    name = t("balance.total", language, place=place_name(choice, language))
    total = pd.DataFrame([{"code": "", "name": name, **balance.total}])
    rows = pd.concat([total, told], ignore_index=True)
    shown = pd.DataFrame({heads["name"]: rows["name"]})
    says: dict[str, Say] = {}
    for column, head in list(heads.items())[1:]:
        shown[head] = _figures(rows, column, show)
        how = partial(signed, language=language) if column == "balance" else partial(amount, language=language)
        says[head] = how
    return Table(f"balance_{show}", shown, tuple(rows["code"]), says)


def columns(level: str, show: str, language: Language) -> Mapping[str, str]:
    """Name the columns of a table."""
    figures = ("have", "want", "balance") if show == "balance" else (show, "completed", "active", "proposed", "open")
    return {"name": t(f"balance.col_{level}", language)} | {one: t(f"balance.col_{one}", language) for one in figures}


def _figures(rows: pd.DataFrame, column: str, show: str) -> pd.Series:
    if column in ("have", "want"):
        return rows[f"{column}_tonnes"]
    if column == "balance":
        return rows["have_tonnes"] - rows["want_tonnes"]
    if column == "open":
        return rows[f"{show}_tonnes"] - rows[[f"{show}_{one}" for one in ("completed", "active", "proposed")]].sum(
            axis=1
        )
    return rows[f"{show}_{column}"]
