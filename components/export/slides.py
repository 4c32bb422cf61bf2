"""A briefing as slides: a scene a slide, of native shapes and text, its evidence in the notes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from pptx import Presentation
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Inches

from components.draw.map import ATTRIBUTION
from components.draw.style import (
    BASE,
    GROUNDS,
    LAYERS,
    MODE_WORDS,
    PALE_WORDS,
    THEME_WORDS,
    THEMES,
    VAGUE_OPACITY,
    Ground,
)
from components.draw.style import Mark as Drawing
from components.export.composing import plate_of
from components.export.plate import legend_of
from components.export.slide_map import (
    EMU_PER_INCH,
    Frame,
    crossing_mark,
    draw_map,
    event_mark,
    freeform,
    paint,
)
from components.export.slide_notes import notes_of, sources_of_all
from components.export.slide_words import (
    LINE_EM,
    Run,
    add_words,
    clean,
    cut,
    from_the_right,
    height_in,
    lines_of,
    named,
    set_frame,
    set_words,
)
from components.model.event import Mode, Theme
from components.model.layer import Method
from components.text.sidecar import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from pptx.presentation import Presentation as Deck
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.shapetree import GroupShapes, _BaseGroupShapes
    from pptx.slide import Slide

    from components.export.plate import Bar, Plate
    from components.export.takeaway import Takeaway, Told
    from components.model.briefing import Caption, Legend, Sheet, Staged

WIDE_IN, HIGH_IN = 13.333, 7.5
MAP_IN = (0.4, 1.5, 7.75, 4.7)
_PX_PER_IN = 96
_SIDE_IN = (8.4, 1.5, 4.53, 4.94)
_LAND_IN = 2.05  # of the legend's two columns, the left one
_SMALL_IN = (0.4, 6.5, 12.53, 0.92)
_INK = BASE["ink"].on(Ground.LIGHT)
_QUIET = BASE["quiet"].on(Ground.LIGHT)
_TITLE_PT, _DAY_PT, _SMALL_PT, _LEGEND_PT, _BODY_PT, _HEADING_PT = 30, 16, 9, 11, 12, 14
_CAPTION_PTS = (20, 18, 16, 14)
_SWATCH_IN = 0.34
_ROW_GAP_IN = 0.05
_GAP_IN = 0.15
_AWAY = "Not on this map"
_AWAY_MOST = 4
_LAYOUT = "Title Only"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def write_slides(of: Takeaway, folder: Path, geodata: Path, told: Told) -> list[Path]:
    """Write a briefing as one PowerPoint file.

    Parameters
    ----------
    geodata : Path
        Folder of the base map (GeoJSON, WGS 84).
    told : callable
        Is told which slide is being made, and the share that is done.

    Returns
    -------
    list of Path
        The one file, `{stem}.pptx`. The same takeaway gives the same bytes.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    deck = _empty_deck()
    for number, staged in enumerate(of.staged):
        told(f"Slide {number + 1} of {len(of.staged) + 1}", number / (len(of.staged) + 1))
        plate = plate_of(
            staged,
            of.world,
            geodata,
            width_px=round(MAP_IN[2] * _PX_PER_IN),
            height_px=round(MAP_IN[3] * _PX_PER_IN),
        )
        _scene_slide(deck, of, staged, plate)
    _source_slides(deck, of)
    path = folder / f"{of.stem}.pptx"
    write_whole(path, _content(deck, of))
    told("Slides", 1)
    return [path]


def _empty_deck() -> Deck:
    """Return a wide presentation with one layout, without pictures, in Arial."""
    deck = Presentation()
    widened = WIDE_IN * EMU_PER_INCH / deck.slide_width
    deck.slide_width, deck.slide_height = Inches(WIDE_IN), Inches(HIGH_IN)
    deck.element.find(qn("p:sldSz")).attrib.pop("type", None)  # it would say 4:3
    for layout in tuple(deck.slide_layouts):
        if layout.name != _LAYOUT:
            deck.slide_layouts.remove(layout)
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for shape in sheet.shapes:
            if shape.element.xpath("./p:spPr/a:xfrm"):
                shape.left, shape.width = int(shape.left * widened), int(shape.width * widened)
    package, part = deck.part.package, deck.part
    for owner, sort in ((package, "thumbnail"), (part, "printerSettings")):
        rels = owner._rels  # noqa: SLF001 (has no other door)
        for key in [key for key, one in rels.items() if one.reltype.endswith(sort)]:
            rels.pop(key)
    for one in deck.slide_master.part.rels.values():
        if one.reltype.endswith("/theme"):
            theme = one.target_part
            theme._blob = theme.blob.replace(b'"Calibri"', b'"Arial"')  # noqa: SLF001
    return deck


def _content(deck: Deck, of: Takeaway) -> bytes:
    """Return the file; the only time in it is the one at which it was asked for."""
    made = of.made.replace(tzinfo=None)
    core = deck.core_properties
    core.title = clean(of.briefing.title)[:255]
    core.author = core.last_modified_by = clean(of.briefing.author)[:255]
    core.subject = clean(" \u00b7 ".join(of.heading))[:255]
    core.comments = clean(ATTRIBUTION)
    core.keywords = ""
    core.created = core.modified = made
    core.revision = 1
    _list_notes(deck)
    written, dated = io.BytesIO(), io.BytesIO()
    deck.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            # The template's own says that PowerPoint made it, without a slide.
            about = name == "docProps/app.xml"
            content = _about_file(len(deck.slides)) if about else old.read(name)
            new.writestr(_entry(name, made), content)
    return dated.getvalue()


def _about_file(slides: int) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_EXTENDED}"><Application>Corridors</Application>'
        f"<Slides>{slides}</Slides></Properties>"
    ).encode()


def _list_notes(deck: Deck) -> None:
    """Name the master of the notes in the presentation, which python-pptx leaves out."""
    masters = deck.element.find(qn("p:sldMasterIdLst"))
    key = deck.part.relate_to(deck.part.notes_master_part, RT.NOTES_MASTER)
    listed = deck.element.makeelement(qn("p:notesMasterIdLst"), {})
    listed.append(listed.makeelement(qn("p:notesMasterId"), {qn("r:id"): key}))
    masters.addnext(listed)


def _entry(name: str, made: datetime) -> zipfile.ZipInfo:
    year = max(made.year, 1980)  # a zip knows no earlier one
    entry = zipfile.ZipInfo(name, (year, *made.timetuple()[1:6]))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _new_slide(deck: Deck, of: Takeaway, title: str, beside: str) -> Slide:
    """Return a slide with its title and the line over it."""
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[0])
    holder = cast("Shape", slide.shapes.title)
    holder.left, holder.top = Inches(0.4), Inches(0.45)
    holder.width, holder.height = Inches(12.53), Inches(0.6)
    set_frame(holder.text_frame, wrap=True, anchor=MSO_ANCHOR.MIDDLE)
    words = cut(title, _TITLE_PT, 12.53, 1, bold=True) or "Without a title"
    set_words(holder.text_frame, [Run(words, _TITLE_PT, _INK, bold=True)])
    bold = bool(of.briefing.classification)
    heading = cut(" \u00b7 ".join(of.heading), _BODY_PT, 9, 1, bold=bold)
    add_words(
        slide.shapes,
        (0.4, 0.18, 9, 0.25),
        [Run(heading, _BODY_PT, _QUIET, bold=bold)],
        name="Classification, author, day",
    )
    add_words(
        slide.shapes,
        (9.5, 0.18, 3.43, 0.25),
        [Run(beside, _BODY_PT, _QUIET)],
        name="Number of the scene",
        align=PP_ALIGN.RIGHT,
    )
    return slide


def _scene_slide(deck: Deck, of: Takeaway, staged: Staged, plate: Plate) -> None:
    sheet = staged.sheet
    slide = _new_slide(deck, of, sheet.title, f"Scene {sheet.number} of {sheet.count}")
    add_words(
        slide.shapes,
        (0.4, 1.08, 12.53, 0.32),
        [Run(cut(f"{sheet.day}. {sheet.window}", _DAY_PT, 12.53, 1), _DAY_PT, _INK)],
        name="Day and window",
    )
    frame = Frame(MAP_IN[0], MAP_IN[1], MAP_IN[2] / plate.width_px)
    draw_map(slide.shapes, plate, frame, _about(sheet, plate))
    _scale_bar(slide.shapes, plate.bar, frame)
    _side(slide.shapes, sheet, plate)
    small = cut(" ".join(of.small_print(sheet)), _SMALL_PT, _SMALL_IN[2], 6)
    if small.endswith("\u2026"):
        # What the licence asks for is never what is cut.
        rest = f" \u2026 (in full in the notes). {ATTRIBUTION}"
        room = cut(" ".join(of.small_print(sheet)), _SMALL_PT, _SMALL_IN[2], 5)
        small = room.rstrip("\u2026") + rest
    add_words(
        slide.shapes,
        _SMALL_IN,
        [Run(small, _SMALL_PT, _QUIET)],
        name="Sources, limits, attribution",
        anchor=MSO_ANCHOR.BOTTOM,
    )
    _add_notes(slide, "\n".join(map(clean, notes_of(of, staged, plate.away))))


def _add_notes(slide: Slide, words: str) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is None:
        return
    frame.text = words
    for paragraph in frame.paragraphs:
        if from_the_right(paragraph.text):
            paragraph._p.get_or_add_pPr().set("rtl", "1")  # noqa: SLF001 (has no other door)


def _about(sheet: Sheet, plate: Plate) -> str:
    """Return what the map shows, in words."""
    shown = ", ".join(name for _, name, _ in sheet.legend.layers) or "no corridor or border"
    sites = ", ".join(f"{one.name} ({len(one.marks)})" for one in plate.cards if one.marks)
    told = f" Events at: {sites}." if sites else ""
    words = f"Map of the land on {sheet.day}: {shown}.{told} {sheet.schematic_line}"
    return clean(words)[:2000].strip()


def _scale_bar(shapes: _BaseGroupShapes, bar: Bar, frame: Frame) -> None:
    """Draw the scale bar under the map, with the words of its length beside it."""
    group = shapes.add_group_shape()
    group.name = "Scale bar"
    left, top = MAP_IN[0] * EMU_PER_INCH, 6.36 * EMU_PER_INCH
    right = left + bar.width_px * frame.in_per_px * EMU_PER_INCH
    tick = 0.06 * EMU_PER_INCH
    line = [(left, top - tick), (left, top), (right, top), (right, top - tick)]
    drawn = freeform(group.shapes, [line], closed=False)
    if drawn:
        drawn.name = named(f"Scale bar, {bar.words}")
        paint(drawn, ink=_INK, width_pt=1.5)
    add_words(
        group.shapes,
        (right / EMU_PER_INCH + 0.1, 6.25, 3, 0.2),
        [Run(f"{bar.words} \u00b7 north is up", _LEGEND_PT, _INK)],
        name="Length of the scale bar",
        anchor=MSO_ANCHOR.MIDDLE,
    )


def _side(shapes: _BaseGroupShapes, sheet: Sheet, plate: Plate) -> None:
    """Set caption, legend and what is not on the map under each other, right of the map."""
    left, top, width, height = _SIDE_IN
    columns = _columns(legend_of(plate, sheet.legend), _LAND_IN, width - _LAND_IN)
    legend_in = max((sum(row.height_in for row in rows) for rows in columns), default=0.0)
    away: list[Run] = []
    if plate.away:
        away = [Run(_AWAY, _LEGEND_PT, _INK, bold=True)]
        away += [
            Run(cut(one, _LEGEND_PT, width, 2), _LEGEND_PT, _INK) for one in plate.away[:_AWAY_MOST]
        ]
        if more := len(plate.away[_AWAY_MOST:]):
            lines = "line" if more == 1 else "lines"
            words = f"and {more} more {lines}, in full in the notes"
            away.append(Run(words, _LEGEND_PT, _QUIET, italic=True))
    away_in = height_in(away, width)
    gaps = _GAP_IN * (bool(legend_in) + bool(away))
    room = height - legend_in - away_in - gaps
    caption = caption_runs(sheet.caption, width, room)
    if caption:
        used = height_in(caption, width)
        add_words(shapes, (left, top, width, used), caption, name="Caption")
    bottom = top + height
    if away:
        bottom -= away_in
        add_words(shapes, (left, bottom, width, away_in), away, name=_AWAY)
        bottom -= _GAP_IN
    if legend_in:
        group = shapes.add_group_shape()
        group.name = "Legend"
        for number, rows in enumerate(columns):
            at = bottom - legend_in
            for row in rows:
                row.draw(group.shapes, left + number * _LAND_IN, at)
                at += row.height_in


def caption_runs(captions: tuple[Caption, ...], width_in: float, room_in: float) -> list[Run]:
    """Return what is said of the open event, in the largest type that fits.

    What does not fit in the smallest is cut, and the caption says so: the notes have it whole.
    """
    for size_pt in _CAPTION_PTS:
        runs = _said(captions, size_pt)
        if height_in(runs, width_in) <= room_in:
            return runs
    size_pt = _CAPTION_PTS[-1]
    if len(captions) > 1:
        # Whole sentences, as many as there is room for; the first in any case.
        for shown in range(len(captions) - 1, 0, -1):
            note = f"{shown} of {len(captions)} sentences that state it; all in full in the notes."
            told = Run(note, _BODY_PT, _QUIET, italic=True, before_pt=3)
            runs = [*_said(captions[:shown], size_pt), told]
            if height_in(runs, width_in) <= room_in:
                return runs
    else:
        told = Run("Cut here; in full in the notes.", _BODY_PT, _QUIET, italic=True)
    first, line_in = captions[0], size_pt * LINE_EM / 72
    how = [
        replace(one, words=cut(one.words, one.size_pt, width_in, 3))
        for one in _sentence(first, "", size_pt)[1:]
    ]
    left_in = room_in - height_in([*how, told], width_in)
    lines = max(int(left_in / line_in), 1)
    # The quotation marks need room too.
    words = cut(first.words, size_pt, width_in * 0.97, lines)
    return [Run(f"\u201c{words}\u201d" if first.quoted else words, size_pt, _INK), *how, told]


def _said(captions: tuple[Caption, ...], size_pt: float) -> list[Run]:
    return [
        run
        for one in captions
        for run in _sentence(one, one.words, size_pt, first=one is captions[0])
    ]


def _sentence(one: Caption, words: str, size_pt: float, *, first: bool = True) -> list[Run]:
    told = f"\u201c{words}\u201d" if one.quoted else words
    source = ". ".join(filter(None, (one.how[:1].upper() + one.how[1:], one.source)))
    return [
        Run(told, size_pt, _INK, before_pt=0 if first else 10),
        Run(source, _BODY_PT + 1, _QUIET, before_pt=3),
    ]


class _Row:
    """A line of the legend: a sample, and what it means."""

    def __init__(
        self, words: str, width_in: float, sample: Callable[[GroupShapes, float, float], None]
    ) -> None:
        self.words = cut(words, _LEGEND_PT, width_in - _SWATCH_IN - 0.1, 2)
        self.width_in = width_in - _SWATCH_IN - 0.1
        self.sample = sample
        lines = lines_of(self.words, _LEGEND_PT, self.width_in)
        self.height_in = lines * _LEGEND_PT * 1.2 / 72 + _ROW_GAP_IN

    def draw(self, shapes: GroupShapes, left_in: float, top_in: float) -> None:
        """Draw it with its corner at a place in inches."""
        self.sample(shapes, left_in, top_in)
        add_words(
            shapes,
            (left_in + _SWATCH_IN, top_in, self.width_in, self.height_in - _ROW_GAP_IN),
            [Run(self.words, _LEGEND_PT, _INK)],
            name=f"Legend: {self.words}",
        )


def _columns(legend: Legend, land_in: float, events_in: float) -> tuple[list[_Row], list[_Row]]:
    """Return the legend's rows: the land on the left, the events on the right."""
    land = [
        _Row(_layer_words(name, method), land_in, _swatch(layer, method))
        for layer, name, method in legend.layers
        if LAYERS[layer].mark is not Drawing.CROSSING
    ]
    land += [_Row(f"Crossing, {one}", land_in, _crossing(one)) for one in legend.crossings]
    themes = [one for one in Theme if any(theme is one for theme, _ in legend.marks)]
    modes = [one for one in Mode if any(mode is one for _, mode in legend.marks)]
    events = [
        _Row(THEME_WORDS[one], events_in, _dot(Mode.HAPPENED, THEMES[one].on(Ground.LIGHT)))
        for one in themes
    ]
    # The colour is of the theme, so the shapes of the modes have none.
    events += [_Row(MODE_WORDS[one], events_in, _dot(one, _INK)) for one in modes]
    if legend.pale:
        events.append(_Row(PALE_WORDS, events_in, _dot(Mode.HAPPENED, _INK, VAGUE_OPACITY)))
    return land, events


def _layer_words(name: str, method: Method | None) -> str:
    return f"{name} ({method})" if method is Method.SCHEMATIC else name


def _dot(mode: Mode, ink: str, opacity: float = 1) -> Callable[[GroupShapes, float, float], None]:
    def draw(shapes: GroupShapes, left_in: float, top_in: float) -> None:
        at = (left_in + 0.06, top_in, 0.18, 0.18)
        event_mark(shapes, mode, ink, at, f"Sample: {mode}", opacity=opacity)

    return draw


def _crossing(status: str) -> Callable[[GroupShapes, float, float], None]:
    def draw(shapes: GroupShapes, left_in: float, top_in: float) -> None:
        crossing_mark(shapes, status, (left_in + 0.05, top_in, 0.2, 0.2), f"Sample: {status}")

    return draw


def _swatch(layer: str, method: Method | None) -> Callable[[GroupShapes, float, float], None]:
    style = LAYERS[layer]
    ink = style.ink.on(Ground.LIGHT)
    schematic = method is Method.SCHEMATIC

    def draw(shapes: GroupShapes, left_in: float, top_in: float) -> None:
        left, right = left_in * EMU_PER_INCH, (left_in + 0.28) * EMU_PER_INCH
        top, bottom = (top_in + 0.03) * EMU_PER_INCH, (top_in + 0.16) * EMU_PER_INCH
        line = style.mark is Drawing.LINE
        ring = [(left, bottom), (right, top)] if line else []
        ring = ring or [(left, top), (right, top), (right, bottom), (left, bottom)]
        drawn = freeform(shapes, [ring], closed=not line)
        if drawn is None:
            return
        drawn.name = named(f"Sample: {layer}")
        if line:
            paint(drawn, ink=ink, width_pt=2)
        elif style.mark is Drawing.AREA:
            paint(drawn, paper=GROUNDS["gaza"].on(Ground.LIGHT), ink=ink)
        else:
            dash = MSO_LINE.DASH if schematic else None
            paint(
                drawn, paper=ink, hatched=schematic, opacity=0.28, ink=ink, width_pt=1.5, dash=dash
            )

    return draw


def _source_slides(deck: Deck, of: Takeaway) -> None:
    """Add the last slide, with sources and limits; several, where one does not hold them."""
    pages = list(_pages(of))
    for number, columns in enumerate(pages, start=1):
        beside = f"{number} of {len(pages)}" if len(pages) > 1 else ""
        slide = _new_slide(deck, of, "Sources, and how sure we are", beside)
        for place, runs in enumerate(columns):
            add_words(
                slide.shapes,
                (0.4 + place * 6.4, 1.25, 6.1, 5.75),
                runs,
                name=f"Sources, column {place + 1}",
            )
        add_words(
            slide.shapes,
            (0.4, 7.1, 12.53, 0.2),
            [Run(ATTRIBUTION, _SMALL_PT, _QUIET)],
            name="Attribution",
        )
        _add_notes(slide, "\n".join(clean(one) for one, _ in sources_of_all(of)))


def _pages(of: Takeaway) -> Iterator[list[list[Run]]]:
    """Yield the last slides as two columns each."""
    columns: list[list[Run]] = [[]]
    for words, heading in sources_of_all(of):
        size_pt = _HEADING_PT if heading else _LEGEND_PT
        above_pt = size_pt * 0.7 if heading and columns[-1] else 2
        words = cut(words, size_pt, 6.1, 12, bold=heading)  # noqa: PLW2901
        run = Run(words, size_pt, _INK, bold=heading, before_pt=above_pt)
        # A heading never stands at the foot of a column.
        needed = height_in([*columns[-1], run], 6.1) + (0.5 if heading else 0)
        if needed > 5.75 and columns[-1]:  # noqa: PLR2004
            columns.append([])
        columns[-1].append(run)
    for at in range(0, len(columns), 2):
        yield columns[at : at + 2]
