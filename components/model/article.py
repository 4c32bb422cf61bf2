"""An article, word for word, and the spans of it that are evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from components.model.draft import Change, Draft
    from components.model.event import Event


@dataclass(frozen=True)
class Evidence:
    """A span of an article that states an event.

    Attributes
    ----------
    article : str
        Id of the article.
    start, stop : int
        Half-open character offsets into the article's text.
    quote : str
        `text[start:stop]`, checked when the article is read.
    """

    article: str
    start: int
    stop: int
    quote: str


@dataclass(frozen=True)
class Article:
    """A news article with what a person stated about it.

    Attributes
    ----------
    id : str
        File name without its ending.
    text : str
        Every character of the file, unchanged.
    published : date
        Stated by a person, never guessed; `published_reason` says why that day.
    sha256 : str
        Of the file's bytes.
    events : tuple of Event
        The accepted events.
    drafts : tuple of Draft
        What the reader found and nobody has accepted.
    log : tuple of Change
        Who decided what and when, in that order.
    version : str
        sha256 of the sidecar's bytes as they were read; empty for one that was never written.
    """

    id: str
    text: str
    headline: str
    publisher: str
    dateline: str | None
    byline: str | None
    url: str | None
    published: date
    published_reason: str
    sha256: str
    events: tuple[Event, ...]
    drafts: tuple[Draft, ...] = ()
    log: tuple[Change, ...] = ()
    version: str = field(default="", compare=False)
