"""The page: the world, the choices, the scene, the map and the panels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from components.draw.drawing import drawing
from components.draw.map import base_map, state_group
from components.model.view import Below
from components.page import choices, reviewing
from components.page.below import below
from components.page.comparing import earlier_view
from components.page.controls import controls
from components.page.panel import panel
from components.page.presenting import chosen_briefing, presenting
from components.page.served import briefings, known, write_folder
from components.pipeline import scene

if TYPE_CHECKING:
    from components.model.view import View
    from components.page.served import Known

_STYLE = Path(__file__).parent / "page.css"
_NOMINAL_HEIGHT_PX = 800  # the style sheet stretches the map's frame to the window


def show() -> None:
    """Show the page for one run of the script: the map, or the articles and their review."""
    if fault := write_folder():
        st.error(fault)
        return
    reviewing.start()
    if reviewing.desk() is not reviewing.Desk.MAP:
        show_desk()
        return
    here = known()
    choices.start(here.world)
    st.html(_STYLE)
    seen = scene(here.world, choices.chosen(here.world))
    with st.container(key="stage", horizontal=True, gap=None, wrap=False):
        # First, since its frame has most to load.
        with st.container(key="map_frame"):
            map_of(seen.view, here)
        # Empty but while two days are compared; it is there always, so that the map stays.
        with st.container(key="then_frame"):
            if seen.view.below is Below.COMPARE:
                map_of(earlier_view(seen.view), here, earlier=True)
        panel(seen, here.world)
    with st.container(key="drawer"):
        below(seen, here)
    controls(seen, here.world)


def show_desk() -> None:
    """Show the articles; who only looks at the map does not wait for what they need."""
    from components.page.articles import articles  # noqa: PLC0415  see above

    articles()


def map_of(view: View, here: Known, *, earlier: bool = False) -> None:
    """Show the map; the base map's script never changes, so its frame is never remade."""
    table = here.world.table
    row = table.words.row_of(view.event) if view.event and len(table) else None
    # The map of the earlier day needs no command: it looks where the other one looks.
    told = drawing(view, row=row, move=0 if earlier else st.session_state.camera_move)
    if not earlier:
        told |= presenting(here, chosen_briefing(briefings()[0]))
    st_folium(
        base_map(here.assets, earlier=earlier),
        key=choices.EARLIER_MAP if earlier else choices.MAP,
        height=_NOMINAL_HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=state_group(told | {"record": here.record, "events": here.events}),
        on_change=_hear_earlier if earlier else _hear,
    )


def _hear() -> None:
    here = known()
    choices.hear_map(here.world, here.events)


def _hear_earlier() -> None:
    here = known()
    choices.hear_earlier_map(here.world, here.events)
