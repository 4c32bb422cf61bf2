"""Whose words an event rests on, as the article gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from components.model.event import Attribution, Mode, Scope
from components.text.arguments import arguments_of
from components.text.attribution import scope_of
from components.text.roles import denier_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from components.text.accounts import Account, Story
    from components.text.reading import Said

_LONGEST = 160  # characters of a source with its cue
_POINTS_BACK = re.compile(
    r"(?:he|she|it|they|(?:(?:one|two|some|both|all) of )?"
    r"(?:the|these|those|his|her) (?:two |three )?"
    r"(?:sources?|officials|diplomats|witnesses|residents|spokes\w+|statement|report))$",
    re.IGNORECASE,
)


def vouches(one: Said, word: Token) -> bool:
    """Return whether a source says what a word speaks of."""
    if one.cue.start <= word.idx < one.cue.stop:
        return False
    if one.source and one.source.start <= word.idx < one.source.stop:
        return False
    return one.content.start <= word.idx < one.content.stop


def attributions_of(account: Account, story: Story) -> tuple[Attribution, ...]:
    """Return who answers for an event and for its figures; the publisher when nobody else does."""
    if account.mode is Mode.DENIED and not account.said:
        found = tuple(_denials(account, story))
        if found:
            return found
    told = [
        (one, scope)
        for one in account.said
        if (scope := scope_of(one, story.doc)) is Scope.EVENT or account.quantities
    ]
    own = Attribution(f"{story.publisher}, in its own words", None, Scope.EVENT)
    narrated = () if any(scope is Scope.EVENT for _, scope in told) else (own,)
    return (
        *narrated,
        *(Attribution(_source(one, story), _cue(one, story), scope) for one, scope in told),
    )


def _denials(account: Account, story: Story) -> Iterator[Attribution]:
    """Find who denies doing something."""
    denier = denier_of(account.predication.word)
    for who in arguments_of(denier).agents[:1] if denier is not None else ():
        start, stop = who.left_edge.idx, who.idx + len(who)
        if denier is not None and who.i < denier.i:
            cue = story.text[start : denier.idx + len(denier)]
            yield Attribution(story.text[start:stop], cue, Scope.EVENT)


def _source(one: Said, story: Story) -> str:
    """Return a source as written, or as it was named where the words only point back."""
    if one.source is None:
        return one.name or "a source that is not named"
    written = one.source.of(story.text)
    back = _POINTS_BACK.match(written)
    return one.name if back and one.name else re.sub(r"\s+", " ", written)


def _cue(one: Said, story: Story) -> str:
    """Return the cue with its source where they touch: "medics said"."""
    if one.source is None:
        return one.cue.of(story.text)
    spans = sorted((one.source, one.cue))
    start, stop = spans[0].start, max(one.source.stop, one.cue.stop)
    between = story.text[spans[0].stop : spans[1].start].strip()
    whole = len(between) <= 1 and stop - start < _LONGEST
    return story.text[start:stop] if whole else one.cue.of(story.text)
