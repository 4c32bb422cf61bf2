"""A scene as a picture: the whole slide, of exactly so many pixels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from components.export.composing import plate_of
from components.export.lettering import cut, readable, width_px, wrapped
from components.export.painting import (
    PAGE,
    QUIET,
    RULE,
    LegendBlock,
    Sheet,
    draw_bar,
    draw_caption,
    draw_list,
    draw_plate,
    list_height,
    small_lines,
)
from components.export.plate import legend_of
from components.export.takeaway import file_name
from components.model.briefing import slug
from components.text.sidecar import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from components.export.plate import Plate
    from components.export.takeaway import Takeaway, Told
    from components.model.briefing import Staged

SIZES_PX = ((1920, 1080), (3840, 2160))

# All of the layout is in pixels of a picture that is so high; others are larger or smaller.
_HIGH_PX = 1080
_MARGIN = 40.0
_TITLE_PX = 48.0
_TITLE_LEAST_PX = 30.0
_DAY_PX = 30.0
_TEXT_PX = 20.0
_CAPTION_PX = 24.0
_SMALL_PX = 14.0
_COLUMN_PX = 540.0
_GAP = 24.0
_TOP = 124.0
_STRIP = 34.0
_SMALL_LINES = 10


def write_pictures(  # noqa: PLR0913 (what, where to, and how)
    of: Takeaway,
    folder: Path,
    geodata: Path,
    told: Told,
    *,
    sizes: Sequence[tuple[int, int]] = SIZES_PX,
    transparent: bool = False,
) -> list[Path]:
    """Write a PNG for each scene and size.

    Parameters
    ----------
    geodata : Path
        Folder of the base map.
    sizes : sequence of (int, int)
        Width and height in pixels; at least as wide as high.
    transparent : bool
        Whether the page and the sea are left out, so that what lies below shows.

    Returns
    -------
    list of Path
        In the order of the scenes; of each, in that of the sizes.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    made: list[Path] = []
    for staged in of.staged:
        name = file_name(staged.sheet.title) or slug(staged.id) or "untitled"
        for width, height in sizes:
            told(
                f"Picture {staged.sheet.number} of {staged.sheet.count}, {width} x {height}",
                len(made) / (len(of.staged) * len(sizes)),
            )
            end = "_transparent" if transparent else ""
            number = f"scene-{staged.sheet.number:02d}"
            path = folder / f"{of.stem}_{number}_{name}_{width}x{height}{end}.png"
            write_whole(
                path, picture(of, staged, geodata, (width, height), transparent=transparent)
            )
            made.append(path)
    told("Pictures", 1)
    return made


def picture(
    of: Takeaway,
    staged: Staged,
    geodata: Path,
    size: tuple[int, int],
    *,
    transparent: bool = False,
) -> bytes:
    """Return a scene as a PNG of exactly `size` pixels."""
    width, height = size
    dpi = 100.0
    figure = Figure(figsize=(width / dpi, height / dpi), dpi=dpi)
    canvas = FigureCanvasAgg(figure)
    figure.patch.set(facecolor=PAGE, alpha=0.0 if transparent else 1.0)
    wide = width * _HIGH_PX / height
    _draw(Sheet(figure, wide, _HIGH_PX), of, staged, geodata, transparent=transparent)
    content = io.BytesIO()
    title = readable(staged.sheet.title)
    canvas.print_png(content, metadata={"Title": title, "Software": "Corridors"})  # type: ignore[no-untyped-call]
    return content.getvalue()


def _draw(sheet: Sheet, of: Takeaway, staged: Staged, geodata: Path, *, transparent: bool) -> None:
    small = small_lines(
        of.small_print(staged.sheet), sheet.width - 2 * _MARGIN, _SMALL_PX, _SMALL_LINES
    )
    foot = _HIGH_PX - 22 - len(small) * _SMALL_PX * 1.28
    sheet.path(
        [[(_MARGIN, foot - 8), (sheet.width - _MARGIN, foot - 8)]], closed=False, ink=RULE, width=1
    )
    sheet.lines(small, (_MARGIN, foot), _SMALL_PX, room=sheet.width - 2 * _MARGIN, ink=QUIET)
    map_width = sheet.width - 2 * _MARGIN - _COLUMN_PX - _GAP
    map_height = foot - 16 - _STRIP - _TOP
    plate = plate_of(
        staged,
        of.world,
        geodata,
        width_px=map_width,
        height_px=map_height,
        text_px=_TEXT_PX,
    )
    _head(sheet, of, staged)
    draw_plate(sheet, plate, (_MARGIN, _TOP), sea=not transparent)
    draw_bar(sheet, plate, (_MARGIN, _TOP + map_height + 8), _TEXT_PX)
    _beside(sheet, staged, plate, foot - 16)


def _head(sheet: Sheet, of: Takeaway, staged: Staged) -> None:
    """Draw title and day, and over them whose briefing it is and which scene."""
    right = sheet.width - _MARGIN
    told = f"scene {staged.sheet.number} of {staged.sheet.count}"
    room = right - _MARGIN - width_px(told, _TEXT_PX) - _GAP
    line = cut(wrapped(of.head, room, _TEXT_PX), 1, room, _TEXT_PX)
    sheet.lines(line, (_MARGIN, 18), _TEXT_PX, room=room, ink=QUIET)
    sheet.words(told, (right, 18), _TEXT_PX, ink=QUIET, align="right")
    day = staged.sheet.day
    sheet.words(day, (right, 64), _DAY_PX, align="right")
    room = right - _MARGIN - width_px(day, _DAY_PX) - 2 * _GAP
    size = _TITLE_PX
    while size > _TITLE_LEAST_PX and width_px(title_of(staged), size, bold=True) > room:
        size -= 2
    whole = wrapped(title_of(staged), room, size, bold=True)
    title = cut(whole, 1, room, size, bold=True)
    sheet.lines(title, (_MARGIN, 48 + (_TITLE_PX - size) / 2), size, room=room, bold=True)


def title_of(staged: Staged) -> str:
    """Return a scene's title, or that it has none."""
    return readable(staged.sheet.title) or "Untitled"


def _beside(sheet: Sheet, staged: Staged, plate: Plate, foot: float) -> None:
    """Draw the caption, what lies beyond the map, and the legend, from the top down."""
    x = sheet.width - _MARGIN - _COLUMN_PX
    high = foot - _TOP
    least = 0.5 if staged.sheet.caption else 0.75
    explained = legend_of(plate, staged.sheet.legend)
    legend = LegendBlock(explained, _COLUMN_PX, _TEXT_PX, high * least)
    rest = high - legend.height - 2 * _GAP
    away = min(
        list_height(plate.away, _COLUMN_PX, _TEXT_PX), rest * (0.4 if staged.sheet.caption else 1)
    )
    y = draw_caption(
        sheet,
        staged.sheet.caption,
        (x, _TOP),
        _COLUMN_PX,
        rest - away,
        _CAPTION_PX,
        _TEXT_PX,
    )
    y = max(y + _GAP / 2, _TOP)
    legend.draw(sheet, (x, foot - legend.height))
    draw_list(sheet, "Not on this map", plate.away, (x, y), _COLUMN_PX, away, _TEXT_PX)
