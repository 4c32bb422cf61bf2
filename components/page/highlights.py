"""An article's text in pieces, each with what the reader took its words for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from components.text.reading import Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from components.model.event import Event
    from components.model.layer import Layer
    from components.model.place import Place
    from components.text.reading import Reading


class What(StrEnum):
    """What words were taken for."""

    DATE = "date"
    PLACE = "place"
    ACTOR = "actor"
    CLAIM = "claim"


# Shown before the words; the legend explains them.
LABELS = {
    What.DATE: "when",
    What.PLACE: "where",
    What.ACTOR: "who",
    What.CLAIM: "says",
}
MEANINGS = {
    What.DATE: "a date or a time",
    What.PLACE: "a place",
    What.ACTOR: "somebody who takes part",
    What.CLAIM: "who says so, and the words for it",
}


@dataclass(frozen=True)
class Highlight:
    """Words, what they were taken for, and what they mean; half-open offsets."""

    start: int
    stop: int
    what: What
    meaning: str


def highlights(
    reading: Reading, targets: Sequence[Place | Layer | None], events: Iterable[Event], text: str
) -> tuple[Highlight, ...]:
    """Return what the reader marked in an article, in the order of the text.

    Parameters
    ----------
    targets : sequence
        The place that each of the reading's places means, in the same order.
    events : iterable of Event
        Their actors are marked where their evidence names them.
    """
    found = {*_of_reading(reading, targets), *_actors(events, text)}
    return tuple(sorted(found, key=lambda one: (one.start, -one.stop, one.what, one.meaning)))


def _of_reading(reading: Reading, targets: Sequence[Place | Layer | None]) -> Iterator[Highlight]:
    for date in reading.dates:
        meaning = f"{date.edtf or 'names no day'}: {date.rule}"
        yield Highlight(date.span.start, date.span.stop, What.DATE, meaning)
    for place, target in zip(reading.places, targets, strict=True):
        what = What.PLACE if place.use in {Use.LITERAL, Use.BYLINE} else What.ACTOR
        known = target.names.en if target else "not in the gazetteer"
        yield Highlight(place.span.start, place.span.stop, what, f"{place.use}: {known}")
    for said in reading.attributions:
        for span in (said.source, said.cue):
            if span:
                yield Highlight(span.start, span.stop, What.CLAIM, f"says so: {said.name}")


def _actors(events: Iterable[Event], text: str) -> Iterator[Highlight]:
    for event in events:
        names = _names(tuple(actor.name for actor in event.actors))
        for evidence in event.evidence if event.actors else ():
            for found in names.finditer(text, evidence.start, evidence.stop):
                yield Highlight(*found.span(), What.ACTOR, found[0])


@lru_cache(maxsize=4_096)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of any of some names as whole words, the longest that fits."""
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)", re.IGNORECASE)


def pieces(
    text: str,
    marks: Sequence[Highlight],
    evidence: Iterable[tuple[int, int]],
    current: Iterable[tuple[int, int]],
) -> list[dict[str, object]]:
    """Return the text cut wherever a mark or a piece of evidence begins or ends.

    The pieces put together are the text. Of marks that lie over each other the shortest gives a
    piece its look and its meaning; each sort of mark that begins with a piece gives it a label.

    Parameters
    ----------
    evidence, current : iterable of pairs of int
        Spans that are evidence of any event, and of the open one.
    """
    layers = {"evidence": tuple(evidence), "current": tuple(current)}
    # How many spans of a layer begin, less those that end, at an edge; and how many lie there.
    turns = {name: Counter(first for first, _ in layer) for name, layer in layers.items()}
    for name, layer in layers.items():
        turns[name].subtract(last for _, last in layer)
    lying = dict.fromkeys(layers, 0)
    spans = [(mark.start, mark.stop) for mark in marks]
    spans += [span for layer in layers.values() for span in layer]
    edges = sorted({0, len(text), *(min(edge, len(text)) for span in spans for edge in span)})
    told: list[dict[str, object]] = []
    following, over = 0, list[Highlight]()
    for start, stop in pairwise(edges):
        over = [mark for mark in over if mark.stop > start]
        while following < len(marks) and marks[following].start <= start:
            over += [marks[following]] if marks[following].stop > start else []
            following += 1
        inside_out = sorted(over, key=lambda mark: mark.stop - mark.start)
        inner = inside_out[0] if inside_out else None
        begun = dict.fromkeys(LABELS[mark.what] for mark in inside_out if mark.start == start)
        for name in layers:
            lying[name] += turns[name][start]
        told.append(
            {
                "text": text[start:stop],
                "start": start,
                "marks": sorted({mark.what.value for mark in ([inner] if inner else [])}),
                "label": " ".join(begun),
                "title": inner.meaning if inner else "",
            }
            | {name: count > 0 for name, count in lying.items()}
        )
    return told
