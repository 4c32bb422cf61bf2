"""A span of closed days, read from an EDTF date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isinf
from typing import Self

from edtf import EDTFParseException, parse_edtf
from edtf.parser.parser_classes import (
    Date,
    Interval,
    Level1Interval,
    UncertainOrApproximate,
)

_DAYS = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)\??"
    r"|(?=.*\d{4})(?P<first>\.\.|\d{4}-\d\d-\d\d)/(?P<last>\.\.|\d{4}-\d\d-\d\d)",
    re.ASCII,
)
_NO_DATE = "{!r} is not an EDTF date such as 2024-05-07, 2024-05 or ../2024-08-22"
_ACCEPTED = (Date, Interval, Level1Interval, UncertainOrApproximate)


@dataclass(frozen=True, order=True)
class Period:
    """Days from `first` to `last`, both of them included.

    Attributes
    ----------
    first, last : date
        Closed days. `date.min` and `date.max` stand for an open end.
    edtf : str
        The EDTF (ISO 8601-2) date this was read from.
    """

    first: date
    last: date
    edtf: str

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            message = f"{self.edtf!r} ends ({self.last}) before it begins ({self.first})"
            raise ValueError(message)

    @classmethod
    def of(cls, first: date, last: date) -> Self:
        """Return the period between two days, whichever is given first."""
        first, last = sorted((first, last))
        start = ".." if first == date.min else first.isoformat()
        stop = ".." if last == date.max else last.isoformat()
        return cls(first, last, start if first == last else f"{start}/{stop}")

    @classmethod
    def from_edtf(cls, text: str) -> Self:
        """Read an EDTF date such as `2024-05`, `2024-08-22?` or `../2024-08-22`.

        Raises
        ------
        ValueError
            When `text` is not an EDTF day, month, year or interval of them, when it lies
            outside the years 1 to 9999, or when it ends before it begins.
        """
        days = _DAYS.fullmatch(text)
        return cls(*(_plain(days) if days else _parsed(text)), text)

    @property
    def opens(self) -> bool:
        """Whether the first day is not known."""
        return self.first == date.min

    @property
    def stands(self) -> bool:
        """Whether the last day is not known or has not come."""
        return self.last == date.max

    @property
    def exact(self) -> bool:
        """Whether it is one day, stated without doubt."""
        return self.first == self.last and not self.edtf.endswith(("?", "~", "%"))

    def has(self, day: date) -> bool:
        """Return whether `day` is one of its days; the first and the last day count."""
        return self.first <= day <= self.last

    def meets(self, other: Period) -> bool:
        """Return whether the two share at least one day."""
        return self.first <= other.last and other.first <= self.last

    def within(self, outer: Period) -> Period | None:
        """Return the days shared with `outer`, or None when there are none."""
        if not self.meets(outer):
            return None
        return Period.of(max(self.first, outer.first), min(self.last, outer.last))

    def ending_on(self, day: date) -> Period:
        """Return this window moved, its length kept, so that its last day is `day`."""
        length = self.last - self.first
        return Period.of(day - min(length, day - date.min), day)

    @property
    def day(self) -> date:
        """The day to look at it from: its last one, or its first when it still stands."""
        return self.first if self.stands else self.last

    @property
    def order(self) -> tuple[date, date]:
        """Sorts periods by the day they had begun by; an unknown start counts as the end."""
        return (self.last if self.opens else self.first, self.last)

    @property
    def words(self) -> str:
        """The period in plain English, each end as exact as it was stated."""
        start, _, end = self.edtf.partition("/")
        if self.opens and self.stands:
            return "at all times"
        if self.stands:
            return f"since {self.start_words}"
        if self.opens:
            return f"by {_said(end, self.last)}, start not stated"
        if end:
            return f"{self.start_words} to {_said(end, self.last)}"
        if self.first != self.last:
            return f"{_said(start, self.first)}, day not stated"
        return day_words(self.first) + ("" if self.exact else " (uncertain)")

    @property
    def start_words(self) -> str:
        """The first day, or its month or year where no more was stated."""
        return _said(self.edtf.partition("/")[0], self.first)


def _plain(days: re.Match[str]) -> tuple[date, date]:
    """Return the days of a date that needs no grammar; reading it with one takes milliseconds."""
    first, last = (days["day"], days["day"]) if days["day"] else (days["first"], days["last"])
    try:
        return (
            date.min if first == ".." else date.fromisoformat(first),
            date.max if last == ".." else date.fromisoformat(last),
        )
    except ValueError as error:
        raise ValueError(_NO_DATE.format(days.string)) from error


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[date, date]:
    """Return the first and the last day of any EDTF date."""
    try:
        parsed = parse_edtf(text)
        lower, upper = parsed.lower_strict(), parsed.upper_strict()
        first = date.min if isinstance(lower, float) and isinf(lower) else date(*lower[:3])
        last = date.max if isinstance(upper, float) and isinf(upper) else date(*upper[:3])
    except (EDTFParseException, TypeError, ValueError) as error:
        raise ValueError(_NO_DATE.format(text)) from error
    # The library reads a missing end ("/2024") as "within ten years", which is a guess,
    # and passes over spaces.
    guessed = text.startswith("/") or text.endswith("/") or text != text.strip()
    if guessed or not isinstance(parsed, _ACCEPTED):
        raise ValueError(_NO_DATE.format(text))
    return first, last


def _said(edtf: str, day: date) -> str:
    """Return a day of one EDTF date in words that are as exact as the date."""
    precision = len(edtf.rstrip("?~%"))
    if precision == len("2024"):
        return f"{day:%Y}"
    return f"{day:%B %Y}" if precision == len("2024-05") else day_words(day)


def day_words(day: date) -> str:
    """Return a day as "Thu 22 Aug 2024"."""
    return f"{day:%a} {short_day(day)}"


def short_day(day: date) -> str:
    """Return a day as "22 Aug 2024"."""
    return f"{day.day} {day:%b %Y}"
