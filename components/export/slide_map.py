"""A plate as native shapes of a slide: each can be selected by name, moved and recoloured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from components.draw.style import LAYERS, Ground
from components.export.plate import Fill
from components.export.slide_words import Run, add_words, named, rgb
from components.model.event import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.shapes.autoshape import Shape as Drawn
    from pptx.shapes.shapetree import GroupShapes, _BaseGroupShapes

    from components.export.plate import Box, Card, Label, Mark, Plate, Point, Shape

EMU_PER_INCH = 914_400
# The base map is only ground: what nobody can see of its bends is left out of the file.
_UNSEEN_PX = 0.2
_FRAME = 1.7
_WHITE = "#ffffff"


@dataclass(frozen=True)
class Frame:
    """Where a canvas of pixels lies on a slide.

    Attributes
    ----------
    left_in, top_in : float
        Its corner, in inches.
    in_per_px : float
        Inches a pixel.
    """

    left_in: float
    top_in: float
    in_per_px: float

    def pt(self, px: float) -> float:
        """Return a length in points."""
        return px * self.in_per_px * 72

    def emu(self, point: Point) -> tuple[float, float]:
        """Return a place on the slide in EMU, to the fraction."""
        x, y = point
        return (
            (self.left_in + x * self.in_per_px) * EMU_PER_INCH,
            (self.top_in + y * self.in_per_px) * EMU_PER_INCH,
        )

    def box_in(self, box: Box) -> Box:
        """Return left, top, width and height in inches."""
        left, top, width, height = box
        each = self.in_per_px
        return (self.left_in + left * each, self.top_in + top * each, width * each, height * each)


def draw_map(shapes: _BaseGroupShapes, plate: Plate, frame: Frame, about: str) -> None:
    """Draw a plate: a group for the whole map, and in it one for each sort of thing.

    Parameters
    ----------
    about : str
        What the map shows, for those who do not see it.
    """
    whole = shapes.add_group_shape()
    whole.name = "Map"
    whole.element.xpath("./p:nvGrpSpPr/p:cNvPr")[0].set("descr", about)
    base = _group(whole.shapes, "Base map")
    sea = base.add_shape(
        MSO_SHAPE.RECTANGLE, *_emu_box(frame, (0, 0, plate.width_px, plate.height_px))
    )
    sea.name = "Sea"
    paint(sea, paper=plate.sea)
    ours = [one for one in plate.shapes if one.layer in LAYERS]
    for shape in plate.shapes:
        if shape not in ours:
            _outline(base, shape, frame, unseen_px=_UNSEEN_PX)
    if ours or plate.crossings:
        corridors = _group(whole.shapes, "Corridors, borders and crossings")
        for shape in ours:
            _outline(corridors, shape, frame, unseen_px=0)
        for one in plate.crossings:
            box = _around(one.centre, one.size_px)
            crossing_mark(corridors, one.status, frame.box_in(box), f"{one.name}, {one.status}")
    if plate.labels:
        labels = _group(whole.shapes, "Labels")
        for label in plate.labels:
            _label(labels, label, frame)
    if plate.cards:
        events = _group(whole.shapes, "Events")
        for card in plate.cards:
            _card(events, card, plate, frame)
    rim = whole.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, *_emu_box(frame, (0, 0, plate.width_px, plate.height_px))
    )
    rim.name = "Edge of the map"
    paint(rim, ink=plate.quiet, width_pt=0.75)


def _group(shapes: _BaseGroupShapes, name: str) -> GroupShapes:
    group = shapes.add_group_shape()
    group.name = name
    return group.shapes


def _emu_box(frame: Frame, box: Box) -> tuple[Emu, Emu, Emu, Emu]:
    left, top, width, height = (round(one * EMU_PER_INCH) for one in frame.box_in(box))
    return Emu(left), Emu(top), Emu(width), Emu(height)


def _around(centre: Point, size_px: float) -> Box:
    return (centre[0] - size_px / 2, centre[1] - size_px / 2, size_px, size_px)


def _outline(shapes: GroupShapes, shape: Shape, frame: Frame, *, unseen_px: float) -> None:
    rings = [
        [frame.emu(point) for point in ring]
        for ring in (_simpler(ring, unseen_px) for ring in shape.rings)
    ]
    drawn = freeform(shapes, rings, closed=shape.closed)
    if drawn is None:
        return
    drawn.name = named(shape.name)
    paint(
        drawn,
        paper=shape.paper if shape.closed and shape.fill is not Fill.NONE else None,
        hatched=shape.fill is Fill.HATCHED,
        opacity=shape.opacity,
        ink=shape.ink if shape.width_px else None,
        width_pt=frame.pt(shape.width_px),
        dash=MSO_LINE.DASH if shape.dashed else None,
    )


def _simpler(ring: Sequence[Point], unseen_px: float) -> Sequence[Point]:
    if unseen_px == 0 or len(ring) < 4:  # noqa: PLR2004 (fewer points bend no more than once)
        return ring
    line = shapely.LineString(ring).simplify(unseen_px, preserve_topology=False)
    return [(float(x), float(y)) for x, y in np.asarray(line.coords)]


def freeform(
    shapes: _BaseGroupShapes, rings: Iterable[Sequence[Point]], *, closed: bool
) -> Drawn | None:
    """Add one shape of several rings or lines, in EMU; None when no ring has two points."""
    parts = [ring for ring in rings if len(ring) > 1]
    if not parts:
        return None
    xs, ys = zip(*(point for ring in parts for point in ring), strict=True)
    left, top = round(min(xs)), round(min(ys))
    # python-pptx looks at all points again for each of them, so it gets the two corners only.
    builder = shapes.build_freeform(left, top)
    builder.add_line_segments([(round(max(xs)), round(max(ys)))], close=False)
    drawn: Drawn = builder.convert_to_shape()
    path = next(drawn.element.iter(qn("a:path")))
    for corner in tuple(path):
        path.remove(corner)
    for ring in parts:
        rest = ring[:-1] if closed and len(ring) > 2 and ring[0] == ring[-1] else ring  # noqa: PLR2004
        for number, (x, y) in enumerate(rest):
            step = path.makeelement(qn("a:lnTo" if number else "a:moveTo"), {})
            at = {"x": str(round(x) - left), "y": str(round(y) - top)}
            step.append(step.makeelement(qn("a:pt"), at))
            path.append(step)
        if closed:
            path.append(path.makeelement(qn("a:close"), {}))
    return drawn


def paint(  # noqa: PLR0913 (the inside and the line of a shape)
    drawn: Drawn,
    *,
    paper: str | None = None,
    hatched: bool = False,
    opacity: float = 1,
    ink: str | None = None,
    width_pt: float = 1,
    dash: MSO_LINE | None = None,
    ink_opacity: float = 1,
) -> None:
    """Give a shape its inside and its line, and take off what the theme would add (a shadow).

    Parameters
    ----------
    hatched : bool
        In strokes of `paper` on a pale ground of it.
    opacity, ink_opacity : float
        Of the inside and of the line, 0 to 1.
    """
    style = drawn.element.find(qn("p:style"))
    if style is not None:
        drawn.element.remove(style)
    fill, line = drawn.fill, drawn.line
    if paper is None:
        fill.background()
    elif hatched:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb = rgb(paper)
        fill.back_color.rgb = rgb(_pale(paper, 0.15))
    else:
        fill.solid()
        fill.fore_color.rgb = rgb(paper)
        _see_through(drawn.element.spPr.find(qn("a:solidFill")), opacity)
    if ink is None or width_pt <= 0:
        line.fill.background()
        return
    line.fill.solid()
    line.fill.fore_color.rgb = rgb(ink)
    line.width = Pt(max(width_pt, 0.25))
    if dash is not None:
        line.dash_style = dash
    _see_through(drawn.element.spPr.find(qn("a:ln")), ink_opacity)


def _pale(colour: str, share: float) -> str:
    """Return a colour as it looks at an opacity on white."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - one) * share):02x}" for one in parts)


def _see_through(within: BaseOxmlElement | None, opacity: float) -> None:
    if within is None or opacity >= 1:
        return
    for colour in within.iter(qn("a:srgbClr")):
        alpha = colour.makeelement(qn("a:alpha"), {"val": str(round(max(opacity, 0) * 100_000))})
        colour.append(alpha)


def event_mark(  # noqa: PLR0913 (what it says, and how it looks)
    shapes: _BaseGroupShapes,
    mode: Mode,
    ink: str,
    box_in: Box,
    name: str,
    *,
    opacity: float = 1,
    draft: bool = False,
    chosen: bool = False,
) -> None:
    """Add the mark of an event: one shape, or a group of its parts.

    Parameters
    ----------
    box_in : tuple of float
        Left, top, width and height in inches; a frame reaches beyond it.
    draft, chosen : bool
        In a broken frame, in a whole one.
    """
    into: _BaseGroupShapes = shapes
    if mode is Mode.ONGOING or draft or chosen:
        into = _group(shapes, named(name))
    left, top, width, height = box_in
    stroke_pt = width * 72 * 0.14

    def put(shape: MSO_SHAPE, share: float, **look: object) -> Drawn:
        size = tuple(
            Emu(round(one * EMU_PER_INCH))
            for one in (
                left + width * (1 - share) / 2,
                top + height * (1 - share) / 2,
                width * share,
                height * share,
            )
        )
        drawn = into.add_shape(shape, *size)
        drawn.name = named(name)
        paint(drawn, opacity=opacity, ink_opacity=opacity, **look)  # type: ignore[arg-type]
        return drawn

    line = {"ink": ink, "width_pt": stroke_pt}
    if mode is Mode.HAPPENED:
        put(MSO_SHAPE.OVAL, 0.8, paper=ink)
    elif mode is Mode.ONGOING:
        put(MSO_SHAPE.OVAL, 0.86, **line)
        put(MSO_SHAPE.OVAL, 0.42, paper=ink)
    elif mode is Mode.DEMANDED:
        put(MSO_SHAPE.DIAMOND, 0.88, **line)
    elif mode is Mode.CLAIMED:
        put(MSO_SHAPE.OVAL, 0.8, dash=MSO_LINE.ROUND_DOT, **line)
    elif mode is Mode.DENIED:
        put(MSO_SHAPE.FLOWCHART_SUMMING_JUNCTION, 0.82, **line)
    else:
        put(MSO_SHAPE.OVAL, 0.8, **line)
    if draft or chosen:
        drawn = put(
            MSO_SHAPE.RECTANGLE,
            1.25,
            ink=ink,
            width_pt=stroke_pt * (0.6 if draft else 0.9),
            dash=MSO_LINE.DASH if draft else None,
        )
        drawn.name = "Frame: nobody has accepted it" if draft else "Frame: the event that is told"


def crossing_mark(shapes: _BaseGroupShapes, status: str, box_in: Box, name: str) -> None:
    """Add the mark of a crossing: open filled, limited half, closed crossed, else hollow."""
    ink = LAYERS["crossings"].ink.on(Ground.LIGHT)
    left, top, width, height = box_in
    left, top, width, height = left + width / 8, top + height / 8, width * 0.75, height * 0.75
    into = _group(shapes, named(name)) if status in {"limited", "closed"} else shapes
    square = into.add_shape(
        MSO_SHAPE.RECTANGLE, *(Emu(round(one * EMU_PER_INCH)) for one in (left, top, width, height))
    )
    square.name = named(name)
    stroke_pt = width * 72 * 0.14
    paint(square, paper=ink if status == "open" else _WHITE, ink=ink, width_pt=stroke_pt)

    def corner(x: float, y: float) -> Point:
        return (left + width * x) * EMU_PER_INCH, (top + height * y) * EMU_PER_INCH

    if status == "limited":
        half = freeform(into, [[corner(0, 1), corner(0, 0), corner(1, 1)]], closed=True)
        if half:
            half.name = "Half"
            paint(half, paper=ink)
    elif status == "closed":
        strokes = [[corner(0, 0), corner(1, 1)], [corner(1, 0), corner(0, 1)]]
        cross = freeform(into, strokes, closed=False)
        if cross:
            cross.name = "Cross"
            paint(cross, ink=ink, width_pt=stroke_pt)


def _label(shapes: GroupShapes, label: Label, frame: Frame) -> None:
    align = PP_ALIGN.CENTER
    if label.dot is not None:
        size = max(label.size_px / 4, 2)
        dot = shapes.add_shape(MSO_SHAPE.OVAL, *_emu_box(frame, _around(label.dot, size)))
        dot.name = named(f"Dot of {label.words}")
        paint(dot, paper=label.ink)
        left, _, width, _ = label.box
        if label.dot[0] <= left:
            align = PP_ALIGN.LEFT
        elif label.dot[0] >= left + width:
            align = PP_ALIGN.RIGHT
    run = Run(label.words, frame.pt(label.size_px), label.ink, label.bold, label.italic)
    add_words(
        shapes,
        frame.box_in(label.box),
        [run],
        name=label.words,
        align=align,
        anchor=MSO_ANCHOR.MIDDLE,
        wrap=False,
    )


def _card(shapes: GroupShapes, card: Card, plate: Plate, frame: Frame) -> None:
    into = _group(shapes, named(card.name))
    if len(card.leader) > 1:
        leader = freeform(into, [[frame.emu(point) for point in card.leader]], closed=False)
        if leader:
            leader.name = named(f"Line to {card.name}")
            paint(leader, ink=card.ink, width_pt=0.75)
    ground = into.add_shape(MSO_SHAPE.RECTANGLE, *_emu_box(frame, card.box))
    ground.name = named(f"Card of {card.name}")
    paint(ground, paper=plate.card, ink=card.ink, width_pt=0.75)
    size_pt = frame.pt(card.size_px)
    left, top, width, height = card.box
    inset = card.size_px * 0.35
    name = Run(card.name, size_pt, card.ink, bold=True)
    words = (left + inset, top + inset / 2, width - 2 * inset, height - inset)
    add_words(into, frame.box_in(words), [name], name=f"Name: {card.name}", wrap=False)
    if card.lines:
        lines = [Run(one, size_pt * 0.9, plate.ink) for one in card.lines]
        add_words(
            into,
            frame.box_in(words),
            lines,
            name=f"Words: {card.name}",
            anchor=MSO_ANCHOR.BOTTOM,
            wrap=False,
        )
    for mark in card.marks:
        _mark(into, mark, frame)


def _mark(shapes: GroupShapes, mark: Mark, frame: Frame) -> None:
    event_mark(
        shapes,
        mark.mode,
        mark.ink,
        frame.box_in(_around(mark.centre, mark.size_px)),
        f"{mark.title}, {mark.mode}",
        opacity=mark.opacity,
        draft=mark.draft,
        chosen=mark.chosen,
    )
