"""How a predicate is put: as a fact, a plan, a demand, a claim, a denial, or as no event at all.

Whose word is a claim
---------------------
===========================================  =========  =========================================
who says so                                  speaks as  what is told as a fact is then
===========================================  =========  =========================================
a party to the conflict, in its own name:    party      claimed, be it about itself or about the
a state or movement whose forces fight in               other side
it or whose border it is about; its forces,
ministries, health authority, officials
sources, diplomats, witnesses, residents,    observer   a fact, with the attribution
aid workers, medics of any side, unnamed
the United Nations, aid agencies, news       observer   a fact, with the attribution
agencies, mediators, other states
the reporter                                 observer   a fact
anybody, of how many were killed or hurt     counter    claimed: a count is the counter's
anybody, of the figures in a sentence that   counter    a fact; the figures are the counter's
the reporter tells
===========================================  =========  =========================================

All parties are treated alike. A plan or a demand that a party states stays a plan or a demand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from components.model.event import Scope
from components.text.attribution import denies, scope_of
from components.text.reading import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from components.text.reading import Said

# The first two rows of the table above, as words that appear in a source's name.
_PARTIES = re.compile(
    r"""\b(?:israel\w*|jerusalem|tel\ aviv|idf|cogat|shin\ bet|mossad|knesset|netanyahu|gallant
    |palestin\w+|gaza\w*|hamas\w*|islamic\ jihad|qassam|al-quds\ brigades|haniyeh|sinwar|fatah
    |egypt\w*|cairo|sisi|hezbollah\w*|houthis?|iran\w*)\b
    |^(?:military|army)$""",
    re.IGNORECASE | re.VERBOSE,
)
_OBSERVERS = re.compile(
    r"""\b(?:sources?|diplomats?|witness(?:es)?|residents?|medics?|doctors?|rescuers?|survivors?
    |journalists?|reporters?|mediators?|analysts?|experts?|lawyers?|(?:rights|aid)\ groups?
    |aid\ workers?|united\ nations|unrwa|ocha|unicef|media|news|newspaper
    |television|tv|radio|person|people|(?:aid|news|relief)\ agenc(?:y|ies)|civilians
    |families|red\ crescent|red\ cross)\b
    |\bu\.?n\.?(?=\s|$)""",
    re.IGNORECASE | re.VERBOSE,
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_DEMANDING = _words(
    """demand want insist urge press ask require request seek appeal implore pressure push call beg
    order instruct tell warn"""
)
_WITH_OBJECT = frozenset({"demand", "want", "require", "request", "seek", "urge"})
_WITH_PREPOSITION = frozenset(
    {(verb, "for") for verb in ("call", "push", "press", "appeal", "ask")} | {("insist", "on")}
)
_ALSO_SPEAKING = _words("insist warn tell order instruct ask call seek")
_DEMANDS = frozenset({"demand", "call", "request", "appeal", "insistence", "ultimatum"})
_PLANNING = _words(
    """plan intend expect schedule set slate due prepare agree vow pledge promise poise decide
    arrange vote choose announce"""
)
_AWAITED = frozenset({"expect", "schedule", "slate", "due", "plan"})
_COMING = frozenset({"planned", "scheduled", "expected", "upcoming", "forthcoming"})
_GOALS = _words(
    """proposal plan effort bid aim goal attempt possibility risk threat hope chance prospect idea
    option draft framework formula suggestion offer push initiative compromise urgency need obstacle
    condition talk negotiation discussion pressure deal warning fear readiness willingness call
    difference gap dispute question"""
)
_AIMING = _words(
    """aim hope try attempt propose consider discuss suggest offer threaten fear seek negotiate bid
    mull debate"""
)
_NOT_YET = frozenset({"proposed", "possible", "potential", "eventual", "any", "draft", "future"})
_UNREAL = frozenset({"would", "could", "may", "might", "should", "can", "must", "'d", "ca"})
_FAILING = _words(
    """fail refuse decline prevent block avoid cancel unable reject oppose resist deny"""
)
# "To" after these does not point ahead: "continued to advance", "is said to have left".
_REALISING = _words(
    """continue begin start manage use help go come force report say believe know appear seem keep
    remain proceed understand see"""
)
_LASTING = _words(
    """remain continue keep stay persist rage mediate control occupy maintain patrol"""
)
_WARS = frozenset({"war", "conflict"})
_DURATIVE = frozenset({"offensive", "siege", "blockade", "fighting", "campaign", "occupation"})
_BEGINNING = frozenset({"begin", "start", "launch", "erupt", "enter"})
_ENDING = frozenset({"end", "finish", "halt", "stop", "conclude"})
_AGREEMENTS = frozenset({"deal", "ceasefire", "truce", "agreement", "breakthrough"})
_REACHING = _words(
    """reach sign conclude strike announce hold take enter begin start secure complete break
    collapse violate welcome follow end expire breach implement come go lapse agree include see"""
)
_PRESUMING = frozenset({"after", "following", "since", "during", "under", "of", "by", "with"})
_HARM = frozenset({"kill", "die", "wound", "injure", "hurt"})
_SPEAKING = _words(
    """say tell add state announce report note warn confirm claim declare insist explain"""
)
_EFFECTS = _words(
    """help allow enable make mean be require include see lead bring give let cause have need like
    prefer consider want"""
)
_TOPICS = frozenset({"proposal", "plan", "offer", "deal", "agreement"})
_HOLDING = frozenset({"keep", "leave", "remain", "stay", "have", "see", "get"})
_STATES = _words("be close deploy station shut seal mediate hold keep control occupy")
_LENGTHS = frozenset({"week", "month", "year", "decade"})
_REMAINING = frozenset({"remain", "continue", "persist", "stay"})
_NONE = frozenset({"no", "not", "none", "neither", "nobody", "nothing"})
_TO_AN_AIM = frozenset({"for", "to", "at", "of", "on", "over", "about", "in"})
_OTHER_MATTERS = frozenset({"nsubj", "nsubjpass", "advcl", "relcl", "parataxis", "npadvmod"})
_LONGEST_CHAIN = 12  # steps up the parse; what is farther up has no say over a word
_REACH = 1500  # characters; no cue stands farther from what is said


def stance_of(predicate: Token, doc: Doc, said: tuple[Said, ...]) -> Stance:
    """Return how a predicate is put.

    Parameters
    ----------
    predicate : Token
        A verb, or a noun that names an event ("withdrawal", "talks").
    doc : Doc
        The article it stands in, parsed.
    said : tuple of Said
        Who says what in that article, as `find_attributions` has it: in the order of the cues.
    """
    return stance_with_reason(predicate, doc, said)[0]


def stance_with_reason(predicate: Token, doc: Doc, said: tuple[Said, ...]) -> tuple[Stance, str]:
    """Return how a predicate is put, and why, in one plain sentence."""
    vouching = vouching_for(predicate, said)
    for one in vouching:
        if denies(one, doc):
            return Stance.DENIED, f"Denied by {one.name}."
    carriers = _carriers(predicate)
    for stance, find in _FINDERS:
        reason = find(predicate, carriers)
        if reason is not None:
            return stance, reason
    tellers = [one.name for one in vouching if scope_of(one, doc) is Scope.EVENT]
    if tellers and _is_count(predicate):
        return Stance.CLAIMED, f"A count of people, by {tellers[0] or 'somebody unnamed'}."
    party = next(filter(is_party, tellers), None)
    if party is not None:
        return Stance.CLAIMED, f"Said by {party}, a party to the conflict."
    reason = _ongoing(predicate, carriers)
    if reason is not None:
        return Stance.ONGOING, reason
    teller = next(filter(None, tellers), "the reporter").rstrip(".")
    return Stance.HAPPENED, f"Told as a fact by {teller}."


def is_party(name: str) -> bool:
    """Return whether a source speaks as a party to the conflict; the table above says who does."""
    return bool(_PARTIES.search(name)) and not _OBSERVERS.search(name)


def vouching_for(predicate: Token, said: tuple[Said, ...]) -> tuple[Said, ...]:
    """Return who says what a predicate tells; the nearest is the first."""
    at = predicate.idx
    first = bisect_left(said, at - _REACH, key=lambda one: one.cue.start)
    found = []
    for place in range(first, len(said)):
        one = said[place]
        if one.cue.start > at + _REACH:
            break
        outside = one.cue.start <= at < one.cue.stop or (
            one.source is not None and one.source.start <= at < one.source.stop
        )
        if one.content.start <= at < one.content.stop and not outside:
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.content.stop - one.content.start))


# ---- the parse, read


def _lemma(token: Token) -> str:
    return token.lemma_.casefold()


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"}


def _auxiliaries(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "expl"}), None)


def _upwards(token: Token) -> list[tuple[Token, Token]]:
    """Return each word with what it hangs on, up to the root."""
    found: list[tuple[Token, Token]] = []
    at = token
    while at.head != at and len(found) < _LONGEST_CHAIN:
        found.append((at, at.head))
        at = at.head
    return found


def _carriers(token: Token) -> list[Token]:
    """Return a word and those up to the verb that carries it: "a round of meetings started"."""
    carried = [token]
    for child, head in _upwards(token):
        if _is_verb(child) and not _is_carried(child, head):
            break
        if child.dep_ == "prep" and _lemma(head) in _GOALS and not _is_verb(head):
            break  # "will discuss plans for an advance": the discussion will be, not the advance
        carried.append(head)
    return carried


def _is_carried(verb: Token, head: Token) -> bool:
    """Return whether a verb takes tense and mood from another: "will open it and let it be"."""
    if _auxiliaries(verb) or _subject(verb) is not None:
        return False
    if verb.dep_ == "conj":
        return verb.tag_ == head.tag_
    return verb.dep_ in {"xcomp", "oprd", "acomp", "ccomp"} and _lemma(head) in _HOLDING


def _quoted(token: Token, following: str = "") -> str:
    return f'"{token.text}{" " if following else ""}{following}"'


# ---- one question each; the answer is a reason, or None


def _negated(token: Token, carriers: list[Token]) -> str | None:
    for one in carriers:
        if not _is_verb(one) and one is not token:
            continue
        word = next((child for child in one.children if _denies_head(child)), None)
        if word is not None:
            return f"{_quoted(word)} goes with {_quoted(one)}."
        if one.dep_ in {"pobj", "pcomp"} and one.head.lower_ == "without":
            return '"without" says that it did not come about.'
    if _is_verb(token) and _has_empty_subject(token):
        return "Nobody and nothing did."
    for child, head in _upwards(token):
        if _lemma(head) in _FAILING and child.dep_ in {"xcomp", "dobj", "ccomp", "pcomp", "prep"}:
            return f"{_quoted(head)} says that it did not come about."
        if not (_is_verb(head) and child.dep_ in {"dobj", "xcomp", "conj"}):
            break
    return None


def _denies_head(child: Token) -> bool:
    """Return whether a word is the "not" or "no" of the word that it hangs on."""
    if child.dep_ == "neg":
        return child.doc[child.i + 1 : child.i + 2].text.lower() != "only"
    return child.dep_ == "det" and child.lower_ in _NONE


def _has_empty_subject(verb: Token) -> bool:
    """Return whether it is "no trucks", "not a single truck" or "nobody" that did it."""
    subjects = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    return any(
        word.lower_ in _NONE for one in subjects for word in (one, one.left_edge, *one.lefts)
    )


def _demanded(token: Token, carriers: list[Token]) -> str | None:
    if _lemma(token) in _TOPICS and "to" in _auxiliaries(carriers[-1]):
        return None  # "urged them to accept the proposal"
    for child in token.children:
        demanded = child.dep_ in {"acl", "relcl"} and _lemma(child) in _WITH_OBJECT
        if demanded or (child.dep_ == "amod" and child.lower_ in {"demanded", "requested"}):
            return f"{_quoted(child)} makes it a demand."
    for child, head in _upwards(token):
        if _is_verb(head) and (_auxiliaries(head) & _UNREAL or _is_proposed(head)):
            return None
        if _demands(child, head):
            return f"{_quoted(head)} makes it a demand."
        lemma = _lemma(head)
        if child.dep_ in _OTHER_MATTERS:
            return None
        if child.dep_ == "prep" and (lemma in _GOALS or _is_verb(head)):
            return None
        if child.dep_ == "ccomp" and lemma in _SPEAKING:
            return None
    return None


def _is_proposed(verb: Token) -> bool:
    """Return whether it is a proposal that "requires" or "demands": still a proposal."""
    subject = _subject(verb)
    return subject is not None and _lemma(subject) in _GOALS | _AGREEMENTS


def _demands(child: Token, head: Token) -> bool:
    """Return whether a word demands what hangs on it by `child`."""
    lemma = _lemma(head)
    if not _is_verb(head):
        hangs = child.dep_ in {"acl", "ccomp", "relcl"} or child.lower_ in {"for", "that"}
        return lemma in _DEMANDS and hangs and head.pos_ != "PROPN"
    if lemma not in _DEMANDING:
        return False
    if child.dep_ == "dobj":
        return lemma in _WITH_OBJECT
    if child.dep_ == "prep":
        return (lemma, child.lower_) in _WITH_PREPOSITION
    if child.dep_ not in {"xcomp", "ccomp", "advcl", "acl"} or not _is_verb(child):
        return False
    words = _auxiliaries(child)
    infinitive = "to" in words
    if lemma in _ALSO_SPEAKING:
        bare = child.tag_ == "VB" and child.dep_ == "ccomp" and not words & _UNREAL
        return (infinitive or bare) and child.i > head.i
    return child.i > head.i and (child.dep_ != "advcl" or infinitive)


def _planned(token: Token, carriers: list[Token]) -> str | None:
    for child in token.children:
        if child.dep_ == "amod" and child.lower_ in _COMING:
            return f"It is {_quoted(child)}."
        if child.dep_ in {"amod", "acl"} and child.lower_ == "due" and child.i > token.i:
            return '"due" looks ahead.'
    return next(filter(None, map(_looks_ahead, filter(_is_verb, carriers))), None)


def _looks_ahead(verb: Token) -> str | None:
    """Return a reason why what a verb tells is still to come."""
    words = _auxiliaries(verb)
    if words & {"will", "'ll", "shall", "wo"}:
        return f"{_quoted(verb)} is still to come."
    if "would" in words and _is_told_ahead(verb):
        return f"{_quoted(verb)} was still to come when it was said."
    awaited = _lemma(verb) in _AWAITED and not any(c.dep_ == "prt" for c in verb.children)
    if verb.tag_ == "VBN" and awaited and words & {"is", "are", "was", "were"}:
        return f"{_quoted(verb)} looks ahead."
    if verb.lemma_ == "be":
        for child in verb.children:
            due = child.dep_ in {"acomp", "xcomp"} and child.lower_ in {"due", "set"}
            if due or (child.dep_ == "xcomp" and "to" in _auxiliaries(child)):
                return f"{_quoted(child if due else verb)} looks ahead."
    if "to" not in words:
        return None
    if _is_planning(verb, verb.head):
        return f"{_quoted(verb.head, 'to')} looks ahead."
    if _is_in_headline(verb) and (verb.dep_ == "ROOT" or _opens_headline(verb)):
        return f'"to {verb.text}" in a headline looks ahead.'
    return None


def _is_planning(infinitive: Token, governor: Token) -> bool:
    """Return whether an infinitive is what a verb plans: "agreed to send", "is to meet"."""
    if governor.lemma_ == "be":
        return infinitive.dep_ == "xcomp" and governor.tag_ in {"VBZ", "VBP", "VBD"}
    if infinitive.dep_ not in {"xcomp", "acl", "advcl", "ccomp", "relcl"}:
        return False
    return governor.lower_ == "going" or (
        _lemma(governor) in _PLANNING and governor.pos_ not in {"NOUN", "PROPN"}
    )


def _is_told_ahead(verb: Token) -> bool:
    """Return whether "would" is the "will" of somebody who said so: "said it would reopen"."""
    if verb.dep_ != "ccomp" or _lemma(verb.head) not in _SPEAKING or verb.head.tag_ != "VBD":
        return False
    conditional = any(token.lower_ in {"if", "unless", "once"} for token in verb.sent)
    known = _subject(verb) is not None and not _is_proposed(verb)
    return known and not conditional and _lemma(verb) not in _EFFECTS


def _is_in_headline(token: Token) -> bool:
    line = token.doc[:60].text.split("\n", 1)[0]
    return token.idx < len(line) and not line.rstrip().endswith((".", "!", "?"))


def _opens_headline(verb: Token) -> bool:
    """Return whether "crossing to open" is all the clause that a headline has."""
    return verb.dep_ == "acl" and verb.head.left_edge.i == verb.sent.start


def _hypothetical(token: Token, carriers: list[Token]) -> str | None:
    if _lemma(token) in _WARS:
        return None
    for child in token.children:
        if child.dep_ in {"amod", "compound", "det"} and child.lower_ in _NOT_YET:
            return f"It is {_quoted(child)}."
    for one in filter(_is_verb, carriers):
        words = _auxiliaries(one)
        if words & _UNREAL:
            return f'"{min(words & _UNREAL)} {one.text}" is no event yet.'
        for child in one.children:
            if child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"}:
                return f"It hangs on {_quoted(child)}."
        if "to" in words and _lemma(one.head) not in _REALISING and one.dep_ != "ROOT":
            return f'"to {one.text}" is an aim.'
    return _under_an_aim(token, carriers) or _merely_spoken_of(token, carriers)


def _under_an_aim(token: Token, carriers: list[Token]) -> str | None:
    """Ask the words above: "a proposal to end", "aimed at resolving", "would see ... withdraw"."""
    for child, head in _upwards(token):
        if child.dep_ in _OTHER_MATTERS - {"advcl"}:
            return None
        aims = _is_verb(child) and child.dep_ in {"advcl", "acl"} and child not in carriers
        if aims and "to" in _auxiliaries(child) and _lemma(head) not in _REALISING:
            return f'"to {child.text}" is an aim.'
        reason = _aim_of(child, head, token)
        if reason is not None:
            return reason
        speaks = child.dep_ == "ccomp" and _lemma(head) in _SPEAKING
        if speaks or (_is_verb(child) and child.dep_ in {"advcl", "csubj"}):
            return None
    return None


def _aim_of(child: Token, head: Token, token: Token) -> str | None:
    """Return a reason where a word makes what hangs on it by `child` an aim or a topic."""
    if child.dep_ in {"pobj", "pcomp"} and head.dep_ == "prep" and head.lower_ in _TO_AN_AIM:
        above = head.head
        if _lemma(above) in _GOALS | _AIMING and above is not token:
            return f"{_quoted(above, head.text)} names an aim or a topic."
    if not _is_verb(head) or child.dep_ not in {"dobj", "ccomp", "xcomp", "conj"}:
        return None
    if _lemma(head) in _AIMING and child.dep_ != "conj":
        return f"{_quoted(head)} does not say that it came about."
    unreal = _auxiliaries(head) & _UNREAL
    return f'"{min(unreal)} {head.text}" is no event yet.' if unreal else None


def _merely_spoken_of(token: Token, carriers: list[Token]) -> str | None:
    """Return a reason where a deal or a ceasefire is a topic: "the obstacles to a deal"."""
    if _is_verb(token) or _lemma(token) not in _AGREEMENTS:
        return None
    if token.dep_ == "pobj" and token.head.lower_ in _PRESUMING:
        return None
    carrier = carriers[-1]
    if _is_verb(carrier) and (_lemma(carrier) in _REACHING or token.dep_ in {"nsubj", "nsubjpass"}):
        return None
    return f"{_quoted(token)} is spoken of, not said to have come about."


def _ongoing(token: Token, carriers: list[Token]) -> str | None:
    verb = carriers[-1] if _is_verb(carriers[-1]) else None
    if _is_unended(token, verb):
        return f"Nothing says that the {token.lower_} has ended."
    if verb is None:
        return None
    words, lemma = _auxiliaries(verb), _lemma(verb)
    lasts = lemma in _REMAINING or (lemma in _LASTING and verb.tag_ in {"VBZ", "VBP"})
    if lasts or (verb.dep_ == "xcomp" and _lemma(verb.head) in _LASTING):
        return f"{_quoted(verb if lasts else verb.head)} says that it goes on."
    if verb.tag_ == "VBG" and words & {"is", "are", "'s", "'re", "been", "'ve"}:
        return f"{_quoted(verb)} is under way."
    if any(child.lower_ == "still" for child in verb.children):
        return '"still" says that it goes on.'
    perfect = bool(words & {"has", "have", "'s", "'ve"})
    if perfect and lemma in _STATES and (word := _how_long(verb) or _how_long(token)):
        return f'"{word}" says that it has gone on.'
    if lemma == "be" and (perfect or verb.tag_ in {"VBZ", "VBP"}):
        return f"{_quoted(verb)} tells of a state."
    return None


def _how_long(verb: Token) -> str | None:
    """Return the words for how long something has gone on: "since May", "for months"."""
    for child in verb.children:
        marks = (one.lower_ for one in child.children if one.dep_ in {"mark", "prep"})
        if child.lower_ == "since" or (child.dep_ == "advcl" and "since" in marks):
            return "since"
        if child.dep_ == "prep" and child.lower_ == "for":
            long = next((one for one in child.children if _lemma(one) in _LENGTHS), None)
            if long is not None:
                return f"for {long.text}"
    return None


def _is_unended(token: Token, verb: Token | None) -> bool:
    """Return whether it is a war or a siege of which no end is told."""
    lemma = _lemma(token)
    if lemma in _DURATIVE:
        return verb is not None and _lemma(verb) in _BEGINNING and token.dep_ == "nsubj"
    ended = verb is not None and _lemma(verb) in _ENDING and "to" not in _auxiliaries(verb)
    other = any(child.dep_ == "amod" or child.lower_ in {"a", "any"} for child in token.lefts)
    return lemma in _WARS and not ended and not other


def _is_count(token: Token) -> bool:
    """Return whether a verb tells how many people were killed or hurt."""
    if _lemma(token) not in _HARM or not _is_verb(token):
        return False
    counted = [
        c
        for c in token.children
        if c.dep_ == "nsubjpass" or (c.dep_ == "nsubj" and _lemma(token) == "die")
    ]
    return any(word.pos_ == "NUM" for one in counted for word in (one, *one.children))


_FINDERS = (
    (Stance.NEGATED, _negated),
    (Stance.DEMANDED, _demanded),
    (Stance.PLANNED, _planned),
    (Stance.HYPOTHETICAL, _hypothetical),
)
