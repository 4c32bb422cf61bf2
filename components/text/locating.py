"""Where an event was: the places of its own clause, or what the words before it speak of."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from components.model.event import Basis, Kind, Mention, Role
from components.text.accounts import heads_above, is_verb
from components.text.arguments import lemmas
from components.text.dating import anchors_of
from components.text.reading import Use

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from components.text.kinds import Predication
    from components.text.reading import Named

_DEEP = 25
_SHORT = 4  # words of a description after its noun
DIPLOMACY = frozenset({Kind.TALKS, Kind.PROPOSAL, Kind.MEDIATION, Kind.APPEAL, Kind.VISIT})
_OF_PLACES = lemmas("know call dub name deploy station locate lead push")
_HARM = frozenset({Kind.ATTACK, Kind.CASUALTIES, Kind.ARMS})
_ABOUT = lemmas("over about regarding concerning on for against of under upon")
_TO = frozenset({"to", "into", "towards", "toward", "onto", "for"})
_AT = lemmas(
    """in out at near inside around outside within along across through via under on beneath
    between from to into toward towards onto off by over above beside throughout deeper east
    west north south"""
)
_NO_PLACE = frozenset({"with", "of", "for", "against", "as", "about", "than", "like", "by"})
# Nouns that point back to a place named before: "the corridor", "the area".
_GENERIC = frozenset({"area", "zone", "site", "place", "spot", "route"})
_CAPITALS = {
    "qatari": "Doha",
    "egyptian": "Cairo",
    "jordanian": "Amman",
    "lebanese": "Beirut",
    "turkish": "Ankara",
    "saudi": "Riyadh",
    "french": "Paris",
    "italian": "Rome",
    "syrian": "Damascus",
    "iranian": "Tehran",
}
_GAZA = frozenset({"territory", "enclave", "strip"})
_SPECIFIC = lemmas(
    """corridor crossing border city town camp village gate checkpoint terminal strip enclave
    neighborhood neighbourhood axis road route area zone territory region line street
    hospital junction square beach capital"""
)
_RETREATS = lemmas("retreat withdraw pull move fall return redeploy")
WAYS = lemmas("corridor crossing border axis")
# Nouns for a part of a place, which is there all the same: "the rest of the corridor".
_PARTS = lemmas(
    """rest part side section stretch half portion end remainder most much all some edge outskirts
    centre center length third quarter entrance west east north south"""
)
_UNRESOLVED = lemmas(
    """region road border area line street junction square beach hospital crossing corridor"""
)


def own_places(
    predication: Predication,
    named: Sequence[tuple[Token, Named]],
    taken: frozenset[int],
    earlier: Sequence[Named],
) -> list[Mention]:
    """Return the places of an event's own clause.

    Parameters
    ----------
    named : sequence
        The sentence's literal places, each with the head of its name.
    taken : frozenset of int
        Words that speak of other events; what hangs on them is theirs.
    earlier : sequence of Named
        Places of the sentences before, the latest last, which "the corridor" may mean.
    """
    anchors = anchors_of(predication, taken)
    anchors |= _demand_nouns(predication)
    found: list[Mention] = []
    relative = predication.verb
    if relative.dep_ == "relcl" and any(child.lower_ == "where" for child in relative.children):
        # "the corridor, where troops advanced"
        found += [
            Mention(one.text, Role.EVENT, Basis.STATED)
            for token, one in named
            if token.i == relative.head.i
        ]
    spans = {token.i for token, _ in named}
    for token, one in named:
        role = _role(predication, token, anchors, taken - anchors)
        if role is not None:
            found.append(Mention(one.text, role, _basis(token)))
    for token in predication.verb.sent:
        if token.i in spans or not _points_back(token) or _is_named(token, named):
            continue
        role = _role(predication, token, anchors, taken - anchors)
        if role is None:
            continue
        if any(one.role is Role.EVENT for one in found) and (
            token.lemma_.lower() in _GENERIC | _UNRESOLVED
        ):
            continue
        before = (one for each, one in named if each.i < token.i)
        mention = _meant(token, role, (*earlier, *before))
        if mention is not None:
            found.append(mention)
    return _each_once(found)


def _each_once(found: list[Mention]) -> list[Mention]:
    """Return each place once, and no description beside the name that it stands for."""
    kept: dict[str, Mention] = {}
    for one in found:
        key = re.sub(r"^the ", "", one.name.casefold())
        if key not in kept or (kept[key].role is not Role.EVENT and one.role is Role.EVENT):
            kept[key] = one
    events = [one for one in kept.values() if one.role is Role.EVENT]
    if any(one.name[:1].isupper() for one in events):
        return [
            one
            for one in kept.values()
            if one.role is not Role.EVENT or one.name[:1].isupper() or _says_more(one.name)
        ]
    return list(kept.values())


def _says_more(name: str) -> bool:
    """Return whether a name that begins in lower case holds a proper name ("border with Gaza")."""
    return bool(re.search(r"[A-Z]", name))


def _demand_nouns(predication: Predication) -> frozenset[int]:
    """Return the noun that a demanded act hangs on: "demands" of "demands to keep troops"."""
    verb = predication.verb
    if verb.dep_ == "acl" and verb.tag_ == "VB":
        return frozenset({verb.head.i})
    return frozenset()


def _role(
    predication: Predication, token: Token, anchors: frozenset[int], barred: frozenset[int]
) -> Role | None:
    """Return what a place is to an event, None when it has nothing to do with it."""
    path: list[Token] = [token]
    nearest, crossed = _preposition(token), False
    for at in heads_above(token, _DEEP):
        if at.i in anchors:
            break
        crossing = _crossing(at, predication.kind)
        if at.i in barred or crossing is _Crossing.NEVER or at.head.i == at.i:
            return None
        crossed = crossed or crossing is _Crossing.AIM
        nearest = nearest or _preposition(at)
        path = [*([] if crossing is _Crossing.PART else path), at]
    else:
        return None
    if _is_of_side(token) or any(_is_across(one) for one in path):
        return None
    if crossed:
        return Role.TOPIC
    if is_verb(path[0]) and path[0] is not token and predication.kind is Kind.WITHDRAWAL:
        # "left the town, retreating to the corridor"
        return Role.DESTINATION if nearest in _TO else None
    if is_verb(path[0]) and path[0] is not token:
        # "killed while waiting for food near the crossing"
        return Role.EVENT if nearest in _AT - {"from"} else None
    path = _without_parts(path)
    prepositions = [one for each in path if (one := _preposition(each))]
    top = path[-1]
    if top.dep_ in {"dobj", "nsubjpass"} or (top.dep_ == "conj" and not prepositions):
        return _of_object(predication.kind, prepositions)
    if prepositions:
        return _after(predication, top, prepositions)
    alone = not predication.arguments.patients and top.dep_ == "nsubj"
    opens = predication.kind in {Kind.OPENING, Kind.CLOSURE} and alone
    return Role.EVENT if opens or top.dep_ in {"advmod", "npadvmod"} else None


def _without_parts(path: list[Token]) -> list[Token]:
    """Return a path without the "of" of a part of a place: "left the rest of the corridor"."""
    return [
        one
        for one in path
        if not (one.lower_ == "of" and one.head in path and one.head.lemma_.lower() in _PARTS)
    ]


def _is_across(preposition: Token) -> bool:
    """Return whether what follows is only across a border: "the crossing with Egypt"."""
    noun = preposition.head
    return preposition.lower_ in {"with", "between"} and noun.lemma_.lower() in WAYS


def _is_of_side(token: Token) -> bool:
    """Return whether a name only tells which side of something: "its Gaza side"."""
    return token.dep_ in {"compound", "nmod", "amod", "poss"} and token.head.lemma_ == "side"


def _basis(token: Token) -> Basis:
    """Return how a place that is named is known: "all crossings into Gaza" were all over it."""
    preposition = token.head
    if preposition.dep_ != "prep" or preposition.i == 0:
        return Basis.STATED
    return Basis.INFERRED if is_many_ways(preposition.nbor(-1)) else Basis.STATED


def is_many_ways(noun: Token) -> bool:
    """Return whether a noun means several crossings or corridors, none of them by name."""
    return noun.tag_ == "NNS" and noun.lemma_.lower() in WAYS


class _Crossing(Enum):
    """What it means that a verb stands between a place and an event."""

    NONE = auto()
    PART = auto()
    AIM = auto()
    NEVER = auto()


def _crossing(at: Token, kind: Kind) -> _Crossing:
    """Return what a word between a place and an event means for the place."""
    if not is_verb(at) or at.dep_ in {"prep", "amod", "compound"}:
        return _Crossing.NONE
    if at.dep_ == "acl" and at.lemma_ in _OF_PLACES:
        return _Crossing.NONE
    if kind is Kind.WITHDRAWAL and at.lemma_ in _RETREATS:
        return _Crossing.PART
    if kind in _HARM and at.tag_ in {"VBG", "VBN"} and at.dep_ in {"advcl", "acl", "pcomp"}:
        return _Crossing.PART
    if kind in DIPLOMACY and at.dep_ in {"advcl", "acl", "pcomp", "xcomp"}:
        return _Crossing.AIM
    return _Crossing.NEVER


def _preposition(token: Token) -> str:
    """Return a preposition in lower case, nothing for another word."""
    if token.lower_ == "of" and token.head.lower_ in {"out", "outside", "inside"}:
        return "from" if token.head.lower_ == "out" else "in"
    return token.lower_ if token.dep_ in {"prep", "agent"} or token.tag_ == "IN" else ""


def _after(predication: Predication, top: Token, prepositions: list[str]) -> Role | None:
    """Return what a place after some prepositions is: the first is nearest to the place."""
    if predication.kind is Kind.CASUALTIES and prepositions[-1] == "by":
        # "killed by fire near the crossing" was near it; "by gunmen from Sderot" was not in it
        prepositions = [one for one in prepositions[:-1] if one not in {"from", "of"}] or ["by"]
    kind, last, first = predication.kind, prepositions[0], prepositions[-1]
    fronted = top.i < predication.verb.left_edge.i + 1 and first in {"in", "at"}
    if (kind is Kind.APPEAL and not fronted) or (kind in DIPLOMACY and first in _ABOUT):
        return Role.TOPIC
    from_of = top.dep_ in {"nsubj", "nsubjpass"} and first in {"from", "of"}
    between = kind in {Kind.TALKS, Kind.WAR} and last == "between"
    whom = kind is Kind.PROPOSAL and first == "to"
    origin = (kind in {Kind.ATTACK, Kind.CASUALTIES} and "from" in {first, last}) or (
        kind is Kind.VISIT and first == "from"
    )
    if from_of or between or whom or origin or first in _NO_PLACE:
        return None
    if kind is Kind.ARMS and first in _TO:
        return Role.DESTINATION
    if kind is Kind.WITHDRAWAL and first in _TO:
        # Those who pull back to a line stand there; "from" tells what they left.
        own = predication.verb.children
        words = {one.lower_ for child in own for one in (child, *child.children)}
        return Role.EVENT if "back" in words and "from" not in words else Role.DESTINATION
    return Role.EVENT if {first, last} & _AT else None


def _of_object(kind: Kind, prepositions: list[str]) -> Role | None:
    """Return what a place is that stands in the object: "struck Rafah", "closed the crossing"."""
    if kind in {Kind.TALKS, Kind.MEDIATION, Kind.WAR, Kind.APPEAL}:
        held = kind is not Kind.APPEAL and prepositions[:1] in (["in"], ["at"])
        return Role.EVENT if held else Role.TOPIC if prepositions else None
    if kind is Kind.PROPOSAL:
        return Role.EVENT if prepositions in (["in"], ["at"]) else Role.TOPIC
    if kind is Kind.ATTACK and "from" in prepositions:
        return None
    if prepositions and prepositions[-1] in {"of", "with"} and kind is not Kind.CLOSURE:
        return Role.EVENT if kind in {Kind.ATTACK, Kind.ADVANCE, Kind.DEPLOYMENT} else None
    to = kind is Kind.ARMS and prepositions and prepositions[0] in _TO
    return Role.DESTINATION if to else Role.EVENT


def _points_back(token: Token) -> bool:
    """Return whether a word points back to a place: "the corridor", "there"."""
    if token.lower_ == "there" and token.dep_ == "advmod":
        return True
    return (
        token.lemma_.lower() in _SPECIFIC
        and token.pos_ == "NOUN"
        and any(
            (child.lower_ in {"the", "this", "that"} and child.dep_ == "det")
            or child.dep_ == "poss"
            for child in token.children
        )
    )


def _is_named(token: Token, named: Sequence[tuple[Token, Named]]) -> bool:
    return any(one.span.start <= token.idx < one.span.stop for _, one in named)


def _meant(token: Token, role: Role, earlier: Sequence[Named]) -> Mention | None:
    """Return the place that "the corridor", "the area" or "there" means."""
    lemma = token.lemma_.lower()
    if lemma == "there":
        return None
    if lemma in WAYS:
        return _way(token, role, [one for one in earlier if _is_a(one.text.casefold(), lemma)])
    own = any(child.dep_ in {"poss", "acl", "relcl"} for child in token.children)
    same = [one for one in earlier if _is_a(one.text.casefold(), lemma)]
    if same and not own:
        return Mention(same[-1].text, role, Basis.STATED)
    if any(child.pos_ == "PROPN" and child.dep_ == "compound" for child in token.children):
        return _described(token, role)  # "the Tel al-Hawa area": a name, though none that is known
    if lemma == "capital" or lemma in _GAZA:
        known = _capital(token) if lemma == "capital" else _gaza(token, earlier)
        return Mention(known, role, Basis.INFERRED) if known else None
    if any(
        child.dep_ in {"poss", "acl", "relcl"} or child.lower_ in {"with", "between"}
        for child in token.children
    ):
        return _described(token, role) if lemma in _UNRESOLVED else None
    if lemma in _GENERIC:
        ways = [
            one
            for one in earlier
            if re.search(r"corridor|zone|border|axis|cross", one.text, re.IGNORECASE)
        ]
        if ways:
            return Mention(ways[-1].text, role, Basis.STATED)
    if lemma in _UNRESOLVED:
        return _described(token, role)
    return None


def _capital(token: Token) -> str | None:
    """Return the city that "the Qatari capital" means."""
    return next((_CAPITALS[one.lower_] for one in token.lefts if one.lower_ in _CAPITALS), None)


def _gaza(token: Token, earlier: Sequence[Named]) -> str | None:
    """Return "Gaza" for "the strip" after it was named, and for "the enclave" of its article."""
    named = any(one.name.startswith("Gaza") and one.use is not Use.BYLINE for one in earlier)
    enclave = token.lemma_.lower() == "enclave" and "Gaza" in token.doc.text
    return "Gaza" if named or enclave else None


def _way(token: Token, role: Role, same: Sequence[Named]) -> Mention | None:
    """Return the place that "the corridor" means: the latest of that sort, or its description.

    A bare "corridor" that nothing before it names is no place; nor are "the crossings".
    """
    if is_many_ways(token):
        return None
    owner = next((child for child in token.children if child.dep_ == "poss"), None)
    after = token.doc[token.i + 1 : token.i + 2]
    across = next((one for one in after if one.lower_ in {"with", "between"}), None)
    # The border with one country is not that with another.
    apart = across is not None and token.lemma_.lower() == "border"
    if same and owner is None and not apart:
        return Mention(same[-1].text, role, Basis.INFERRED)
    if across is not None and across.head != token:
        # "closed the border with Gaza", the last words taken to tell how
        words = token.doc[token.left_edge.i : across.right_edge.i + 1].text
        return Mention(words, role, Basis.STATED)
    compound = any(child.pos_ == "PROPN" and child.dep_ == "compound" for child in token.children)
    if across is not None or compound or (owner is not None and owner.pos_ == "PROPN"):
        return _described(token, role)
    return Mention(same[-1].text, role, Basis.INFERRED) if same else None


def _is_a(name: str, lemma: str) -> bool:
    """Return whether a name is that of a corridor, a crossing, a border, ..."""
    return name.endswith(lemma) or name.startswith((f"{lemma} between", f"{lemma} with"))


def _described(token: Token, role: Role) -> Mention:
    """Return a place under the article's own description of it: "the road leading to it"."""
    first, last = token.left_edge, token
    while first.i < token.i and (first.lower_ in {"so", "-", "called", "a"} or not first.is_alpha):
        first = first.nbor(1)
    for child in token.rights:
        if child.dep_ in {"acl", "prep"} and child.right_edge.i - token.i <= _SHORT:
            last = child.right_edge
    if any(one.lower_ == "so" for one in token.lefts) or any(
        one.lower_ == "called" for one in token.lefts
    ):
        first = max(
            (one for one in token.lefts if one.lower_ == "called"), key=lambda one: one.i
        ).nbor(1)
    return Mention(token.doc[first.i : last.i + 1].text, role, Basis.STATED)


def shared_border(earlier: Sequence[Named], owner: str | None) -> str | None:
    """Return the latest border that a country has a side of, by the words of its name."""
    for one in reversed(earlier):
        if owner and "border" in one.text.casefold() and owner in one.text:
            return one.text
    return None


def latest_way(earlier: Sequence[Named]) -> str | None:
    """Return the latest corridor, crossing or border that was named."""
    for one in reversed(earlier):
        if one.use is Use.LITERAL and re.search(
            r"corridor|crossing|border|axis|route", one.text, re.IGNORECASE
        ):
            return one.text
    return None
