"""When an event was: the time expression of its own clause, or what the tense says without one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from components.model.event import Kind, Mode
from components.model.period import Period
from components.text.arguments import contained
from components.text.kinds import RELATING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from components.text.kinds import Predication
    from components.text.reading import Dated

_NIGHT = re.compile(r"(\d{4}-\d\d-\d\d)TNI")
_DEEP = 25  # heads between a word and its clause; more is no English sentence
_ASPECT = frozenset({"xcomp"})
_HARMING = frozenset({"kill", "wound", "injure", "abduct", "kidnap", "destroy", "damage"})
_SHORT = frozenset({"hour", "hours", "minute", "minutes"})


@dataclass(frozen=True)
class When:
    """The days of an event.

    Attributes
    ----------
    words : str or None
        The article's words for the date.
    reason : str
        How they became the period, in plain English.
    """

    period: Period
    words: str | None
    reason: str


def anchors_of(predication: Predication, taken: frozenset[int] = frozenset()) -> frozenset[int]:
    """Return the words that a date or a place of an event hangs on.

    Parameters
    ----------
    taken : frozenset of int
        Words that speak of other events.
    """
    if predication.verb.lemma_ in RELATING:
        return frozenset({predication.word.i, contained(predication.word).i})
    found = {predication.word.i, predication.verb.i}
    at = predication.word
    for _ in range(_DEEP):  # from the noun up to its verb: "meetings", "round", "started"
        if at.i in (predication.verb.i, at.head.i):
            break
        if predication.verb.is_ancestor(at):
            found.add(at.i)
            at = at.head
        else:
            break
    verb = predication.verb
    # "killed two people and wounded nine near the corridor": one event
    found |= {
        child.i
        for child in verb.children
        if child.i not in taken
        and child.lemma_ in _HARMING
        and (child.dep_ == "conj" or child.tag_ == "VBG")
    }
    for _ in range(_DEEP):
        if verb.dep_ not in _ASPECT or verb.head.i == verb.i:
            break
        verb = verb.head
        found.add(verb.i)
    return frozenset(found)


def own_dates(
    predication: Predication, dated: Sequence[tuple[Token, Dated]], taken: frozenset[int]
) -> list[tuple[Token, Dated]]:
    """Return the time expressions of an event's own clause, those that name days.

    A date does not cross a clause boundary, except that a fronted one ("On Thursday, ...") holds
    for all the verbs that are joined in its clause.
    """
    anchors = anchors_of(predication, taken)
    inner = {predication.word.i, *(token.i for token in _nouns_down(predication))}
    found = []
    for token, one in dated:
        if of_expression(one) is None:
            continue
        if _climbs_to(token, anchors | inner, taken - anchors) or _beside(token, predication):
            found.append((token, one))
    if found:
        return found
    # "intercepted a drone carrying rifles in August": a participle is no clause of its own.
    found = [
        (token, one)
        for token, one in dated
        if of_expression(one) and _climbs_to(token, anchors | inner, taken - anchors, through=True)
    ]
    if found:
        return found
    above = predication.verb
    for _ in range(_DEEP):
        if above.dep_ != "conj":
            break
        above = above.head
        fronted = [
            (token, one)
            for token, one in dated
            if token.i < above.i
            and of_expression(one)
            and _climbs_to(token, frozenset({above.i}), frozenset())
        ]
        if fronted:
            return fronted
    return []


def _beside(token: Token, predication: Predication) -> bool:
    """Return whether a date hangs on "followed" but stands by one of the two that it orders.

    "The meeting on Monday followed a strike two days earlier."
    """
    verb, word = predication.verb, predication.word
    if verb.lemma_ not in RELATING or not _climbs_to(token, frozenset({verb.i}), frozenset()):
        return False
    return word.i < token.i and (token.i < verb.i or word.i > verb.i)


def _nouns_down(predication: Predication) -> list[Token]:
    return [*predication.arguments.patients, *predication.arguments.agents]


def _climbs_to(
    token: Token,
    goals: frozenset[int] | set[int],
    barred: frozenset[int],
    *,
    through: bool = False,
) -> bool:
    """Return whether a word hangs on one of some words, with no other clause between."""
    at = token
    for _ in range(_DEEP):
        if at.i in goals:
            return True
        if at.i in barred or at.head.i == at.i:
            return False
        participle = through and at.tag_ in {"VBG", "VBN"} and at.dep_ in {"acl", "advcl"}
        verb = at.pos_ in {"VERB", "AUX"} and at.dep_ not in {"amod", "compound", "prep"}
        if at is not token and verb and not participle:
            return False
        at = at.head
    return False


def undated(mode: Mode, verb: Token, published: date) -> When:
    """Return the days of an event that the article gives no date for."""
    day = published.isoformat()
    if mode is Mode.DEMANDED:
        reason = (
            "The article gives no day; it reports the demand as standing when it was published."
        )
        return When(Period.from_edtf(f"{day}?"), None, reason)
    if mode is Mode.PLANNED:
        reason = "Still to come when it was published; the article gives no day."
        return When(Period.from_edtf(f"{day}/.."), None, reason)
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    told = " ".join(
        [*(child.text for child in verb.children if child.dep_ in {"aux", "auxpass"}), verb.text]
    )
    if verb.lemma_ in RELATING:
        reason = f'"{verb.text}" tells the order; the article gives no day.'
    elif mode is Mode.ONGOING:
        reason = "Still goes on when it was published; the article does not say since when."
    elif auxiliaries & {"has", "have", "'ve", "'s"}:
        reason = f'"{told}": at some time before publication; the article gives no day.'
    elif "had" in auxiliaries:
        reason = f'"{told}": before what is told around it; the article does not say since when.'
    else:
        reason = "In the past tense; the article gives no day."
    return When(Period.from_edtf(f"../{day}"), None, reason)


def hours_from(predication: Predication, main: When) -> When | None:
    """Return the days of what was hours before or after something that is dated."""
    verb = predication.verb
    mark = next((child for child in verb.children if child.dep_ == "mark"), None)
    if mark is None or mark.lower_ not in {"after", "before"} or not main.period.exact:
        return None
    words = [child for child in verb.lefts if child.lower_ in _SHORT and child.i < mark.i]
    words += [child for child in mark.lefts if child.lower_ in _SHORT]
    if not words:
        return None
    day = main.period.first
    other = day - timedelta(days=1) if mark.lower_ == "after" else day + timedelta(days=1)
    told = f'"{words[0].text} {mark.text}"'
    reason = f"{told} counts from {main.period.words}: that day or the one beside it."
    said = words[0].doc[words[0].i : mark.i + 1].text
    return When(Period.of(day, other), said, reason)


def of_expression(one: Dated) -> When | None:
    """Return the days of a time expression, None when they are none that can be held."""
    night = _NIGHT.fullmatch(one.timex_value)
    if one.edtf is None and night and "overnight" in one.text.casefold():
        day = date.fromisoformat(night[1])
        reason = "The night before publication: on that day or the day before."
        return When(Period.of(day - timedelta(days=1), day), one.text, reason)
    try:
        return When(Period.from_edtf(one.edtf or ""), one.text, _sentence(one.rule))
    except ValueError:
        return None


def next_week(when: When, published: date) -> When:
    """Return the coming weekday for a plan's weekday that was taken for the latest one."""
    day = when.period.first + timedelta(days=7)
    named = when.words is not None and when.period.first.strftime("%A") in when.words
    if not (named and when.period.exact and day >= published):
        return when
    reason = "Looks forward: the first such weekday after publication."
    return When(Period.of(day, day), when.words, reason)


def since(kind: Kind, when: When, published: date, *, open_end: bool = False) -> When:
    """Return the days from a start to publication, or on for a war that is not over."""
    first = when.period.edtf.partition("/")[0]
    end = ".." if kind is Kind.WAR or open_end else published.isoformat()
    try:
        return When(
            Period.from_edtf(f"{first}/{end}"),
            when.words,
            f"{when.reason} Not over when published.",
        )
    except ValueError:
        return when


def _sentence(words: str) -> str:
    words = words.strip()
    return words if words.endswith(".") else f"{words}."
