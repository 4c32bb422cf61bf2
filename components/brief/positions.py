"""From events to positions: who takes one, on which ground, and what a later one supersedes.

An event states a position when it is about a corridor, the border or a crossing, and somebody
demands, plans, claims, denies or does something there. Being at talks is none, unless the same
article calls the one who is there a mediator: then it seeks compromises. What merely lies in or
near a corridor says nothing about it: the article has to name the ground.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import compress, groupby
from operator import not_
from typing import TYPE_CHECKING

from components.brief.phrases import COMPROMISES, KINDS, phrase
from components.model.event import Basis, Kind, Mode, Role, Scope
from components.model.layer import Layer
from components.model.period import Period, day_words
from components.model.position import Ground, Position, Statement, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from components.brief.parties import PartyList
    from components.model.article import Article
    from components.model.event import Event, Mention
    from components.model.place import Place
    from components.model.position import Party

_SUBJECTS = {
    Kind.DEPLOYMENT: Subject.TROOPS,
    Kind.WITHDRAWAL: Subject.TROOPS,
    Kind.ADVANCE: Subject.TROOPS,
    Kind.ARMS: Subject.ARMS,
    Kind.OPENING: Subject.PASSAGE,
    Kind.CLOSURE: Subject.PASSAGE,
    Kind.PROPOSAL: Subject.TERMS,
    Kind.APPEAL: Subject.TERMS,
}
_BROKERED = frozenset({Kind.TALKS, Kind.MEDIATION, Kind.PROPOSAL})
# A plan, a claim or a denial is taken when it is published, whatever day it speaks of.
_OF_PUBLICATION = frozenset({Mode.PLANNED, Mode.CLAIMED, Mode.DENIED})
_LINES = "border"
_STRIPS = "corridor"
_CROSSING = "crossing"
_CROSSINGS = "crossings"
_TOUCHES_DEG = 1e-4  # about 10 m: the strip is drawn along the line, but for rounding

_DOERS = {
    Mode.DEMANDED: ("demands",),
    Mode.CLAIMED: ("claims",),
    Mode.DENIED: ("claims",),
    Mode.PLANNED: ("moves",),
    Mode.HAPPENED: ("moves", "said to act"),
    Mode.ONGOING: ("moves", "said to act"),
}
_DOERS_OF = {Kind.PROPOSAL: ("proposes",), Kind.APPEAL: ("urges",)}


class Reader:
    """Reads the events of articles as positions.

    Parameters
    ----------
    find : callable
        From a mention to the place or layer that it means, or None.
    layers : iterable of Layer
        The corridors, the border and the crossings are among them.
    """

    def __init__(
        self,
        parties: PartyList,
        layers: Iterable[Layer],
        find: Callable[[Mention], Place | Layer | None],
    ) -> None:
        self.parties = parties
        self.layers = {layer.id: layer for layer in layers}
        self.find = find

    def statements(
        self, event: Event, article: Article, united: str | None = None
    ) -> Iterator[Statement]:
        """Yield the positions that an event of an article states: one a party and a ground.

        Parameters
        ----------
        united : str or None
            Id of the event that a reviewer said it is the same as.
        """
        mediators = self._mediators(article)
        for ground, basis, mention in self._grounds(event, article):
            for party, said in self._holders(event, mediators):
                brokers = event.kind in _BROKERED and party in mediators
                if not brokers and event.kind not in KINDS:
                    continue
                subject = Subject.TERMS if brokers else _SUBJECTS[event.kind]
                # What is done or wanted on some ground is not done on what it is only about.
                if mention.role is Role.TOPIC and subject is not Subject.TERMS:
                    continue
                whose = self._whose(event, party, said=said) if subject is Subject.TROOPS else None
                words = (
                    COMPROMISES
                    if brokers
                    else phrase(
                        event.kind,
                        event.mode,
                        whom=self._whom(event, party),
                        whose=whose.names.en if whose and whose != party else "",
                        crossing=ground.place is not None,
                        said=said,
                    )
                )
                # Nobody can tell from their kind whether two proposals propose the same.
                own = f" {united or event.id}" if subject is Subject.TERMS and not brokers else ""
                yield Statement(
                    event=event.id,
                    party=party,
                    ground=ground,
                    subject=subject,
                    whose=whose.id if whose else "",
                    kind=event.kind,
                    mode=event.mode,
                    stance="compromises" if brokers else f"{event.kind} {event.mode}{own}",
                    one=words.one,
                    many=words.many,
                    title=event.title,
                    when=_when(event, article.published),
                    due=event.period if event.mode is Mode.PLANNED and not brokers else None,
                    days=taken(event, article.published),
                    published=article.published,
                    publisher=article.publisher,
                    article=article.id,
                    basis=basis,
                    sources=sources_of(event),
                    named=mention.basis is Basis.STATED,
                    said=said,
                )

    def has_ground(self, event: Event, article: Article) -> bool:
        """Return whether an event is about a corridor, the border or a crossing."""
        return bool(self._grounds(event, article))

    def _grounds(self, event: Event, article: Article) -> list[tuple[Ground, Basis, Mention]]:
        """Return what an event is about: where it is, or else its topic.

        What an article ties to the border in words, as the place where it is, stands under the
        border. What is only about the border, or is tied to it by the context, is about the
        ground in dispute along it: it stands under the corridor there, when the article names one.
        """
        for role in (Role.EVENT, Role.TOPIC):
            found: dict[str, tuple[Ground, Basis, Mention]] = {}
            for mention in event.places:
                if mention.role is role and mention.basis is not Basis.GUESSED:
                    for ground, basis in self._grounds_of(mention, event, article):
                        found.setdefault(ground.id, (ground, basis, mention))
            if found:
                return list(found.values())
        return []

    def _grounds_of(
        self, mention: Mention, event: Event, article: Article
    ) -> Iterator[tuple[Ground, Basis]]:
        target = self.find(mention)
        if target is None:
            return
        if not isinstance(target, Layer):
            if target.kind == _CROSSING:
                of = next((one.id for one in self.layers.values() if one.kind == _CROSSINGS), "")
                yield Ground(target.id, of, target.id, target.names), mention.basis
            return
        if target.kind not in {_LINES, _STRIPS}:
            return
        there = mention.role is Role.EVENT and mention.basis is Basis.STATED
        strips = [] if target.kind == _STRIPS or there else self._along(target, event, article)
        for layer in strips:
            yield _whole(layer), Basis.INFERRED
        if not strips:
            yield _whole(target), mention.basis

    def _along(self, line: Layer, event: Event, article: Article) -> list[Layer]:
        """Return the corridors along a line that the article names."""
        named = {
            target.id: target
            for one in article.events
            for mention in one.places
            if mention.basis is Basis.STATED
            and isinstance(target := self.find(mention), Layer)
            and target.kind == _STRIPS
        }
        drawn = [one.shape for one in line.footprints if one.shape is not None]
        return [
            layer
            for layer in named.values()
            if any(
                one.shape is not None and one.shape.distance(shape) <= _TOUCHES_DEG
                for one in layer.during(event.period)
                for shape in drawn
            )
        ]

    def _mediators(self, article: Article) -> frozenset[Party]:
        return frozenset(
            self.parties.find(actor.name)
            for event in article.events
            for actor in event.actors
            if actor.role == "mediator"
        )

    def _holders(self, event: Event, mediators: frozenset[Party]) -> list[tuple[Party, bool]]:
        """Return whose position it is, each with whether it only says so.

        Where nobody is named who acts, it is those who say so.
        """
        names = [
            actor.name
            for role in (*_DOERS_OF.get(event.kind, ()), *_DOERS[event.mode])
            for actor in event.actors
            if actor.role == role
        ]
        if event.kind in _BROKERED:
            names += [
                actor.name
                for actor in event.actors
                if actor.role in {"mediator", "participant"}
                and self.parties.find(actor.name) in mediators
            ]
        sources = [one.source for one in event.attributions if one.scope is Scope.EVENT]
        claims = event.mode in {Mode.CLAIMED, Mode.DENIED}
        if names or event.kind not in KINDS:
            sources = []
        parties = dict.fromkeys(self.parties.find(name) for name in (names or sources))
        return [(party, not names and not claims) for party in parties]

    def _whose(self, event: Event, party: Party, *, said: bool) -> Party | None:
        """Return whose troops it is about: those of the one addressed, or of the one who acts.

        A withdrawal that is wanted of nobody in particular is about nobody's in particular.
        """
        roles = ("target",) if event.mode is Mode.DEMANDED else ("moves", "said to act")
        named = [self.parties.find(one.name) for one in event.actors if one.role in roles]
        if named:
            return party if party in named else named[0]
        wanted = event.kind is Kind.WITHDRAWAL and event.mode is Mode.DEMANDED
        return None if wanted or said else party

    def _whom(self, event: Event, party: Party) -> str:
        targets = [self.parties.find(one.name) for one in event.actors if one.role == "target"]
        return " and ".join(dict.fromkeys(one.names.en for one in targets if one != party))


def sources_of(event: Event) -> tuple[str, ...]:
    """Return whose word an event is, as the article puts it; none for its own narration."""
    return tuple(
        one.source for one in event.attributions if one.scope is Scope.EVENT and one.cue is not None
    )


def _whole(layer: Layer) -> Ground:
    return Ground(layer.id, layer.id, None, layer.names)


def _when(event: Event, published: date) -> str:
    """Return in words since when a position is known to be held."""
    told = day_words(published)
    if event.mode not in _OF_PUBLICATION:
        return event.when
    if event.mode is Mode.PLANNED:
        return f"{told}, for {event.when}"
    of_that_day = event.period.opens or event.when.startswith(told)
    return told if of_that_day else f"{told}, of {event.when}"


def taken(event: Event, published: date) -> Period:
    """Return the days on which the position of an event was taken, as exactly as is known.

    What happened was so on the event's own days; what went on was so until publication.
    """
    if event.mode in _OF_PUBLICATION or event.period.first > published:
        return Period.of(published, published)
    last = min(event.period.last, published)
    if event.period.opens:
        return Period.of(last, last)
    if event.mode is Mode.ONGOING:
        last = published
    return Period.of(event.period.first, last)


def dated(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return statements in the order of time, each with the days from which it is superseded.

    A later one on the same matter that says otherwise supersedes it from the day on which that
    one is known. Where neither is certainly later, both stand. The order they come in is nothing.
    """
    found: list[Statement] = []
    for _, group in groupby(sorted(statements, key=_matter), key=_matter):
        told = list(group)
        for one in told:
            later = [other for other in told if other.contradicts(one)]
            by, by_hindsight = (
                min((other.known_from(hindsight=way) for other in later), default=None)
                for way in (False, True)
            )
            found.append(replace(one, superseded=by, superseded_in_hindsight=by_hindsight))
    return tuple(sorted(found, key=lambda one: one.order))


def positions_on(
    statements: Iterable[Statement], day: date, *, hindsight: bool = False
) -> tuple[Position, ...]:
    """Return the positions that are known on a day.

    Parameters
    ----------
    statements : iterable of Statement
        As `dated` returns them, in any order.
    hindsight : bool
        Whether articles published after `day` may tell of it too.

    Returns
    -------
    tuple of Position
        By ground, party and subject, the latest first. One that was superseded stands under
        those that came after it.
    """
    known = sorted(
        (one for one in statements if one.known_from(hindsight=hindsight) <= day), key=_matter
    )
    return tuple(
        position
        for _, group in groupby(known, key=_matter)
        for position in _standing(list(group), day, hindsight=hindsight)
    )


def _matter(one: Statement) -> tuple[str, str, Subject, str]:
    return one.ground.id, one.party.id, one.subject, one.whose


def _standing(told: list[Statement], day: date, *, hindsight: bool) -> Iterator[Position]:
    """Yield the positions on one matter, the latest first, each with what it superseded."""
    stands = [one.stands_on(day, hindsight=hindsight) for one in told]
    older = tuple(_grouped(compress(told, map(not_, stands))))
    for position in _grouped(compress(told, stands)):
        latest = max(one.days.first for one in position.told)
        superseded = (one for one in older if one.since.days.last < latest)
        yield Position(position.told, tuple(superseded))


def _grouped(told: Iterable[Statement]) -> Iterator[Position]:
    """Yield a position a stance, the one that was told last first."""
    by_stance: dict[str, list[Statement]] = {}
    for one in sorted(told, key=lambda one: one.order, reverse=True):
        by_stance.setdefault(one.stance, []).append(one)
    return (Position(tuple(group)) for group in by_stance.values())
