"""Who does what to whom: the arguments of a verb or of a noun, read off the parse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_SHARING = frozenset({"xcomp", "conj", "advcl", "pcomp"})  # whose subject is the verb's above
_NAMES = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_MANY = 12  # joined words or shared verbs; more is a list, or no English
_KEPT_SUBJECT = frozenset({"use", "promise", "allow"})  # "used the area to bring arms"
_WITH = frozenset({"along", "with", "alongside"})
# "a round of meetings", "hours of shelling": what is spoken of is the second noun.
CONTAINERS = frozenset(
    {
        "barrage", "bout", "campaign", "chain", "course", "day", "dozen", "end", "flurry", "group",
        "handful", "hour", "hundred", "majority", "month", "night", "number", "outbreak", "pair",
        "part", "phase", "round", "scores", "series", "session", "set", "spate", "stage", "start",
        "string", "thousand", "volley", "wave", "week", "year",
    }
)  # fmt: skip
_PREDICATES = frozenset({"VERB", "AUX"})


def lemmas(words: str) -> frozenset[str]:
    """Return the words of a line as a set, for a lexicon that is read at a glance."""
    return frozenset(words.split())


@dataclass(frozen=True)
class Arguments:
    """What stands around a predicate.

    Attributes
    ----------
    agents, patients : tuple of Token
        Heads of the nouns for who does it, and for whom or what it is done to.
    after : mapping of str to tuple of Token
        Heads of the nouns after each preposition, in lower case.
    particles : frozenset of str
        Lower-case adverbs and particles: "out" of "pull out".
    """

    agents: tuple[Token, ...] = ()
    patients: tuple[Token, ...] = ()
    after: Mapping[str, tuple[Token, ...]] = field(default_factory=dict)
    particles: frozenset[str] = frozenset()

    def at(self, *prepositions: str) -> tuple[Token, ...]:
        """Return the heads after any of some prepositions."""
        return tuple(noun for one in prepositions for noun in self.after.get(one, ()))


def arguments_of(verb: Token) -> Arguments:
    """Return the arguments of a verb, those that it shares with the verb above it included."""
    subjects = tuple(_subjects(verb))
    passive = is_passive(verb)
    by = tuple(
        noun
        for child in verb.children
        if child.dep_ == "agent" or (passive and child.dep_ == "prep" and child.lower_ == "by")
        for noun in _objects_after(child)
    )
    objects = tuple(
        noun for child in verb.children if child.dep_ == "dobj" for noun in joined(child)
    )
    return Arguments(
        agents=by if passive else subjects,
        patients=(subjects or objects) if passive else objects,
        after=after_of(verb),
        particles=frozenset(
            child.lower_ for child in verb.children if child.dep_ in {"prt", "advmod"}
        ),
    )


def after_of(head: Token) -> dict[str, tuple[Token, ...]]:
    """Return the heads of the nouns after each preposition of a verb or a noun."""
    after: dict[str, tuple[Token, ...]] = {}
    for child in head.children:
        if child.dep_ in {"prep", "dative", "agent"}:
            after[child.lower_] = (*after.get(child.lower_, ()), *_objects_after(child))
    return after


def is_passive(verb: Token) -> bool:
    """Return whether a verb's subject is whom it is done to ("was struck", "demanded by")."""
    if any(child.dep_ in {"nsubjpass", "auxpass", "agent"} for child in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.tag_ == "VBN":
        own = any(child.dep_ in _SUBJECTS for child in verb.children)
        return not own and any(child.dep_ == "nsubjpass" for child in verb.head.children)
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def joined(noun: Token) -> tuple[Token, ...]:
    """Return a noun and those joined to it: "Egypt", "the United States" and "Qatar"."""
    found = [noun]
    for one in found:  # grows while it is walked
        if len(found) >= _MANY:
            break
        for child in one.children:
            if child.dep_ == "conj" and child.pos_ in _NAMES | {"ADJ"}:
                found.append(child)
            elif child.dep_ == "prep" and child.lower_ in _WITH:
                pairs = [child, *(inner for inner in child.children if inner.dep_ == "prep")]
                found += [inner for one in pairs for inner in one.children if inner.dep_ == "pobj"]
    return tuple(found[:_MANY])


def contained(noun: Token) -> Token:
    """Return the outermost noun that only counts or portions another: "round" of "meetings"."""
    here = noun
    while (
        here.dep_ == "pobj"
        and here.head.lower_ == "of"
        and here.head.head.lemma_.lower() in CONTAINERS
    ):
        here = here.head.head
    return here


def counted(noun: Token) -> Token:
    """Return what a noun counts: "meetings" for "round" in "a round of meetings"."""
    here = noun
    for _ in range(_MANY):
        inner = (
            one
            for child in here.children
            if child.dep_ == "prep" and child.lower_ == "of"
            for one in child.children
            if one.dep_ == "pobj"
        )
        found = next(inner, None) if here.lemma_.lower() in CONTAINERS else None
        if found is None:
            break
        here = found
    return here


def _objects_after(preposition: Token) -> Iterator[Token]:
    """Find the nouns after a preposition, also after a second one ("from inside Gaza")."""
    for child in preposition.children:
        if child.dep_ == "pobj":
            yield from joined(child)
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from joined(inner)


def _subjects(verb: Token) -> tuple[Token, ...]:
    """Return the subjects of a verb, its own or those of a verb that it depends on."""
    here: Token | None = verb
    for _ in range(_MANY):
        if here is None:
            break
        found = _own_subjects(here) or _described(here)
        if found:
            return found
        here = _sharing(here)
    return ()


def _own_subjects(verb: Token) -> tuple[Token, ...]:
    """Return a verb's own subjects; for "who" and "which", whom they stand for."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ in _SUBJECTS and child.pos_ in _NAMES:
            relative = child.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl"
            found += joined(verb.head if relative else child)
    return tuple(found)


def _described(verb: Token) -> tuple[Token, ...]:
    """Return whom a verb without a subject says something of."""
    above = verb.head
    if verb.dep_ == "acl" or (verb.dep_ == "xcomp" and above.pos_ not in _PREDICATES):
        # "a delegation due to join", "demands to keep troops", "troops deployed in"
        noun = above if above.pos_ in _NAMES else above.head
        if noun.pos_ in _NAMES:
            owned = verb.tag_ == "VB" and noun is above
            return tuple(owners_of(noun)) if owned else joined(noun)
    if verb.dep_ == "xcomp" and verb.tag_ == "VB" and above.lemma_ not in _KEPT_SUBJECT:
        # "ordered troops to leave", "want Israel to withdraw"
        objects = (child for child in above.children if child.dep_ == "dobj")
        return tuple(noun for child in objects for noun in joined(child))
    return ()


def _sharing(verb: Token) -> Token | None:
    """Return the verb above whose subject is this one's too."""
    above = verb.head
    if verb.dep_ not in _SHARING or (verb.dep_ == "acl" and above.pos_ in _NAMES):
        return None
    for _ in range(_MANY):
        if above.pos_ in _PREDICATES:
            return above if above.i != verb.i else None
        if above.pos_ in _NAMES or above.head.i == above.i:
            return None
        above = above.head
    return None


def owners_of(noun: Token) -> Iterator[Token]:
    """Find whose a demand or a plan is: "Israeli demands to keep", "Israel's plan to keep"."""
    for child in noun.children:
        if child.dep_ in {"poss", "amod", "nmod", "compound"} and child.pos_ in {"ADJ", "PROPN"}:
            yield from joined(child)
        elif child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}:
            yield from _objects_after(child)
