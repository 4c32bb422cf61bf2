"""The reader: an article's text becomes sentences, dates, places, claims and draft events.

text --parsed--> doc --+--> sentences, dateline, byline
                       +--> dates        (times)
                       +--> places       (toponyms)
                       +--> who says so  (attribution)
                       +--> events, and what is none (kinds, stance, dating, locating, actors)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.text.attribution import find_attributions
from components.text.events import Findings, find_events
from components.text.grammar import parsed
from components.text.reading import Reading
from components.text.sentences import find_byline, find_dateline, find_sentences
from components.text.times import find_dates
from components.text.toponyms import find_places

if TYPE_CHECKING:
    from datetime import date

    from components.text.reading import PlaceNames


def read(text: str, *, published: date, article: str, publisher: str, names: PlaceNames) -> Reading:
    """Read an article, and say what was understood and why.

    Parameters
    ----------
    text : str
        The article, unchanged: all offsets count from its first character.
    published : date
        Stated by a person, never guessed.
    article : str
        Id that the events' ids begin with.
    publisher : str
        Who answers for what nobody else says.
    names : PlaceNames
        Names to look for.
    """
    doc = parsed(text)
    findings = Findings(
        sentences=find_sentences(doc),
        dateline=find_dateline(doc),
        byline=find_byline(doc),
        dates=find_dates(doc, published),
        places=find_places(doc, names),
        said=find_attributions(doc),
    )
    events, passed_over = find_events(
        doc,
        text,
        findings,
        published=published,
        article=article,
        publisher=publisher,
        names=names,
    )
    return Reading(
        sentences=findings.sentences,
        dateline=findings.dateline,
        byline=findings.byline,
        dates=findings.dates,
        places=findings.places,
        attributions=findings.said,
        events=events,
        passed_over=passed_over,
    )
