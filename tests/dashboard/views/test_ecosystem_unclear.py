import numpy as np
import pandas as pd

from dashboard.ecosystems.choice import Choice
from dashboard.views import ecosystem_balance, ecosystem_unclear
from dashboard.views.ecosystem_balance import COLUMNS, Balance


def balance(*codes: str, have: float = 1_234.0) -> Balance:
    """Give a balance of some materials, of each as much."""
    parts = pd.DataFrame({"code": list(codes), "name": list(codes)}).assign(**dict.fromkeys(COLUMNS, 0.0))
    parts = parts.assign(have_tonnes=have, want_tonnes=50_000.0)
    return Balance(parts, parts, {"resources": 5}, ecosystem_balance.limits(np.array([1.0])), demo=True)


def test_what_is_read_as_no_material_is_told_with_both_sides() -> None:
    """And what few companies stand behind stays hidden there, too."""
    words = ecosystem_unclear.said(balance("ash", ""), Choice(2026), "en")
    assert "1,200 offered, 50,000 t/a needed" in words
    headline = ecosystem_unclear.headline(balance("ash", ""), Choice(2026), "en")
    assert "<b>1,200</b> offered, <b>50,000</b> t/a needed" in headline
    assert f'href="#{ecosystem_unclear.ANCHOR}"' in headline
    assert not ecosystem_unclear.headline(balance("ash"), Choice(2026), "en")
    hidden = ecosystem_unclear.said(balance("", have=float("nan")), Choice(2026), "en")
    assert "< 3 offered" in hidden.replace("\u00a0", " ")


def test_nothing_is_said_where_every_material_is_known_or_one_is_chosen() -> None:
    """A choice of a material holds no resource without one."""
    assert not ecosystem_unclear.said(balance("ash"), Choice(2026), "fi")
    assert not ecosystem_unclear.said(balance("ash", ""), Choice(2026, "", "ash"), "fi")


def test_each_resource_has_the_way_to_its_page() -> None:
    """Its t/a stand on its own side, and a company that hides its name is called unnamed."""
    rows = pd.DataFrame(
        {
            "id": [7, 8],
            "direction": ["have", "want"],
            "title": ["Erä", "Sekalaista"],
            "name": ["Anna Oy", None],
            "municipality": ["297", "297"],
            "tonnes": [120.0, 40.0],
        }
    )
    table = ecosystem_unclear.table(rows, "fi")
    assert table["link"].tolist() == ["/companies?resource=7&lang=fi", "/companies?resource=8&lang=fi"]
    assert table["tarjolla, t/a"].tolist() == ["120", ""]
    assert table["tarvitaan, t/a"].tolist() == ["", "40"]
    assert table["Kunta"].tolist() == ["Kuopio", "Kuopio"]
    assert table["Yritys"].iloc[0] == "Anna Oy" != table["Yritys"].iloc[1]
