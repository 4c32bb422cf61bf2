"""An article while its time expressions are read: each may lean on those before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from components.text.times import vocabulary as words
from components.text.times.tense import Tense, is_scheduled, tense_at
from components.text.times.values import edtf_of, first_day, unit_value

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from spacy.tokens import Doc, Token

# "last week" is one week back.
RELATIVE = {"last": -1, "previous": -1, "next": 1, "coming": 1, "following": 1, "this coming": 1}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?::\d\d)?(?: ?([ap])\.?m)?", re.IGNORECASE)
_NOON = 12
_NEARBY = 200  # characters; a day that was named further back is not that of "at 10 a.m."
_STATED = 40  # characters behind a month in which a range may end with its year
_MONTH_TAIL = re.compile(
    r",? *(?:to|and|or|-|through|until|till) +(?:early |late |mid-)?"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? *)?(?:\d{1,2})?,? +"
    r"((?:19|20)\d\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sense:
    """What an expression means: TIMEX3 type and value, the rule that gave it, and its EDTF."""

    kind: str
    value: str
    rule: str
    edtf: str | None = None


@dataclass
class Article:
    """An article, and what its expressions so far say about the next one.

    Attributes
    ----------
    anchor : date
        The day that "the next day" is counted from: the last one that was named.
    anchor_value : str
        Its value, as exact as it was named; "" until one is.
    anchor_at : int
        Where it was named.
    days : dict of int to tuple
        The day that a weekday's name stands for in this article, and the tense it had there.
    dates : dict of tuple to date
        The day that a month and a number stand for in it, where its year is stated.
    """

    doc: Doc
    published: date
    text: str = field(init=False)
    anchor: date = field(init=False)
    anchor_value: str = ""
    anchor_at: int = 0
    days: dict[int, tuple[date, Tense]] = field(default_factory=dict)
    dates: dict[tuple[int, int], date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Count from the day of publication until another day is named."""
        self.text = self.doc.text  # put together anew each time that it is asked for
        self.anchor = self.published

    def remember(self, sense: Sense, start: int) -> None:
        """Count from a date that was named."""
        day = first_day(sense.value) if sense.kind in {"DATE", "TIME"} else None
        if day:
            self.anchor, self.anchor_value, self.anchor_at = day, sense.value, start

    def token(self, match: re.Match[str], group: str | None = None) -> Token:
        """Return the word that heads an expression, or the first of a part of it."""
        start, stop = match.span(group) if group else match.span()
        span = self.doc.char_span(start, stop, alignment_mode="expand")
        if span is None:  # expanding, spaCy always finds one
            return self.doc[0]
        return span[0] if group else span.root

    def tense(self, match: re.Match[str]) -> tuple[Tense, str]:
        """Return which way the words look that govern an expression, and those words."""
        return tense_at(self.token(match))

    def tense_of_date(self, match: re.Match[str]) -> tuple[Tense, str]:
        """Return the tense of a day or month without a year; of a vote's or visit's, none."""
        tense, verb = self.tense(match)
        if tense is Tense.PAST and is_scheduled(self.token(match)):
            return Tense.OPEN, ""
        return tense, verb

    def before(self, match: re.Match[str], length: int) -> str:
        """Return so many characters before an expression, in lower case."""
        return self.text[max(0, match.start() - length) : match.start()].lower()

    def after(self, match: re.Match[str], length: int) -> str:
        """Return so many characters behind an expression, in lower case."""
        return self.text[match.end() : match.end() + length].lower()

    def led(self, match: re.Match[str], word: str) -> bool:
        """Return whether an expression stands right behind a word."""
        return self.before(match, len(word) + 1) == f"{word} "

    def stated_year(self, match: re.Match[str]) -> int | None:
        """Return the year that stands behind a range: "June to October 1998"."""
        tail = _MONTH_TAIL.match(self.text, match.end(), match.end() + _STATED)
        return int(tail[1]) if tail else None

    def told_year(self, match: re.Match[str]) -> int | None:
        """Return the year that the sentence tells of: "in 2006, Hamas won the January vote"."""
        start = max(self.anchor_at, match.start() - _NEARBY)
        between = self.text[start : match.start()]
        told = re.match(r"(?:[^.!?;\n]{0,20}\b)?((?:19|20)\d\d)\b[^.!?;\n]{0,60}$", between)
        return int(told[1]) if told and len(self.anchor_value) == len("2006") else None

    def year_of(self, which: str) -> int:
        """Return the year of "last year", "that year"."""
        which = which.lower()
        if which in {"that", "the same"}:
            return self.anchor.year
        if which == "the following":
            return self.anchor.year + 1
        return self.published.year + RELATIVE.get(which, 0)

    def day_nearby(self, match: re.Match[str]) -> date:
        """Return the day that was named shortly before, or else that of publication."""
        exact = re.match(r"\d{4}-\d\d-\d\d", self.anchor_value)
        near = match.start() - self.anchor_at < _NEARBY
        return self.anchor if exact and near else self.published


if TYPE_CHECKING:
    Rule = Callable[[Article, re.Match[str]], Sense | None]


def is_capital(word: str) -> bool:
    """Return whether a word begins with a capital: "May", not "may"."""
    return word[:1].isupper()


def dated(value: str, rule: str) -> Sense:
    """Return a date by its value."""
    return Sense("DATE", value, rule, edtf_of(value))


def lasting(value: str, rule: str = "A length of time.") -> Sense:
    """Return a length of time."""
    return Sense("DURATION", value, rule)


def on_day(day: date | None, rule: str) -> Sense | None:
    """Return a day, if the calendar has it."""
    return dated(day.isoformat(), rule) if day else None


def in_unit(day: date | None, unit: str, rule: str) -> Sense | None:
    """Return the week, month or year that has a day."""
    return dated(unit_value(day, unit), rule) if day else None


def timed(day: date | None, part: str, clock: str | None, rule: str) -> Sense | None:
    """Return a part or an hour of a day, or the day where neither is told."""
    if day is None:
        return None
    code = _hour(f"{clock} {part}") if clock else None
    code = code or words.DAY_PARTS.get(part.lower())
    return Sense("TIME", f"{day}{code}", rule, day.isoformat()) if code else on_day(day, rule)


def _hour(text: str) -> str | None:
    """Return "T15:00" for "3 p.m.", "T10:30" for "1030 GMT"."""
    lower = text.lower()
    for word, value in (("noon", "T12:00"), ("midday", "T12:00"), ("midnight", "T24:00")):
        if lower.startswith(word):
            return value
    if re.match(r"\d{4}", lower):
        return f"T{lower[:2]}:{lower[2:4]}"
    found = _CLOCK.match(lower)
    hour = int(found[1]) if found else words.NUMBERS.get(lower.split(" ")[0], -1)
    minute, half = (found[2] or "00", found[3] or "") if found else ("00", "")
    if hour < 0:
        return None
    if not half and re.search(r"afternoon|evening|night", lower):
        half = "p"
    hour += _NOON * (half == "p" and hour < _NOON) - _NOON * (half == "a" and hour == _NOON)
    return f"T{hour:02}:{minute}"
