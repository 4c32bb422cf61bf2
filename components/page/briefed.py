"""What is new since a briefing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from components.model.view import Scene
    from components.page.served import Known


def briefed(seen: Scene, here: Known) -> None:
    """Show it."""
    st.html('<div class="drawer">briefed</div>')
