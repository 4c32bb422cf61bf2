"""What is known: articles, land, events in their places, and the ties between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from components.model.article import Article
    from components.model.event import Basis, Event, Mention, Role
    from components.model.layer import Layer
    from components.model.period import Period
    from components.model.place import Place
    from components.model.position import Party, Statement
    from components.model.table import EventTable


@dataclass(frozen=True)
class Fault:
    """What is wrong with a record, in words that say what to do.

    Attributes
    ----------
    where : str
        File, and the record in it.
    message : str
        What was found, what was expected, what to do.
    rejected_events, rejected_drafts : int
        Events and drafts that are left out because of it.
    """

    where: str
    message: str
    rejected_events: int = 0
    rejected_drafts: int = 0

    def __str__(self) -> str:
        """Return the whole message."""
        return f"{self.where}: {self.message}"


def shown_name(name: str) -> str:
    """Return a file's name as text that can be shown: a name that is not UTF-8 is another then."""
    return name.encode(errors="backslashreplace").decode()


@dataclass(frozen=True)
class Site:
    """Where an event stands: a gazetteer place or a layer, and the mention that says so."""

    mention: Mention
    target: Place | Layer


@dataclass(frozen=True)
class PlacedEvent:
    """An event with at least one site."""

    event: Event
    sites: tuple[Site, ...]


@dataclass(frozen=True)
class UnplacedEvent:
    """An event with no honest mark on the map, and why.

    `likely` is where context points to without saying so; it is told, not drawn as a place.
    """

    event: Event
    reason: str
    likely: Place | Layer | None


class How(StrEnum):
    """What ties an event to a footprint."""

    NAMED = "named"
    INSIDE = "inside"
    NEAR = "near"


@dataclass(frozen=True)
class Link:
    """A tie between an event and a footprint that stood on one of the event's days.

    Attributes
    ----------
    footprint : str or None
        Id of the footprint; None when the layer is named but no footprint stood then.
    distance_m : float or None
        Geodesic metres to the footprint's edge; 0 inside; None when named.
    role : Role
        What the place is to the event.
    basis : Basis
        Whether the article states the place or it follows from the context.
    """

    event: str
    layer: str
    footprint: str | None
    how: How
    distance_m: float | None
    role: Role
    basis: Basis


@dataclass(frozen=True)
class Recorded:
    """An event of the table, opened: at its point, with its sentence and its ties."""

    placed: PlacedEvent
    article: Article
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Likeness:
    """Two events of two articles that may be one and the same, by their ids, and why."""

    first: str
    second: str
    reason: str


@dataclass(frozen=True)
class World:
    """All that is known, whatever the visitor chose.

    Attributes
    ----------
    events : tuple of Event
        Every accepted event, in the order of time; those that are the same are one, with `also`.
    table : EventTable
        Recorded events, as many as there are; none of them is in the tuples.
    events_span : Period
        From the first to the last day of an event that is known.
    record_span : Period
        The same for events, footprints, who held them, and the days on which articles appeared.
    drafts : tuple
        What the reader found and nobody has decided on yet; vanished drafts are not among it.
    same : tuple of Likeness
        Events and drafts that a reviewer may want to unite.
    parties : tuple of Party
        Who is on the list of parties, in its order.
    statements : tuple of Statement
        Every accepted event that states a position, once a party, a ground and an article.
    silent : frozenset of str
        Ids of the events that are about a corridor, the border or a crossing and state none.
    elsewhere : frozenset of str
        Ids of the events that would state one, were they about one of these by name.
    """

    articles: tuple[Article, ...]
    events: tuple[Event, ...]
    layers: tuple[Layer, ...]
    places: tuple[Place, ...]
    placed: tuple[PlacedEvent, ...]
    unplaced: tuple[UnplacedEvent, ...]
    links: tuple[Link, ...]
    faults: tuple[Fault, ...]
    table: EventTable
    events_span: Period
    record_span: Period
    drafts: tuple[PlacedEvent | UnplacedEvent, ...] = ()
    same: tuple[Likeness, ...] = ()
    parties: tuple[Party, ...] = ()
    statements: tuple[Statement, ...] = ()
    silent: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()

    @property
    def outcomes(self) -> tuple[PlacedEvent | UnplacedEvent, ...]:
        """Every accepted event with where it stands, or why it does not."""
        return (*self.placed, *self.unplaced)

    def event(self, event_id: str) -> Event | None:
        """Return the accepted event that has this id, or that is united with the one that has."""
        return next(
            (
                event
                for event in self.events
                if event_id in {event.id, *(other.id for other in event.also)}
            ),
            None,
        )

    def publishers(self, event: Event) -> tuple[str, ...]:
        """Return who published it, each once: two of them are two publishers that say so."""
        by_article = {article.id: article.publisher for article in self.articles}
        told_in = (one.evidence[0].article for one in (event, *event.also))
        return tuple(dict.fromkeys(by_article[name] for name in told_in if name in by_article))
