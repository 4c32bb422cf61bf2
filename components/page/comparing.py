"""Two days: the map of the earlier one, and what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from components.model.view import Scene, View
    from components.page.served import Known


def comparing(seen: Scene, here: Known) -> None:
    """Show it."""
    st.html('<div class="drawer">comparing</div>')


def earlier_map(view: View, here: Known) -> None:
    """Show the map of the earlier day."""
