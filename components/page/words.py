"""Plain words for what an event says, and for what was done with it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from components.draw.record import metres_words
from components.text.review import find

if TYPE_CHECKING:
    from components.model.article import Article
    from components.model.draft import Change

_ID = re.compile(r"[\w-]+:\d+-\d+:[\w-]+")
_FILE = re.compile(r"(?:[^\s:]+/)?[\w-]+\.json\b")


def about(change: Change) -> str:
    """Return the title of what an entry of the log is about, before and after."""
    titles = [
        json.loads(record).get("title", "") if record else ""
        for record in (change.before, change.after)
    ]
    told = list(dict.fromkeys(title for title in titles if title))
    return " \N{RIGHTWARDS ARROW} ".join(told) or change.draft


def quoted(words: str) -> str:
    """Return words in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def plain(message: str, article: Article | None = None) -> str:
    """Return a message with titles for the ids of events, and without the names of files."""

    def title(found: re.Match[str]) -> str:
        event = find(article, found[0]) if article else None
        return quoted(event.title) if event else "The event"

    return _FILE.sub("the record", _ID.sub(title, message)).replace(", or null", ", or be empty")


def point_words(at: str) -> str:
    """Return a place that was chosen by a click in words; any other as it is."""
    parts = at.split(",")
    if len(parts) != 3:  # noqa: PLR2004  lon,lat,radius_m
        return at
    return f"the point {parts[0]}, {parts[1]}, within {metres_words(float(parts[2]))}"
