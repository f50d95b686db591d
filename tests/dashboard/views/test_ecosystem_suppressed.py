"""What a planner reads where figures are held back: sentence, table, map and menu of one and the same balance."""

import re
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from dashboard import palette
from dashboard.ecosystems import balance as page
from dashboard.ecosystems import materials
from dashboard.ecosystems.choice import Choice
from dashboard.views import ecosystem_balance, ecosystem_balance_words, ecosystem_files, ecosystem_flows
from dashboard.views.ecosystem_balance import Balance
from dashboard.views.ecosystem_balance_words import sentence, table
from dashboard.views.ecosystem_flows import STAGES, Asked
from dashboard.views.ecosystem_flows_words import sentence as flows_sentence
from data.queries import protected
from geo import regions, sub_regions

PLACES = ("297", "749", "140", "915", "091", "049")  # four of one region, two of another
CHOICES = [Choice(2026, region, concept) for region, concept in product(("", "11", "01"), ("", "ash", "wood_ash"))]


def drawn(seed: int) -> pd.DataFrame:
    """Give every cell of a balance of so few companies that much of it is hidden."""
    rng = np.random.default_rng(seed)
    keys = pd.DataFrame(product(("have", "want"), ("wood_ash", "ash", "sawdust", ""), PLACES))
    table = keys.set_axis(["direction", "concept", "municipality"], axis=1)
    table = table[rng.random(len(table)) < 0.5].reset_index(drop=True)
    low, many = rng.integers(0, 4, len(table)), rng.integers(1, 4, len(table))
    tonnes = rng.integers(1, 5_000, len(table)).astype(float)
    behind = {"companies": many, "lowest": low, "highest": low + np.where(many > 1, 1 + rng.integers(0, 3), 0)}
    weighed = {f"weighed_{name}": told for name, told in behind.items()}
    atoms = table.assign(type="waste", resources=many, tonnes=tonnes, completed=tonnes / 4, active=0.0, proposed=0.0,
                         demo=True, **behind, **weighed)  # fmt: skip
    subs = sub_regions.of_municipality()
    within = {code: (subs[code], place.region) for code, place in regions.load().municipalities.items()}
    return protected.cells(atoms, materials.tree().paths, within)


def view_of(seed: int, choice: Choice) -> Balance:
    """Give the balance as a planner sees it."""
    return ecosystem_balance.shared(drawn(seed), choice, "municipalities" if choice.region else "regions", "en")


def test_the_sentence_says_what_the_first_row_of_the_table_says() -> None:
    """Whatever is hidden: the balance, or the one side that may be told; and no figure where neither may."""
    seen = {"both": 0, "one": 0, "none": 0}
    for seed, choice in product(range(40), CHOICES):
        view = view_of(seed, choice)
        if view.empty:
            continue
        said = sentence(view, choice, "en")
        built = table(view, choice, "regions", "balance", "en")
        says = list(built.says.values())
        have, want, apart = (say(float(one)) for say, one in zip(says, built.frame.iloc[0, 1:4], strict=True))
        figures = re.findall(r"<b>([\d,]+)\s?t/a</b>", said)
        if apart != "< 3":
            seen["both"] += 1
            assert figures == ([apart.lstrip("+−")] if apart != "0" else [])
            assert ("more is offered" in said) == apart.startswith("+")
            assert ("more is needed" in said) == apart.startswith("−")
        else:
            told = [one for one in (have, want) if one not in ("< 3", "0")]
            seen["one" if told else "none"] += 1
            assert figures == told
            assert "No area has a" not in said
        if view.places["hidden"].any():
            assert "Largest" not in said
    assert min(seen.values()) > 5


def test_where_every_balance_is_hidden_no_scale_is_drawn() -> None:
    """Neither on the screen nor on the picture; a hidden place isn't in the colour of an even balance."""
    view = view_of(3, Choice(2026))
    places = view.places.assign(balance=np.nan, hidden=True, resources=3)
    hidden = replace(view, places=places)
    assert not hidden.scaled
    shown = ecosystem_files.picture(hidden, Choice(2026), "regions", "en")
    assert (shown.legend, list(shown.classes), list(shown.edges)) == ("", [], [])
    assert set(shown.fills.values()) == {palette.LIGHT.line}
    drawn_map = page.areas(hidden, "regions", palette.LIGHT)[0].to_json()
    even = str(palette.rgb(palette.LIGHT.balance[3])).strip("[]")
    assert str(palette.rgb(palette.LIGHT.line)).strip("[]") in drawn_map
    assert even not in drawn_map


def test_the_menu_counts_what_the_files_leave_out() -> None:
    """As many places and materials as have a hidden side; nothing is said where nothing is hidden."""
    view = next(one for one in (view_of(seed, Choice(2026, "11")) for seed in range(40)) if one.places["hidden"].any())
    count, every = int(view.places["hidden"].sum()), int((view.places["resources"] != 0).sum())
    assert f"areas {count}/{every}, materials {view.held[0]}/{view.held[1]}" in ecosystem_balance_words.left_out(
        view, "en"
    )
    plain = replace(view, places=view.places.assign(hidden=False), held=(0, 9))
    assert ecosystem_balance_words.left_out(plain, "en") == ""


@pytest.mark.parametrize("measure", ["tonnes", "synergies"])
def test_years_share_their_classes_and_their_unit(measure: str) -> None:
    """A year of little is drawn as paler than the newest one, and the share says that it is the country's."""
    row = {"stage": "completed", "type": "waste", "concept": "ash", "demo": True, "eur": 0.0, "co2e_tonnes": 0.0}
    newest = pd.DataFrame(
        [row | {"source": "01", "target": f"{at:02}", "tonnes": 9_000.0 * at, "synergies": 20 * at} for at in (2, 4, 5)]
    )
    then = newest.assign(tonnes=newest["tonnes"] / 900, synergies=1)
    asked, choice = Asked(STAGES, measure), Choice(2024, "01")
    now = ecosystem_flows.build(newest, choice, asked, "fi", newest)
    before = ecosystem_flows.build(then, choice, asked, "fi", newest)
    assert (before.limits, before.top) == (now.limits, now.top)
    assert before.limits != ecosystem_flows.build(then, choice, asked, "fi").limits
    assert "Koko maan virroista" in flows_sentence(before, choice, asked, "fi")
