"""What a JSON record must look like, and every way in which one does not.

A shape is written the way the record looks:

- `{"name": str}` is an object with exactly these keys;
- `[str]` is a list of texts;
- `("event", "topic")` is one of these words;
- `str`, `int`, `bool`, `str | None`, `list` and `dict` are a text, a whole number from 0, true or
  false, a text or null, any list, any object;
- `Optional(shape)` is the shape of a key that may be missing;
- `Checked(shape, check)` is a shape whose value must pass a check of its meaning too.
"""

from __future__ import annotations

import reprlib
from dataclasses import dataclass
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Shape: TypeAlias = (
    "type | UnionType | tuple[str, ...] | list[Shape] | dict[str, Shape] | Optional | Checked"
)
At: TypeAlias = tuple[str, ...]

_WORDS: dict[object, str] = {
    str: "text that is not blank",
    str | None: "text that is not blank, or null",
    int: "a whole number, 0 or more",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}

# Cuts what a hostile file holds, however long or deep, to one line.
_brief = reprlib.Repr()
_brief.maxstring = _brief.maxother = 120
brief = _brief.repr


@dataclass(frozen=True)
class Optional:
    """The shape of a key's value; the key may be missing."""

    shape: Shape


@dataclass(frozen=True)
class Checked:
    """A shape, and what its value must mean.

    Attributes
    ----------
    check : callable
        Takes a value of that shape; returns what is wrong with it, or None.
    """

    shape: Shape
    check: Callable[[Any], str | None]


@dataclass(frozen=True)
class Misfit:
    """One way in which a record does not have its shape.

    Attributes
    ----------
    at : tuple of str
        Keys that lead to it from the record; empty for the record itself.
    message : str
        What was found, what was expected, what to do.
    """

    at: At
    message: str

    def __str__(self) -> str:
        """Return the whole message."""
        return f"{', '.join(self.at) or 'the record'} {self.message}"


def misfits(value: object, shape: Shape, at: At = ()) -> Iterator[Misfit]:
    """Find every way in which a value does not have its shape.

    Parameters
    ----------
    value : object
        What JSON holds.
    at : tuple of str
        Keys that lead to `value` from the record.
    """
    match shape:
        case Checked():
            inner = tuple(misfits(value, shape.shape, at))
            yield from inner
            # A check may rely on the shape, so it only sees values that have it.
            if not inner and (message := shape.check(value)):
                yield Misfit(at, message)
        case Optional():
            yield from misfits(value, shape.shape, at)
        case dict() if isinstance(value, dict):
            yield from _key_misfits(value, shape, at)
        case list() if isinstance(value, list):
            for number, item in enumerate(value, start=1):
                yield from misfits(item, shape[0], (*at[:-1], f"{at[-1]} {number}"))
        case tuple() if isinstance(value, str):
            if value not in shape:
                yield Misfit(at, f"{brief(value)} is not known. Use {_wanted(shape)}.")
        case _:
            if not _fits(value, shape):
                yield Misfit(at, f"is {brief(value)}. It must be {_wanted(shape)}.")


def _key_misfits(value: dict[str, Any], shape: dict[str, Shape], at: At) -> Iterator[Misfit]:
    """Find keys that are missing or not known, and what is wrong with the others' values."""
    for key in value:
        if key not in shape:
            message = f"is not a known key. Use {_one_of(shape)}, or take it out."
            yield Misfit((*at, brief(key)), message)
    for key, expected in shape.items():
        if key in value:
            yield from misfits(value[key], expected, (*at, key))
        elif not isinstance(expected, Optional):
            yield Misfit((*at, key), f"is missing. Add it: {_wanted(expected)}.")


def _fits(value: object, shape: Shape) -> bool:
    """Return whether a value is a text, a number or a list of the right sort."""
    if not isinstance(shape, type | UnionType) or not isinstance(value, shape):
        return False
    if isinstance(value, str):
        # JSON can escape half of a surrogate pair; no page or file could hold it.
        return bool(value.strip()) and not any("\ud800" <= sign <= "\udfff" for sign in value)
    # To Python, true and false are whole numbers.
    if isinstance(value, bool):
        return shape is bool
    return not isinstance(value, int) or value >= 0


def _wanted(shape: Shape) -> str:
    """Return what a shape asks for, in words."""
    match shape:
        case Checked() | Optional():
            return _wanted(shape.shape)
        case dict():
            return f"an object with {', '.join(shape)}"
        case list():
            return "a list"
        case tuple():
            return _one_of(shape)
        case _:
            return _WORDS[shape]


def _one_of(words: Iterable[str]) -> str:
    """Return the words that are allowed, as a phrase."""
    return f"one of {', '.join(words)}"
