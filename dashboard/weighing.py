"""The five weights that a coordinator moves, and the order of partners that follows from them; pure, no Streamlit.

The weights stand in the link as five digits. By default they are the matcher's own, so that the page ranks as it does.
"""

import pandas as pd

from matching import score, weights

PARTS = ("substance", "quantity", "time", "haul", "experience")
MOST = 9
_STEPS = 20  # the matcher's shares are all multiples of 0.05


def default() -> str:
    """Give the digits of the matcher's own weights."""
    share = weights.defaults().share
    return "".join(str(min(MOST, round(_STEPS * share.get(part, 0.0)))) for part in PARTS)


def read(text: str | None) -> str:
    """Give the digits of a link; the default where it has none, or only zeros."""
    usable = text is not None and len(text) == len(PARTS) and text.isascii() and text.isdigit() and int(text) > 0
    return str(text) if usable else default()


def weigh(matches: pd.DataFrame, digits: str) -> pd.DataFrame:
    """Add `fit` to matches: what the matcher says, or with other weights its factor times their mean."""
    if digits == default():
        return matches.assign(fit=matches["score"])
    wish = dict(zip(PARTS, map(int, digits), strict=True))
    chosen = weights.defaults()
    known = matches[list(PARTS)].astype(float).fillna({"experience": 0.0, **chosen.unknown})
    known["substance"] = 1.0
    mean = sum(known[part] * weight for part, weight in wish.items()) / sum(wish.values())
    return matches.assign(fit=score.chances((matches["factor"] * mean).clip(0.0, 1.0).to_numpy(dtype=float), chosen))
