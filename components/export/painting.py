"""A plate, and the words around it, drawn with Matplotlib: pictures and pages share it.

Everything is in pixels of one sheet, x to the right and y down. No global state of Matplotlib is
touched, and no text is ever read as markup (`parse_math=False`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib import patheffects
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from shapely.geometry import LineString, Polygon

from components.draw.style import (
    BASE,
    GROUNDS,
    LAYERS,
    MODE_WORDS,
    PALE_WORDS,
    THEME_WORDS,
    THEMES,
    VAGUE_OPACITY,
)
from components.draw.style import Ground as Side
from components.draw.style import Mark as Sort
from components.export.composing import LINE_SHARE
from components.export.lettering import (
    CUT,
    FAMILY,
    LEADING,
    LEFT_TO_RIGHT,
    advance_px,
    cut,
    has_italics,
    in_english,
    leans_right,
    readable,
    width_px,
    wrapped,
)
from components.export.plate import Fill
from components.model.event import Mode
from components.model.layer import Method

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from shapely.geometry.base import BaseGeometry

    from components.export.plate import Box, Card, Label, Mark, Plate, Point, Shape
    from components.model.briefing import Caption, Legend
    from components.model.event import Theme

INK = BASE["ink"].on(Side.LIGHT)
QUIET = BASE["quiet"].on(Side.LIGHT)
PAGE = "#ffffff"
RULE = "#c4c0b6"
_PAPER = GROUNDS["card"].on(Side.LIGHT)
_LAND = GROUNDS["land"].on(Side.LIGHT)
_INSET = 0.35
_HATCH_PX = 8.0
_CUT_WORDS = f"{CUT} (cut)"


class Sheet:
    """A figure that is drawn on in pixels.

    Parameters
    ----------
    width, height : float
        Size of the sheet in pixels; the figure has the same proportions.
    """

    def __init__(self, figure: Figure, width: float, height: float) -> None:
        self.figure, self.width, self.height = figure, width, height
        self._pt = float(figure.get_figwidth()) * 72 / width
        self._plain = Affine2D().scale(1 / width, -1 / height).translate(0, 1)
        self.origin = (0.0, 0.0)
        self._clip: Rectangle | None = None

    def within(self, frame: Box | None) -> None:
        """Draw from now on from a box's corner, and nothing beyond it; None: on the whole sheet."""
        self.origin = frame[:2] if frame else (0.0, 0.0)
        self._clip = None
        if frame:
            self._clip = Rectangle((0, 0), frame[2], frame[3], transform=self._moved())

    def _moved(self) -> object:
        return Affine2D().translate(*self.origin) + self._plain + self.figure.transFigure

    def add(self, artist: Artist) -> None:
        """Draw something over what is there."""
        artist.set_transform(self._moved())  # type: ignore[arg-type]
        artist.set_figure(self.figure)
        self.figure.add_artist(artist)
        if self._clip is not None:
            artist.set_clip_path(self._clip)

    def path(  # noqa: PLR0913
        self,
        rings: Iterable[Sequence[Point]],
        *,
        closed: bool,
        ink: str | None = None,
        width: float = 0.0,
        paper: str | None = None,
        opacity: float = 1.0,
        dashes: tuple[float, ...] = (),
        round_ends: bool = False,
        whole: float = 1.0,
    ) -> None:
        """Draw lines or areas; `opacity` is of the inside, `whole` of all of it."""
        parts = [Outline(np.array(ring), closed=False) for ring in rings if len(ring) > 1]
        if not parts:
            return
        outline = Outline.make_compound_path(*parts)
        patch = PathPatch(outline, fill=False, linewidth=0, alpha=None)
        if closed and paper:
            inside = PathPatch(outline, facecolor=paper, alpha=opacity * whole, linewidth=0)
            self.add(inside)
        if ink and width:
            patch.set(
                edgecolor=ink,
                linewidth=width * self._pt,
                alpha=whole,
                capstyle="round" if round_ends else "butt",
                joinstyle="round",
            )
            if dashes:
                patch.set_linestyle((0, tuple(one / width for one in dashes)))
            self.add(patch)

    def disc(  # noqa: PLR0913
        self,
        centre: Point,
        radius: float,
        *,
        paper: str | None = None,
        ink: str | None = None,
        width: float = 0.0,
        whole: float = 1.0,
    ) -> None:
        """Draw a disc or a ring."""
        self.add(
            Circle(
                centre,
                radius,
                fill=paper is not None,
                facecolor=paper or "none",
                edgecolor=ink or "none",
                linewidth=width * self._pt,
                alpha=whole,
            )
        )

    def box(  # noqa: PLR0913
        self,
        of: Box,
        *,
        paper: str | None = None,
        ink: str | None = None,
        width: float = 0.0,
        opacity: float = 1.0,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw a box."""
        x, y, w, h = of
        ring = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]
        self.path(
            [ring], closed=True, ink=ink, width=width, paper=paper, opacity=opacity, dashes=dashes
        )

    def words(  # noqa: PLR0913
        self,
        words: str,
        at: Point,
        size: float,
        *,
        ink: str = INK,
        bold: bool = False,
        italic: bool = False,
        align: str = "left",
        halo: str | None = None,
    ) -> None:
        """Draw one line of words; `at` is its left, right or middle (`align`), and its top."""
        plain = readable(words)
        if not plain:
            return
        x, y = at
        if LEFT_TO_RIGHT in plain:
            # Run by run: the PDF backend loses signs that stand beside a mark of direction.
            for run in plain.split(LEFT_TO_RIGHT) if align == "left" else ():
                ahead = len(run) - len(run.lstrip())
                start = x + advance_px(" " * ahead, size, bold=bold)
                self.words(run.strip(), (start, y), size, ink=ink, bold=bold, italic=italic)
                x += advance_px(run, size, bold=bold)
            if align == "left":
                return
            plain = plain.replace(LEFT_TO_RIGHT, "")
        font = FontProperties(
            family=FAMILY,
            weight="bold" if bold else "normal",
            style="italic" if italic and not bold and has_italics(plain) else "normal",
            size=max(size * self._pt, 0.1),
        )
        look = {
            "fontproperties": font,
            "color": ink,
            "ha": align,
            "va": "baseline",
            "parse_math": False,
            "wrap": False,
        }
        baseline = y + size * 0.98
        if halo:
            edge = Text(x, baseline, plain, **look)  # type: ignore[arg-type]
            stroke = patheffects.Stroke(linewidth=size * 0.2 * self._pt, foreground=halo)
            edge.set_path_effects([stroke])
            self.add(edge)
        self.add(Text(x, baseline, plain, **look))  # type: ignore[arg-type]

    def lines(  # noqa: PLR0913
        self,
        lines: Iterable[str],
        at: Point,
        size: float,
        *,
        room: float,
        ink: str = INK,
        bold: bool = False,
        italic: bool = False,
    ) -> float:
        """Draw lines under each other; return where the next one would begin."""
        x, y = at
        for line in lines:
            right = leans_right(line)
            self.words(
                line,
                (x + room if right else x, y),
                size,
                ink=ink,
                bold=bold,
                italic=italic,
                align="right" if right else "left",
            )
            y += size * LEADING
        return y


# -- The map ------------------------------------------------------------------------------------


def draw_plate(sheet: Sheet, plate: Plate, corner: Point, *, sea: bool = True) -> None:
    """Draw a map at its own size; without the sea its ground is left as it is."""
    frame = (*corner, plate.width_px, plate.height_px)
    sheet.within(frame)
    unit = _unit(plate)
    if sea:
        sheet.box((0, 0, plate.width_px, plate.height_px), paper=plate.sea)
    for one in plate.shapes:
        # What nobody has drawn is left as it is, too.
        if sea or one.layer != "beyond":
            _shape(sheet, one, unit)
    for card in plate.cards:
        if len(card.leader) > 1:
            sheet.path([card.leader], closed=False, ink=_PAPER, width=3.4 * unit)
            sheet.path([card.leader], closed=False, ink=card.ink, width=1.3 * unit)
            sheet.disc(card.leader[0], 3.4 * unit, paper=card.ink, ink=_PAPER, width=1.2 * unit)
    for crossing in plate.crossings:
        draw_crossing(sheet, crossing.status, crossing.centre, crossing.size_px)
    for label in plate.labels:
        _label(sheet, label, unit)
    for card in plate.cards:
        _card(sheet, card, plate, unit)
    sheet.within(None)
    sheet.box(frame, ink=RULE, width=unit)


def _unit(plate: Plate) -> float:
    sizes = [one.size_px for one in plate.crossings]
    sizes += [one.size_px * 16 / 13.75 for one in plate.cards]
    return min(sizes, default=math.sqrt(plate.width_px * plate.height_px) / 40) / 16


def _shape(sheet: Sheet, one: Shape, unit: float) -> None:
    paper = one.paper if one.closed and one.fill is not Fill.NONE else None
    dashes = (6 * unit, 4 * unit) if one.dashed else ()
    sheet.path(
        one.rings,
        closed=one.closed,
        paper=paper,
        opacity=one.opacity,
    )
    if one.fill is Fill.HATCHED and one.closed:
        lines = _hatching(one.rings, _HATCH_PX * unit, lean=_lean(one.layer))
        sheet.path(lines, closed=False, ink=one.ink, width=1.6 * unit, whole=0.75)
    sheet.path(
        one.rings,
        closed=False,
        ink=one.ink,
        width=one.width_px,
        dashes=dashes,
        round_ends=not one.dashed,
    )


def _lean(layer: str) -> int:
    """Return which way a layer's hatching leans: every second one the other way."""
    return -1 if [*LAYERS, layer].index(layer) % 2 else 1


def _hatching(rings: Iterable[Sequence[Point]], step: float, lean: int) -> list[list[Point]]:
    """Return slanted lines through an area, as wide apart as `step`."""
    area: BaseGeometry = Polygon()
    for ring in rings:
        if len(ring) > 3:  # noqa: PLR2004 (a ring of three points has no inside)
            area = area.symmetric_difference(shapely.make_valid(Polygon(ring)))
    if area.is_empty:
        return []
    left, top, right, foot = area.bounds
    high = foot - top
    begins = np.arange(left - high, right + high, step * math.sqrt(2))
    lines = [
        LineString([(x, foot), (x + high, top)] if lean > 0 else [(x, top), (x + high, foot)])
        for x in begins
    ]
    inside = shapely.intersection(shapely.MultiLineString(lines), area)
    return [list(one.coords) for one in shapely.get_parts(inside) if one.geom_type == "LineString"]


def _label(sheet: Sheet, one: Label, unit: float) -> None:
    if one.dot:
        sheet.disc(one.dot, 2.6 * unit, paper=one.ink, ink=_LAND, width=1.2 * unit)
    x, y, w, h = one.box
    sheet.words(
        one.words,
        (x + w / 2, y + (h - one.size_px * LEADING) / 2),
        one.size_px,
        ink=one.ink,
        bold=one.bold,
        italic=one.italic,
        align="center",
        halo=None if one.kind == "sea" else _LAND,
    )


def _card(sheet: Sheet, card: Card, plate: Plate, unit: float) -> None:
    x, y, w, h = card.box
    size = card.size_px
    chosen = any(one.chosen for one in card.marks)
    sheet.box(card.box, paper=plate.card, ink=card.ink, width=(2.2 if chosen else 1.0) * unit)
    inset = size * _INSET
    room = w - 2 * inset
    sheet.lines([card.name], (x + inset, y + inset), size, room=room, ink=card.ink, bold=True)
    for mark in card.marks:
        draw_mark(sheet, mark)
    under = LINE_SHARE * size
    top = y + h - inset - len(card.lines) * under * LEADING
    sheet.lines(card.lines, (x + inset, top), under, room=room, ink=plate.ink)


def draw_mark(sheet: Sheet, one: Mark) -> None:
    """Draw an event's mark, in its frame."""
    draw_glyph(sheet, one.mode, one.ink, one.centre, one.size_px, whole=one.opacity)
    x, y = one.centre
    reach = one.size_px * 0.6
    around = (x - reach, y - reach, 2 * reach, 2 * reach)
    if one.chosen:
        sheet.box(around, ink=INK, width=one.size_px * 0.11)
    elif one.draft:
        dash = one.size_px * 0.2
        sheet.box(around, ink=INK, width=one.size_px * 0.08, dashes=(dash, dash))


def draw_glyph(  # noqa: PLR0913, PLR0917 (a mode, and how it is drawn)
    sheet: Sheet, mode: Mode, ink: str, centre: Point, size: float, whole: float = 1.0
) -> None:
    """Draw the mark of a mode as the web map does: filled is a fact, an outline is not yet one."""
    x, y = centre
    part = size / 16
    look = {"ink": ink, "whole": whole}
    match mode.value:
        case "happened":
            sheet.disc(centre, 6 * part, paper=ink, whole=whole)
        case "ongoing":
            sheet.disc(centre, 3.3 * part, paper=ink, whole=whole)
            sheet.disc(centre, 6.4 * part, width=1.7 * part, **look)  # type: ignore[arg-type]
        case "planned":
            sheet.disc(centre, 5.5 * part, width=2.2 * part, **look)  # type: ignore[arg-type]
        case "demanded":
            far = 6.4 * part
            ring = [(x, y - far), (x + far, y), (x, y + far), (x - far, y), (x, y - far)]
            ring.append(ring[1])
            sheet.path([ring], closed=False, width=2.2 * part, **look)  # type: ignore[arg-type]
        case "claimed":
            for turn in np.arange(10) * math.tau / 10:
                at = (x + 6.1 * part * math.cos(turn), y + 6.1 * part * math.sin(turn))
                sheet.disc(at, 1.25 * part, paper=ink, whole=whole)
        case _:
            sheet.disc(centre, 6 * part, width=2 * part, **look)  # type: ignore[arg-type]
            far = 2.8 * part
            cross = [
                [(x - far, y - far), (x + far, y + far)],
                [(x + far, y - far), (x - far, y + far)],
            ]
            sheet.path(cross, closed=False, width=2 * part, **look)  # type: ignore[arg-type]


def draw_crossing(sheet: Sheet, status: str, centre: Point, size: float) -> None:
    """Draw the mark of a crossing: open filled, limited half, closed crossed, else hollow."""
    x, y = centre
    part = size / 16
    ink = LAYERS["crossings"].ink.on(Side.LIGHT)
    if status == "open":
        far = 6 * part
        sheet.box((x - far, y - far, 2 * far, 2 * far), paper=ink, ink=_PAPER, width=part)
        return
    far = 5 * part
    square = (x - far, y - far, 2 * far, 2 * far)
    sheet.box(square, paper=_PAPER, ink=ink, width=1.8 * part)
    if status == "limited":
        half = [(x - far, y + far), (x - far, y - far), (x + far, y - far), (x - far, y + far)]
        sheet.path([half], closed=True, paper=ink)
    elif status == "closed":
        far = 4 * part
        cross = [[(x - far, y - far), (x + far, y + far)], [(x + far, y - far), (x - far, y + far)]]
        sheet.path(cross, closed=False, ink=ink, width=1.6 * part)


def draw_bar(sheet: Sheet, plate: Plate, at: Point, size: float) -> float:
    """Draw the scale bar; return where its words end."""
    x, y = at
    long = plate.bar.width_px
    thick = size * 0.28
    middle = y + size * LEADING / 2
    sheet.box((x, middle - thick / 2, long / 2, thick), paper=INK)
    sheet.box((x, middle - thick / 2, long, thick), ink=INK, width=size * 0.06)
    sheet.words(plate.bar.words, (x + long + size * 0.5, y), size)
    return x + long + size * 0.5 + width_px(plate.bar.words, size)


# -- What stands beside the map -----------------------------------------------------------------


def draw_swatch(sheet: Sheet, layer: str, method: Method | None, at: Point, size: float) -> None:
    """Draw a layer's sample, 1.5 times as wide as high; `at` is its left and top."""
    x, y = at
    part = size / 16
    style = LAYERS[layer]
    ink = style.ink.on(Side.LIGHT)
    if style.mark is Sort.CROSSING:
        draw_crossing(sheet, "open", (x + 12 * part, y + 8 * part), size)
    elif style.mark is Sort.LINE:
        points = [(1, 11), (9, 6), (16, 9), (23, 4)]
        line = [(x + a * part, y + b * part) for a, b in points]
        dashes = (4 * part, 2.4 * part) if method is Method.SCHEMATIC else ()
        sheet.path([line], closed=False, ink=ink, width=2.6 * part, dashes=dashes)
    elif style.mark is Sort.AREA:
        paper = GROUNDS["gaza"].on(Side.LIGHT)
        of = (x + 2 * part, y + 2.5 * part, 20 * part, 11 * part)
        sheet.box(of, paper=paper, ink=ink, width=1.6 * part)
    elif method is Method.SCHEMATIC:
        of = (x + 2 * part, y + 2.5 * part, 20 * part, 11 * part)
        sheet.box(of, paper=ink, opacity=0.12)
        a, b, w, h = of
        ring = [(a, b), (a + w, b), (a + w, b + h), (a, b + h), (a, b)]
        lines = _hatching([ring], 4.6 * part, lean=_lean(layer))
        sheet.path(lines, closed=False, ink=ink, width=1.4 * part, whole=0.75)
        sheet.box(of, ink=ink, width=1.8 * part, dashes=(4 * part, 2.4 * part))
    else:
        of = (x + 2 * part, y + 3.5 * part, 20 * part, 9 * part)
        sheet.box(of, paper=ink, ink=ink, width=2.2 * part, opacity=0.28)


@dataclass(frozen=True)
class Row:
    """A line of the legend: words, and what is drawn before them.

    Attributes
    ----------
    narrow : bool
        Whether two of its kind may stand beside each other.
    whole : float
        How opaque its mark is, 0 to 1.
    """

    words: str
    layer: str = ""
    method: Method | None = None
    crossing: str = ""
    theme: Theme | None = None
    mode: Mode | None = None
    narrow: bool = False
    whole: float = 1.0


def legend_rows(legend: Legend, *, short: bool = False) -> list[Row]:
    """Return what has to be explained; in short, colours and shapes of marks each by themselves."""
    rows = [
        Row(
            f"{in_english(name)}, schematic" if method is Method.SCHEMATIC else in_english(name),
            layer=layer,
            method=method,
        )
        for layer, name, method in legend.layers
        if LAYERS[layer].mark is not Sort.CROSSING
    ]
    rows += [
        Row(f"Crossing: {one}", crossing=one, narrow=True)
        for one in dict.fromkeys(legend.crossings)
    ]
    if short:
        themes = dict.fromkeys(theme for theme, _ in legend.marks)
        modes = dict.fromkeys(mode for _, mode in legend.marks)
        rows += [Row(THEME_WORDS[one], theme=one) for one in themes]
        rows += [Row(MODE_WORDS[one], mode=one, narrow=True) for one in modes]
    else:
        rows += [
            Row(f"{THEME_WORDS[theme]}: {MODE_WORDS[mode]}", theme=theme, mode=mode)
            for theme, mode in legend.marks
        ]
    if legend.pale:
        rows.append(Row(PALE_WORDS, mode=Mode.HAPPENED, whole=VAGUE_OPACITY))
    return rows


class LegendBlock:
    """A legend, laid out in a column of so many pixels, and in short where it would be too high."""

    def __init__(self, legend: Legend, room: float, size: float, most: float) -> None:
        self.room, self.size = room, size
        self._lay(legend_rows(legend))
        if self.height > most:
            self._lay(legend_rows(legend, short=True))

    def _lay(self, rows: Sequence[Row]) -> None:
        size, indent = self.size, 2.1 * self.size
        self.lines: list[tuple[Row, float, float, tuple[str, ...]]] = []
        y = LEADING * 1.1 * size if rows else 0.0
        half = self.room / 2
        beside: Row | None = None
        for row in rows:
            fits = row.narrow and width_px(row.words, size) + indent < half
            same = beside is not None and bool(beside.crossing) == bool(row.crossing)
            if fits and same:
                y = self.lines[-1][2]
            words = wrapped(row.words, self.room - indent, size)
            x = half if fits and same else 0.0
            self.lines.append((row, x, y, words))
            y += (max(1, len(words)) * LEADING + 0.16) * size
            beside = row if fits and not same else None
        self.height = y

    def draw(self, sheet: Sheet, at: Point) -> float:
        """Draw it; return where it ends."""
        left, top = at
        size, indent = self.size, 2.1 * self.size
        if self.lines:
            sheet.words("Legend", at, size, bold=True)
        for row, across, down, words in self.lines:
            x, y = left + across, top + down
            middle = (x + 0.8 * size, y + size * LEADING / 2)
            if row.layer:
                draw_swatch(sheet, row.layer, row.method, (x, y + size * 0.12), size)
            elif row.crossing:
                draw_crossing(sheet, row.crossing, middle, size * 1.05)
            elif row.mode:
                ink = THEMES[row.theme].on(Side.LIGHT) if row.theme else INK
                draw_glyph(sheet, row.mode, ink, middle, size * 1.05, row.whole)
            elif row.theme:
                ink = THEMES[row.theme].on(Side.LIGHT)
                sheet.box((x + 2 / 16 * size, y + size * 0.3, 1.25 * size, size * 0.7), paper=ink)
            sheet.lines(words, (x + indent, y), size, room=self.room - indent)
        return top + self.height


def draw_caption(  # noqa: PLR0913, PLR0917 (sentences, and the room that they have)
    sheet: Sheet,
    captions: Sequence[Caption],
    at: Point,
    room: float,
    most: float,
    size: float,
    least: float,
) -> float:
    """Draw what is said, how and by whom, at most so high; return where it ends.

    The letters shrink to `least`; what is longer still is cut, and that it is cut is told.
    """
    x, y = at
    if not captions or most < least * LEADING:
        return y
    shown = list(captions)
    sizes = np.arange(size, least - 0.01, -size / 24)
    for each in (*sizes, least):
        blocks = [_said(one, room, float(each), least) for one in shown]
        if sum(map(_high, blocks)) <= most:
            break
    else:
        left_out = 0
        while len(blocks) > 1 and sum(map(_high, blocks)) + least * LEADING > most:
            blocks.pop()
            left_out += 1
        more = ""
        if left_out:
            more = f"and {left_out} more {'sentence' if left_out == 1 else 'sentences'}"
        over = sum(map(_high, blocks)) + bool(more) * least * LEADING - most
        if over > 0:
            blocks[-1] = _shortened(blocks[-1], over, room)
        if more:
            blocks.append([((more,), least, QUIET, False)])
    for block in blocks:
        for lines, letters, ink, _ in block:
            y = sheet.lines(lines, (x, y), letters, room=room, ink=ink)
        y += block[0][1] * 0.5
    return y


_Block = list[tuple[tuple[str, ...], float, str, bool]]


def _said(one: Caption, room: float, size: float, least: float) -> _Block:
    words = f"\N{LEFT DOUBLE QUOTATION MARK}{one.words}\N{RIGHT DOUBLE QUOTATION MARK}"
    small = max(size * 0.88, least)
    return [
        (wrapped(words if one.quoted else one.words, room, size), size, INK, True),
        (wrapped(one.how, room, small), small, QUIET, False),
        (wrapped(one.source, room, small), small, QUIET, False),
    ]


def _high(block: _Block) -> float:
    return sum(len(lines) * size * LEADING for lines, size, *_ in block) + block[0][1] * 0.5


def _shortened(block: _Block, over: float, room: float) -> _Block:
    """Return a block that is so much lower: each part keeps a line at the least."""
    cut_block: _Block = []
    for lines, size, ink, first in block:
        gone = min(max(len(lines) - 1, 0), math.ceil(max(over, 0) / (size * LEADING)))
        over -= gone * size * LEADING
        cut_block.append((cut_told(lines, len(lines) - gone, room, size), size, ink, first))
    return cut_block


def cut_told(lines: tuple[str, ...], most: int, room: float, size: float) -> tuple[str, ...]:
    """Return the first lines; where some are left out, the last one says that it is cut."""
    if len(lines) <= most:
        return lines
    wide = max(room - width_px(_CUT_WORDS.removeprefix(CUT), size), size)
    kept = cut(lines, most, wide, size)
    return (*kept[:-1], kept[-1].removesuffix(CUT) + _CUT_WORDS) if kept else ()


def draw_list(  # noqa: PLR0913, PLR0917 (a heading, lines, and the room that they have)
    sheet: Sheet,
    heading: str,
    items: Sequence[str],
    at: Point,
    room: float,
    most: float,
    size: float,
) -> float:
    """Draw a heading and items under it, at most so high; what is left out is counted."""
    x, y = at
    if not items:
        return y
    high = size * LEADING
    blocks = [cut_told(wrapped(one, room, size), 2, room, size) for one in items]
    fits = [block for block, _ in zip(blocks, _running(blocks, high, most - high), strict=False)]
    while fits and len(fits) < len(blocks) and (_lines(fits) + 2) * high > most + 0.5:
        fits.pop()
    y = sheet.lines([heading], (x, y), size, room=room, bold=True)
    for block in fits:
        y = sheet.lines(block, (x, y), size, room=room)
    if len(fits) < len(blocks):
        y = sheet.lines([f"and {len(blocks) - len(fits)} more"], (x, y), size, room=room)
    return y


def _running(blocks: Iterable[tuple[str, ...]], high: float, most: float) -> Iterator[bool]:
    """Yield for each block, as long as all up to it fit."""
    used = 0.0
    for block in blocks:
        used += len(block) * high
        if used > most + 0.5:
            return
        yield True


def _lines(blocks: Iterable[tuple[str, ...]]) -> int:
    return sum(map(len, blocks))


def list_height(items: Sequence[str], room: float, size: float) -> float:
    """Return how high `draw_list` would be with all its items."""
    if not items:
        return 0.0
    lines = sum(min(len(wrapped(one, room, size)), 2) for one in items)
    return (lines + 1) * size * LEADING


def small_lines(items: Sequence[str], room: float, size: float, most: int) -> tuple[str, ...]:
    """Return small print in lines, at most so many; the longest items are cut, and say so."""
    blocks = [wrapped(one, room, size) for one in items]
    while sum(map(len, blocks)) > most:
        longest = max(range(len(blocks)), key=lambda at: len(blocks[at]))
        if len(blocks[longest]) == 1:
            break
        blocks[longest] = cut_told(blocks[longest], len(blocks[longest]) - 1, room, size)
    return tuple(line for block in blocks for line in block)
