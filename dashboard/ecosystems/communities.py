"""Who belongs together: ecosystems found in the network of exchanges, or sites within a walk of each other."""

from functools import partial

import pandas as pd
import streamlit as st

from config.texts import Language
from dashboard import choosers, filters, frame, layers, layers_ecosystems, legends, source
from dashboard.ecosystems import communities_source as found
from dashboard.ecosystems import communities_tables as tables
from dashboard.ecosystems import network, network_downloads
from dashboard.ecosystems.choice import Choice, Drawn, map_key
from dashboard.ecosystems.communities_source import KM, SIZES, WALK, Setting
from dashboard.frame import language, say
from dashboard.views import ecosystem_communities as views
from dashboard.views.ecosystem_communities import View
from dashboard.wording import counted, hundreds, number, percent, rich
from geo import walk
from matching.ecosystems import OUTSIDE, Portrait
from matching.ecosystems.change import compare

PART = "communities"
SIZE, LONGEST, READING = "group", "km", "reading"
READINGS = ("exchanges", "walk")
KM_DEFAULT = 150
BEFORE, NOW = "communities_before", "communities_now"


def draw(choice: Choice) -> Drawn:
    """Draw sliders and tables, and give the map."""
    stamp = source.stamp()
    named = frame.labels("communities.reading_", READINGS)
    reading = filters.switch(READING, READINGS, named, name=say("communities.reading"), default=READINGS[0])
    setting = _sliders() if reading == READINGS[0] else WALK
    exchanges = network.chosen(stamp, choice)
    exchanges = exchanges[exchanges["km"] <= setting.longest_km]
    portrait = found.portrait((stamp, choice, setting), exchanges)
    untried = found.untried((stamp, choice, setting))
    view = _view((stamp, untried), choice, setting, language(), portrait, exchanges)
    chosen = _chosen(view)
    said, remark = _sentence(choice, view), ""
    if view.rows:
        if untried:
            frame.note(say("communities.untried"))
            st.button(say("communities.try_again"), on_click=found.again)
        tables.show(view, chosen)
        remark = _small_print(choice, setting, portrait)
        frame.note(remark)
    else:
        _nothing(len(exchanges), setting)
    state = layers_ecosystems.camera([spot.xy for spot in view.spots.values()])
    colours = frame.colours()
    drawn = layers_ecosystems.ground(choice.region, colours)
    drawn += layers_ecosystems.layers(view, chosen, state, colours, language())
    return Drawn(
        sentence=said,
        deck=layers.deck(drawn, colours, state),
        alt=say("communities.alt", count=number(len(view.rows), language())),
        legend=_legend() if view.rows else "",
        demo=view.demo,
        downloads=partial(network_downloads.of_communities, choice, view, said, remark) if view.rows else frame.share,
        clicked=_clicked,
        defaults={SIZE: "medium", LONGEST: KM_DEFAULT, READING: READINGS[0]},
    )


def _small_print(choice: Choice, setting: Setting, portrait: Portrait) -> str:
    if setting == WALK:
        said = [say("communities.walk_note", km=number(walk.WALK_KM, language(), 1)), say("communities.inside_note")]
    else:
        said = [
            _changed((choice, setting), portrait),
            say("communities.inside_note"),
            say("communities.stability_note"),
        ]
    return " ".join([*said, say("communities.loose_note", share=percent(views.LOOSE, language()))])


def _sliders() -> Setting:
    filters.seed(SIZE, list(SIZES), "medium")
    filters.seed(LONGEST, list(KM), KM_DEFAULT)
    left, right = st.columns(2, gap="medium")
    named = frame.labels("communities.size_", SIZES)
    size = left.select_slider(say("communities.size"), list(SIZES), format_func=named, key=SIZE)
    longest = right.select_slider(say("communities.longest"), list(KM), key=LONGEST)
    filters.keep(SIZE, "medium")
    filters.keep(LONGEST, KM_DEFAULT)
    return Setting(str(size), int(longest))


def usual(stamp: str, choice: Choice, language: Language) -> View:
    """Give the ecosystems as the page shows them first; beside the page, so without telling how far it is."""
    setting = Setting("medium", KM_DEFAULT)
    exchanges = network.chosen(stamp, choice)
    exchanges = exchanges[exchanges["km"] <= setting.longest_km]
    portrait = found.portrait((stamp, choice, setting), exchanges, watched=False)
    return _view((stamp, False), choice, setting, language, portrait, exchanges)


@st.cache_resource(max_entries=32, show_spinner=False)
def _view(
    state: tuple[str, bool],  # the stamp, and whether the trial of the groups was stopped
    choice: Choice,
    setting: Setting,  # noqa: ARG001 - the key of the cache
    language: Language,
    _portrait: Portrait,
    _exchanges: pd.DataFrame,
) -> View:
    return views.build(_portrait, _exchanges, network.sites(state[0]), language, choice.region)


def _chosen(view: View) -> int:
    asked = filters.chosen(tables.CHOSEN)
    known = {str(row.ecosystem.number + 1): row.ecosystem.number for row in view.rows}
    return known.get(asked or "", OUTSIDE)


def _clicked() -> None:
    objects = st.session_state[map_key(PART)]["selection"]["objects"]
    for layer, picked in objects.items():
        if picked and layer.startswith((layers_ecosystems.HULLS, layers_ecosystems.COMPANIES)):
            tables.choose(int(picked[0]["group"]))
            return


def _sentence(choice: Choice, view: View) -> str:
    place = choosers.region_names(language())[choice.region]
    if not view.rows:
        return rich("communities.none", language(), place=place)
    told = {
        "groups": counted(len(view.rows), "ecosystem", language()),
        "companies": counted(view.companies, "organisation", language()),
    }
    amount = f"{hundreds(view.tonnes, language())}\u00a0t/a"
    return rich("communities.sentence", language(), place=place, **told, tonnes=amount)


def _changed(setting: tuple[Choice, Setting], portrait: Portrait) -> str:
    """Say what the last change of the setting did to the groups."""
    before = st.session_state.get(NOW)
    if before is None or before[0] != setting:
        st.session_state[BEFORE] = before
        st.session_state[NOW] = (setting, portrait.group)
    before = st.session_state.get(BEFORE)
    if before is None:
        return say("communities.same_input")
    change = compare(before[1], portrait.group)
    if change.none:
        return say("communities.unchanged")
    figures = {name: number(getattr(change, name), language()) for name in ("before", "now", "same", "moved")}
    return say(
        "communities.changed", **figures, came=number(change.came, language()), left=number(change.left, language())
    )


def _nothing(links: int, setting: Setting) -> None:
    if links:
        frame.empty(say("communities.nothing_close"), say("communities.nothing_close_text"))
        return
    frame.empty(say("communities.nothing", km=setting.longest_km), say("communities.nothing_text"))
    if setting.longest_km < KM[-1]:
        st.button(say("communities.widen", km=KM[-1]), on_click=_widen)


def _widen() -> None:
    st.session_state[LONGEST] = KM[-1]


def _legend() -> str:
    colours = frame.colours()
    dashed = f"repeating-linear-gradient(90deg,{colours.text} 0 6px,transparent 6px 10px)"
    return (
        legends.dot(colours.other, say("communities.legend_company"))
        + legends.ring(colours.text, say("communities.legend_bridge"), colours)
        + legends.line(dashed, 2, say("communities.legend_link"))
    )
