"""The page: the world, the choices, the scene, the map and the panels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from components.draw.drawing import drawing
from components.draw.map import base_map, state_group
from components.page import choices
from components.page.controls import controls
from components.page.panel import panel
from components.page.served import GEODATA, SEEDS, read_assets, read_stamp
from components.pipeline import build_world, scene

if TYPE_CHECKING:
    from components.draw.map import Assets
    from components.model.view import Scene
    from components.model.world import World

_STYLE = Path(__file__).parent / "page.css"
_NOMINAL_HEIGHT_PX = 800  # the style sheet stretches the map's frame to the window


def show() -> None:
    """Show the page for one run of the script."""
    world, assets = read_world(read_stamp())
    choices.start(world)
    st.html(_STYLE)
    seen = scene(world, choices.chosen(world))
    controls(seen, world)
    with st.container(key="stage", horizontal=True, gap=None, wrap=False):
        with st.container(key="map_frame"):
            map_of(seen, world, assets)
        panel(seen, world)
    choices.keep_in_url(world)


@st.cache_resource(max_entries=1, show_spinner="Reading the articles and the land")
def read_world(stamp: tuple[tuple[str, int], ...]) -> tuple[World, Assets]:  # noqa: ARG001
    """Return what is known; the only thing that is cached, for as long as `stamp` is the same."""
    return build_world(SEEDS, GEODATA), read_assets()


def map_of(seen: Scene, world: World, assets: Assets) -> None:
    """Draw the scene; the base map's script never changes, so its frame is never remade."""
    st_folium(
        base_map(assets),
        key=choices.MAP,
        height=_NOMINAL_HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=state_group(drawing(seen, world, move=st.session_state.camera_move)),
        on_change=lambda: choices.hear_map(world),
    )
