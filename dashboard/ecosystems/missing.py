"""What should be built where: materials without a processor within reach, and the sites that would unlock the most."""

from functools import partial
from importlib.util import find_spec

import pandas as pd
import streamlit as st

from dashboard import choosers, filters, frame, layers, layers_ecosystems, layers_missing, legends, source
from dashboard.ecosystems import materials, missing_tables, network, network_downloads
from dashboard.ecosystems import missing_source as reads
from dashboard.ecosystems.choice import Choice, Drawn, map_key
from dashboard.frame import language, say
from dashboard.layers_missing import Offer
from dashboard.views import ecosystem_missing as views
from dashboard.views.ecosystem_missing import Named
from dashboard.views.ecosystem_missing_files import Shown
from dashboard.wording import counted, hundreds, number, percent, rich
from geo import regions
from geo.distance import Piece
from matching import missing
from matching.missing_sites import Plan, Proposal
from matching.pairs import POINT

PART = "missing"
HAUL, CAPACITY, SITES, AMONG = "haul", "capacity", "sites", "among"
DEFAULTS = {HAUL: 75, CAPACITY: 0, SITES: 1}
HAUL_MOST, SITES_MOST, CAPACITY_MOST = 500, 3, 5_000_000
OFFERS_MOST = 1_500  # on the map, the largest
EXACT = 1e-4


def draw(choice: Choice) -> Drawn:
    """Draw the materials, the plan and its sites, and give the map."""
    stamp = source.stamp()
    above, below = st.container(), st.container()
    with below:
        among, plan = _among(), _plan()
    with above:
        offered = reads.offers(stamp, choice)
        gaps = missing.gaps(offered, plan.longest_km)
        if gaps.empty:
            return _none(choice, plan, some=len(offered) > 0)
        material = missing_tables.materials_chosen(gaps)
    left = missing.unserved(offered, plan.longest_km)
    left = left[left["material"] == material].reset_index(drop=True)
    every = reads.candidates(stamp, choice, among)
    with below:
        proposed = reads.proposal((stamp, choice, material, among, plan), left, every)
        sites = views.named(proposed, every)
        if sites:
            missing_tables.sites(stamp, material, left, sites, plan)
        else:
            frame.empty(say("missing.no_site", km=number(plan.longest_km, language())), say("missing.no_site_text"))
        remark = " ".join(filter(None, [_elsewhere(sites, choice), _small_print(proposed, choice, among)]))
        frame.note(remark)
    shown = _shown(stamp, (material, left, proposed), sites, reads.ways(proposed, left, every))
    return _drawn(choice, shown, plan, (gaps, remark))


def _among() -> str:
    named = frame.labels("missing.among_", reads.AMONG)
    return filters.switch(AMONG, reads.AMONG, named, name=say("missing.among"), default=reads.MUNICIPALITIES)


def _plan() -> Plan:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.subheader(say("missing.where"), anchor=False, width="stretch")
        if find_spec("dashboard.ecosystems.whatif") is not None:
            icon = ":material/science:"
            st.button(
                say("missing.what_if"), type="tertiary", icon=icon, on_click=filters.choose, args=("part", "whatif")
            )
    columns = st.columns(3, gap="small")
    with columns[0]:
        capacity = _asked(CAPACITY, (0, CAPACITY_MOST, 1_000), say("missing.capacity_help"))
    with columns[1]:
        haul = _asked(HAUL, (5, HAUL_MOST, 5))
    with columns[2]:
        count = _asked(SITES, (1, SITES_MOST, 1))
    return Plan(float(capacity) or None, float(haul), count)


def _asked(name: str, limits: tuple[int, int, int], explained: str | None = None) -> int:
    least, most, step = limits
    label = say(f"missing.{name}")
    return st.number_input(label, least, most, DEFAULTS[name], step, key=name, help=explained, bind="query-params")


def _none(choice: Choice, plan: Plan, *, some: bool) -> Drawn:
    """Say that nothing is missing, or that there is nothing to speak of."""
    place = choosers.region_names(language())[choice.region]
    km = number(plan.longest_km, language())
    frame.empty(say("missing.none" if some else "missing.nothing", km=km), say("missing.none_text"))
    colours = frame.colours()
    return Drawn(
        sentence=rich("missing.sentence_none", language(), place=place, km=km),
        deck=layers.deck(layers_ecosystems.ground(choice.region, colours), colours),
        alt=say("missing.alt", count=0),
        downloads=frame.share,
        defaults=DEFAULTS,
    )


def _shown(
    stamp: str, found: tuple[str, pd.DataFrame, Proposal], sites: tuple[Named, ...], ways: list[tuple[Piece, ...]]
) -> Shown:
    material, left, proposed = found
    demo = bool(network.sites(stamp)["demo"].reindex(_site_ids(stamp, left)).any())
    return Shown(material, _offers(stamp, left, proposed), sites, ways, demo)


def _drawn(choice: Choice, shown: Shown, plan: Plan, files: tuple[pd.DataFrame, str]) -> Drawn:
    colours, (gaps, remark) = frame.colours(), files
    spots = [one.xy for one in shown.offers] + [(one.place.easting, one.place.northing) for one in shown.sites]
    state = layers_ecosystems.camera(spots, choice.region)
    drawn = [
        *layers_ecosystems.ground(choice.region, colours),
        *layers_missing.layers(shown.offers, shown.sites, shown.ways, (state, colours, language())),
    ]
    said = _sentence(choice, shown.material, tuple(shown.sites), plan)
    return Drawn(
        sentence=said,
        deck=layers.deck(drawn, colours, state),
        alt=say("missing.alt", count=len(shown.sites)),
        legend=_legend(shown.material, plan),
        demo=shown.demo,
        downloads=partial(network_downloads.of_missing, choice, shown, gaps, said, remark),
        clicked=_clicked,
        defaults={**DEFAULTS, AMONG: reads.MUNICIPALITIES},
    )


def _site_ids(stamp: str, left: pd.DataFrame) -> pd.Series:
    return reads.index(stamp).take(left["row"].to_numpy(), ["site_id"])["site_id"]


def _offers(stamp: str, left: pd.DataFrame, proposed: Proposal) -> list[Offer]:
    """List the offers on the map, each with the site of the plan that would take most of it."""
    taken: dict[int, int] = {}
    for number_, site in enumerate(proposed.sites, 1):
        if site.chosen:
            taken |= dict.fromkeys(site.offers.tolist(), number_)
    told = network.sites(stamp).reindex(_site_ids(stamp, left))
    names = regions.load().municipalities
    rows = zip(
        range(len(left)),
        told["name"],
        told["municipality"],
        left["tonnes"].fillna(0.0),
        left[list(POINT)].to_numpy(float),
        strict=True,
    )
    every = [
        Offer(
            (float(xy[0]), float(xy[1])),
            name if isinstance(name, str) else "",
            names[code].name(language()) if code in names else "",
            float(tonnes),
            taken.get(at, 0),
        )
        for at, name, code, tonnes, xy in rows
    ]
    return sorted(every, key=lambda one: -one.tonnes)[:OFFERS_MOST]


def _sentence(choice: Choice, material: str, sites: tuple[Named, ...], plan: Plan) -> str:
    place, name = choosers.region_names(language())[choice.region], materials.name(material, language())
    if not sites:
        km = number(plan.longest_km, language())
        return rich("missing.sentence_no_site", language(), place=place, material=name, km=km)
    best = sites[0]
    return rich(
        "missing.sentence",
        language(),
        place=place,
        material=name,
        site=best.name(language()),
        exchanges=counted(best.site.exchanges, "exchange", language()),
        tonnes=f"{hundreds(best.site.tonnes, language())}\u00a0t/a",
        km=number(best.site.mean_km, language(), 1),
    )


def _small_print(proposed: Proposal, choice: Choice, among: str) -> str:
    gap = say("missing.proved") if proposed.gap < EXACT else say("missing.gap", share=percent(proposed.gap, language()))
    words = say(f"missing.small_print_{among}", count=number(proposed.places, language()))
    words += " " + say("missing.criterion")
    return f"{words} {gap}" + (f" {say('missing.today')}" if choice.year else "")


def _elsewhere(sites: tuple[Named, ...], choice: Choice) -> str:
    """Name the candidates that lie in another region than the one looked at."""
    if not choice.region:
        return ""
    away = [f"{one.name(language())} ({one.region_name(language())})" for one in sites if one.region != choice.region]
    return say("missing.elsewhere", sites=", ".join(away)) if away else ""


def _legend(material: str, plan: Plan) -> str:
    colours = frame.colours()
    name = materials.name(material, language())
    return (
        legends.dot(colours.have, say("missing.legend_offer", material=name))
        + legends.ring(colours.accent, say("missing.legend_site"), colours)
        + legends.line(colours.accent, 2, say("missing.legend_haul", km=number(plan.longest_km, language())))
    )


def _clicked() -> None:
    objects = st.session_state[map_key(PART)]["selection"]["objects"]
    for layer, picked in objects.items():
        if picked and layer.startswith(layers_missing.SITES):
            missing_tables.choose_site(int(picked[0]["number"]))
