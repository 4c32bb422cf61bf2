"""Presenting a briefing: what the map is told, so that it can begin at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import streamlit as st

from components.brief.scenes import content_of
from components.draw.presenting import presentation
from components.page.served import write_served
from components.pipeline import staged

if TYPE_CHECKING:
    from components.draw.record import Json
    from components.model.briefing import Briefing
    from components.model.world import World
    from components.page.served import Known


def chosen_briefing(briefings: tuple[Briefing, ...]) -> Briefing | None:
    """Return the briefing whose id is in the session, or else the first; None when none is."""
    asked = st.session_state.get("briefing")
    return next((one for one in briefings if one.id == asked), next(iter(briefings), None))


def presenting(here: Known, briefing: Briefing | None) -> dict[str, Json]:
    """Return what the map is told beside its drawing.

    Returns
    -------
    dict
        `briefing`, the address of what `components.draw.presenting` makes of it (None: there is
        nothing to present), and `present`: the number of the command to begin (0: none was given
        yet) with the scene to begin at, from 0. The session's `present_move` and `present_scene`
        hold them.
    """
    state = st.session_state
    told = None
    if briefing is not None:
        known = (here.record, id(here.world))
        told = write_presentation(known, content_of(briefing), briefing, here.world)
    return {
        "briefing": told,
        "present": {
            "move": state.get("present_move", 0),
            "scene": state.get("present_scene", 0),
        },
    }


@st.cache_resource(max_entries=16, show_spinner=False)
def write_presentation(
    known: tuple[str, int],  # noqa: ARG001
    content: bytes,  # noqa: ARG001
    _briefing: Briefing,
    _world: World,
) -> str:
    """Write what the browser fetches of a briefing and return its address.

    It is reckoned once for what is `known` and the `content` of the briefing's file.
    """
    told = presentation(_briefing, staged(_world, _briefing))
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return write_served("briefing", ".json", written.encode())
