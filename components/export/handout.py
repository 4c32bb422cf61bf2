"""The briefing on paper: a page a scene, and at the end its sources and how sure we are."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
from matplotlib.figure import Figure

from components.export.composing import plate_of
from components.export.lettering import LEADING, cut, readable, width_px, wrapped
from components.export.painting import (
    QUIET,
    RULE,
    LegendBlock,
    Sheet,
    cut_told,
    draw_bar,
    draw_caption,
    draw_list,
    draw_plate,
    list_height,
    small_lines,
)
from components.export.plate import legend_of
from components.export.slide_notes import sources_of_all, standings_of_all
from components.text.sidecar import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from components.export.takeaway import Takeaway, Told
    from components.model.briefing import Staged

# Width and height in points: upright, so that the words have room under the map.
PAPERS_PT = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}

_MARGIN = 40.0
_TITLE = 20.0
_TEXT = 9.0
_CAPTION = 11.5
_SMALL = 6.8
_COLUMN = 188.0
_GAP = 14.0
_STRIP = 18.0
_MAP_LEAST, _MAP_MOST = 250.0, 400.0
_UNDER_LEAST, _UNDER_MOST = 150.0, 345.0
_SMALL_LINES = 14
_LEGEND_MOST = 220.0
_TOP = 92.0
_HEADING = 12.0
# Printed grey, the sea of the screen is as dark as the land.
_SEA = "#f3f8fb"


def write_handouts(of: Takeaway, folder: Path, geodata: Path, told: Told) -> list[Path]:
    """Write the briefing as pages of A4 and of Letter.

    Parameters
    ----------
    geodata : Path
        Folder of the base map.

    Returns
    -------
    list of Path
        One PDF a paper: `{stem}_a4.pdf`, `{stem}_letter.pdf`.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    made = []
    pages = len(PAPERS_PT) * (len(of.staged) + 1)
    for number, (paper, size) in enumerate(PAPERS_PT.items()):
        content = io.BytesIO()
        # Letters as outlines of the font itself, so that they can be searched and copied.
        with (
            mpl.rc_context({"pdf.fonttype": 42}),
            PdfPages(content, metadata=_metadata(of)) as pdf,
        ):
            for scene, staged in enumerate(of.staged):
                done = number * (len(of.staged) + 1) + scene
                told(f"Page {scene + 1} of {len(of.staged) + 1}, {paper}", done / pages)
                pdf.savefig(page_of(of, staged, geodata, size).figure)
            for sheet in _sources(of, size):
                pdf.savefig(sheet.figure)
        path = folder / f"{of.stem}_{paper}.pdf"
        write_whole(path, content.getvalue())
        made.append(path)
    told("Pages", 1)
    return made


def _metadata(of: Takeaway) -> dict[str, object]:
    return {
        "Title": readable(of.briefing.title),
        "Author": readable(of.briefing.author),
        "Subject": readable(" \N{MIDDLE DOT} ".join(of.heading)),
        "Creator": "Corridors",
        "Producer": "Corridors",
        "CreationDate": of.made,
        "ModDate": of.made,
    }


def _page(size: tuple[float, float]) -> Sheet:
    """Return an empty page; its pixels are points."""
    figure = Figure(figsize=(size[0] / 72, size[1] / 72))
    FigureCanvasPdf(figure)
    return Sheet(figure, *size)


def _head(sheet: Sheet, of: Takeaway, title: str, beside: str) -> None:
    right = sheet.width - _MARGIN
    room = right - _MARGIN - width_px(beside, _TEXT) - _GAP
    line = cut(wrapped(of.head, room, _TEXT), 1, room, _TEXT)
    sheet.lines(line, (_MARGIN, 30), _TEXT, room=room, ink=QUIET)
    sheet.words(beside, (right, 30), _TEXT, ink=QUIET, align="right")
    room = right - _MARGIN
    size = _TITLE
    while size > 12 and len(wrapped(title, room, size, bold=True)) > 1:  # noqa: PLR2004
        size -= 1
    lines = cut(wrapped(title, room, size, bold=True), 1, room, size, bold=True)
    sheet.lines(lines, (_MARGIN, 44 + (_TITLE - size) / 2), size, room=room, bold=True)


def page_of(of: Takeaway, staged: Staged, geodata: Path, size: tuple[float, float]) -> Sheet:
    """Return a scene's page; `size` is width and height in points."""
    sheet = _page(size)
    words = staged.sheet
    room = sheet.width - 2 * _MARGIN
    _head(sheet, of, readable(words.title) or "Untitled", f"scene {words.number} of {words.count}")
    sheet.words(f"{words.day}. {words.window}.", (_MARGIN, 72), _TEXT * 1.2)
    small = small_lines(of.small_print(words), room, _SMALL, _SMALL_LINES)
    foot = sheet.height - 30 - len(small) * _SMALL * LEADING
    sheet.path(
        [[(_MARGIN, foot - 5), (_MARGIN + room, foot - 5)]], closed=False, ink=RULE, width=0.6
    )
    sheet.lines(small, (_MARGIN, foot), _SMALL, room=room, ink=QUIET)
    foot -= 12

    left = room - _COLUMN - _GAP
    notes = wrapped(words.note, left, _TEXT)
    legend = LegendBlock(words.legend, _COLUMN, _TEXT, _LEGEND_MOST)
    said = len(notes) + 1 if notes else 0
    quoted = sum(len(one.words) for one in words.caption) / (left / (_CAPTION * 0.55))
    needed = max(
        legend.height + 64,
        (quoted + 4 * len(words.caption)) * _CAPTION * LEADING + said * _TEXT * LEADING,
    )
    under = min(max(needed, _UNDER_LEAST), _UNDER_MOST)
    height = min(max(foot - _TOP - _STRIP - under, _MAP_LEAST), _MAP_MOST)
    plate = plate_of(
        staged, of.world, geodata, width_px=room, height_px=height, text_px=_TEXT * 0.95
    )
    legend = LegendBlock(legend_of(plate, words.legend), _COLUMN, _TEXT, _LEGEND_MOST)
    draw_plate(sheet, replace(plate, sea=_SEA), (_MARGIN, _TOP))
    draw_bar(sheet, plate, (_MARGIN, _TOP + height + 3), _TEXT)

    top = _TOP + height + _STRIP + 4
    x = _MARGIN + left + _GAP
    y = legend.draw(sheet, (x, top))
    away = list_height(plate.away, _COLUMN, _TEXT)
    beside = away <= foot - y - 6
    if beside:
        draw_list(sheet, "Not on this map", plate.away, (x, y + 6), _COLUMN, away, _TEXT)

    line = _TEXT * LEADING
    high = foot - top - (0 if beside else 4 * line)
    kept = min(said, max(int(high * 0.45 / line), 2)) if said else 0
    most = high - kept * line
    y = draw_caption(sheet, words.caption, (_MARGIN, top), left, most, _CAPTION, _TEXT * 0.9)
    if notes:
        fits = max(int((top + high - y) / line) - 1, 1)
        y = sheet.lines(["Note"], (_MARGIN, y), _TEXT, room=left, bold=True)
        y = sheet.lines(cut_told(notes, fits, left, _TEXT), (_MARGIN, y), _TEXT, room=left)
    if not beside:
        # The longer list stands where more is free.
        y += 0.5 * line
        draw_list(sheet, "Not on this map", plate.away, (_MARGIN, y), left, foot - y, _TEXT)
    return sheet


def _sources(of: Takeaway, size: tuple[float, float]) -> Iterator[Sheet]:
    """Yield the last page: sources, limits, what is missing; more where one does not hold it."""
    missing = [
        f"Scene {one.sheet.number}: {words}" for one in of.staged for words in one.sheet.missing
    ]
    faults = [f"{len(of.world.faults):,} records on file are broken; the app tells which."]
    rest = [*(missing or ["Nothing that a scene names is gone."])]
    lines = [
        *standings_of_all(of),
        *sources_of_all(of),
        ("Missing", True),
        *((one, False) for one in (*rest, *(faults if of.world.faults else ()))),
    ]
    title = "Sources, and how sure we are"
    sheet, y = None, 0.0
    for words, heading in lines:
        letters = _HEADING if heading else _TEXT
        room = size[0] - 2 * _MARGIN
        for number, line in enumerate(wrapped(words, room, letters, bold=heading)):
            # A heading never stands at the foot of a page.
            least = letters * LEADING * (3 if heading else 1)
            if sheet is None or y + least > size[1] - _MARGIN:
                if sheet is not None:
                    yield sheet
                sheet, y = _page(size), _TOP - 14
                _head(sheet, of, title, of.made_words)
            elif not number:
                y += 8 if heading else 2
            y = sheet.lines([line], (_MARGIN, y), letters, room=room, bold=heading)
    if sheet is not None:
        yield sheet
