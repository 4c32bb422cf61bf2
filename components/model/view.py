"""What the visitor chose, and what that view sees of the world."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from components.model.event import Theme
from components.model.place import Language

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from components.model.event import Event
    from components.model.layer import Footprint
    from components.model.period import Period
    from components.model.position import Position
    from components.model.world import Link, PlacedEvent, UnplacedEvent


@dataclass(frozen=True)
class Camera:
    """Where the map looks: centre in WGS 84 degrees, web-map zoom level."""

    lon_deg: float
    lat_deg: float
    zoom: float


class Below(StrEnum):
    """What stands below the map."""

    NOTHING = ""
    POSITIONS = "positions"
    COMPARE = "compare"
    SINCE = "since"
    TIMELINE = "timeline"


@dataclass(frozen=True)
class View:
    """What the visitor chose.

    Attributes
    ----------
    window : Period
        Days under the slider's two hands.
    cumulative : bool
        Whether everything up to the window's last day is shown.
    layers : frozenset of str
        Ids of the layers that are on; "places" turns place names on.
    drafts : bool
        Whether events that nobody has accepted yet are shown, as drafts.
    event, layer : str or None
        What is open in the evidence panel; at most one of them.
    camera : Camera or None
        None is the opening view of Gaza.
    positions : bool
        Whether the map says who holds and who wants what.
    hindsight : bool
        Whether positions may rest on articles published after the window's last day.
    compare : date or None
        The day that the window's last day is compared with; None: the window's first day.
    by_party : bool
        Whether the rows of the timeline are parties; else they are corridors.
    """

    window: Period
    cumulative: bool = False
    layers: frozenset[str] = frozenset()
    themes: frozenset[Theme] = field(default_factory=lambda: frozenset(Theme))
    event: str | None = None
    layer: str | None = None
    language: Language = Language.ENGLISH
    camera: Camera | None = None
    tiles: bool = False
    drafts: bool = False
    positions: bool = False
    hindsight: bool = False
    below: Below = Below.NOTHING
    compare: date | None = None
    by_party: bool = False

    @property
    def then(self) -> date:
        """The earlier day, when two are compared."""
        return min(self.compare or self.window.first, self.window.last)


@dataclass(frozen=True)
class Scene:
    """What a view sees: every event is in exactly one of the four event tuples.

    Every row of the table is counted once, too: in `recorded` or in one of the two numbers.

    Attributes
    ----------
    window : Period
        The days that count; from the first day known when the view is cumulative.
    placed, unplaced : tuple
        Events of the window whose theme is on.
    hidden : tuple of Event
        Events of the window whose theme is off.
    outside : tuple of Event
        Events that do not meet the window.
    footprints : tuple of Footprint
        Footprints of the layers that are on, as of the window's last day.
    rejected : int
        Events left out because their record is broken.
    recorded : NDArray of int32
        Rows of the table in the window whose theme is on, ascending.
    recorded_hidden, recorded_outside : int
        How many rows are in the window with their theme off, or do not meet it.
    drafts, drafts_unplaced : tuple
        Drafts of the window whose theme is on, when drafts are shown.
    drafts_hidden, drafts_outside : int
        How many drafts are in the window but not shown, or do not meet it.
    positions : tuple of Position
        Who wants, claims or does what on which ground, as known on the window's last day.
    """

    view: View
    window: Period
    placed: tuple[PlacedEvent, ...]
    unplaced: tuple[UnplacedEvent, ...]
    hidden: tuple[Event, ...]
    outside: tuple[Event, ...]
    footprints: tuple[Footprint, ...]
    links: tuple[Link, ...]
    rejected: int
    recorded: NDArray[np.int32] = field(
        default_factory=lambda: np.empty(0, np.int32), compare=False
    )
    recorded_hidden: int = 0
    recorded_outside: int = 0
    drafts: tuple[PlacedEvent, ...] = ()
    drafts_unplaced: tuple[UnplacedEvent, ...] = ()
    drafts_hidden: int = 0
    drafts_outside: int = 0
    positions: tuple[Position, ...] = ()
