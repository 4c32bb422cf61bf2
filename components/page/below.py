"""What stands below the map: positions, two days compared, news since a briefing, a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.model.view import Below
from components.page.briefed import briefed
from components.page.comparing import comparing
from components.page.standing import standing
from components.page.timeline import timeline

if TYPE_CHECKING:
    from components.model.view import Scene
    from components.page.served import Known


def below(seen: Scene, here: Known) -> None:
    """Show what the visitor asked for."""
    shown = {
        Below.POSITIONS: standing,
        Below.COMPARE: comparing,
        Below.SINCE: briefed,
        Below.TIMELINE: timeline,
    }.get(seen.view.below)
    if shown:
        shown(seen, here)
