"""Who takes part in an event, under the neutral names that the map shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Self

from components.text.arguments import counted, joined, lemmas
from components.text.kinds import FIGHTERS, FORCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

# Names that countries and movements have beside their own.
_SAME = {
    "u.s.": "United States",
    "us": "United States",
    "usa": "United States",
    "america": "United States",
    "american": "United States",
    "united states": "United States",
    "u.n.": "United Nations",
    "un": "United Nations",
    "united nations": "United Nations",
    "u.k.": "United Kingdom",
    "uk": "United Kingdom",
    "britain": "United Kingdom",
    "british": "United Kingdom",
    "uae": "United Arab Emirates",
    "eu": "European Union",
    "idf": "Israeli military",
    "washington": "United States",
    "cairo": "Egypt",
    "doha": "Qatar",
    "ankara": "Turkey",
    "tehran": "Iran",
    "moscow": "Russia",
    "pentagon": "United States",
    "white house": "United States",
    "kremlin": "Russia",
    "cogat": "COGAT",
    "turkish": "Turkey",
    "turkey": "Turkey",
    "türkiye": "Turkey",
    "european": "European Union",
}
# Offices that say which country a person speaks for, though none is named.
_OFFICES = {
    "cia": "United States",
    "secretary of state": "United States",
    "united states": "United States",
    "united nations": "United Nations",
    "white house": "United States",
    "mossad": "Israel",
    "shin bet": "Israel",
}
MOVEMENTS = frozenset({"hamas", "hezbollah", "fatah", "houthi", "houthis", "isis", "qassam"})
_TITLES = re.compile(
    r"\b(?:president|prime minister|(?:foreign|defen[cs]e|finance|interior|health) minister|"
    r"secretary of state|secretary[- ]general|national security advis[eo]r|envoy|emir|king|"
    r"crown prince|chancellor|ambassador|spokes(?:man|woman|person)|director|chief|leader|"
    r"minister|secretary|premier|commissioner|coordinator|general|adviser|advisor)\b",
    re.IGNORECASE,
)
_PERSONAL = lemmas(
    """president premier minister secretary envoy emir king prince chancellor ambassador
    director chief leader commissioner coordinator adviser advisor secretary-general sultan"""
)
_DEEDS = frozenset({"strike", "airstrike", "response", "raid", "shelling", "fire", "gunfire"})
_NOBODY = frozenset({"withdrawal", "demand", "plan", "war"})
_LONGEST = 60  # characters of a name
_MANY = 40  # words before a noun; more is no title


@dataclass(frozen=True)
class Who:
    """Somebody of an article.

    Attributes
    ----------
    name : str
        Neutral and for display: "Egypt" for its officials, "Israeli military" for its tanks.
    country : str or None
        The country or movement that they belong to.
    """

    name: str
    country: str | None


@dataclass(frozen=True)
class Peoples:
    """Countries and what their people are called.

    Attributes
    ----------
    countries : mapping of str to str
        "Egyptian" to "Egypt".
    adjectives : mapping of str to str
        "Egypt" to "Egyptian".
    """

    countries: Mapping[str, str]
    adjectives: Mapping[str, str]

    @classmethod
    def of(cls, demonyms: Mapping[str, str]) -> Self:
        """Return the countries of some demonyms; the first demonym of a country is its own."""
        return cls(demonyms, {country: word for word, country in reversed(tuple(demonyms.items()))})


def who_are(noun: Token, peoples: Peoples) -> tuple[Who, ...]:
    """Return whom a noun phrase speaks of: two for "U.S. and Israeli delegations"."""
    first = who_is(noun, peoples)
    if first is None or first.name != first.country:
        return (first,) if first else ()
    others = [
        other
        for child in counted(noun).lefts
        if child.dep_ in {"amod", "nmod", "compound", "poss"}
        for other in joined(child)[1:]
    ]
    named = [_same(_full(one), peoples) for one in (*_after_of(counted(noun)), *others)]
    return (first, *(Who(one, one) for one in dict.fromkeys(named) if one and one != first.name))


def who_is(noun: Token, peoples: Peoples) -> Who | None:
    """Return who a noun phrase speaks of, None where it is nobody ("the proposals", "they")."""
    noun = counted(noun)
    if noun.pos_ not in {"NOUN", "PROPN", "ADJ"}:
        return None
    if noun.text in peoples.countries and noun.pos_ != "ADJ":
        return None  # "a Palestinian" is somebody, not the country
    itself = _same(noun.text, peoples) or (noun.text if noun.lower_ in MOVEMENTS else None)
    if itself:
        return Who(itself, itself)
    words = _phrase(noun)
    country, demonym = _country(noun, words, peoples)
    named = [
        child
        for child in noun.rights
        if child.dep_ == "appos" and child.ent_type_ == "PERSON" and noun.pos_ == "NOUN"
    ]
    if named:  # "the EU's foreign policy chief, Josep Borrell"
        return _person(named[0], country)
    if noun.ent_type_ == "PERSON" or (noun.pos_ == "PROPN" and _TITLES.search(words)):
        return _person(noun, country)
    if noun.lemma_.lower() in FORCES | _DEEDS | FIGHTERS:
        return _armed(noun, words, country, demonym)
    return _body(noun, words, country)


def _armed(noun: Token, words: str, country: str | None, demonym: str | None) -> Who | None:
    """Return whose forces, fighters or strikes they are."""
    lemma = noun.lemma_.lower()
    if country is None:
        return None
    if lemma in FIGHTERS:
        return Who(words, country)
    forces = lemma in FORCES and country.lower() not in MOVEMENTS
    return Who(f"{demonym or country} military" if forces else country, country)


def _body(noun: Token, words: str, country: str | None) -> Who | None:
    """Return which office, ministry, delegation or organisation it is."""
    lemma = noun.lemma_.lower()
    if lemma in _PERSONAL:
        office = _TITLES.search(words)
        if not (country and office) or country == "United Nations":
            return Who(country, country) if country and office else None
        return Who(f"{office[0][0].upper()}{office[0][1:].lower()} ({country})", country)
    if lemma == "authority" or (lemma == "ministry" and "health" in words.lower()):
        return Who(words, country)
    if noun.pos_ == "PROPN" and noun.ent_type_ in {"ORG", "GPE", "NORP", ""}:
        return Who(country if country and noun.ent_type_ == "" else words, country)
    if country and lemma not in _NOBODY:
        return Who(country, country)
    return None


def source_name(words: str) -> str:
    """Return a source's words as a name: no article before it, plain apostrophes and spaces."""
    plain = re.sub(r"\s+", " ", words.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).strip()
    return re.sub(r"^[Tt]he (?=\S)", "", plain)


def _full(noun: Token) -> str:
    """Return a name with its first part: "United States" for "States"."""
    parts = [child.text for child in noun.lefts if child.dep_ == "compound"]
    return " ".join([*parts, noun.text])


def _phrase(noun: Token) -> str:
    """Return a noun with what stands before it, without articles and numbers."""
    first = noun
    for child in noun.lefts:
        if child.dep_ in {"amod", "compound", "nmod", "poss"} and child.i < first.i:
            first = child.left_edge
    while first.i < noun.i and (first.pos_ in {"DET", "NUM", "PUNCT"} or first.dep_ == "quantmod"):
        first = first.nbor(1)
    words = noun.doc[first.i : noun.i + 1].text
    if len(words) > _LONGEST:
        words = noun.text
    return source_name(words)


def _country(noun: Token, words: str, peoples: Peoples) -> tuple[str | None, str | None]:
    """Return the country that a noun phrase names, and the adjective that it names it by."""
    before = (inner for one in noun.lefts for inner in one.subtree)
    beside = [token for token in islice(before, _MANY) if token.i <= noun.i]
    for token in (noun, *noun.lefts, *beside, *_after_of(noun)):
        if named := _same(token.text, peoples):
            adjective = token.text if token.text in peoples.countries else None
            return named, adjective or peoples.adjectives.get(named)
        if token.lower_ in MOVEMENTS:
            return token.text, None
    lower = words.lower()
    offices = (
        country
        for office, country in _OFFICES.items()
        if re.search(rf"\b{re.escape(office)}(?!\w)", lower)  # no "cia" in "officials"
    )
    return next(offices, None), None


def _after_of(noun: Token) -> tuple[Token, ...]:
    """Return the nouns after "of" or "from": "negotiators from Israel and Qatar"."""
    return tuple(
        other
        for child in noun.rights
        if child.dep_ == "prep" and child.lower_ in {"from", "of"}
        for inner in child.children
        if inner.dep_ == "pobj"
        for other in joined(inner)
    )


def _same(word: str, peoples: Peoples) -> str | None:
    """Return the country that one word means, whether a name or a demonym."""
    known = _SAME.get(word.lower())
    if known and (word[:1].isupper() and (word.lower() != "us" or word == "US")):
        return known
    if word in peoples.countries:
        country = peoples.countries[word]
        return _SAME.get(country.lower(), country)
    return word if word in peoples.adjectives else None


def _person(noun: Token, country: str | None) -> Who:
    """Return a person by the name alone, with the country that the title tells."""
    first = noun
    for _ in range(_MANY):
        if first.i == 0:
            break
        before = first.nbor(-1)
        part = before.ent_type_ == "PERSON" or (
            before.pos_ == "PROPN" and before.dep_ == "compound"
        )
        if not part or _TITLES.search(before.text) or before.text.isupper():
            break
        first = before
    name = noun.doc[first.i : noun.i + 1].text
    name = source_name(name if len(name) <= _LONGEST else noun.text)
    return Who(f"{name} ({country})" if country else name, country)
