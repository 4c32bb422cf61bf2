"""What one sentence tells of an event, and what the article told before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from components.model.event import Basis, Kind, Mention, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from spacy.tokens import Doc, Token

    from components.model.event import Actor, Attribution, Mode, Quantity
    from components.text.actors import Peoples
    from components.text.dating import When
    from components.text.kinds import Predication
    from components.text.reading import Named, Said, Span

VIOLENT = frozenset({Kind.ATTACK, Kind.CASUALTIES})
FAR = 60  # places, people and events that later words may still mean
_DEFINITE = frozenset({"the", "that", "this", "those", "these", "both"})
_LEADING_THE = re.compile(r"^the ")


@dataclass
class Account:
    """An event as it is being made out.

    Attributes
    ----------
    number : int
        Of its sentence.
    said : tuple of Said
        Who says so.
    dated : bool
        By words of its own, or of the event that it goes on to speak of.
    days : tuple of When
        By words of its own.
    ways : frozenset of int
        Words that are the place, though they stand as the doer: "the crossing reopened".
    spots : frozenset of int
        Words that name a place which is no country.
    hurt : Predication or None
        What tells of the hurt beside the dead.
    """

    predication: Predication
    sentence: Span
    number: int
    mode: Mode
    why: str
    said: tuple[Said, ...]
    when: When
    dated: bool
    days: tuple[When, ...]
    places: list[Mention]
    ways: frozenset[int] = frozenset()
    spots: frozenset[int] = frozenset()
    hurt: Predication | None = None
    actors: list[Actor] = field(default_factory=list)
    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    evidence: list[Span] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return self.predication.kind

    @property
    def event_places(self) -> set[str]:
        """Where it was, folded."""
        return {
            _LEADING_THE.sub("", one.name.casefold())
            for one in self.places
            if one.role is Role.EVENT
        }

    @property
    def definite(self) -> bool:
        """Whether its noun points back: "the meetings"."""
        word = self.predication.word
        return word.pos_ == "NOUN" and is_definite(word)

    @property
    def is_total(self) -> bool:
        """Whether it is a running total: "have been killed"."""
        return self.kind is Kind.CASUALTIES and is_perfect(self.predication.verb)

    def places_of(self, other: Account, basis: Basis) -> None:
        """Take the places of another event."""
        self.places += [replace(one, basis=basis) for one in other.places if one.role is Role.EVENT]


@dataclass
class Story:
    """An article, and what has been read of it so far.

    Attributes
    ----------
    text, plain : str
        As written, and as parsed; offsets hold in both.
    accounts : list of Account
        Each event once, in order.
    earlier : list of Named
        Places of the sentences before, the latest last.
    people : list of Token
        Subjects of the sentences before, the latest last.
    """

    doc: Doc
    text: str
    plain: str
    published: date
    publisher: str
    peoples: Peoples
    accounts: list[Account] = field(default_factory=list)
    earlier: list[Named] = field(default_factory=list)
    people: list[Token] = field(default_factory=list)

    @property
    def latest(self) -> list[Account]:
        """The events that later words may still speak of."""
        return self.accounts[-FAR:]

    def as_written(self, words: str, near: Span) -> str:
        """Return words of the parsed text with the article's own spaces and quotes."""
        at = self.plain.find(words, near.start, near.stop)
        return self.text[at : at + len(words)] if at >= 0 else words

    def tokens(self, span: Span) -> tuple[Token, ...]:
        """Return the words of a span."""
        return tuple(self.doc.char_span(span.start, span.stop, alignment_mode="expand") or ())

    def root(self, span: Span) -> Token | None:
        """Return the word that a span's others hang on."""
        found = self.doc.char_span(span.start, span.stop, alignment_mode="expand")
        return found.root if found is not None and len(found) else None


def is_verb(token: Token) -> bool:
    """Return whether a word is a verb."""
    return token.pos_ in {"VERB", "AUX"}


def is_definite(noun: Token) -> bool:
    """Return whether a noun points back to what was told: "the strike"."""
    return any(child.lower_ in _DEFINITE and child.dep_ == "det" for child in noun.children)


def is_perfect(verb: Token) -> bool:
    """Return whether a verb is in the perfect: "have been killed"."""
    return any(child.lower_ in {"has", "have"} and child.dep_ == "aux" for child in verb.children)


def heads_above(token: Token, deep: int) -> Iterator[Token]:
    """Yield what a word hangs on, up to the root or so many steps."""
    at = token
    for _ in range(deep):
        if at.head.i == at.i:
            return
        at = at.head
        yield at
