"""Events of two articles that are one and the same by a reviewer's word, or may be."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from components.model.draft import Act
from components.model.event import Mode
from components.model.layer import Layer
from components.model.period import Period
from components.model.world import Fault, Likeness, PlacedEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from components.model.article import Article
    from components.model.event import Actor, Event
    from components.model.place import Place
    from components.model.world import UnplacedEvent

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4
_A_WEEK = timedelta(weeks=1)
# Words of actors' names that say what somebody is, not who.
_COMMON = frozenset(
    "armed army authorities delegation fighters force forces"  # noqa: SIM905 (a line each is long)
    " former government group gunmen health medics militants military minister ministry office"
    " officer officers official officials palace people person police president prime said"
    " secretary security senior soldiers source sources spokesman spokesperson spokeswoman state"
    " tanks their troops united with".split()
)


def united(articles: Iterable[Article]) -> tuple[tuple[Event, ...], tuple[Fault, ...]]:
    """Return the accepted events of all articles, those that are the same as one.

    The one is the last of the chain of `same_as`, where a chain goes in a circle the one whose id
    comes first; the others stand in its `also`, each as its own article tells it.

    Returns
    -------
    tuple of Event
        In the order of time.
    tuple of Fault
        One for each event that is said to be the same as one that is not there; it stands alone.
        So does one that is the same as a draft, which is no fault.
    """
    articles = tuple(articles)
    names = _Names.of(articles)
    events: dict[str, Event] = {}
    where: dict[str, str] = {}
    for article in articles:
        for number, event in enumerate(article.events, start=1):
            events[event.id] = event
            where[event.id] = f"{article.id}.json, event {number}"
    same = {
        event.id: names.now(event.same_as) for event in events.values() if event.same_as is not None
    }
    told = defaultdict(list)
    faults = []
    for event in events.values():
        told[_root(event.id, same, events)].append(event)
        # A draft may still be accepted, and then they are one.
        if event.id in same and same[event.id] not in names.standing:
            message = (
                f"same_as {event.same_as!r} is no event or draft, so this one stands alone."
                " Correct the id, or take same_as out."
            )
            faults.append(Fault(where[event.id], message))
    ones = (
        replace(
            events[root],
            also=tuple(sorted((one for one in group if one.id != root), key=lambda one: one.order)),
        )
        for root, group in told.items()
    )
    return tuple(sorted(ones, key=lambda event: event.order)), tuple(faults)


def decided(articles: Iterable[Article]) -> Iterator[frozenset[str]]:
    """Return the pairs of events that a reviewer said are the same, or are not."""
    articles = tuple(articles)
    names = _Names.of(articles)
    for article in articles:
        for change in article.log:
            if change.other is not None and change.act in {Act.APART, Act.MERGED}:
                yield frozenset({names.now(change.draft), names.now(change.other)})


def ids_now(articles: Iterable[Article]) -> Callable[[str], str]:
    """Return a function from an id that an event once had to the one that it has now."""
    return _Names.of(articles).now


@dataclass(frozen=True)
class _Names:
    """What became of ids: an event that is edited or merged may have another by now."""

    standing: frozenset[str]
    became: Mapping[str, str]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Self:
        standing: set[str] = set()
        became: dict[str, str] = {}
        for article in articles:
            standing.update(event.id for event in article.events)
            standing.update(draft.event.id for draft in article.drafts)
            for change in article.log:
                gone = change.act is Act.EDITED or (
                    change.act is Act.MERGED and change.after is None
                )
                if gone and change.other is not None:
                    became[change.draft] = change.other
        return cls(frozenset(standing), became)

    def now(self, event_id: str) -> str:
        """Return the id that an event has now; its own when nothing is known of it."""
        passed = {event_id}
        while event_id not in self.standing:
            following = self.became.get(event_id)
            if following is None or following in passed:
                break
            event_id = following
            passed.add(event_id)
        return event_id


def _root(event_id: str, same: Mapping[str, str], events: Mapping[str, Event]) -> str:
    """Return the id of the event that a chain of the same ends at."""
    chain = [event_id]
    while (following := same.get(chain[-1])) is not None and following in events:
        if following in chain:
            return min(chain[chain.index(following) :])
        chain.append(following)
    return chain[-1]


def likenesses(
    outcomes: Iterable[PlacedEvent | UnplacedEvent], decided_on: Iterable[frozenset[str]]
) -> Iterator[Likeness]:
    """Find events of two articles that have kind, place, days and somebody who acts in common.

    A demand is like another demand only. Somebody who acts is not asked for where one of the two
    names nobody.

    Parameters
    ----------
    outcomes : iterable of PlacedEvent or UnplacedEvent
        Events and drafts; those that are united already are one.
    decided_on : iterable of frozenset of str
        Ids of two events that a reviewer has compared; they are not proposed again.
    """
    settled = set(decided_on)
    by_place: dict[tuple[str, ...], list[tuple[Event, Place | Layer]]] = defaultdict(list)
    for one in outcomes:
        for target in _targets(one):
            room = "layer" if isinstance(target, Layer) else "place"
            demand = str(one.event.mode is Mode.DEMANDED)
            by_place[one.event.kind, demand, room, target.id].append((one.event, target))
    proposed: set[frozenset[str]] = set()
    for standing in by_place.values():
        standing.sort(key=lambda one: (_days(one[0]).first, one[0].id))
        for number, (event, target) in enumerate(standing):
            for other, _ in standing[number + 1 :]:
                # Sorted by the first day, so that no later one can meet it either.
                if _days(other).first > _days(event).last:
                    break
                pair = frozenset({event.id, other.id})
                if pair in proposed or _articles(event) & _articles(other):
                    continue
                if _settled(event, other, settled):
                    continue
                shared = _shared(event.actors, other.actors)
                if shared or not event.actors or not other.actors:
                    proposed.add(pair)
                    first, second = sorted(pair)
                    yield Likeness(first, second, _reason(event, other, target, shared))


def _days(event: Event) -> Period:
    """Return the days of an event; one whose start is not known would meet all before it."""
    period = event.period
    if not period.opens or period.stands:
        return period
    return Period.of(max(date.min + _A_WEEK, period.last) - _A_WEEK, period.last)


def _targets(one: PlacedEvent | UnplacedEvent) -> tuple[Place | Layer, ...]:
    """Return where an event stands, or is likely to."""
    if isinstance(one, PlacedEvent):
        return tuple({site.target.id: site.target for site in one.sites}.values())
    return () if one.likely is None else (one.likely,)


def _articles(event: Event) -> set[str]:
    """Return the articles that tell an event."""
    return {one.evidence[0].article for one in (event, *event.also)}


def _settled(event: Event, other: Event, settled: set[frozenset[str]]) -> bool:
    """Return whether a reviewer has compared the two, or what they are united with."""
    return any(
        frozenset({one.id, two.id}) in settled
        for one in (event, *event.also)
        for two in (other, *other.also)
    )


def _shared(actors: Iterable[Actor], others: Iterable[Actor]) -> tuple[str, ...]:
    """Return the names of actors that others may mean too ("Israeli military", "Israel")."""
    words = {word for other in others for word in _names(other)}
    return tuple(
        dict.fromkeys(
            actor.name
            for actor in actors
            if any(
                one.startswith(two) or two.startswith(one) for one in _names(actor) for two in words
            )
        )
    )


def _names(actor: Actor) -> set[str]:
    """Return the words of an actor's name that say who it is; the whole name when none does."""
    words = (word.casefold() for word in _WORD.findall(actor.name))
    telling = {word for word in words if len(word) >= _SHORTEST} - _COMMON
    return telling or {actor.name.casefold().replace(".", "")}


def _reason(event: Event, other: Event, target: Place | Layer, shared: tuple[str, ...]) -> str:
    """Return in words what two events have in common."""
    days = _days(event).within(_days(other))
    actors = f"both name {', '.join(shared)}" if shared else "one of them does not say who acts"
    when = f", {days.words}" if days else ""
    return f"Both are {event.kind} at {target.names.en}{when}; {actors}."
