"""Words in a room of so many pixels: how wide they are, and where their lines break.

Measured in DejaVu Sans, which comes with Matplotlib and has Latin, Arabic and Hebrew letters.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from threading import Lock

import matplotlib as mpl
from matplotlib import ft2font

FAMILY = "DejaVu Sans"
LEADING = 1.28
CUT = "..."
LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
_FILES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_OBLIQUE = "DejaVuSans-Oblique.ttf"
_MEASURED_PX = 64
_ROUNDED = 1.02
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
# Nobody reads more in one spot; a longer text is cut before it is measured.
_LONGEST = 6_000
_ONE_TEXT = Lock()


@lru_cache(maxsize=4)
def _face(name: str) -> ft2font.FT2Font:
    face = ft2font.FT2Font(str(Path(mpl.get_data_path()) / "fonts" / "ttf" / name))
    face.set_size(_MEASURED_PX, 72)
    return face


@lru_cache(maxsize=2)
def _letters(name: str) -> frozenset[int]:
    return frozenset(_face(name).get_charmap())


def has_italics(words: str) -> bool:
    """Return whether the slanted face has all letters: it has neither Arabic nor Hebrew ones."""
    return all(ord(one) in _letters(_OBLIQUE) for one in words)


@lru_cache(maxsize=4096)
def readable(words: str) -> str:
    """Return words as they can be drawn: no control signs, no letters that no face has.

    What cannot be drawn is shown as a replacement sign. Breaks become spaces. Signs that turn
    the direction of what follows are left out: a hostile text could read as another one.
    """
    kept = []
    for one in unicodedata.normalize("NFC", _sound(words[:_LONGEST])):
        kind = unicodedata.category(one)
        if kind in {"Cc", "Zs", "Zl", "Zp"}:
            kept.append(" ")
        elif one == LEFT_TO_RIGHT:
            kept.append(one)
        elif kind != "Cf":
            kept.append(one if all(ord(one) in _letters(f) for f in _FILES.values()) else _UNKNOWN)
    plain = " ".join("".join(kept).split())
    return plain if len(words) <= _LONGEST else plain + CUT


def _sound(words: str) -> str:
    """Return words without halves of letters (lone surrogates)."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@lru_cache(maxsize=65536)
def _share(words: str, bold: bool) -> float:  # noqa: FBT001 (a key of the cache)
    face = _face(_FILES[bold])
    # A face holds one text at a time, whoever sets it.
    with _ONE_TEXT:
        face.set_text(words, 0.0, flags=ft2font.LoadFlags.NO_HINTING)
        return float(face.get_width_height()[0]) / 64 / _MEASURED_PX


def width_px(words: str, size_px: float, *, bold: bool = False) -> float:
    """Return how wide readable words are in pixels, at a size in pixels."""
    # A little more than that: in a picture each letter moves to a whole pixel.
    return (_share(words, bold) * _ROUNDED + 0.05) * size_px if words else 0.0


def advance_px(words: str, size_px: float, *, bold: bool = False) -> float:
    """Return how far on the next words begin, spaces at either end among it."""
    return (_share(f".{words}.", bold) - _share("..", bold)) * size_px


def wrapped(words: str, room_px: float, size_px: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return words in lines that are at most `room_px` wide; what has no gap is broken anywhere.

    A room narrower than a letter holds a letter a line.
    """
    lines: list[str] = []
    line = ""
    plain = readable(words)
    begin = LEFT_TO_RIGHT if plain.startswith(LEFT_TO_RIGHT) else ""
    for word in plain.removeprefix(begin).split(" "):
        longer = f"{line} {word}" if line else word
        if width_px(longer, size_px, bold=bold) <= room_px:
            line = longer
            continue
        if line:
            lines.append(line)
        rest = word
        while width_px(rest, size_px, bold=bold) > room_px and len(rest) > 1:
            fits = _fitting(rest, room_px, size_px, bold=bold)
            lines.append(rest[:fits])
            rest = rest[fits:]
        line = rest
    return tuple(begin + one for one in ((*lines, line) if line else lines))


def _fitting(word: str, room_px: float, size_px: float, *, bold: bool) -> int:
    """Return how many letters of a word fit into a room; at least one."""
    least, most = 1, len(word)
    while least < most:
        middle = (least + most + 1) // 2
        if width_px(word[:middle], size_px, bold=bold) <= room_px:
            least = middle
        else:
            most = middle - 1
    return least


def cut(
    lines: tuple[str, ...], most: int, room_px: float, size_px: float, *, bold: bool = False
) -> tuple[str, ...]:
    """Return the first lines; where some are left out, the last one ends with "..."."""
    if len(lines) <= most:
        return lines
    if most < 1:
        return ()
    last = lines[most - 1]
    while last and width_px(last + CUT, size_px, bold=bold) > room_px:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip() + CUT)


def in_english(name: str) -> str:
    """Return a name as it may stand in an English sentence, which stays one from left to right."""
    turned = any(unicodedata.bidirectional(one) in {"R", "AL", "AN"} for one in name)
    return f"{LEFT_TO_RIGHT}{name}{LEFT_TO_RIGHT}" if turned else name


def leans_right(words: str) -> bool:
    """Return whether words are written from right to left: their first letter says so."""
    for one in words:
        way = unicodedata.bidirectional(one)
        if way in {"L", "R", "AL"}:
            return way != "L"
    return False
