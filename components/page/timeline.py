"""The timeline under the map: it follows the slider, and opens what is clicked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components.brief.parties import PartyList
from components.draw.style import MODE_WORDS, glyph
from components.model.event import Theme
from components.page import choices
from components.page.controls import address, ground
from components.page.html import rendered
from components.page.served import known

if TYPE_CHECKING:
    from components.model.view import Scene
    from components.page.served import Known

_STYLE = Path(__file__).parent / "timeline.css"
_REACH = Path(__file__).parent / "browser" / "reach.js"


def timeline(seen: Scene, here: Known) -> None:
    """Show corridors or parties as rows over the days of the slider."""
    from components.draw.chart import PICKED  # noqa: PLC0415 (Altair, which the map never needs)
    from components.draw.timeline import timeline as drawn  # noqa: PLC0415  the same

    st.html(_STYLE)
    with st.container(key="timeline_head", horizontal=True):
        st.segmented_control(
            "Rows of the timeline",
            [choices.CORRIDORS, choices.PARTIES],
            key="rows",
            persist_state="session",
            required=True,
            label_visibility="collapsed",
        )
        st.html(rendered("timeline_head.html", modes=_modes()))
    find = PartyList(here.world.parties).find if seen.view.by_party else None
    told = drawn(seen, here.world, choices.span_of_slider(here.world), ground(), find)
    with st.container(key="timeline_days"):
        st.vega_lite_chart(told.days, theme=None)
    st.vega_lite_chart(
        told.rows,
        key=choices.TIMELINE,
        theme=None,
        on_select=lambda: choices.hear_timeline(known().world, PICKED),
        selection_mode=PICKED,
    )
    choices.keep_picked(PICKED)
    if seen.view.event:
        # Only when another event is opened does it differ, and run.
        page = rendered(
            "timeline_reach.html", event=seen.view.event, script=_REACH.read_text(encoding="utf-8")
        )
        st.html(page, unsafe_allow_javascript=True)
    st.html(rendered("timeline.html", told=told, by_party=seen.view.by_party))


def _modes() -> list[tuple[str, str]]:
    return [
        (address(glyph(Theme.DIPLOMACY, mode, ground=ground())), words)
        for mode, words in MODE_WORDS.items()
    ]
