"""What the visitor chose, as the map's side reads it: small, whatever the world holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.model.table import day_number

if TYPE_CHECKING:
    from components.draw.record import Json
    from components.model.view import View


def drawing(view: View, *, row: int | None = None, move: int = 0) -> dict[str, Json]:
    """Return what the map shall show of its record.

    Parameters
    ----------
    row : int or None
        Number of the open event, when it is one of the event table.
    move : int
        Number of the camera command. The map goes to the view's camera (None: the opening
        view) when this number is one that it has not seen, and stays otherwise.
    """
    camera = view.camera
    return {
        "window": [day_number(view.window.first), day_number(view.window.last)],
        "cumulative": view.cumulative,
        "layers": [*sorted(view.layers)],
        "themes": [theme.value for theme in sorted(view.themes)],
        "drafts": view.drafts,
        "positions": view.positions,
        "hindsight": view.hindsight,
        "language": view.language.value,
        "direction": view.language.direction,
        "tiles": view.tiles,
        "selected": {"event": view.event, "layer": view.layer, "row": row},
        "camera": {
            "move": move,
            "to": None if camera is None else [camera.lon_deg, camera.lat_deg, camera.zoom],
        },
    }
