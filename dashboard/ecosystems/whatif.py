"""What if a site closes, a plant arrives, or limits and prices change: beside the data, shared by link."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import choosers, frame, layers, layers_ecosystems, layers_whatif, legends, source
from dashboard.ecosystems import network, network_downloads, whatif_kept, whatif_link, whatif_plants, whatif_terms
from dashboard.ecosystems import whatif_source as reads
from dashboard.ecosystems.choice import Choice, Drawn
from dashboard.frame import language, say
from dashboard.literal import literal
from dashboard.views import ecosystem_whatif as views
from dashboard.views.ecosystem_whatif import People
from dashboard.views.ecosystem_whatif_files import Shown
from dashboard.wording import counted, hundreds, number, rich
from geo import regions
from matching.whatif import ASKED_MOST, Answer, Plant, Scenario

ROW_PX = 35
TALL_PX, TALL_SHOWN = 126, 4
WIDTHS = {"what": 108, "from": 106, "to": 106, "instead": 174, "tonnes": 54, "km": 58, "why": 86}


def draw(choice: Choice) -> Drawn:
    """Draw what is changed and what comes of it, and give the map."""
    stamp = source.stamp()
    scenario = whatif_link.read()
    _changes(stamp, choice, scenario)
    found = reads.answer(stamp, choice, scenario)
    who = reads.people(stamp, found, scenario, language())
    _missed(who, scenario)
    if not found.before.exchanges and not scenario.plants:
        frame.empty(say("whatif.none_at_all"))
    else:
        _told(found, who, scenario)
    beside = whatif_kept.show(stamp, choice, scenario, found)
    frame.note(say("whatif.basis", most=ASKED_MOST))
    return _drawn(choice, scenario, (found, who), beside)


def _changes(stamp: str, choice: Choice, scenario: Scenario) -> None:
    """Show what is changed, each change with a button that takes it away."""
    sites = [one for one in reads.closable(stamp, choice) if one not in scenario.closed]
    who = People(network.sites(stamp), network.sites(stamp).head(0), {})
    named = {one: who.site(one, language()) for one in sites}
    st.selectbox(
        say("whatif.close"),
        sites,
        index=None,
        format_func=named.__getitem__,
        placeholder=say("whatif.close_hint"),
        key=f"whatif_close_{len(scenario.closed)}",
        on_change=_close,
        args=(f"whatif_close_{len(scenario.closed)}",),
    )
    with st.container(horizontal=True):
        with st.popover(say("whatif.plant"), icon=":material/add:"):
            _plant(choice)
        with st.popover(say("whatif.terms"), icon=":material/tune:"):
            whatif_terms.draw(scenario.terms)
        if whatif_link.any_step():
            st.button(say("whatif.undo"), icon=":material/undo:", type="tertiary", on_click=whatif_link.undo)
        if not scenario.nothing:
            st.button(say("whatif.clear"), type="tertiary", on_click=whatif_link.write, args=(Scenario(),))
    with st.container(horizontal=True, gap="small"):
        for site in scenario.closed:
            words = literal(say("whatif.reopen", site=who.site(site, language())))
            st.button(
                words, key=f"whatif_open_{site}", icon=":material/close:", type="tertiary", on_click=_open, args=(site,)
            )
        whatif_terms.told(scenario.terms)
        for at, plant in enumerate(scenario.plants):
            words = literal(say("whatif.plant_remove", plant=reads.plant_name(plant, language())))
            st.button(
                words, key=f"whatif_less_{at}", icon=":material/close:", type="tertiary", on_click=_less, args=(at,)
            )


def _close(key: str) -> None:
    site = st.session_state.get(key)
    scenario = whatif_link.read()
    if site is not None:
        whatif_link.write(replace(scenario, closed=(*scenario.closed, int(site))))


def _open(site: int) -> None:
    scenario = whatif_link.read()
    whatif_link.write(replace(scenario, closed=tuple(one for one in scenario.closed if one != site)))


def _plant(choice: Choice) -> None:
    names = whatif_plants.names(language())
    places = {code: place.name(language()) for code, place in regions.load().municipalities.items()}
    known = regions.load().municipalities
    ordered = sorted(places, key=lambda code: (known[code].region != choice.region, places[code]))  # its own first
    st.selectbox(say("whatif.plant_kind"), list(names), format_func=names.__getitem__, key="whatif_kind")
    st.selectbox(say("whatif.plant_place"), ordered, format_func=places.__getitem__, key="whatif_place")
    st.number_input(say("whatif.plant_size"), 0.1, 10.0, 1.0, 0.1, format="%g", key="whatif_size")
    _about(_planned())
    st.button(say("whatif.plant_add"), type="primary", on_click=_more)


def _about(plant: Plant) -> None:
    """Say what a plant would offer and need before it is added."""
    for side in ("have", "want"):
        told = whatif_plants.told(plant, side, language())
        words = " · ".join(told) if told else say("whatif.plant_nothing")
        st.markdown(f"**{say(f'whatif.plant_{side}')}** {literal(words)}")


def _more() -> None:
    scenario = whatif_link.read()
    whatif_link.write(replace(scenario, plants=(*scenario.plants, _planned())))


def _planned() -> Plant:
    """Give the plant that the form describes."""
    state = st.session_state
    return Plant(str(state["whatif_kind"]), str(state["whatif_place"]), round(float(state["whatif_size"]), 2))


def _less(at: int) -> None:
    scenario = whatif_link.read()
    whatif_link.write(replace(scenario, plants=tuple(one for n, one in enumerate(scenario.plants) if n != at)))


def _missed(who: People, scenario: Scenario) -> None:
    gone = [str(one) for one in scenario.closed if one not in who.sites.index]
    if gone:
        frame.warn(say("whatif.gone", sites=", ".join(gone)))


def _told(found: Answer, who: People, scenario: Scenario) -> None:
    told = views.figures(found, language())
    for column, one in zip(st.columns(len(told), gap="small"), told, strict=True):
        column.metric(one.label, one.value, one.change, delta_color="off", delta_arrow="off")
    if scenario.nothing:
        return
    right = st.column_config.TextColumn(alignment="right")
    columns = dict.fromkeys(views.headings(language()).values(), right)
    st.dataframe(views.parts(found, language()), hide_index=True, row_height=ROW_PX, column_config=columns)
    if not len(found.broken) and not len(found.won):
        frame.empty(say("whatif.none_broken"))
    for name, rows, answer in (("broken", found.broken, found), ("won", found.won, None)):
        if len(rows):
            st.subheader(say(f"whatif.{name}", count=number(len(rows), language())), anchor=False)
            table = views.table(rows, who, answer, language())
            config = st.column_config
            columns = {
                column: config.TextColumn(
                    _heading(column), width=WIDTHS[column], alignment="right" if column in ("tonnes", "km") else None
                )
                for column in table.columns
            }
            st.dataframe(
                table,
                hide_index=True,
                row_height=TALL_PX,  # words wrap: who gives, who takes and who could step in are never cut
                height=TALL_PX * min(len(table), TALL_SHOWN) + ROW_PX + 2,
                column_config=columns,
                key=f"whatif_{name}",
            )
            if answer is not None:
                frame.note(say("whatif.instead_note"))


def _heading(column: str) -> str:
    return {"tonnes": "t/a", "km": "km"}.get(column) or say(f"whatif.col_{column}")


def _drawn(choice: Choice, scenario: Scenario, known: tuple[Answer, People], beside: whatif_kept.Beside) -> Drawn:
    found, who = known
    colours = frame.colours()
    lines = reads.lines(found, who, scenario, language())
    spots = who.sites.loc[[one for one in scenario.closed if one in who.sites.index]]
    shut = [(float(x), float(y)) for x, y in spots[["easting_m", "northing_m"]].to_numpy(float)]
    moved = [end for line in lines if line.kind != "kept" for end in (line.start, line.end)]
    # A few spots up close would not show where they are: the region is seen as a whole, or all that stays.
    every = [end for line in lines for end in (line.start, line.end)]
    state = layers_ecosystems.camera(shut + (moved if moved and choice.region else every), choice.region)
    drawn = [*layers_ecosystems.ground(choice.region, colours), *layers_whatif.layers(lines, shut, colours)]
    counts = {"broken": number(len(found.broken), language()), "won": number(len(found.won), language())}
    demo = bool(found.kept["demo"].any() or found.broken["demo"].any())
    said, shown = _sentence(choice, scenario, found), Shown(found, who, lines, shut, demo)
    remark = say("whatif.basis", most=ASKED_MOST)
    return Drawn(
        sentence=said,
        deck=layers.deck(drawn, colours, state),
        alt=say("whatif.alt", **counts),
        legend=_legend(),
        demo=demo,
        downloads=partial(network_downloads.of_whatif, choice, shown, beside, said, remark) if lines else frame.share,
        defaults={**dict.fromkeys(whatif_link.KEYS), whatif_kept.COMPARED: []},
    )


def _sentence(choice: Choice, scenario: Scenario, found: Answer) -> str:
    place = choosers.region_names(language())[choice.region]
    if scenario.nothing:
        return rich("whatif.sentence_none", language(), place=place)
    more = found.after.tonnes - found.before.tonnes
    sign = "+" if more > 0 else ""
    exchanges = {
        "broken": counted(len(found.broken), "exchange", language()),
        "won": counted(len(found.won), "exchange", language()),
    }
    return rich(
        "whatif.sentence", language(), place=place, **exchanges, tonnes=f"{sign}{hundreds(more, language())}\u00a0t/a"
    )


def _legend() -> str:
    colours = frame.colours()
    dashed = f"repeating-linear-gradient(90deg,{colours.error_text} 0 6px,transparent 6px 10px)"
    return (
        legends.line(dashed, 2, say("whatif.legend_broken"))
        + legends.line(colours.accent, 2, say("whatif.legend_won"))
        + legends.line(colours.other, 1, say("whatif.legend_kept", most=reads.KEPT_MOST))
        + legends.ring(colours.error_text, say("whatif.legend_closed"), colours)
    )
