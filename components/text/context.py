"""When and where an event was, by the events told beside it and before it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from components.model.event import Basis, Kind, Mention, Mode, Role
from components.text.accounts import VIOLENT, Account, Story, is_definite, is_verb
from components.text.dating import When, hours_from, since
from components.text.locating import is_many_ways, latest_way, shared_border
from components.text.reading import Use
from components.text.roles import who_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from components.text.reading import Named

_NEAR = 3  # sentences that "there" and "the strike" may look back
_RECENT = 6  # places among which the latest corridor or crossing is looked for
_NOT_YET = frozenset({Mode.PLANNED, Mode.DEMANDED, Mode.DENIED})
_DIPLOMACY = frozenset({Kind.TALKS, Kind.PROPOSAL})
_GATHERINGS = frozenset({"summit", "meeting", "talk", "conference"})
_GAZA = re.compile(r"\bGaza\b|\b(?:enclave|strip|territory)\b", re.IGNORECASE)


def complete_from_beside(account: Account, fresh: Sequence[Account], story: Story) -> None:
    """Date and place an event by another of its sentence: "since", "hours after", "where"."""
    verb = account.predication.verb
    for other in fresh:
        clause = other.predication.verb
        began = other.dated and clause.head.i == verb.i and _marks(clause, "since")
        if began and not account.dated:
            account.when = since(account.kind, other.when, story.published, open_end=True)
            account.dated = True
        if account.event_places or not clause.is_ancestor(verb):
            continue
        if _owned(account):
            account.places_of(other, Basis.INFERRED)
        elif verb.dep_ == "relcl" and _at_once(account, other):
            account.places += [one for one in other.places if one.role is Role.EVENT]
    for other in fresh:
        above = other is not account and other.predication.verb.is_ancestor(verb)
        if account.dated or not (above and other.dated):
            continue
        near = hours_from(account.predication, other.when)
        if near is not None:
            words = story.as_written(near.words or "", account.sentence)
            account.when, account.dated = replace(near, words=words), True
        elif verb.tag_ == "VBD" and _at_once(account, other):
            account.when = other.days[0] if other.days else other.when
            account.dated = True


def complete_from_before(
    account: Account,
    places: Sequence[tuple[Token, Named]],
    fresh: Sequence[Account],
    story: Story,
) -> None:
    """Place and date an event by those that its words go on to speak of.

    Parameters
    ----------
    places : sequence
        Of its sentence, each with the head of its name.
    fresh : sequence of Account
        Those of its sentence, in order.
    """
    near = [one for one in story.latest if account.number - one.number <= _NEAR]
    there = any(
        one.lower_ == "there" and one.dep_ == "advmod" for one in account.predication.word.sent
    )
    told_as_done = account.mode not in {Mode.PLANNED, Mode.DEMANDED}
    if account.kind in VIOLENT and told_as_done and _goes_on_with(account, near, there=there):
        return
    if there and not account.event_places and near:
        _same_setting(account, near[-1])
    if account.event_places:
        return
    if account.kind in _DIPLOMACY:
        told = [*story.latest, *fresh[: fresh.index(account)]]
        _as_the_talks(account, [one for one in told if one.kind in _DIPLOMACY and one.event_places])
    if account.mode is Mode.DEMANDED and not is_verb(account.predication.word):
        before = [
            named
            for token, named in places
            if named.use is Use.LITERAL and token.i < account.predication.word.i
        ]
        account.places += [Mention(one.text, Role.EVENT, Basis.STATED) for one in before[-1:]]
    if account.kind is Kind.CASUALTIES:
        place = _of_the_source(account, places, story)
        account.places += [Mention(place, Role.EVENT, Basis.INFERRED)] if place else []
    if account.kind is Kind.APPEAL:
        at = account.predication.arguments.at("at", "during", "in")
        talks = [one for one in near if one.kind is Kind.TALKS and one.event_places]
        if talks and any(is_definite(noun) and noun.lemma_ in _GATHERINGS for noun in at):
            _same_setting(account, talks[-1])
    place = _way_before(account, story)
    account.places += [Mention(place, Role.EVENT, Basis.INFERRED)] if place else []


def _of_the_source(
    account: Account, places: Sequence[tuple[Token, Named]], story: Story
) -> str | None:
    """Return where those are who count the dead: "officials in Gaza", "Gaza's ministry"."""
    sources = [one.source for one in account.said if one.source]
    for token, named in places:
        here = named.use is Use.LITERAL and token.head.lower_ == "in"
        if here and any(one.has(named.span) for one in sources):
            return named.text
    of_gaza = any(_GAZA.search(one.of(story.text)) for one in sources)
    return "Gaza" if account.is_total and of_gaza else None


def _way_before(account: Account, story: Story) -> str | None:
    """Return the corridor, crossing or border that was shut, opened, used or taken."""
    latest = latest_way(story.earlier[-_RECENT:])
    if account.kind is Kind.ADVANCE:
        return latest if _owned(account) else None
    many = any(is_many_ways(noun) for noun in account.predication.arguments.patients)
    if account.kind not in {Kind.CLOSURE, Kind.OPENING, Kind.ARMS} or many:
        return None
    return _border(account, story) or latest


def _goes_on_with(account: Account, near: Sequence[Account], *, there: bool) -> bool:
    """Give violence that has no day the setting of the violence told just before."""
    before = [
        one
        for one in near
        if one.kind in VIOLENT and (account.number - one.number <= 1 or there or account.definite)
    ]
    if not before:
        return False
    last = before[-1]
    named = any(not one.name[:1].islower() for one in account.places if one.role is Role.EVENT)
    vague = not named or account.event_places <= last.event_places
    if vague and not account.dated and not account.is_total:
        _same_setting(account, last)
        return True
    if there and not account.event_places:
        _same_setting(account, last)
    return False


def _same_setting(account: Account, other: Account) -> None:
    """Give an event the place and the day of another, where it has none."""
    if not account.event_places:
        account.places_of(other, Basis.INFERRED)
    if not account.dated and other.dated:
        reason = f"Speaks of what happened then: {other.when.reason}"
        account.when, account.dated = When(other.when.period, None, reason), True


def _as_the_talks(account: Account, talks: Sequence[Account]) -> None:
    """Place talks where the talks before were: inferred when dated or due, else guessed."""
    arguments = account.predication.arguments
    points_back = account.definite or any(
        is_definite(noun) for noun in (*arguments.patients, *arguments.agents)
    )
    sure = account.dated or account.mode is Mode.PLANNED
    if talks and (points_back or account.mode is Mode.PLANNED or not account.dated):
        account.places_of(talks[-1], Basis.INFERRED if sure else Basis.GUESSED)


def _border(account: Account, story: Story) -> str | None:
    """Return the border at which a country shut something that was not spoken of before."""
    arguments = account.predication.arguments
    if account.kind is not Kind.CLOSURE or any(is_definite(noun) for noun in arguments.patients):
        return None
    owners = (who_in(token, account, story) for token in arguments.agents)
    owner = next((who.country for who in owners if who is not None), None)
    return shared_border(story.earlier, owner)


def _marks(clause: Token, word: str) -> bool:
    return any(one.dep_ == "mark" and one.lower_ == word for one in clause.children)


def _owned(account: Account) -> bool:
    """Return whether what it was done to is part of something named: "seized its Gazan side"."""
    return any(
        child.lower_ == "its"
        for noun in account.predication.arguments.patients
        for child in noun.subtree
    )


def _at_once(account: Account, other: Account) -> bool:
    """Return whether a clause tells what happened then or there: "when", "where"."""
    verb = account.predication.verb
    joined = any(
        child.lower_ in {"when", "where"} and child.dep_ == "advmod" for child in verb.children
    )
    return verb.dep_ in {"advcl", "relcl"} and joined and not {account.mode, other.mode} & _NOT_YET
