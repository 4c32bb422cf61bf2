"""Sentences that partition an article, and its dateline and byline apart."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from components.text.grammar import dateline, is_byline, lines
from components.text.reading import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FRONT = 12  # lines with words; a dateline or a byline that comes later is part of the article
_CREDITS = re.compile(
    r"[(\[](?P<words>(?:(?i:additional|with)\s+)?(?i:reporting|writing|editing|compiled|written)"
    r"\s+by\s[^()\[\]]{1,600})[)\]]"
)
_AGENCY = re.compile(r",?\s*\([^()]*\)[\s:_-]*$|[\s:_-]+$")


def find_sentences(doc: Doc) -> tuple[Span, ...]:
    """Return the sentences of an article, which partition its text.

    A headline, a dateline and a byline are sentences of their own. The white space after a
    sentence, or a bullet before it, belongs to it.
    """
    byline = find_byline(doc)
    edges = []
    bare = True
    for sentence in doc.sents:
        inside = byline is not None and byline.start < sentence.start_char < byline.stop
        # What has no word is a bullet or a stray mark: it opens the next sentence.
        if not bare and not inside:
            edges.append(sentence.start_char)
        bare = not any(character.isalnum() for character in sentence.text)
    ends = pairwise([0, *edges, len(doc.text)])
    return tuple(Span(start, stop) for start, stop in ends if start < stop)


def find_dateline(doc: Doc) -> Span | None:
    """Return where and when an article says that it was written, without the agency.

    "CAIRO" for "CAIRO (Reuters) - ", "GAZA/JERUSALEM, Aug 22" with its day.
    """
    text = doc.text
    for start, stop in _front(text):
        found = dateline(text, start, stop)
        if found and (words := _AGENCY.sub("", found[0]).strip()):
            return _words_at(text, words, start)
    return None


def find_byline(doc: Doc) -> Span | None:
    """Return who wrote, reported or edited an article, without brackets.

    What stands at its end in brackets comes first: "(Reporting by X; Editing by Y)"; then a line
    such as "By X and Y" at its top, then "AP writer X in Cairo contributed to this report."
    """
    text = doc.text
    credits_ = [*_CREDITS.finditer(text)]
    if credits_:
        return Span(*credits_[-1].span("words"))
    for start, stop in (*_front(text), *reversed([*lines(text)][-_FRONT:])):
        words = text[start:stop].strip()
        if is_byline(words):
            return _words_at(text, words, start)
    return None


def _words_at(text: str, words: str, start: int) -> Span:
    """Return where words stand first, from a position on."""
    found = text.index(words, start)
    return Span(found, found + len(words))


def _front(text: str) -> list[tuple[int, int]]:
    """Return the first lines of a text that have words."""
    front: list[tuple[int, int]] = []
    for start, stop in lines(text):
        if text[start:stop].strip():
            front.append((start, stop))
        if len(front) == _FRONT:
            break
    return front
