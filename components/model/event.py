"""What an article says happened, is planned, is demanded or is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from components.model.article import Evidence
    from components.model.period import Period


class Theme(StrEnum):
    """A family of kinds that a visitor shows or hides together."""

    DIPLOMACY = "diplomacy"
    FORCES = "forces"
    WAR = "war"
    SMUGGLING = "smuggling"


class Kind(StrEnum):
    """What sort of event it is."""

    TALKS = "talks"
    PROPOSAL = "proposal"
    MEDIATION = "mediation"
    VISIT = "visit"
    APPEAL = "appeal"
    DEPLOYMENT = "deployment"
    WITHDRAWAL = "withdrawal"
    ADVANCE = "advance"
    ATTACK = "attack"
    WAR = "war"
    ARMS = "arms"
    CLOSURE = "closure"
    OPENING = "opening"
    CASUALTIES = "casualties"

    @property
    def theme(self) -> Theme:
        """The family it is shown and hidden with."""
        return _THEMES[self]


_THEMES = {
    Kind.TALKS: Theme.DIPLOMACY,
    Kind.PROPOSAL: Theme.DIPLOMACY,
    Kind.MEDIATION: Theme.DIPLOMACY,
    Kind.VISIT: Theme.DIPLOMACY,
    Kind.APPEAL: Theme.DIPLOMACY,
    Kind.DEPLOYMENT: Theme.FORCES,
    Kind.WITHDRAWAL: Theme.FORCES,
    Kind.ADVANCE: Theme.FORCES,
    Kind.ATTACK: Theme.WAR,
    Kind.WAR: Theme.WAR,
    Kind.ARMS: Theme.SMUGGLING,
    Kind.CLOSURE: Theme.SMUGGLING,
    Kind.OPENING: Theme.SMUGGLING,
    Kind.CASUALTIES: Theme.WAR,
}


class Mode(StrEnum):
    """How the article puts it: as a fact, a plan, a demand or somebody's claim."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    DEMANDED = "demanded"
    CLAIMED = "claimed"
    DENIED = "denied"


class Basis(StrEnum):
    """Why an event is tied to a place.

    `STATED` is in the words; `INFERRED` follows from the context; `GUESSED` is only likely,
    so the event gets no mark on the map.
    """

    STATED = "stated"
    INFERRED = "inferred"
    GUESSED = "guessed"


class Role(StrEnum):
    """What a place is to an event. Only an `EVENT` place puts it on the map."""

    EVENT = "event"
    TOPIC = "topic"
    DESTINATION = "destination"


class Scope(StrEnum):
    """Whether a source vouches for the event or for its figures only."""

    EVENT = "event"
    FIGURE = "figure"


@dataclass(frozen=True)
class Actor:
    """Who takes part, and as what ("participant", "mediator", "demands", "target", ...)."""

    name: str
    role: str


@dataclass(frozen=True)
class Mention:
    """A place as the article names it.

    Attributes
    ----------
    at : str or None
        Which place is meant, where the name alone does not say: the id of a place of the
        gazetteer, or `lon,lat,radius_m` when a reviewer chose it on the map (WGS 84 degrees,
        metres). None: the one that the gazetteer finds under the name.
    """

    name: str
    role: Role
    basis: Basis
    at: str | None = None


@dataclass(frozen=True)
class Attribution:
    """Who says so. `cue` holds the article's words for it; None is the reporter's narration."""

    source: str
    cue: str | None
    scope: Scope


@dataclass(frozen=True)
class Quantity:
    """A figure with its hedge kept.

    Attributes
    ----------
    value : int
        The number without its hedge.
    unit : str
        What is counted, in plain words ("people killed").
    hedge : str or None
        "about" or "more than" as meant by the article.
    words : str
        As written; part of the evidence.
    """

    value: int
    unit: str
    hedge: str | None
    words: str


@dataclass(frozen=True)
class Event:
    """One event; its evidence is never empty.

    Attributes
    ----------
    id : str
        `article:start-stop:kind` of the first evidence: stable, and says what it is.
    title : str
        Neutral plain English, by the reviewer.
    period : Period
        The days it may have happened on.
    date_words : str or None
        The article's words for the date; None when it gives none.
    date_reason : str
        How the words became the period.
    same_as : str or None
        Id of the event of another article that a reviewer said it is.
    also : tuple of Event
        The same event as other articles tell it, each with its own evidence and figures; a
        reviewer said that they are the same.
    """

    id: str
    kind: Kind
    mode: Mode
    title: str
    actors: tuple[Actor, ...]
    places: tuple[Mention, ...]
    period: Period
    date_words: str | None
    date_reason: str
    attributions: tuple[Attribution, ...]
    quantities: tuple[Quantity, ...]
    evidence: tuple[Evidence, ...]
    same_as: str | None = None
    also: tuple[Event, ...] = ()

    @property
    def when(self) -> str:
        """Its days in plain English; what is only planned is not said to stand since then."""
        if self.mode is Mode.PLANNED and self.period.stands and not self.period.opens:
            return f"from {self.period.start_words} on"
        return self.period.words

    @property
    def order(self) -> tuple[date, date, str, int]:
        """Sorts events by time; of one time, as the articles tell them."""
        first = self.evidence[0]
        return (*self.period.order, first.article, first.start)
