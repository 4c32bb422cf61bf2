"""Words on slides: made safe for XML, fitted to their boxes, set from right to left where due."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Inches, Pt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pptx.shapes.autoshape import Shape
    from pptx.shapes.shapetree import _BaseGroupShapes
    from pptx.text.text import TextFrame

LINE_EM = 1.2
_LONGEST_NAME = 200
_REPLACEMENT = "\ufffd"
# Marks that turn the order of what follows; a text that needs them is rare, one that lies is not.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff\U0001fffe\U0001ffff]")
# PowerPoint reads "_x0041_" as "A". A word joiner, which nobody sees, keeps it as it is written.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NARROW = frozenset("ijltfrI.,;:'!|()[]/ \u2019\u00b7-")
_WIDE = frozenset("mwMW@%\u2014\u2026")
# Letters of Arial Bold are up to 6 % wider than what is reckoned for the plain ones.
_BOLD = 1.08
# A word that is longer may be cut anywhere: so much of a line is not left empty.
_LONGEST_WORD = 24


@dataclass(frozen=True)
class Run:
    """A paragraph of one make.

    Attributes
    ----------
    ink : str
        Colour, `#rrggbb`.
    before_pt : float
        Free space over it.
    """

    words: str
    size_pt: float
    ink: str
    bold: bool = False
    italic: bool = False
    before_pt: float = 0


def clean(words: str) -> str:
    """Return words that XML 1.0 can hold and that read as they are written, on one line."""
    words = _NO_CHARACTERS.sub(_REPLACEMENT, words.translate(_TURNING))
    plain = "".join(
        " " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one for one in words
    )
    return _ESCAPE.sub("_\u2060", plain)


def named(words: str) -> str:
    """Return the name of a shape in the selection pane, cut to what can be read there."""
    return textwrap.shorten(clean(words), _LONGEST_NAME, placeholder="\u2026") or "Without a name"


def from_the_right(words: str) -> bool:
    """Return whether the first letter that has a direction is Arabic, Hebrew or their like."""
    strong = (unicodedata.bidirectional(one) for one in words)
    return next((one for one in strong if one in {"L", "R", "AL"}), "L") != "L"


def width_em(words: str, *, bold: bool = False) -> float:
    """Return about how wide words are in Arial, in sizes of the type; rather too wide."""
    return sum(map(_width_em, words)) * (_BOLD if bold else 1)


def _width_em(one: str) -> float:
    if one in _NARROW:
        return 0.33
    if one in _WIDE:
        return 0.95
    if unicodedata.east_asian_width(one) in {"W", "F"}:
        return 1.0
    if unicodedata.combining(one):
        return 0.0
    return 0.72 if one.isupper() else 0.54


def lines_of(words: str, size_pt: float, width_in: float, *, bold: bool = False) -> int:
    """Return on how many lines words stand in a box; a word that is too long is broken."""
    room = width_in * 72 / size_pt / (_BOLD if bold else 1)
    lines, at = 1, 0.0
    for word in clean(words).split():
        width = width_em(word)
        gap = 0.33 if at else 0.0
        if at + gap + width <= room:
            at += gap + width
            continue
        if at:
            lines += 1
        extra = int(width // room)
        lines += extra
        at = width - extra * room
    return lines


def height_in(runs: Iterable[Run], width_in: float) -> float:
    """Return how high paragraphs stand in a box, in inches."""
    points = (
        lines_of(one.words, one.size_pt, width_in, bold=one.bold) * one.size_pt * LINE_EM
        + one.before_pt
        for one in runs
    )
    return sum(points) / 72


def cut(words: str, size_pt: float, width_in: float, most: int, *, bold: bool = False) -> str:
    """Return words, cut after a word to a number of lines, with an ellipsis, where too long."""
    words = " ".join(clean(words).split())
    if lines_of(words, size_pt, width_in, bold=bold) <= most:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if lines_of(words[:middle] + "\u2026", size_pt, width_in, bold=bold) <= most:
            low = middle
        else:
            high = middle - 1
    end = words.rfind(" ", max(low - _LONGEST_WORD, 0), low + 1)
    return words[: end if end > 0 else low].rstrip() + "\u2026"


def add_words(  # noqa: PLR0913 (a box, what stands in it, and how)
    shapes: _BaseGroupShapes,
    box_in: tuple[float, float, float, float],
    runs: Iterable[Run],
    *,
    name: str,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    wrap: bool = True,
) -> Shape:
    """Add a text box without margins; left, top, width and height in inches."""
    box = shapes.add_textbox(*map(Inches, box_in))
    box.name = named(name)
    frame = box.text_frame
    set_frame(frame, wrap=wrap, anchor=anchor)
    set_words(frame, runs, align=align)
    return box


def set_frame(frame: TextFrame, *, wrap: bool, anchor: MSO_ANCHOR) -> None:
    """Take the margins off a frame, and keep its size whatever stands in it."""
    frame.margin_left = frame.margin_right = Emu(0)
    frame.margin_top = frame.margin_bottom = Emu(0)
    frame.word_wrap = wrap
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = anchor


def set_words(frame: TextFrame, runs: Iterable[Run], *, align: PP_ALIGN = PP_ALIGN.LEFT) -> None:
    """Put paragraphs into a frame, each in its own direction."""
    for number, one in enumerate(runs):
        if number:
            frame.add_paragraph()  # type: ignore[no-untyped-call]
        paragraph = frame.paragraphs[-1]
        words = clean(one.words)
        turned = from_the_right(words)
        paragraph.alignment = PP_ALIGN.RIGHT if turned and align == PP_ALIGN.LEFT else align
        if turned:
            paragraph._p.get_or_add_pPr().set("rtl", "1")  # noqa: SLF001 (has no other door)
        if one.before_pt:
            paragraph.space_before = Pt(one.before_pt)
        run = paragraph.add_run()
        run.text = words
        run.font.size = Pt(round(one.size_pt, 1))
        run.font.bold = one.bold
        run.font.italic = one.italic
        run.font.color.rgb = rgb(one.ink)


def rgb(colour: str) -> RGBColor:
    """Return a colour `#rrggbb` as slides take it."""
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call]
