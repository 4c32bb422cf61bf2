"""From words to events: what happened, to whom, where and when, and who says so.

Each word that may speak of an event is asked, in this order: is it told, planned, demanded,
claimed or denied (else it is passed over); whose words are they; when; where; who; how many. Then
a second mention joins the first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from components.model.article import Evidence
from components.model.event import (
    Actor,
    Attribution,
    Basis,
    Event,
    Kind,
    Mention,
    Mode,
    Quantity,
    Role,
    Scope,
)
from components.text.actors import MOVEMENTS, Peoples, Who, source_name, who_are, who_is
from components.text.arguments import arguments_of, lemmas, owners_of
from components.text.attribution import scope_of
from components.text.dating import (
    When,
    hours_from,
    of_expression,
    own_dates,
    period_of,
    since,
    undated,
)
from components.text.kinds import FORCES, OFFICIALS, PEOPLE, Predication, predication_of
from components.text.locating import latest_way, own_places, shared_border
from components.text.quantities import quantities_of
from components.text.reading import Found, Named, PassedOver, Span, Stance, Use
from components.text.stance import stance_with_reason
from components.text.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from spacy.tokens import Doc, Token

    from components.text.reading import Dated, PlaceNames, Said

_MODES = {
    Stance.HAPPENED: Mode.HAPPENED,
    Stance.ONGOING: Mode.ONGOING,
    Stance.PLANNED: Mode.PLANNED,
    Stance.DEMANDED: Mode.DEMANDED,
    Stance.CLAIMED: Mode.CLAIMED,
    Stance.DENIED: Mode.DENIED,
}
_DOES = {
    Kind.TALKS: "participant",
    Kind.MEDIATION: "mediator",
    Kind.PROPOSAL: "proposes",
    Kind.VISIT: "visits",
    Kind.APPEAL: "urges",
    Kind.DEPLOYMENT: "moves",
    Kind.WITHDRAWAL: "moves",
    Kind.ADVANCE: "moves",
    Kind.ATTACK: "attacks",
    Kind.WAR: "participant",
    Kind.ARMS: "said to act",
    Kind.CLOSURE: "moves",
    Kind.OPENING: "moves",
    Kind.CASUALTIES: "said to act",
}
_VIOLENT = frozenset({Kind.ATTACK, Kind.CASUALTIES})
_HEADING_WORDS = 14
_ENDED = re.compile(r"[.!?:;\"')\]\u201d\u2019]\s*$")
_BULLET = re.compile(r"\s*[-*\u2022\u2023\u25aa\u25cf\u00b7]\s")
_LONG = 60  # characters of a name
_FAR = 60  # places, people and events that later words may still mean
_NEAR = 3  # sentences that "there" and "the strike" may look back


@dataclass
class _Draft:
    """An event being made out."""

    predication: Predication
    sentence: Span
    number: int
    mode: Mode
    why: str
    said: tuple[Said, ...]
    when: When
    dated: bool  # by words of its own, or of the event that it goes on to speak of
    days: tuple[When, ...]
    places: list[Mention]
    named: frozenset[int] = frozenset()  # words that are the place, though they stand as the doer
    spots: frozenset[int] = frozenset()  # words that name a place which is no country
    actors: list[Actor] = field(default_factory=list)
    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    evidence: list[Span] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return self.predication.kind

    @property
    def event_places(self) -> set[str]:
        return {
            re.sub(r"^the ", "", one.name.casefold())
            for one in self.places
            if one.role is Role.EVENT
        }

    @property
    def definite(self) -> bool:
        """Whether its noun points back: "the meetings"."""
        word = self.predication.word
        return word.pos_ == "NOUN" and any(
            child.lower_ in {"the", "those", "these", "both"} and child.dep_ == "det"
            for child in word.children
        )


@dataclass(frozen=True)
class Findings:
    """What the steps before found in one article.

    Attributes
    ----------
    dateline, byline : Span or None
        They tell of no event.
    """

    sentences: tuple[Span, ...]
    dateline: Span | None
    byline: Span | None
    dates: tuple[Dated, ...]
    places: tuple[Named, ...]
    said: tuple[Said, ...]


def find_events(
    doc: Doc,
    text: str,
    findings: Findings,
    *,
    published: date,
    article: str,
    publisher: str,
    names: PlaceNames,
) -> tuple[tuple[Found, ...], tuple[PassedOver, ...]]:
    """Find the events of an article, and what speaks of events that are none.

    Parameters
    ----------
    doc : Doc
        The article, parsed.
    text : str
        The article, every character as it was written; quotes are cut from it.
    article : str
        Id that the events' ids begin with.
    publisher : str
        Who answers for what nobody else says.

    Returns
    -------
    tuple of Found
        In the order of the article, each event once; their ids are unique.
    tuple of PassedOver
        Each with its reason.
    """
    reader = _Reader(doc, text, findings, published, publisher, Peoples.of(names.demonyms))
    drafts, passed = reader.read()
    taken: set[str] = set()
    found: list[Found] = []
    for draft in drafts:
        event = reader.event_of(draft, article)
        if event.id in taken:
            # Two of a kind in one sentence: the second is told by its own clause.
            draft.evidence[0] = reader.clause_of(draft)
            event = reader.event_of(draft, article)
        if event.id in taken:
            passed.append(PassedOver(draft.sentence, "An event of that kind in the same words."))
            continue
        taken.add(event.id)
        found.append(Found(event, draft.why))
    return tuple(found), tuple(passed)


class _Reader:
    """Goes through one article, sentence by sentence, and remembers what it has read."""

    def __init__(
        self,
        doc: Doc,
        text: str,
        findings: Findings,
        published: date,
        publisher: str,
        peoples: Peoples,
    ) -> None:
        self.doc = doc
        self.text = text
        self.plain = doc.text  # made anew each time that it is asked for
        self.findings = findings
        self.published = published
        self.publisher = publisher
        self.peoples = peoples
        self.drafts: list[_Draft] = []
        self.passed: list[PassedOver] = []
        self.earlier: list[Named] = []
        self.people: list[Token] = []  # heads of the subjects read so far

    def read(self) -> tuple[list[_Draft], list[PassedOver]]:
        """Return the drafts in order, each event once."""
        tokens = iter(self.doc)
        token = next(tokens, None)
        dates = _heads(
            self.doc, [replace(one, text=one.span.of(self.text)) for one in self.findings.dates]
        )
        places = _heads(
            self.doc,
            [
                replace(one, text=_as_written(one, self.plain, self.text))
                for one in self.findings.places
            ],
        )
        said = _by_sentence(self.findings.said, self.findings.sentences)
        for number, span in enumerate(self.findings.sentences):
            words: list[Token] = []
            while token is not None and token.idx < span.stop:
                words.append(token)
                token = next(tokens, None)
            here = _within(span, dates), _within(span, places)
            trimmed = self._trimmed(span)
            if trimmed is None:
                continue
            if _is_heading(trimmed.of(self.text), number):
                if any(isinstance(predication_of(one), Predication) for one in words):
                    self.passed.append(PassedOver(trimmed, "A heading: the text below tells it."))
                continue
            self._sentence(number, trimmed, words, said.get(number, []), *here)
            # What lies further back is not what "the corridor" or "they" means.
            self.earlier += [named for _, named in here[1] if named.use is not Use.DEMONYM]
            self.people += [one for one in words if one.dep_ in {"nsubj", "nsubjpass"}]
            del self.earlier[:-_FAR], self.people[:-_FAR]
        self._complete_wars()
        return self.drafts, self.passed

    def _trimmed(self, span: Span) -> Span | None:
        """Return a sentence without white space, bullets, dateline and byline; None if empty."""
        start, stop = span.start, span.stop
        for apart in filter(None, (self.findings.dateline, self.findings.byline)):
            if apart.start <= start < apart.stop:
                start = min(apart.stop, stop)
            elif start < apart.start < stop:
                stop = apart.start
        words = self.text[start:stop]
        if bullet := _BULLET.match(words):
            start += bullet.end()
            words = self.text[start:stop]
        start += len(words) - len(words.lstrip(" \t\r\n\f\v\u00a0-\u2013\u2014"))
        stop = start + len(self.text[start:stop].rstrip())
        return Span(start, stop) if start < stop else None

    def _sentence(
        self,
        number: int,
        span: Span,
        words: Sequence[Token],
        said: Sequence[Said],
        dates: Sequence[tuple[Token, Dated]],
        places: Sequence[tuple[Token, Named]],
    ) -> None:
        """Read one sentence."""
        told: list[Predication] = []
        for word in words:
            if not span.start <= word.idx < span.stop:
                continue
            predication = predication_of(word)
            if isinstance(predication, str):
                self._pass(word, predication)
            elif predication is not None:
                told.append(predication)
        self._appealed_at(number, span, words, places)
        kept = list(self._apart(told, said))
        taken = frozenset(i for one in kept for i in (one.word.i, one.verb.i))
        fresh: list[_Draft] = []
        for predication in kept:
            draft = self._draft(number, span, predication, said, dates, places, taken)
            if draft is not None:
                fresh.append(draft)
        for draft in fresh:
            self._from_beside(draft, fresh)
            self._from_before(draft, places, fresh)
        for draft in fresh:
            self._finish(draft)
            self._add(draft)

    def _appealed_at(
        self, number: int, span: Span, words: Sequence[Token], places: Sequence[tuple[Token, Named]]
    ) -> None:
        """Place an appeal where its words were spoken: "..., he said in New York"."""
        last = self.drafts[-1] if self.drafts else None
        if (
            last is None
            or last.kind is not Kind.APPEAL
            or last.number != number - 1
            or last.event_places
        ):
            return
        for token, one in places:
            cue = token.head.head
            if (
                one.use is Use.LITERAL
                and token.head.lower_ in {"in", "at"}
                and cue.lemma_ in {"say", "tell", "add"}
                and any(
                    child.lower_ in {"he", "she"} and child.dep_ == "nsubj"
                    for child in cue.children
                )
            ):
                last.places.append(Mention(one.text, Role.EVENT, Basis.INFERRED))
                last.evidence.append(span)
                return

    def _pass(self, word: Token, reason: str) -> None:
        start, stop = word.left_edge.idx, word.right_edge.idx + len(word.right_edge)
        self.passed.append(PassedOver(Span(start, stop), reason))

    def _apart(self, told: Sequence[Predication], said: Sequence[Said]) -> Iterator[Predication]:
        """Find the words that speak of an event of their own; the others are parts of those."""
        for one in told:
            others = [other for other in told if other is not one]
            if _is_verb(one.word):
                # "held talks": the noun tells it. "killing 12": the attack's figures.
                if any(o.verb.i == one.verb.i and o.kind is one.kind for o in others):
                    continue
                nouns = [o for o in others if o.verb.i == one.verb.i and o.kind is Kind.ATTACK]
                if (
                    one.kind is Kind.CASUALTIES
                    and not _is_perfect(one.verb)
                    and any(
                        (o.word.dep_ in {"nsubj", "conj"} and not _is_definite(o.word))
                        or (not _is_definite(o.word) and not self._answered(one.word, said))
                        for o in nouns
                    )
                ):
                    continue
                if one.kind in _VIOLENT and any(
                    o.kind in _VIOLENT and _is_part_of(one.word, o) for o in others
                ):
                    continue
                if any(
                    o.kind is one.kind
                    and one.word.dep_ == "conj"
                    and _is_part_of(one.word, o)
                    and not _says_more(one, o)
                    for o in others
                ):
                    continue
                if any(
                    o.kind is one.kind and one.word.dep_ == "acl" and o.word.is_ancestor(one.word)
                    for o in others
                ):
                    continue
            elif one.kind is Kind.ATTACK and any(
                o.verb.i == one.verb.i
                and o.kind is Kind.CASUALTIES
                and (
                    _is_perfect(o.verb)
                    or _is_definite(one.word)
                    or (one.word.dep_ == "pobj" and self._answered(o.word, said))
                )
                for o in others
            ):
                continue
            appeal = next(
                (o for o in others if o.kind is Kind.APPEAL and _is_content_of(one.word, o.word)),
                None,
            )
            if appeal is not None:
                self._pass(one.word, f'It is what "{appeal.word.text}" asks for.')
                continue
            yield one

    def _answered(self, word: Token, said: Sequence[Said]) -> bool:
        return any(_vouches(one, word) for one in said)

    def _draft(
        self,
        number: int,
        span: Span,
        predication: Predication,
        said: Sequence[Said],
        dates: Sequence[tuple[Token, Dated]],
        places: Sequence[tuple[Token, Named]],
        taken: frozenset[int],
    ) -> _Draft | None:
        """Return what a predication tells, None when it tells of no event."""
        stance, reason = stance_with_reason(_told(predication.word), self.doc, tuple(said))
        mode = _MODES.get(stance)
        if mode is Mode.DEMANDED and (unreal := _unreal_above(predication.verb)):
            mode, reason = None, f'"{unreal}": no demand that anybody has made.'
        wanted = predication.verb.lemma_.lower() in _DEMAND_WORDS - {"plan", "appeal", "press"}
        if mode is Mode.HAPPENED and wanted and not _is_verb(predication.word):
            mode, reason = Mode.DEMANDED, f'"{predication.verb.text}" makes it a demand.'
        if mode is None and stance is Stance.NEGATED and _denied_by(predication.word) is not None:
            mode, reason = Mode.DENIED, "It is denied."
        if mode is Mode.DEMANDED and (rejected := _rejected_above(predication.verb)):
            mode, reason = None, f'"{rejected}" turns the demand down.'
        if mode is None:
            self._pass(predication.word, reason)
            return None
        if _is_aside(predication) and not any(
            _hangs_on(token, predication.word.i) for token, _ in (*dates, *places)
        ):
            self._pass(predication.word, "Only says what came before or after something else.")
            return None
        holding = sorted(
            (one for one in said if _vouches(one, predication.word)),
            key=lambda one: one.content.stop - one.content.start,
        )[:1]
        vouching = tuple(one for one in holding)
        if predication.kind is Kind.CASUALTIES and mode is Mode.HAPPENED and vouching:
            mode = Mode.CLAIMED
        if predication.kind is Kind.WAR and mode is Mode.HAPPENED:
            mode = Mode.ONGOING
        beyond = {one.i for each in said for one in _cue_tokens(self.doc, each, predication.word)}
        own = [
            (token, one)
            for token, one in own_dates(predication, dates, taken)
            if not any(token.i == i or _hangs_on(token, i) for i in beyond)
        ]
        if mode is Mode.DENIED and not own:
            own = [each for each in dates if any(_hangs_on(each[0], i) for i in beyond)]
        days = tuple(when for _, one in own if (when := self._days(one)) is not None)
        literal = [
            (token, replace(one, text=one.name if one.name in one.text else one.text))
            for token, one in places
            if one.use is Use.LITERAL
            and not any(each.source and each.source.has(one.span) for each in said)
            and one.text not in self.peoples.countries
            and token.dep_ != "amod"
        ]
        found = [
            replace(one, name=self._raw(one.name, span))
            for one in own_places(predication, literal, taken, self.earlier)
        ]
        named: frozenset[int] = frozenset()
        if predication.kind in {Kind.OPENING, Kind.CLOSURE}:
            ways = predication.arguments.patients or predication.arguments.agents
            named = frozenset(one.i for one in ways)
            found = (
                [
                    *(
                        Mention(one.text, Role.EVENT, Basis.STATED)
                        for token, one in places
                        if token.i in named and one.use is not Use.DEMONYM
                    ),
                    *(one for one in found if one.role is not Role.EVENT),
                ]
                if any(token.i in named for token, _ in places)
                else found
            )
            named = named & frozenset(token.i for token, _ in places)
        when = days[0] if days else undated(mode, predication.verb, self.published)
        draft = _Draft(
            predication,
            span,
            number,
            mode,
            f"{predication.why.capitalize()}. {reason}",
            vouching,
            when,
            bool(days),
            days,
            found,
            named,
            evidence=[span],
        )
        draft.spots = frozenset(
            token.i
            for token, one in places
            if one.use is Use.LITERAL and who_is(token, self.peoples) != Who(token.text, token.text)
        )
        self._fit(draft)
        return draft if self._may_be(draft) else None

    def _raw(self, words: str, near: Span) -> str:
        """Return words of the parsed text as the article has them, its own spaces and quotes."""
        at = self.plain.find(words, near.start, near.stop)
        return self.text[at : at + len(words)] if at >= 0 else words

    def _days(self, one: Dated) -> When | None:
        return of_expression(one)

    def _fit(self, draft: _Draft) -> None:
        """Give a running total or a war its whole length, and no event a day it cannot have."""
        verb, kind = draft.predication.verb, draft.kind
        began = _says_since(draft, self.text)
        if draft.dated and (kind is Kind.WAR or began):
            draft.when = since(kind, draft.when, self.published)
            if kind not in {Kind.WAR, Kind.CASUALTIES} and began:
                first = draft.days[0].period.edtf.partition("/")[0]
                draft.when = replace(draft.when, period=period_of(f"{first}/.."))
        if draft.mode is Mode.HAPPENED and draft.when.period.first > self.published:
            draft.when, draft.dated = undated(draft.mode, verb, self.published), False
        if draft.mode is Mode.DEMANDED:
            draft.when, draft.dated = undated(draft.mode, verb, self.published), False

    def _may_be(self, draft: _Draft) -> bool:
        if draft.kind is Kind.WAR and not draft.days:
            self._pass(draft.predication.word, "Names the war; does not say when it began.")
            return False
        if draft.mode is Mode.PLANNED and draft.when.period.last < self.published:
            self._pass(
                draft.predication.word,
                "Planned for a day before publication; the text does not say whether it came about.",
            )
            return False
        return True

    def _from_beside(self, draft: _Draft, fresh: Sequence[_Draft]) -> None:
        """Date an event by another of its sentence: "hours after", "killing", "where"."""
        for other in fresh:
            if other is draft:
                continue
            clause, verb = other.predication.verb, draft.predication.verb
            if (
                not draft.dated
                and other.dated
                and clause.head.i == verb.i
                and any(one.dep_ == "mark" and one.lower_ == "since" for one in clause.children)
            ):
                draft.when = since(draft.kind, other.when, self.published, open_end=True)
                draft.dated = True
            owned = any(
                child.lower_ == "its"
                for noun in draft.predication.arguments.patients
                for child in noun.children
            )
            if owned and not draft.event_places and clause.is_ancestor(verb):
                draft.places += [
                    replace(one, basis=Basis.INFERRED)
                    for one in other.places
                    if one.role is Role.EVENT
                ]
        if draft.dated:
            return
        for other in fresh:
            if (
                other is draft
                or not other.dated
                or not other.predication.verb.is_ancestor(draft.predication.verb)
            ):
                continue
            verb = draft.predication.verb
            near = hours_from(draft.predication, other.when)
            if near is not None:
                words = self._raw(near.words or "", draft.sentence)
                draft.when, draft.dated = replace(near, words=words), True
                return
            verb = draft.predication.verb
            if (
                verb.dep_ in {"advcl", "relcl"}
                and any(
                    child.lower_ in {"when", "where"} and child.dep_ == "advmod"
                    for child in verb.children
                )
                and not {draft.mode, other.mode} & {Mode.PLANNED, Mode.DEMANDED, Mode.DENIED}
            ):
                first = other.days[0] if other.days else other.when
                if verb.tag_ == "VBD":
                    draft.when, draft.dated = first, True
                if verb.dep_ == "relcl" and not draft.event_places:
                    draft.places += [
                        replace(one, basis=one.basis)
                        for one in other.places
                        if one.role is Role.EVENT
                    ]
                return

    def _from_before(
        self, draft: _Draft, places: Sequence[tuple[Token, Named]], fresh: Sequence[_Draft]
    ) -> None:
        """Place and date an event by the one that its words go on to speak of."""
        told = [*self.drafts[-_FAR:], *fresh[: fresh.index(draft)]]
        word = draft.predication.word
        sentence = word.sent
        near = [one for one in self.drafts[-_FAR:] if draft.number - one.number <= _NEAR]
        points = any(one.lower_ == "there" and one.dep_ == "advmod" for one in sentence)
        if draft.kind in _VIOLENT and draft.mode not in {Mode.PLANNED, Mode.DEMANDED}:
            violent = [
                one
                for one in near
                if one.kind in _VIOLENT
                and (draft.number - one.number <= 1 or points or draft.definite)
            ]
            vague = all(one[:1].islower() for one in _place_names(draft))
            vague = vague or (violent and draft.event_places <= violent[-1].event_places)
            if violent and vague and not draft.dated and not _is_total(draft):
                self._same_setting(draft, violent[-1])
                return
            if violent and not draft.event_places and points:
                self._same_setting(draft, violent[-1])
        if points and not draft.event_places and near:
            self._same_setting(draft, near[-1])
        if not draft.event_places and draft.kind in {Kind.TALKS, Kind.PROPOSAL}:
            talks = [
                one for one in told if one.kind in {Kind.TALKS, Kind.PROPOSAL} and one.event_places
            ]
            if talks and (
                draft.definite
                or draft.mode is Mode.PLANNED
                or _has_definite_subject(draft)
                or not draft.dated
            ):
                sure = draft.dated or draft.mode is Mode.PLANNED
                basis = Basis.INFERRED if sure else Basis.GUESSED
                draft.places += [
                    replace(one, basis=basis) for one in talks[-1].places if one.role is Role.EVENT
                ]
        if (
            draft.mode is Mode.DEMANDED
            and not draft.event_places
            and not _is_verb(draft.predication.word)
        ):
            before = [
                named
                for token, named in places
                if named.use is Use.LITERAL and token.i < draft.predication.word.i
            ]
            if before:
                draft.places.append(Mention(before[-1].text, Role.EVENT, Basis.STATED))
        if not draft.event_places and _is_total(draft):
            for one in draft.said:
                if one.source and (place := _PALESTINIAN.search(one.source.of(self.text))):
                    draft.places.append(Mention("Gaza", Role.EVENT, Basis.INFERRED))
        if draft.kind is Kind.APPEAL and not draft.event_places:
            at = [
                noun
                for noun in draft.predication.arguments.at("at", "during", "in")
                if _is_definite(noun)
            ]
            talks = [one for one in near if one.kind is Kind.TALKS and one.event_places]
            if at and talks and at[0].lemma_ in {"summit", "meeting", "talk", "conference"}:
                self._same_setting(draft, talks[-1])
        if not draft.event_places and draft.kind in {Kind.CLOSURE, Kind.OPENING, Kind.ARMS}:
            owner = self._owner(draft)
            place = (
                shared_border(self.earlier, owner)
                if draft.kind is Kind.CLOSURE and not _names_a_thing_before(draft)
                else None
            )
            place = place or latest_way(self.earlier[-6:])
            if place:
                draft.places.append(Mention(place, Role.EVENT, Basis.INFERRED))

    def _same_setting(self, draft: _Draft, other: _Draft) -> None:
        if not draft.event_places:
            draft.places += [
                replace(one, basis=Basis.INFERRED) for one in other.places if one.role is Role.EVENT
            ]
        if not draft.dated and other.dated:
            reason = f"Speaks of what happened then: {other.when.reason}"
            draft.when, draft.dated = When(other.when.period, None, reason), True

    def _owner(self, draft: _Draft) -> str | None:
        for token in draft.predication.arguments.agents:
            who = self._who(token, draft)
            if who is not None:
                return who.country
        return None

    # ---- who

    def _who(self, token: Token, draft: _Draft) -> Who | None:
        """Return who a noun or a pronoun speaks of."""
        if token.lemma_.lower() in {"group", "movement", "faction"} and _is_definite(token):
            for one in reversed(self.people[-12:]):
                who = who_is(one, self.peoples)
                if who is not None and who.name.lower() in MOVEMENTS:
                    return who
        if token.pos_ == "PRON":
            meant = self._meant(token, draft)
            return who_is(meant, self.peoples) if meant is not None else None
        return who_is(token, self.peoples)

    def _all(self, token: Token, draft: _Draft) -> tuple[Who, ...]:
        """Return all whom a noun speaks of."""
        if token.pos_ != "PRON":
            return who_are(token, self.peoples)
        who = self._who(token, draft)
        return (who,) if who else ()

    def _meant(self, pronoun: Token, draft: _Draft) -> Token | None:
        """Return the noun that a pronoun means: the speaker, else the subject before."""
        if pronoun.lower_ not in {"it", "they", "them", "he", "she", "its"}:
            return None
        many = pronoun.lower_ in {"they", "them"}
        person = pronoun.lower_ in {"he", "she"}
        for one in draft.said:
            if one.source and one.source.stop <= pronoun.idx:
                span = self.doc.char_span(
                    one.source.start, one.source.stop, alignment_mode="expand"
                )
                if span is not None and _agrees(span.root, many=many, person=person):
                    return span.root
        for token in reversed(self.people[-8:]):
            if token.pos_ != "PRON" and _agrees(token, many=many, person=person):
                return token
        return None

    def _finish(self, draft: _Draft) -> None:
        """Add who, how many and whose words."""
        predication, kind, mode = draft.predication, draft.kind, draft.mode
        actors: list[Actor] = []

        def add(name: str | None, role: str) -> None:
            if name and not any(one.name == name for one in actors):
                actors.append(Actor(name, role))

        agents = [
            who
            for token in predication.arguments.agents
            if token.i not in draft.named | draft.spots
            for who in self._all(token, draft)
        ]
        patients = [
            who
            for token in predication.arguments.patients
            if token.i not in draft.spots
            for who in self._all(token, draft)
        ]
        source = self._source(draft)
        denier = _denied_by(predication.word) if mode is Mode.DENIED and not draft.said else None
        if denier is not None:
            source = next(
                (
                    who.name
                    for token in arguments_of(denier).agents
                    if (who := self._who(token, draft))
                ),
                None,
            )
            first = arguments_of(denier).agents[:1]
            if first and first[0].i < denier.i:
                words = self.text[first[0].left_edge.idx : first[0].idx + len(first[0])]
                cue = self.text[first[0].left_edge.idx : denier.idx + len(denier)]
                draft.attributions = (Attribution(words, cue, Scope.EVENT),)
        if mode is Mode.DEMANDED:
            for who in self._demanders(draft):
                add(who.name, "demands")
            target = patients if kind is Kind.APPEAL else agents
            for who in target:
                country = who.country or who.name
                if not any(one.name == country or one.name == who.name for one in actors):
                    add(country, "target")
        else:
            if mode in {Mode.CLAIMED, Mode.DENIED} and source:
                add(source, "claims")
            role = "said to act" if mode in {Mode.CLAIMED, Mode.DENIED} else _DOES[kind]
            mine = {one.name for one in actors}
            own = {_country_of(name, self.peoples) for name in mine}
            for who in agents:
                if who.name not in mine and not (
                    role == "said to act" and who.country in own and who.country
                ):
                    add(who.name, _role_of(who, predication, role))
            for who in [
                *patients,
                *(w for t in self._others(predication) if (w := self._who(t, draft))),
            ]:
                if kind in {Kind.TALKS, Kind.WAR, Kind.MEDIATION}:
                    add(who.name, "participant")
                elif kind in {Kind.APPEAL, Kind.PROPOSAL, Kind.ATTACK}:
                    add(who.name, "target")
            if kind is Kind.ATTACK and mode is Mode.HAPPENED:
                for one in draft.places:
                    if one.role is Role.EVENT and one.name in self.peoples.adjectives:
                        add(one.name, "target")
            if kind is Kind.CASUALTIES and mode is not Mode.DENIED:
                add(self._victims(draft) if _is_total(draft) else None, "victim")
        if kind is Kind.TALKS and not actors and mode is not Mode.DEMANDED:
            for token in predication.arguments.agents:
                if (
                    token.pos_ == "NOUN"
                    and token.lemma_.lower() in OFFICIALS
                    and not _is_definite(token)
                ):
                    stop = min(token.right_edge.idx + len(token.right_edge), predication.verb.idx)
                    phrase = self.text[token.left_edge.idx : stop].strip()
                    add(source_name(phrase) if len(phrase) <= _LONG else None, "participant")
        if (
            kind is Kind.PROPOSAL
            and not any(one.role == "proposes" for one in actors)
            and mode is not Mode.CLAIMED
        ):
            before = [
                one
                for one in self.drafts[-_FAR:]
                if one.kind in {Kind.TALKS, Kind.PROPOSAL} and draft.number - one.number <= 1
            ]
            inherited = [
                Actor(one.name, "proposes")
                for one in (before[-1].actors if before else [])
                if one.role in {"participant", "proposes"}
            ]
            actors = [*inherited, *actors]
        draft.actors = actors
        draft.quantities = tuple(self._quantities(draft))
        draft.attributions = draft.attributions or tuple(self._attributions(draft))

    def _others(self, predication: Predication) -> tuple[Token, ...]:
        """Return who else takes part: "with", "between", "against", "to", "on"."""
        at = predication.arguments.at
        match predication.kind:
            case Kind.TALKS | Kind.WAR | Kind.MEDIATION:
                return at("with", "between")
            case Kind.PROPOSAL:
                return at("to")
            case Kind.APPEAL:
                return at("on", "to", "upon")
            case Kind.ATTACK:
                return at("against", "on", "at")
        return ()

    def _victims(self, draft: _Draft) -> str | None:
        where = next((one.name for one in draft.places if one.role is Role.EVENT), None)
        nouns = draft.predication.arguments.patients or draft.predication.arguments.agents
        for noun in nouns:
            if noun.lemma_.lower() in PEOPLE and where:
                what = "people" if noun.lemma_.lower() in {"person", "people"} else noun.lower_
                return f"{what} in {where}"
        return None

    def _demanders(self, draft: _Draft) -> list[Who]:
        """Return whose demand it is: who wants, or whose demand, or demanded by whom."""
        word = draft.predication.word
        heads: list[Token] = []
        for child in word.children:
            if child.dep_ in {"acl", "relcl"} and child.lemma_ in {
                "demand",
                "request",
                "seek",
                "want",
            }:
                heads += _who_demands(child)
        at = draft.predication.verb
        for _ in range(_NEAR * 2):
            if heads or at.head.i == at.i:
                break
            at = at.head
            if at.lemma_.lower() in _DEMAND_WORDS:
                heads += _who_demands(at)
        if not heads and draft.predication.verb.lemma_.lower() in _DEMAND_WORDS:
            heads += _who_demands(draft.predication.verb)
        return [who for token in heads if (who := self._who(token, draft))]

    def _source(self, draft: _Draft) -> str | None:
        """Return who claims or denies, under a display name."""
        for one in draft.said:
            if one.source is None:
                return source_name(one.name) if one.name else None
            span = self.doc.char_span(one.source.start, one.source.stop, alignment_mode="expand")
            words = source_name(one.name or one.source.of(self.text))
            if span is None:
                return words
            root = span.root
            if root.pos_ != "PRON":
                who = self._who(root, draft)
                if who is not None and (
                    draft.kind is not Kind.CASUALTIES or who.name.endswith("military")
                ):
                    return who.name
                if who is None and draft.kind is not Kind.CASUALTIES:
                    return self._forces_named(root, draft) or words
            return words
        return None

    def _forces_named(self, root: Token, draft: _Draft) -> str | None:
        """Return "Israeli military" for "the army" after "the Israeli army" or its troops."""
        forces = root.lemma_.lower() in FORCES
        for token in (*draft.predication.arguments.agents, *reversed(self.people[-12:])):
            alike = token.lemma_ == root.lemma_ or (forces and token.lemma_.lower() in FORCES)
            if alike and token.i != root.i:
                who = who_is(token, self.peoples)
                if who is not None:
                    return who.name
        return None

    def _quantities(self, draft: _Draft) -> Iterator[Quantity]:
        """Find the figures of an event, those of "killing ... and abducting ..." included."""
        arguments, verb = draft.predication.arguments, draft.predication.verb
        seen: set[tuple[int, str]] = set()
        verbs = [verb] if _is_verb(verb) else []
        for one in verbs:
            verbs += [
                child
                for child in one.children
                if child.dep_ in {"advcl", "conj", "acl"}
                and child.lemma_.lower() in _HARMING
                and len(verbs) < 8
            ]
        word = draft.predication.word
        if _is_verb(word) and word.i not in {one.i for one in verbs}:
            verbs.insert(0, word)
        for one in verbs:
            if one is verb or one is word:
                nouns = arguments.patients if draft.kind is not Kind.TALKS else ()
                if one.lemma_.lower() == "die":
                    nouns = arguments.agents
            else:
                nouns = tuple(
                    child for child in one.children if child.dep_ in {"dobj", "nsubjpass"}
                )
            for counted in quantities_of(nouns, self.text, one):
                quantity = counted
                if word.lemma_ == "toll":
                    quantity = replace(counted, unit="people killed")
                key = quantity.value, quantity.unit
                if key not in seen and quantity.words in draft.sentence.of(self.text):
                    seen.add(key)
                    yield quantity

    def _attributions(self, draft: _Draft) -> Iterator[Attribution]:
        own = Attribution(f"{self.publisher}, in its own words", None, Scope.EVENT)
        told = [(one, scope_of(one, self.doc)) for one in draft.said]
        if not any(scope is Scope.EVENT for _, scope in told):
            yield own
        for one, scope in told:
            if scope is Scope.FIGURE and not draft.quantities:
                continue
            yield Attribution(self._named_source(one), self._cue(one), scope)

    def _named_source(self, one: Said) -> str:
        """Return a source as written, or as it was named where the words only point back."""
        text = self.text
        if one.source is None:
            return one.name or "a source that is not named"
        written = one.source.of(text)
        back = _POINTS_BACK.match(written)
        return one.name if back and one.name else re.sub(r"\s+", " ", written)

    def _cue(self, one: Said) -> str:
        """Return the cue with its source where they touch: "medics said"."""
        text = self.text
        if one.source is None:
            return one.cue.of(text)
        start, stop = min(one.source.start, one.cue.start), max(one.source.stop, one.cue.stop)
        between = text[min(one.source.stop, one.cue.stop) : max(one.source.start, one.cue.start)]
        return (
            text[start:stop]
            if len(between.strip()) <= 1 and stop - start < 160
            else one.cue.of(text)
        )

    # ---- one event once

    def _add(self, draft: _Draft) -> None:
        """Keep a draft, or make it further evidence of an event that was told before."""
        last = self.drafts[-1] if self.drafts else None
        if (
            last is not None
            and draft.kind is Kind.CASUALTIES
            and draft.mode is Mode.HAPPENED
            and last.kind is Kind.ATTACK
            and last.number >= draft.number - 1
            and not draft.days
            and not draft.predication.arguments.agents
        ):
            # "Twenty others were wounded." goes on with the attack.
            last.quantities += draft.quantities
            last.evidence.append(draft.sentence)
            return
        same = [one for one in self.drafts[-_FAR:] if self._is_same(one, draft)]
        if not same:
            self.drafts.append(draft)
            return
        chosen = same if len(draft.days) > 1 else [same[-1]]
        for one in chosen:
            if draft.sentence not in one.evidence:
                one.evidence.append(draft.sentence)
            if not one.event_places:
                one.places += [place for place in draft.places if place.role is Role.EVENT]

    def _is_same(self, old: _Draft, new: _Draft) -> bool:
        """Return whether two drafts tell of one event.

        Same kind and mode; no two places, days or actors that exclude each other; and something
        that ties them: a noun that points back, or an actor together with the place or the day.
        """
        if old.kind is not new.kind or (old.sentence == new.sentence and not new.definite):
            return False
        if not (
            old.mode is new.mode
            or {old.mode, new.mode} <= {Mode.HAPPENED, Mode.CLAIMED, Mode.ONGOING, Mode.PLANNED}
        ):
            return False
        if new.kind is Kind.CASUALTIES and (
            old.quantities != new.quantities or old.attributions != new.attributions
        ):
            return False
        if old.mode is not new.mode and not new.definite:
            return False
        if old.event_places and new.event_places and not old.event_places & new.event_places:
            return False
        if (
            old.dated
            and new.dated
            and not any(old.when.period.meets(day.period) for day in new.days or (new.when,))
        ):
            return False
        if not old.dated and new.dated and new.definite:
            return False
        old_who, new_who = ({one.name for one in each.actors} for each in (old, new))
        if new.definite and new.predication.word.pos_ == "NOUN":
            return not new_who or not old_who or bool(old_who & new_who) or len(new.days) > 1
        if old.quantities and new.quantities and old.quantities != new.quantities:
            return False
        shared_place = bool(old.event_places & new.event_places)
        shared_day = old.dated and new.dated and old.when.period == new.when.period
        return (
            bool(old_who & new_who)
            and old_who <= new_who | old_who
            and (
                (shared_place and (shared_day or not new.dated))
                or (shared_day and not new.event_places)
            )
            and old_who == new_who
        )

    def _complete_wars(self) -> None:
        """Give a war the sides and the place that another sentence names it with."""
        wars = [one for one in self.drafts if one.kind is Kind.WAR]
        if not wars:
            return
        war = wars[0]
        for place in self.findings.sentences:
            sides = _SIDES.search(self.text, place.start, place.stop)
            if sides is None:
                continue
            span = self.doc.char_span(sides.start(1), sides.end(1), alignment_mode="expand")
            names = [who for token in span or () if (who := who_is(token, self.peoples))]
            for who in names:
                if not any(one.name == who.name for one in war.actors):
                    war.actors.append(Actor(who.name, "participant"))
            trimmed = self._trimmed(place)
            if trimmed and trimmed not in war.evidence:
                war.evidence.append(trimmed)
            if not war.event_places and sides[2]:
                war.places.append(Mention(sides[2], Role.EVENT, Basis.STATED))
            break
        if not war.event_places:
            named = [
                one
                for one in self.findings.places
                if one.name == "Gaza" and one.use is not Use.BYLINE
            ]
            if named:
                war.places.append(Mention("Gaza", Role.EVENT, Basis.INFERRED))
        for one in self.drafts:
            # A running total without a start counts from the war's.
            if _is_total(one) and not one.dated and war.dated:
                first = war.when.period.edtf.partition("/")[0]
                period = period_of(f"{first}/{self.published.isoformat()}")
                one.when = When(
                    period, None, "A running total, from the start of the war to publication."
                )

    def clause_of(self, draft: _Draft) -> Span:
        """Return the words of an event's own clause, with its figures."""
        verb = draft.predication.verb
        start = max(draft.sentence.start, verb.left_edge.idx)
        last = verb.right_edge
        stop = min(draft.sentence.stop, last.idx + len(last))
        span = Span(start, max(start + 1, stop))
        told = span.of(self.text)
        draft.quantities = tuple(one for one in draft.quantities if one.words in told)
        return span

    def event_of(self, draft: _Draft, article: str) -> Event:
        """Return the event that a draft has become."""
        evidence = tuple(
            Evidence(article, one.start, one.stop, one.of(self.text)) for one in draft.evidence
        )
        first = evidence[0]
        return Event(
            id=f"{article}:{first.start}-{first.stop}:{draft.kind}",
            kind=draft.kind,
            mode=draft.mode,
            title=title_of(draft.predication, draft.mode, draft.actors, draft.places, self.text),
            actors=tuple(draft.actors),
            places=tuple(draft.places),
            period=draft.when.period,
            date_words=draft.when.words,
            date_reason=draft.when.reason,
            attributions=draft.attributions,
            quantities=draft.quantities,
            evidence=evidence,
        )


_HARMING = lemmas("kill wound injure abduct kidnap displace")
_DEMAND_WORDS = lemmas(
    """want demand insist call require ask request press urge appeal seek condition plan
    insistence"""
)
_SIDES = re.compile(
    r"\bwar between ((?:[A-Z][\w'.]*\s?)+ and (?:[A-Z][\w'.]*\s?)+?)(?: (?:in|over) ([A-Z][\w']+))?(?=[\s,.;]|$)"
)
_ASPECTS = frozenset({"begin", "start", "continue", "resume", "keep", "finish", "complete"})
_POINTS_BACK = re.compile(
    r"(?:he|she|it|they|(?:(?:one|two|some|both|all) of )?(?:the|these|those|his|her) (?:two |three )?"
    r"(?:sources?|officials|diplomats|witnesses|residents|spokes\w+|statement|report))$",
    re.IGNORECASE,
)
_PALESTINIAN = re.compile(r"\bGaza\b|\b(?:enclave|strip|territory)\b", re.IGNORECASE)


def _as_written(one: Named, plain: str, text: str) -> str:
    """Return a place's name with the very characters of the article."""
    start = plain.find(one.text, one.span.start, one.span.stop)
    return text[start : start + len(one.text)] if start >= 0 else one.span.of(text)


def _heads(doc: Doc, found: Sequence[Any]) -> list[tuple[Token, Any]]:
    """Return what was found, each with the word that its words hang on."""
    heads = []
    for one in found:
        span = doc.char_span(one.span.start, one.span.stop, alignment_mode="expand")
        if span is not None and len(span):
            heads.append((span.root, one))
    return sorted(heads, key=lambda each: (each[1].span.start, each[1].span.stop))


def _within(span: Span, heads: list[tuple[Token, Any]]) -> list[tuple[Token, Any]]:
    """Return those that begin in a sentence; they are in the order of the text."""
    first = bisect_left(heads, span.start, key=lambda each: each[1].span.start)
    last = bisect_left(heads, span.stop, key=lambda each: each[1].span.start)
    return heads[first:last]


def _by_sentence(said: Sequence[Said], sentences: Sequence[Span]) -> dict[int, list[Said]]:
    """Return who says something in each sentence, by the number of the sentence."""
    starts = [one.start for one in sentences]
    found: dict[int, list[Said]] = {}
    for one in said:
        first = max(0, bisect_right(starts, one.content.start) - 1)
        last = bisect_left(starts, max(one.content.stop, one.content.start + 1))
        for number in range(first, min(last, first + _FAR)):
            found.setdefault(number, []).append(one)
    return found


def _is_heading(words: str, number: int) -> bool:
    """Return whether a line is a headline or a heading: short, and without a full stop."""
    return not _ENDED.search(words) and (number == 0 or len(words.split()) <= _HEADING_WORDS)


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"}


def _unreal_above(verb: Token) -> str | None:
    """Return the "would" that a demand hangs on: "the deal would require them to leave"."""
    at = verb
    for _ in range(8):
        for child in at.children:
            if child.dep_ == "aux" and child.lower_ in {"would", "could", "might", "may"}:
                return child.text
        if at.head.i == at.i or not _is_verb(at.head):
            return None
        at = at.head
    return None


def _told(word: Token) -> Token:
    """Return the verb that tells how a word is put: "begin" of "will begin withdrawing"."""
    at = word
    while at.dep_ == "xcomp" and at.tag_ == "VBG" and at.head.lemma_ in _ASPECTS:
        at = at.head
    return at


def _denied_by(word: Token) -> Token | None:
    """Return the "denies" that a word hangs on: "denies using it to smuggle arms"."""
    at = word
    for _ in range(5):
        if at.head.i == at.i or at.dep_ not in {"xcomp", "advcl", "ccomp", "pcomp", "dobj", "acl"}:
            return None
        at = at.head
        if at.lemma_.lower() == "deny":
            return at
    return None


def _rejected_above(verb: Token) -> str | None:
    """Return the "rejected" that a demand hangs on: "rejected demands to withdraw"."""
    at = verb
    for _ in range(5):
        if at.head.i == at.i:
            return None
        at = at.head
        if at.lemma_.lower() in {"reject", "dismiss", "refuse", "rebuff", "resist", "ignore"}:
            return at.text
    return None


def _is_aside(predication: Predication) -> bool:
    """Return whether a verb is only "before withdrawing"."""
    verb = predication.word
    marks = {verb.head.lower_} if verb.dep_ == "pcomp" else set()
    marks |= {child.lower_ for child in verb.children if child.dep_ == "mark"}
    return verb.tag_ == "VBG" and bool(marks & {"before", "after", "by", "for", "of"})


def _place_names(draft: _Draft) -> list[str]:
    return [one.name for one in draft.places if one.role is Role.EVENT]


def _is_definite(noun: Token) -> bool:
    return any(
        child.lower_ in {"the", "that", "this", "those", "these"} and child.dep_ == "det"
        for child in noun.children
    )


def _is_part_of(verb: Token, other: Predication) -> bool:
    """Return whether a verb tells what came of another event: "an incursion, killing 12"."""
    at = verb
    for _ in range(_NEAR * 2):
        if at.dep_ not in {"advcl", "conj", "acl", "xcomp"}:
            return False
        if at.dep_ == "advcl" and at.tag_ not in {"VBG", "VBN"}:
            return False
        if at.dep_ == "conj" and any(child.dep_ in {"nsubj", "nsubjpass"} for child in at.children):
            return False
        at = at.head
        if at.i in {other.verb.i, other.word.i}:
            return True
    return False


def _says_more(one: Predication, other: Predication) -> bool:
    """Return whether a joined verb has another object than the verb before it."""
    return bool(one.arguments.patients) and bool(other.arguments.patients)


def _is_content_of(token: Token, verb: Token) -> bool:
    """Return whether a word stands in what a verb asks for: "urged them to leave"."""
    at = token
    for _ in range(25):
        if at.head.i == verb.i:
            return at.dep_ in {"xcomp", "ccomp", "advcl"} and (
                at.tag_ == "VB" or at.dep_ == "ccomp"
            )
        if at.head.i == at.i:
            return False
        at = at.head
    return False


def _vouches(one: Said, word: Token) -> bool:
    """Return whether a source says what a word speaks of."""
    if one.cue.start <= word.idx < one.cue.stop:
        return False
    if one.source and one.source.start <= word.idx < one.source.stop:
        return False
    return one.content.start <= word.idx < one.content.stop


def _cue_tokens(doc: Doc, one: Said, word: Token) -> list[Token]:
    """Return the verb of saying, unless it is what the event hangs on."""
    span = doc.char_span(one.cue.start, one.cue.stop, alignment_mode="expand")
    return [token for token in span or () if token.i != word.i and _is_verb(token)]


def _hangs_on(token: Token, index: int) -> bool:
    """Return whether a word hangs on another through no other verb."""
    at = token
    for _ in range(8):
        if at.head.i == at.i:
            return False
        at = at.head
        if at.i == index:
            return True
        if _is_verb(at):
            return False
    return False


def _says_since(draft: _Draft, text: str) -> bool:
    """Return whether an event's date is one that it goes on since."""
    if not draft.days or not draft.days[0].words:
        return False
    at = draft.sentence.of(text).find(draft.days[0].words)
    return at >= 0 and bool(
        re.search(r"\bsince\s+(?:the\s+|last\s+)?$", draft.sentence.of(text)[:at])
    )


def _is_total(draft: _Draft) -> bool:
    """Return whether a figure is a running total: "have been killed", "since October"."""
    if draft.kind is not Kind.CASUALTIES:
        return False
    return _is_perfect(draft.predication.verb)


def _is_perfect(verb: Token) -> bool:
    return any(child.lower_ in {"has", "have"} and child.dep_ == "aux" for child in verb.children)


def _has_definite_subject(draft: _Draft) -> bool:
    verb = draft.predication.verb
    return any(
        _is_definite(noun)
        for noun in (*draft.predication.arguments.patients, *draft.predication.arguments.agents)
    ) and verb.pos_ in {"VERB", "AUX"}


def _names_a_thing_before(draft: _Draft) -> bool:
    """Return whether what is shut was spoken of before ("the tunnels")."""
    return any(_is_definite(noun) for noun in draft.predication.arguments.patients)


def _agrees(token: Token, *, many: bool, person: bool) -> bool:
    plural = token.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in token.children)
    human = token.ent_type_ == "PERSON" or token.lemma_.lower() in _HUMANS
    return plural == many and (human == person or many)


_HUMANS = lemmas(
    """minister president emir king premier envoy director secretary official leader spokesman
    spokeswoman spokesperson general chief adviser secretary-general ambassador"""
)


def _who_demands(word: Token) -> list[Token]:
    """Return who demands: the subject of a verb, the owner of a noun."""
    if _is_verb(word):
        return list(arguments_of(word).agents)
    return list(owners_of(word))


def _country_of(name: str, peoples: Peoples) -> str | None:
    first = name.split(" ", maxsplit=1)[0]
    return peoples.countries.get(first, name if name in peoples.adjectives else name)


def _role_of(who: Who, predication: Predication, role: str) -> str:
    """Return an agent's role: mediators who meet somebody still mediate."""
    if predication.kind is Kind.TALKS and any(
        token.lemma_.lower() in {"mediator"} for token in predication.arguments.agents
    ):
        return "mediator"
    return role
