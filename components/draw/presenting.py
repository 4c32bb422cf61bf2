"""What the browser needs of a briefing to present it: each scene's state, and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from components.draw.drawing import drawing
from components.model.period import day_words

if TYPE_CHECKING:
    from components.draw.record import Json
    from components.model.briefing import Briefing, Sheet, Staged
    from components.model.view import View


def presentation(briefing: Briefing, staged: tuple[Staged, ...]) -> dict[str, Json]:
    """Return a briefing as `browser/present.js` is handed it.

    Parameters
    ----------
    staged : tuple of Staged
        The scenes of `briefing`, as `components.pipeline.staged` looked them up.

    Returns
    -------
    dict
        `title`, `heading` (classification, author, day: the first two may be empty), and
        `scenes`: of each its `id`, its `drawing` as the map is told it, with a `camera` that has
        no number, and its `sheet` of words. Days are whole numbers from 1 January 1970, `to` is
        longitude and latitude in degrees (WGS 84) and a zoom.
    """
    return {
        "title": briefing.title,
        "heading": [briefing.classification, briefing.author, day_words(briefing.day)],
        "scenes": [
            {"id": one.id, "drawing": _drawn(one.view), "sheet": _sheet(one.sheet)}
            for one in staged
        ],
    }


def _drawn(view: View) -> dict[str, Json]:
    drawn = drawing(view)
    camera = cast("dict[str, Json]", drawn["camera"])
    return drawn | {"camera": {"to": camera["to"]}}


def _sheet(sheet: Sheet) -> dict[str, Json]:
    legend = sheet.legend
    return {
        "number": sheet.number,
        "count": sheet.count,
        "title": sheet.title,
        "note": sheet.note,
        "seconds": sheet.seconds,
        "day": sheet.day,
        "window": sheet.window,
        "captions": [
            {"words": one.words, "quoted": one.quoted, "how": one.how, "source": one.source}
            for one in sheet.caption
        ],
        "counts": [*sheet.counts],
        "legend": {
            "layers": [
                {"id": name, "name": words, "method": None if method is None else method.value}
                for name, words, method in legend.layers
            ],
            "crossings": [*legend.crossings],
            "marks": [{"theme": theme.value, "mode": mode.value} for theme, mode in legend.marks],
            "pale": legend.pale,
        },
        "schematic": sheet.schematic_line,
        "missing": [*sheet.missing],
    }
