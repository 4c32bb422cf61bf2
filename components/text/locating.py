"""Where an event was: the places of its own clause, or what the words before it speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.model.event import Basis, Kind, Mention, Role
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
_HARM = frozenset({Kind.ATTACK, Kind.CASUALTIES, Kind.ARMS})
_ABOUT = lemmas("over about regarding concerning on for against of under upon")
_TO = frozenset({"to", "into", "towards", "toward", "onto", "for"})
_AT = lemmas(
    """in at near inside around outside within along across through via under on beneath
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
_UNRESOLVED = lemmas(
    """region road border area line street junction square beach hospital crossing corridor"""
)


@dataclass(frozen=True)
class Located:
    """A place as an event's clause has it.

    Attributes
    ----------
    token : Token
        Head of its name.
    """

    token: Token
    mention: Mention


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
    anchors = anchors_of(predication)
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
            found.append(Mention(one.text, role, Basis.STATED))
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
        mention = _meant(token, role, earlier)
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
    kind = predication.kind
    at, path = token, []
    crossed = through = False
    nearest = ""
    for _ in range(_DEEP):
        if at.i in anchors and at is not token:
            break
        if at.i in barred or at.head.i == at.i:
            return None
        if (
            at.pos_ in {"VERB", "AUX"}
            and at.dep_ not in {"prep", "amod", "compound"}
            and at is not token
        ):
            if at.dep_ == "acl" and at.lemma_ in {
                "know",
                "call",
                "dub",
                "name",
                "deploy",
                "station",
                "locate",
                "lead",
                "push",
            }:
                pass
            elif (
                at.tag_ in {"VBG", "VBN"} and at.dep_ in {"advcl", "acl", "pcomp"} and kind in _HARM
            ):
                path.clear()  # "killed while waiting for food near the crossing"
                through = True
            elif at.dep_ in {"advcl", "acl", "pcomp", "xcomp"} and kind in DIPLOMACY:
                crossed = True
            else:
                return None
        path.append(at)
        if not nearest and (at.dep_ in {"prep", "agent"} or at.tag_ == "IN"):
            nearest = at.lower_
        at = at.head
    else:
        return None
    if through:
        return Role.EVENT if nearest in _AT - {"from"} else None
    prepositions = [one.lower_ for one in path if one.dep_ in {"prep", "agent"} or one.tag_ == "IN"]
    if crossed:
        return Role.TOPIC
    top = path[-1]
    if top.dep_ in {"dobj", "nsubjpass"} or (top.dep_ == "conj" and not prepositions):
        return _of_object(predication, token, prepositions)
    if not prepositions:
        if top.dep_ in {"advmod", "npadvmod"}:
            return Role.EVENT
        alone = not predication.arguments.patients and top.dep_ == "nsubj"
        return Role.EVENT if kind in {Kind.OPENING, Kind.CLOSURE} and alone else None
    first, last = prepositions[-1], prepositions[0]  # nearest to the event, to the place
    if top.dep_ in {"nsubj", "nsubjpass"} and first in {"from", "of"}:
        return None  # "negotiators from Qatar"
    if kind is Kind.APPEAL:
        return Role.TOPIC
    if kind in DIPLOMACY and first in _ABOUT:
        return Role.TOPIC
    if first in _NO_PLACE or (kind in {Kind.TALKS, Kind.WAR} and last == "between"):
        return None
    if kind is Kind.PROPOSAL and first in {"to"}:
        return None
    if kind is Kind.ARMS and first in _TO:
        return Role.DESTINATION
    if kind is Kind.ATTACK and "from" in {first, last}:
        return None
    if kind is Kind.VISIT and first == "from":
        return None
    if kind is Kind.WITHDRAWAL and first in _TO:
        left = any(one.lower_ == "from" for one in predication.verb.children)
        return Role.DESTINATION if left else Role.EVENT
    return Role.EVENT if last in _AT or first in _AT else None


def _of_object(predication: Predication, token: Token, prepositions: list[str]) -> Role | None:
    """Return what a place is that stands in the object: "struck Rafah", "closed the crossing"."""
    kind = predication.kind
    if "from" in prepositions and kind is Kind.ATTACK:
        return None
    if kind in {Kind.APPEAL, Kind.TALKS, Kind.MEDIATION, Kind.WAR}:
        if prepositions and prepositions[0] in {"in", "at"} and kind is not Kind.APPEAL:
            return Role.EVENT
        return Role.TOPIC if prepositions else None
    if kind is Kind.PROPOSAL:
        return (
            Role.EVENT
            if prepositions[:1] in (["in"], ["at"]) and len(prepositions) == 1
            else Role.TOPIC
        )
    if prepositions and prepositions[-1] in {"of", "with"} and kind is not Kind.CLOSURE:
        return Role.EVENT if kind in {Kind.ATTACK, Kind.ADVANCE, Kind.DEPLOYMENT} else None
    if kind is Kind.ARMS and prepositions and prepositions[0] in _TO:
        return Role.DESTINATION
    return Role.EVENT


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
    own = any(child.dep_ in {"poss", "acl", "relcl"} for child in token.children)
    same = [one for one in earlier if _is_a(one.text.casefold(), lemma)]
    if same and not own:
        return Mention(same[-1].text, role, Basis.STATED)
    if any(child.pos_ == "PROPN" and child.dep_ == "compound" for child in token.children):
        return _described(token, role)  # "the Tel al-Hawa area": a name, though none that is known
    if lemma == "capital":
        country = next((child.lower_ for child in token.lefts if child.lower_ in _CAPITALS), None)
        return Mention(_CAPITALS[country], role, Basis.INFERRED) if country else None
    if lemma in _GAZA:
        gaza = [one for one in earlier if one.name.startswith("Gaza") and one.use is not Use.BYLINE]
        return Mention("Gaza", role, Basis.INFERRED) if gaza else None
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
