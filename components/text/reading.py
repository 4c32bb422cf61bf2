"""What each step of the reader finds: words of the article, and what they were taken to mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.model.event import Event


@dataclass(frozen=True, order=True)
class Span:
    """Half-open character offsets into the article's text."""

    start: int
    stop: int

    def of(self, text: str) -> str:
        """Return the words it stands for."""
        return text[self.start : self.stop]

    def has(self, other: Span) -> bool:
        """Return whether `other` lies wholly inside it."""
        return self.start <= other.start and other.stop <= self.stop


@dataclass(frozen=True)
class Dated:
    """A time expression.

    Attributes
    ----------
    edtf : str or None
        The days it may mean; None for one that names no days ("months", "currently").
    timex_type, timex_value : str
        As TimeML's TIMEX3 has them: DATE, TIME, DURATION or SET; an ISO 8601 value.
    rule : str
        Plain English: how the words became the date.
    """

    span: Span
    text: str
    edtf: str | None
    timex_type: str
    timex_value: str
    rule: str


class Use(StrEnum):
    """How a place's name is used. Only a `LITERAL` one can say where an event was."""

    LITERAL = "literal"
    ASSOCIATIVE = "associative"
    DEMONYM = "demonym"
    BYLINE = "byline"


@dataclass(frozen=True)
class Named:
    """A mention of a place.

    Attributes
    ----------
    text : str
        As written, without "the".
    name : str
        The name to look up: "Egypt" for "Egyptian", "Gaza" for "Gaza's".
    within : str or None
        The larger place that the text itself puts it in: "Texas" in "Paris, Texas".
    """

    span: Span
    text: str
    use: Use
    name: str
    within: str | None = None


@dataclass(frozen=True)
class PlaceNames:
    """Names to look for; handed in, since this room knows no land.

    Attributes
    ----------
    curated : frozenset of str
        Names that always mean the place ("Philadelphi Corridor"), in any case.
    world : frozenset of str
        Folded (`str.casefold`) names of the world's countries, provinces and cities; some are
        words or surnames too, so that only the context tells.
    demonyms : mapping of str to str
        "Egyptian" to "Egypt".
    """

    curated: frozenset[str]
    world: frozenset[str]
    demonyms: Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """Who says so.

    Attributes
    ----------
    source : Span or None
        The words for who says so; None when there are none ("it was reported").
    cue : Span
        "said", "according to".
    content : Span
        What is said.
    name : str
        Who that is, looked up in the article where the words only point back: "two Egyptian
        security sources" for "they".
    """

    source: Span | None
    cue: Span
    content: Span
    name: str


class Stance(StrEnum):
    """How a predicate is put. The last two are no events, and are counted as passed over."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    DEMANDED = "demanded"
    CLAIMED = "claimed"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"


@dataclass(frozen=True)
class Found:
    """An event that the reader made out, before anybody has reviewed it.

    Attributes
    ----------
    rule : str
        Plain English: why this is an event of that kind, and in that mode.
    """

    event: Event
    rule: str


@dataclass(frozen=True)
class PassedOver:
    """Words that speak of an event that is none ("to secure a ceasefire"), and why."""

    span: Span
    reason: str


@dataclass(frozen=True)
class Reading:
    """All that the reader understood of one article."""

    sentences: tuple[Span, ...]
    dateline: Span | None = None
    byline: Span | None = None
    dates: tuple[Dated, ...] = ()
    places: tuple[Named, ...] = ()
    attributions: tuple[Said, ...] = ()
    events: tuple[Found, ...] = ()
    passed_over: tuple[PassedOver, ...] = field(default=())
