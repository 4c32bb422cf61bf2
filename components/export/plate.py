"""The map of a scene on paper: everything that is drawn, in pixels of one canvas, in order.

Slides, pages and pictures draw the same plate, each with its own library. Nothing here knows any.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from components.model.briefing import Legend
    from components.model.event import Mode, Theme

Point = tuple[float, float]
Box = tuple[float, float, float, float]


class Fill(StrEnum):
    """How the inside of a shape is drawn."""

    NONE = "none"
    SOLID = "solid"
    HATCHED = "hatched"  # schematic: nobody has published the true outline


@dataclass(frozen=True)
class Shape:
    """An area or a line.

    Attributes
    ----------
    name : str
        What it is, for those who select it: "Philadelphi Corridor, 29 May 2024 on".
    layer : str
        Id of the layer, or "land", "coast", "country" of the base map, or "beyond" it.
    rings : tuple of tuple of point
        Of an area, its outlines, holes among them; of a line, its parts. x to the right, y down.
    closed : bool
        Whether it is an area.
    ink, paper : str
        Colours of stroke and inside, `#rrggbb`.
    opacity : float
        Of the inside, 0 to 1.
    """

    name: str
    layer: str
    rings: tuple[tuple[Point, ...], ...]
    closed: bool
    ink: str
    paper: str
    opacity: float
    fill: Fill
    width_px: float
    dashed: bool


@dataclass(frozen=True)
class Mark:
    """An event's mark: a disc happened, a ring is planned, a diamond is a demand, and so on.

    Attributes
    ----------
    opacity : float
        Less than 1 where day or place are vague.
    draft : bool
        Nobody has accepted it: in a broken frame.
    chosen : bool
        Whether it is the open event: in a whole frame.
    """

    event: str
    title: str
    theme: Theme
    mode: Mode
    ink: str
    centre: Point
    size_px: float
    opacity: float
    draft: bool
    chosen: bool


@dataclass(frozen=True)
class Crossing:
    """A crossing's mark: open filled, limited half, closed crossed, unknown hollow."""

    name: str
    status: str
    centre: Point
    size_px: float


@dataclass(frozen=True)
class Label:
    """Words on the map; `box` is where they stand (left, top, width, height).

    Attributes
    ----------
    kind : str
        "town", "country", "sea", "crossing": how it is set.
    """

    words: str
    kind: str
    box: Box
    size_px: float
    ink: str
    bold: bool = False
    italic: bool = False
    dot: Point | None = None


@dataclass(frozen=True)
class Card:
    """A site's card beside the map's shape: its name, its marks, who holds and wants what.

    Attributes
    ----------
    leader : tuple of point
        From the card to what it stands for; empty for what lies beyond the map.
    lines : tuple of str
        Under the name: notes, "Held by ...", "Hamas: wants Israel out".
    """

    name: str
    lines: tuple[str, ...]
    marks: tuple[Mark, ...]
    box: Box
    size_px: float
    ink: str
    leader: tuple[Point, ...]


@dataclass(frozen=True)
class Bar:
    """A scale bar: so many pixels are so many kilometres at the middle of the map."""

    words: str
    width_px: float


@dataclass(frozen=True)
class Plate:
    """A map of so many pixels, from back to front.

    Attributes
    ----------
    sea, card : str
        Colours of the ground and of cards.
    ink, quiet : str
        Colours of words.
    away : tuple of str
        Sites with events that lie beyond the map, in words: "Cairo, 306 km south-west: 3 events".
    """

    width_px: float
    height_px: float
    sea: str
    card: str
    ink: str
    quiet: str
    shapes: tuple[Shape, ...]
    crossings: tuple[Crossing, ...]
    labels: tuple[Label, ...]
    cards: tuple[Card, ...]
    bar: Bar
    away: tuple[str, ...]


def legend_of(plate: Plate, scene: Legend) -> Legend:
    """Return a scene's legend without the marks that are not on its plate: they lie beyond it."""
    marks = [mark for card in plate.cards for mark in card.marks]
    drawn = {(one.theme, one.mode) for one in marks}
    states = {one.status for one in plate.crossings}
    return replace(
        scene,
        crossings=tuple(one for one in scene.crossings if one in states),
        marks=tuple(one for one in scene.marks if one in drawn),
        pale=any(one.opacity < 1 for one in marks),
    )
