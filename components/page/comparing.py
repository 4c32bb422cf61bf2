"""Two days: the map of the earlier one, and what differs."""

from __future__ import annotations

from dataclasses import replace
from math import floor, log10
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components.brief.differences import differences
from components.model.period import day_words
from components.page import choices
from components.page.controls import event_button
from components.page.html import label_of, rendered
from components.page.standing import position_button

if TYPE_CHECKING:
    from collections.abc import Iterable

    from components.brief.differences import Between, Differences, PositionChange
    from components.geo.extent import Area
    from components.model.event import Event
    from components.model.view import Scene, View
    from components.model.world import World
    from components.page.served import Known

_STYLE = Path(__file__).parent / "compare.css"
_LAND, _HELD, _EVENTS, _POSITIONS = (
    "Land",
    "Control and crossings",
    "Events between",
    "Positions",
)


def earlier_view(view: View) -> View:
    """Return what the map of the earlier day shows: the same window, moved to end on that day."""
    return replace(view, window=view.window.ending_on(view.then), camera=None)


def comparing(seen: Scene, here: Known) -> None:
    """Ask for the earlier day, and show what differs between it and the window's last day."""
    view, world = seen.view, here.world
    found = differences(world, view.then, view.window.last, hindsight=view.hindsight)
    st.html(_STYLE)
    with st.container(horizontal=True, key="compare_bar", vertical_alignment="center"):
        st.html(rendered("compare.html", found=found, day=day_words, hindsight=view.hindsight))
        _earlier_day(view, world)
    land, held, events, positions = st.tabs(
        [_LAND, _HELD, _EVENTS, _POSITIONS], key="compared", on_change="rerun"
    )
    common = {"found": found, "day": day_words, "language": view.language}
    if land.open:
        land.html(rendered("compare_land.html", **common, area=area_words, at_most=at_most))
    if held.open:
        held.html(rendered("compare_held.html", **common))
    if events.open:
        with events:
            _events(found.between, world)
    if positions.open:
        with positions:
            _positions(found, view, world)


def _earlier_day(view: View, world: World) -> None:
    choices.typed_then(view)
    st.date_input(
        "Earlier day",
        key="typed_then",
        min_value=min(world.record_span.first, view.then),
        max_value=view.window.last,
        format="YYYY-MM-DD",
        required=True,
        label_visibility="collapsed",
        help="The earlier day",
        on_change=choices.type_then,
    )
    if view.compare:
        st.button(
            "First day of the window",
            key="forget_then",
            icon=":material/first_page:",
            type="tertiary",
            on_click=choices.forget_then,
        )


def area_words(area: Area) -> str:
    """Return an area with its range, no more exact than it is: "26.3 km² (12 to 39)"."""
    least, most = (_figure(value, 2) for value in (area.least_km2, area.most_km2))
    return f"{_figure(area.drawn_km2, 3)} km² ({least} to {most})"


def at_most(area: Area) -> str:
    """Return what may be there though nothing is drawn; empty when it is too little to tell."""
    most = _figure(area.most_km2, 2)
    return "" if most == "0" else f"at most {most} km²"


def _figure(value: float, digits: int) -> str:
    """Return a number with so many digits, and never more than two behind the point."""
    rounded = float(f"{value:.{digits}g}")
    if rounded < 0.005:  # noqa: PLR2004  two digits behind the point would show nothing
        return "0"
    return f"{rounded:.{min(2, max(0, digits - 1 - floor(log10(rounded))))}f}"


def _events(between: Between, world: World) -> None:
    """List the events that lie between, and those that may."""
    st.html(rendered("compare_events.html", between=between))
    with st.container(key="between"):
        _listed(between.begun, world)
    for events, words in (
        (between.perhaps, "may lie between: their days begin before, or their start is not known"),
        (between.went_on, "went on: they had begun by the earlier day"),
    ):
        if events:
            with st.expander(f"{len(events)} {words}"):
                _listed(events, world)


def _listed(events: Iterable[Event], world: World) -> None:
    reasons = {one.event.id: one.reason for one in world.unplaced}
    for event in events:
        event_button(event, world, reasons.get(event.id), room="between")


def _positions(found: Differences, view: View, world: World) -> None:
    """List the positions that changed; each opens the event that states it."""
    st.html(rendered("compare_positions.html", found=found))
    with st.container(key="changes"):
        for number, change in enumerate(found.positions):
            with st.container(key=f"change_{number}"):
                _position_change(change, number, view, world)


def _position_change(change: PositionChange, number: int, view: View, world: World) -> None:
    about, stances = change.about, change.stances
    st.html(rendered("compare_position.html", about=about, language=view.language))
    for words, positions in (
        ("Before", stances.before),
        ("After", stances.after),
        ("Both days", stances.still),
    ):
        for position in positions:
            position_button(
                position,
                f"{words}: **{label_of(position.latest.one)}**",
                position.publishers,
                f"stance_{number}_{words}_{position.id}",
                world,
            )
