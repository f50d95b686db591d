"""Balance: what is too much or too little of, and where."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import pydeck as pdk
import streamlit as st

from config.texts import Language
from dashboard import (
    filters,
    frame,
    layers,
    layers_balance,
    layers_outward,
    legends,
    outlines,
    palette,
    source,
    source_planning,
)
from dashboard.ecosystems import downloads, unclear
from dashboard.ecosystems.choice import Choice, Drawn, map_key
from dashboard.frame import labels, language, say
from dashboard.palette import Palette, Theme
from dashboard.views import ecosystem_balance, ecosystem_balance_words, ecosystem_flows, ecosystem_unclear
from dashboard.views.ecosystem_balance import LEVELS, Balance, classify
from dashboard.views.ecosystem_balance_words import SHOWS, amount, place_name, signed
from dashboard.wording import MINUS, number, t
from data.queries.balance import this_year
from geo import sub_regions

ROW_PX = 35
ROWS_SHOWN = 9
THOUSANDS_FROM = 1_000


def draw(choice: Choice) -> Drawn:
    """Write bars and table of the balance, and give its sentence and map."""
    stamp, spoken, colours = source.stamp(), language(), frame.colours()
    usual = "municipalities" if choice.region else "regions"
    level = _level(usual)
    view = _view(stamp, choice, level, spoken)
    if view.empty:
        _empty(stamp, choice)
    else:
        _words(view, choice, level)
    deck = _deck(stamp, choice, level, spoken, colours.theme, view)
    return Drawn(
        sentence=ecosystem_balance_words.sentence(view, choice, spoken)
        + ecosystem_unclear.headline(view, choice, spoken),
        deck=deck,
        alt=say("balance.alt", place=place_name(choice, spoken), count=int((view.places["resources"] != 0).sum())),
        legend="" if view.empty else _legend(view, colours, spoken) + _arrows(_going(stamp, choice, spoken), colours),
        legend_low=bool(choice.region),
        demo=view.demo,
        downloads=None if view.empty else partial(downloads.of_balance, choice, level),
        clicked=_clicked,
        defaults={"level": usual},
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _view(stamp: str, choice: Choice, level: str, language: Language) -> Balance:
    if source_planning.only_sums():
        return _shared(stamp, choice, level, language)
    return ecosystem_balance.build(
        source_planning.balance_atoms(stamp, choice.year, choice.types), choice, level, language
    )


def _shared(stamp: str, choice: Choice, level: str, language: Language) -> Balance:
    """Give the balance as it may be handed on, in files too: no sum of few companies."""
    return ecosystem_balance.shared(source_planning.balance_cells(stamp, choice.year), choice, level, language)


def _level(usual: str) -> str:
    named = labels("balance.level_", LEVELS)
    return filters.switch("level", LEVELS, named, name=say("balance.level"), default=usual)


def _words(view: Balance, choice: Choice, level: str) -> None:
    spoken = language()
    if remark := ecosystem_balance_words.remark(view, spoken):
        frame.note(remark)
    st.subheader(say("balance.by_material"), anchor=False)
    st.html(ecosystem_balance_words.sheet(frame.colours()))  # apart: the frame hides what has a style sheet in it
    st.html(ecosystem_balance_words.bars(view, spoken))
    unclear.draw(view, choice)
    show = filters.switch("show", SHOWS, labels("balance.show_", SHOWS), name=say("balance.show"), default="balance")
    built = ecosystem_balance_words.table(view, choice, level, show, spoken)
    st.dataframe(
        built.style(),
        hide_index=True,
        row_height=ROW_PX,
        height=ROW_PX * (min(len(built.ids), ROWS_SHOWN) + 1) + 2,
        placeholder=say("frame.fewer"),  # a missing cell is a hidden one, which the library would call None
        key=f"balance_{show}_{level}",
        alt=say("overview.table_alt", title=say("balance.show_balance"), count=len(built.ids)),
    )
    silent = ecosystem_balance_words.silent(view, spoken)
    hidden = say("balance.note_hidden") if view.places["hidden"].any() else ""
    notes = [
        silent,
        hidden,
        _told(choice),
        say("balance.note"),
        "" if show == "balance" else say("balance.note_covered"),
    ]
    frame.note(" ".join(filter(None, notes)))


def _told(choice: Choice) -> str:
    """Tell those who are told sums of what is not public whether they are in it."""
    if not source_planning.only_sums():
        return ""
    return say("balance.note_grouped") if choice.year == this_year() else say("balance.note_public", year=choice.year)


def _empty(stamp: str, choice: Choice) -> None:
    """Say where the nearest thing is, and how to get there."""
    spoken = language()
    everywhere = _view(stamp, Choice(choice.year, "", choice.concept, choice.types), "regions", spoken)
    there = everywhere.places[everywhere.places["resources"] != 0]
    if not choice.region or there.empty:
        filters.clear_button({"material": "", "type": [], "region": ""})
        return
    own = everywhere.places.set_index("code").loc[choice.region]
    apart = (there["lon"] - own["lon"]) ** 2 / 4 + (there["lat"] - own["lat"]) ** 2
    nearest = there.iloc[int(apart.to_numpy(dtype=float).argmin())]
    frame.empty(say("balance.none_nearest", region=str(nearest["name"])))
    with st.container(horizontal=True):
        code = str(nearest["code"])
        st.button(say("balance.none_show", region=str(nearest["name"])), on_click=_go, args=(code,), type="primary")
        st.button(say("balance.none_widen"), on_click=_go, args=("",))


def _go(region: str) -> None:
    st.session_state["region"] = region


def _clicked() -> None:
    """Choose the region that was clicked on the map of regions."""
    objects: Mapping[str, list[Mapping[str, Any]]] = st.session_state[map_key("balance")]["selection"]["objects"]
    for layer, rows in objects.items():
        if rows and layer.startswith("pick-regions"):
            _go(str(rows[0]["code"]))


ROOM_ZOOM = 0.45


# The stamp tells of which data the view is: it is too large to be compared itself.
@st.cache_resource(max_entries=64, show_spinner=False)
def _deck(
    stamp: str,
    choice: Choice,
    level: str,
    language: Language,
    theme: Theme,
    _view: Balance,
) -> layers.Deck:
    colours = palette.of(theme)
    camera = outlines.camera(choice.region)
    zoom = camera.get("zoom", layers.FINLAND["zoom"])
    if choice.region:  # the arrows out of it and their names need room around it
        zoom -= ROOM_ZOOM
        camera = {**camera, "zoom": zoom}
    drawn: list[pdk.Layer] = []
    if not _view.empty:
        drawn += areas(_view, level, colours)
    if choice.region:
        drawn.append(layers_balance.border(choice.region, colours))
    if not _view.empty:
        rows = _pointed(_view, language)
        if choice.region:
            drawn += layers_outward.arrows(choice.region, _going(stamp, choice, language), zoom, colours)
        drawn += layers_balance.names(rows[rows["resources"] != 0], zoom, colours)
        drawn.append(layers_balance.points(rows, f"pick-{level}-{choice.region}"))
    return layers.deck(drawn, colours, camera)


@st.cache_data(max_entries=64, show_spinner=False)
def _going(stamp: str, choice: Choice, language: Language) -> list[tuple[str, tuple[float, float], float, str]]:
    """Tell where most goes from the chosen region; nowhere where none is chosen."""
    if not choice.region:
        return []
    return ecosystem_flows.outward(source_planning.flow_atoms(stamp, choice.year), choice, language)


def areas(view: Balance, level: str, colours: Palette) -> list[pdk.Layer]:
    """Fill the places with their class; those of which nothing is recorded are grey, with a dashed border."""
    numbers = classify(view.places["balance"].to_numpy(dtype=float), view.limits)
    told = view.places["resources"] != 0
    # A hidden balance is not an even one: it has a colour of its own, which the legend names.
    inks = [
        palette.rgb(colours.line) if hidden else layers_balance.colour_of(int(number), colours)
        for number, hidden in zip(numbers, view.places["balance"].isna(), strict=True)
    ]
    fills = {
        str(code): ink if there else palette.rgb(colours.panel)
        for code, ink, there in zip(view.places["code"], inks, told, strict=True)
    }
    parts = {code: sub.municipalities for code, sub in sub_regions.load().items()}
    silent = view.places.loc[~told, "code"].astype(str)
    return [
        *layers_balance.fills(level, fills, colours, parts),
        *layers_balance.silent(set(silent), level, colours),
    ]


def _pointed(view: Balance, language: Language) -> pd.DataFrame:
    rows = view.places
    told = zip(rows["have_tonnes"], rows["want_tonnes"], strict=True)
    first = [t("balance.tip", language, have=amount(a, language), want=amount(b, language)) for a, b in told]
    said = [signed(one, language) for one in rows["balance"]]
    return rows.assign(said=said, a=first, b=[t("balance.tip_balance", language, balance=one) for one in said])


def _arrows(going: Sequence[object], colours: Palette) -> str:
    """Explain the arrows over the border, where there are any."""
    return legends.line(colours.accent, 3, say("balance.legend_outward")) if going else ""


def _legend(view: Balance, colours: Palette, language: Language) -> str:
    """Explain the seven classes, with the limits under the edges between them."""
    parts = _scale(view, colours, language) if view.scaled else []  # classes of nothing would seem to tell something
    if view.places["balance"].isna().any():
        parts.append(legends.box(colours.line, say("balance.legend_hidden"), colours))
    if (view.places["resources"] == 0).any():
        parts.append(legends.box(colours.panel, say("balance.legend_silent"), colours))
    return "".join(parts)


def _scale(view: Balance, colours: Palette, language: Language) -> list[str]:
    scale = THOUSANDS_FROM if view.limits[0] >= THOUSANDS_FROM else 1
    unit = f"{number(scale, language)}\u00a0t/a" if scale > 1 else "t/a"
    low, middle, high = (number(one / scale, language, 0 if one / scale >= 1 else 1) for one in view.limits)
    ends = ((say("balance.legend_want"), colours.want_text), (say("balance.legend_have"), colours.have_text))
    return [
        legends.title(say("balance.legend").replace("t/a", unit)),
        legends.classes(colours.balance, (MINUS + high, MINUS + middle, "±" + low, middle, high)),
        legends.ends(*ends),
    ]
