"""Figures of people and things, with the hedge that the article gives them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from components.model.event import Kind, Quantity
from components.text.arguments import lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from components.text.kinds import Predication
    from components.text.reading import Span

_HEDGES = {
    "about": "about",
    "around": "about",
    "approximately": "about",
    "roughly": "about",
    "some": "about",
    "nearly": "nearly",
    "almost": "nearly",
    "close to": "nearly",
    "at least": "at least",
    "no fewer than": "at least",
    "no less than": "at least",
    "more than": "more than",
    "over": "more than",
    "fewer than": "fewer than",
    "less than": "fewer than",
    "under": "fewer than",
    "up to": "up to",
    "as many as": "up to",
}
_HEDGE = re.compile(rf"\b(?:{'|'.join(sorted(_HEDGES, key=len, reverse=True))})\s+$", re.IGNORECASE)
_LONGEST_HEDGE = 16
_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen"""
_UNITS = {word: number for number, word in enumerate(_WORDS.split())}
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * number for number, word in enumerate(_DECADES.split(), 2)}
_POWERS = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?")
_VERBAL = frozenset({"VERB", "AUX"})
_MANY = 8  # verbs whose figures are those of one event
_LONGEST = 60  # characters of a number in words
_HARM = lemmas(
    """kill wound injure abduct kidnap die hurt displace detain arrest release free seize"""
)
_NOT_COUNTED = lemmas(
    """day week month year hour minute second night time kilometre kilometer km mile metre
    meter percent per cent source witness round phase side official party stage people'
    decade"""
)


def number_of(words: str) -> int | None:
    """Return the whole number that some words stand for, None for any that do not.

    `40,000`, `1.5 million`, `two dozen`, `twenty-five`.
    """
    if len(words) > _LONGEST:
        return None
    total, current, seen = 0.0, 0.0, False
    for part in re.split(r"[\s-]+", words.strip().lower()):
        if _DIGITS.fullmatch(part):
            current += float(part.replace(",", ""))
        elif part in _UNITS or part in _TENS:
            current += _UNITS.get(part, _TENS.get(part, 0))
        elif part in _POWERS:
            current = (current if seen else 1) * _POWERS[part]
            if part in {"thousand", "million", "billion"}:
                total, current = total + current, 0.0
        elif part in {"and", "a"}:
            continue
        else:
            return None
        seen = True
    value = total + current
    return int(value) if seen and value == int(value) else None


def quantities_of(
    nouns: Iterable[Token], text: str, verb: Token | None = None
) -> Iterator[Quantity]:
    """Find how many of each noun the article tells.

    Parameters
    ----------
    nouns : iterable of Token
        Heads of noun phrases, or bare numbers ("killed 12").
    text : str
        The article as written, that the words are cut from.
    verb : Token, optional
        What was done to them, which is part of the unit: "people killed".
    """
    for noun in nouns:
        number = _number_with(noun)
        if number is None or noun.lemma_.lower() in _NOT_COUNTED:
            continue
        doc = noun.doc
        # The words of the number that touch it: "1.5 million", "two dozen".
        first = number
        while first.i > noun.sent.start and doc[first.i - 1].pos_ == "NUM":
            first = doc[first.i - 1]
        last = number
        while last.i + 1 < len(doc) and doc[last.i + 1].lower_ in _POWERS:
            last = doc[last.i + 1]
        value = number_of(text[first.idx : last.idx + len(last)])
        if value is None or value < 1:
            continue
        before = text[max(0, first.idx - _LONGEST_HEDGE) : first.idx]
        hedge = _HEDGE.search(before)
        start = first.idx - len(hedge[0]) if hedge else first.idx
        stop = max(last.idx + len(last), noun.idx + len(noun))
        what = (
            "people"
            if noun.i in {number.i, last.i}
            else noun.text
            if noun.pos_ == "PROPN"
            else noun.lower_
        )
        if what in {"person", "others"}:
            what = "people"
        yield Quantity(
            value=value,
            unit=f"{what} {_done(verb)}".strip(),
            hedge=_HEDGES[
                re.sub(r"\s+", " ", hedge[0].replace("\N{NO-BREAK SPACE}", " ").strip().lower())
            ]
            if hedge
            else None,
            words=text[start:stop],
        )


def figures_of(predication: Predication, sentence: Span, text: str) -> tuple[Quantity, ...]:
    """Return the figures of an event, those of "killing ... and abducting ..." included."""
    arguments, word, verb = predication.arguments, predication.word, predication.verb
    verbs = [one for one in dict.fromkeys((word, verb)) if one.pos_ in _VERBAL]
    for one in verbs:  # grows while it is walked
        verbs += [
            child
            for child in one.children
            if child.dep_ in {"advcl", "conj", "acl"} and child.lemma_.lower() in _HARM
        ][: _MANY - len(verbs)]
    found: dict[tuple[int, str], Quantity] = {}
    for one in verbs:
        if one not in (word, verb):
            nouns = tuple(child for child in one.children if child.dep_ in {"dobj", "nsubjpass"})
        elif one.lemma_.lower() == "die":
            nouns = arguments.agents
        else:
            nouns = arguments.patients if predication.kind is not Kind.TALKS else ()
        for counted in quantities_of(nouns, text, one):
            toll = word.lemma_ == "toll"
            quantity = replace(counted, unit="people killed") if toll else counted
            if quantity.words in sentence.of(text):
                found.setdefault((quantity.value, quantity.unit), quantity)
    return tuple(found.values())


def _number_with(noun: Token) -> Token | None:
    """Return the number of a noun, or the noun itself where it is one."""
    if noun.pos_ == "NUM" or noun.tag_ == "CD":
        return noun
    return next((child for child in noun.children if child.dep_ == "nummod"), None)


def _done(verb: Token | None) -> str:
    """Return what was done, as a participle, when people come to harm or are set free."""
    if verb is None or verb.lemma_.lower() not in _HARM:
        return ""
    if verb.lemma_.lower() == "die":
        return "killed"
    return verb.lower_ if verb.tag_ in {"VBN", "VBD"} else _PARTICIPLES.get(verb.lemma_.lower(), "")


_PARTICIPLES = {
    "kill": "killed",
    "wound": "wounded",
    "injure": "injured",
    "abduct": "abducted",
    "kidnap": "kidnapped",
    "displace": "displaced",
    "detain": "detained",
    "arrest": "arrested",
    "release": "released",
    "free": "freed",
    "seize": "seized",
}
