"""Who wants, claims or does what on which ground, since when, and by whose word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from components.model.event import Kind, Mode

if TYPE_CHECKING:
    from datetime import date

    from components.model.event import Basis
    from components.model.period import Period
    from components.model.place import Names


_PRESENCE = frozenset({Kind.DEPLOYMENT, Kind.ADVANCE})


class Subject(StrEnum):
    """What a position is about; on one subject, one ground and one party, a later one counts."""

    TROOPS = "troops"
    ARMS = "arms and routes"
    PASSAGE = "passage"
    TERMS = "terms"


@dataclass(frozen=True)
class Party:
    """Somebody who takes positions.

    Attributes
    ----------
    id : str
        Of the list of parties; `name:` and the name itself for one who is not on it.
    aliases : tuple of str
        How articles call it; `*` stands for any words.
    listed : bool
        Whether it is on the list of parties.
    """

    id: str
    names: Names
    aliases: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True)
class Ground:
    """What a position is about: a corridor, the border, or one crossing.

    Attributes
    ----------
    id : str
        The layer's id, or the crossing's.
    layer : str
        Id of the layer.
    place : str or None
        Id of the crossing.
    """

    id: str
    layer: str
    place: str | None
    names: Names


@dataclass(frozen=True)
class Statement:
    """One event, as one article tells it, read as the position of one party on one ground.

    Attributes
    ----------
    event : str
        Id of the event; it leads to the sentence.
    when : str
        The same as `days`, in words that are as exact as the article.
    days : Period
        When the position was taken, as exactly as it is known. What is said, planned or denied
        was so on the day of publication, whatever day it speaks of.
    published : date
        Before this day nobody could know it from this article.
    stance : str
        The same words are the same stance; other ones on the same subject contradict it.
    one, many : str
        What a party, or several, say or do in plain words: "wants Israel out", "want Israel out".
    whose : str
        Id of the party whose troops it is about; empty when that is not known, or not troops.
    due : Period or None
        When what is planned is to be.
    superseded, superseded_in_hindsight : date or None
        The first day on which a later one that contradicts it is known; None while none does.
    sources : tuple of str
        Whose word it is, as the article puts it; empty for its own narration.
    named : bool
        Whether the article names the ground, or the border that it lies along.
    said : bool
        Whether the party is only the one who says so, and nobody is named who acts.
    basis : Basis
        Whether the article states the ground or it follows from the context.
    """

    event: str
    party: Party
    ground: Ground
    subject: Subject
    kind: Kind
    mode: Mode
    stance: str
    one: str
    many: str
    title: str
    when: str
    days: Period
    published: date
    publisher: str
    article: str
    basis: Basis
    whose: str = ""
    due: Period | None = None
    sources: tuple[str, ...] = ()
    named: bool = True
    said: bool = False
    superseded: date | None = None
    superseded_in_hindsight: date | None = None

    @property
    def order(self) -> tuple[date, date, date, bool, bool, str, str, str]:
        """Sorts by time, whatever order they came in; of one time, the plainest last."""
        return (
            self.days.last,
            self.days.first,
            self.published,
            self.named,
            self.mode is not Mode.PLANNED,
            self.event,
            self.party.id,
            self.ground.id,
        )

    def known_from(self, *, hindsight: bool) -> date:
        """Return the first day on which it counts; with hindsight it need not be published yet."""
        return self.days.first if hindsight else max(self.days.first, self.published)

    def stands_on(self, day: date, *, hindsight: bool) -> bool:
        """Return whether it is known on a day and no later one has superseded it by then."""
        over = self.superseded_in_hindsight if hindsight else self.superseded
        return self.known_from(hindsight=hindsight) <= day and (over is None or day < over)

    def contradicts(self, other: Statement) -> bool:
        """Return whether it is certainly later and says otherwise on the same matter.

        Having troops somewhere, or saying so, takes back no wish to have them there.
        """
        if self.stance == other.stance or self.days.first <= other.days.last:
            return False
        wished = other.mode is Mode.DEMANDED and self.mode not in {Mode.DEMANDED, Mode.PLANNED}
        return not (wished and {self.kind, other.kind} <= _PRESENCE)


@dataclass(frozen=True)
class Position:
    """What a party is known to want, claim or do on a ground, as of a day.

    Attributes
    ----------
    told : tuple of Statement
        All that say the same, the latest first; never empty.
    older : tuple of Position
        What it superseded, the latest first.
    """

    told: tuple[Statement, ...]
    older: tuple[Position, ...] = ()

    @property
    def latest(self) -> Statement:
        """The statement that says it last."""
        return self.told[0]

    @property
    def since(self) -> Statement:
        """The statement that says it first; of several of one day, the one that says it best."""
        return min(self.told, key=lambda one: one.days.first)

    @property
    def since_words(self) -> str:
        """Since when it is known to be held, or when it was done."""
        first = self.since
        held = first.mode not in {Mode.HAPPENED, Mode.ONGOING} and not first.when.startswith("by ")
        return f"since {first.when}" if held else first.when

    @property
    def id(self) -> str:
        """The same as long as the party says the same."""
        one = self.latest
        return f"{one.party.id}|{one.ground.id}|{one.subject}|{one.whose}|{one.stance}"

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who published it, each once."""
        return tuple(dict.fromkeys(one.publisher for one in self.told))
