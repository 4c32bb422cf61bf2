"""What in an article speaks against the day of publication that was given for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING

from components.model.period import Period
from components.text.reading import Dated, Span
from components.text.times import find_dates
from components.text.times.tense import Tense, tense_at
from components.text.times.values import day_of, moved
from components.text.times.vocabulary import MONTHS, ORDINALS, PATTERNS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

# When a war began that articles count from without saying so, the words by which a sentence is
# about it, and how many days any earlier war of the same names lasted at most: a longer one is it.
_KNOWN_STARTS = ((date(2023, 10, 7), re.compile(r"\b(?:Gaza|Hamas|Israel)", re.IGNORECASE), 60),)
_WAR = r"(?:war|fighting|conflict|offensive|hostilities|bombardment|campaign|siege|invasion)"
_AFTER = re.compile(
    rf" (?:of (?:the |a )?(?:\w+ )?{_WAR}\b|(?:into|after|since) (?:the |its )?(?:\w+ )?{_WAR}\b|"
    rf"(?:old )?{_WAR}\b|after Hamas)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b{_WAR} (?:has |had )?(?:now )?(?:lasted|raged|gone on|been raging|dragged on|continued)"
    r" (?:for )?$",
    re.IGNORECASE,
)
_NTH = re.compile(
    rf"\b{_WAR}\b[^.\n]{{0,60}}?\b(?P<words>(?:in|into|enter(?:s|ed|ing)) (?:its|the|a|an) "
    rf"(?P<nth>\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)}) (?P<unit>day|week|month|year))\b",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    rf"\b{_WAR}\b[^.\n]{{0,40}}?\b(?:began|started|erupted|broke out|was launched) (?:on |in )?$",
    re.IGNORECASE,
)
_MONTH = "|".join(rf"{name.capitalize()}|{name[:3].capitalize()}t?\.?" for name in MONTHS)
_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Za-z.' /-]{1,40}(?:, [A-Z][A-Za-z. ]{1,30})?,[ ]+(?P<date>"
    rf"(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?)[ ]*(?:\(|-{{1,2}} )",
    re.MULTILINE,
)
_LENGTH = re.compile(r"P(\d{1,4})([DWMY])")
_MORE = re.compile(
    r"\b(?:more than|over|at least|well over|just over|longer than)\b", re.IGNORECASE
)
_LESS = re.compile(r"\b(?:less than|under|nearly|almost|close to|not quite|up to)\b", re.IGNORECASE)
_HEDGE = 16  # characters before a length among which "nearly" is looked for
_NEAR = 1  # days that a dateline may lie from the publication
_YEARS = 6  # within so many years each way, every day of a month has been each weekday
_LEDE = 800  # characters that begin an article


@dataclass(frozen=True)
class Clue:
    """Words that speak against the day of publication given.

    Attributes
    ----------
    message : str
        What was found and what was given, in plain English.
    fits : Period or None
        The days of publication that would agree with the words.
    weekdays : tuple of int
        The weekday that the article's first sentences tell of, Monday 0; () when they tell of
        none. A wire story mostly does so on that day, so that those days of `fits` come first.
    """

    span: Span
    message: str
    fits: Period | None = None
    weekdays: tuple[int, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """The days of `fits` that are such a weekday; () where it is open or no weekday known."""
        if self.fits is None or self.fits.opens or self.fits.stands or not self.weekdays:
            return ()
        length = (self.fits.last - self.fits.first).days + 1
        every = (self.fits.first + timedelta(days=number) for number in range(length))
        return tuple(day for day in every if day.weekday() in self.weekdays)


@dataclass(frozen=True)
class _Window:
    """Days of publication that some words allow, and how they do."""

    span: Span
    reason: str
    fits: Period


def find_clues(doc: Doc, published: date) -> tuple[Clue, ...]:
    """Find the words of an article that contradict the day of publication given.

    Parameters
    ----------
    doc : Doc
        The article, parsed.
    published : date
        The day that a person gave.

    Returns
    -------
    tuple of Clue
        In the order of the text; () when all agree, which does not prove the day.
    """
    dated = find_dates(doc, published)
    weekdays = _first_weekday(doc)
    clues = [
        Clue(
            window.span,
            f"{window.reason} does not fit {_day_words(published)}. Dates that fit: "
            f"{_period_words(window.fits)}.",
            window.fits,
            weekdays,
        )
        for window in [*_lengths(doc, dated, published), *_past_dates(doc, dated)]
        if not window.fits.has(published)
    ]
    clues += _weekday_clues(doc, published)
    clues += _dateline_clues(doc, published)
    return tuple(sorted(clues, key=lambda clue: clue.span))


def fitting_dates(doc: Doc) -> Period | None:
    """Return the days of publication that the article's own words allow; None if any, or none."""
    dated = find_dates(doc, date(2000, 1, 1))
    windows = [*_lengths(doc, dated, None), *_past_dates(doc, dated)]
    fits = Period.of(date.min, date.max)
    for window in windows:
        shared = fits.within(window.fits)
        if shared is None:
            return None
        fits = shared
    return fits if windows else None


def _lengths(doc: Doc, dated: tuple[Dated, ...], published: date | None) -> Iterator[_Window]:
    """Find "more than 10 months of war" where the war's first day is known or stated."""
    text = doc.text
    stated = _stated_start(text, dated)
    found = [
        (each.span, each.text, length)
        for each in dated
        if each.timex_type == "DURATION"
        and (length := _LENGTH.fullmatch(each.timex_value))
        and (
            _AFTER.match(text, each.span.stop)
            or _BEFORE.search(text, max(0, each.span.start - 60), each.span.start)
        )
    ]
    for span, words, length in found:
        before = text[max(0, span.start - _HEDGE) : span.start]
        number, unit = int(length[1]), length[2]
        start = stated or _known_start(doc, span, _days(number, unit), published)
        window = start and _window(start, number, unit, f"{before} {words}")
        if start and window:
            yield _Window(span, f'"{words}" after {_day_words(start)}', window)
    for match in _NTH.finditer(text):
        span, unit = Span(*match.span("words")), match["unit"][0].upper()
        number = ORDINALS.get(match["nth"].lower()) or int(re.sub(r"\D", "", match["nth"]))
        start = stated or _known_start(doc, span, _days(number - 1, unit), published)
        if start:
            first, last = moved(start, number - 1, unit), moved(start, number, unit)
            if first and last:
                reason = f'"{match["words"]}" of a war that began on {_day_words(start)}'
                yield _Window(span, reason, Period.of(first, last))


def _stated_start(text: str, dated: tuple[Dated, ...]) -> date | None:
    """Return the day that the article says a war began on, with its year."""
    for each in dated:
        day = re.fullmatch(r"\d{4}-\d\d-\d\d", each.timex_value)
        before = text[max(0, each.span.start - 80) : each.span.start]
        if day and re.search(r"\d{4}", each.text) and _BEGAN.search(before):
            return date.fromisoformat(day[0])
    return None


def _known_start(doc: Doc, span: Span, days: int, published: date | None) -> date | None:
    words = doc.char_span(span.start, span.stop, alignment_mode="expand")
    sentence = words.sent.text if words else ""
    for start, about, longest in _KNOWN_STARTS:
        if about.search(sentence) and (days > longest or (published and published >= start)):
            return start
    return None


def _window(start: date, number: int, unit: str, words: str) -> Period | None:
    """Return the days that lie "more than", "nearly" or just so long after a start."""
    less = bool(_LESS.search(words))
    if unit == "Y":
        number, unit, slack = 12 * number, "M", 3 if less else 12
    else:
        slack = {"D": max(7, number // 3), "W": 2}.get(unit, 1)
    low, high = (number - slack, number) if less else (number, number + slack)
    first, last = moved(start, max(low, 0), unit), moved(start, high, unit)
    if first and not (less or _MORE.search(words)):
        # A length without "more than" may be rounded up.
        first -= timedelta(days=_days(1, unit) // 2)
    return Period.of(first, last) if first and last else None


def _days(number: int, unit: str) -> int:
    return number * {"D": 1, "W": 7, "M": 30, "Y": 365}[unit]


def _past_dates(doc: Doc, dated: tuple[Dated, ...]) -> Iterator[_Window]:
    """Find dates with their year that the article tells as past: it is no older than they are."""
    for each in dated:
        stated = re.search(r"\d{4}", each.text)
        if not stated or each.timex_type not in {"DATE", "TIME"} or each.edtf is None:
            continue
        period = Period.from_edtf(each.edtf)
        words = doc.char_span(each.span.start, each.span.stop, alignment_mode="expand")
        if words and tense_at(words.root)[0] is Tense.PAST:
            reason = f'"{each.text}", told as past,'
            yield _Window(each.span, reason, Period.of(period.first, date.max))


def _weekday_clues(doc: Doc, published: date) -> Iterator[Clue]:
    """Find "Thursday, Aug. 22" where that day is no Thursday."""
    for match in PATTERNS["day"].finditer(doc.text):
        month, number = match["month"] or match["month2"], int(match["day"] or match["day2"])
        if not match["weekday"] or match["which"] or not month[0].isupper():
            continue
        weekday = _index(WEEKDAYS, match["weekday"])
        years = [int(match["year"])] if match["year"] else _years_about(published)
        days = [day for year in years if (day := day_of(year, _index(MONTHS, month) + 1, number))]
        near = [day for day in days if abs(day - published) <= timedelta(days=183)] or days[:1]
        if not near or any(day.weekday() == weekday for day in near):
            continue
        words = match[0].strip()
        message = f'"{words}" does not fit: {_day_words(near[0])} is a {near[0]:%A}.'
        fitting = [day for day in days if day.weekday() == weekday]
        if fitting:
            message += f" It is a {fitting[0]:%A} in {fitting[0].year}."
        fits = Period.from_edtf(f"{fitting[0].year:04}") if fitting else None
        yield Clue(Span(match.start(), match.start() + len(words)), message, fits)


def _years_about(published: date) -> list[int]:
    """Return years in the order of their distance from the publication."""
    years = range(max(1, published.year - _YEARS), min(MAXYEAR, published.year + _YEARS) + 1)
    return sorted(years, key=lambda year: (abs(year - published.year), year))


def _dateline_clues(doc: Doc, published: date) -> Iterator[Clue]:
    """Find "CAIRO, Aug 22 (AFP)" where that is not about the day of publication."""
    for match in _DATELINE.finditer(doc.text, 0, _LEDE):
        month, number = _index(MONTHS, match["month"]) + 1, int(match["day"])
        years = [int(match["year"])] if match["year"] else _years_about(published)[:3]
        days = [day for year in years if (day := day_of(year, month, number))]
        if not days:
            continue
        day = min(days, key=lambda each: abs(each - published))
        if not -_NEAR <= (published - day).days <= _NEAR:
            fits = Period.of(day, day + timedelta(days=_NEAR))
            message = (
                f'The dateline\'s "{match["date"]}" does not fit {_day_words(published)}. Dates '
                f"that fit: {_period_words(fits)}."
            )
            yield Clue(Span(*match.span("date")), message, fits)


def _first_weekday(doc: Doc) -> tuple[int, ...]:
    """Return the weekday of the first past happening that is given one."""
    for match in PATTERNS["weekday"].finditer(doc.text, 0, _LEDE):
        words = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if not (match["relation"] or match["plural"] or match["week"] or match["ago"]) and (
            match["weekday"][0].isupper() and words and tense_at(words.root)[0] is Tense.PAST
        ):
            return (_index(WEEKDAYS, match["weekday"]),)
    return ()


def _index(names: tuple[str, ...], word: str) -> int:
    short = word.lower()[:3]
    return next(number for number, name in enumerate(names) if name.startswith(short))


def _day_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _period_words(period: Period) -> str:
    """Return "7 August to 7 September 2024", or "from 1 January 2025"."""
    first, last = period.first, period.last
    if period.stands:
        return f"from {_day_words(first)}"
    if first == last:
        return _day_words(first)
    start = f"{first.day} {first:%B}" if first.year == last.year else _day_words(first)
    return f"{start} to {_day_words(last)}"
