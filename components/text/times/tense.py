"""Which way a verb looks: whether what it tells lies behind the day of publication or ahead."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token


class Tense(StrEnum):
    """Which way the words look. `OPEN` is none that can be told."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    OPEN = "open"


# "was due", "is expected", "planned for": the day beside them is still to come.
_FORWARD = frozenset(
    ("await", "due", "expect", "expected", "intend", "plan", "ready", "schedule", "slate", "slated")
)
# "agreed to meet": so is what they govern, though not the day of the agreement itself.
_PROMISING = _FORWARD | frozenset(
    (
        "agree",
        "aim",
        "ask",
        "decide",
        "demand",
        "hope",
        "order",
        "pledge",
        "prepare",
        "promise",
        "propose",
        "set",
        "urge",
        "vow",
        "want",
        "warn",
    )
)
# "the Oct. 7 attack": it has happened, whatever the tense of the sentence.
_OVER = frozenset(
    (
        "airstrike",
        "ambush",
        "assault",
        "assassination",
        "attack",
        "blast",
        "bombardment",
        "bombing",
        "crash",
        "earthquake",
        "explosion",
        "incident",
        "incursion",
        "invasion",
        "kidnapping",
        "killing",
        "massacre",
        "raid",
        "rampage",
        "shooting",
        "stabbing",
        "strike",
    )
)
# "failed to meet": what they govern lies where they themselves do.
_THROUGH = frozenset(
    (
        "appear",
        "be",
        "begin",
        "cease",
        "come",
        "continue",
        "fail",
        "force",
        "get",
        "happen",
        "have",
        "help",
        "know",
        "manage",
        "prove",
        "refuse",
        "seem",
        "start",
        "stop",
        "tend",
        "try",
        "use",
    )
)
# "the planned visit": so is what they go before.
_TO_COME = frozenset(
    (
        "coming",
        "expected",
        "forthcoming",
        "planned",
        "projected",
        "proposed",
        "scheduled",
        "slated",
        "upcoming",
    )
)
_DEFER = frozenset(
    ("adjourn", "delay", "extend", "postpone", "push", "reschedule", "schedule", "set", "suspend")
)
# "invited them to a ceremony on March 12": they are named before they happen as well as after.
_SCHEDULED = frozenset(
    {
        *("anniversary", "ceremony", "conference", "date", "deadline", "election", "hearing"),
        *("inauguration", "launch", "meeting", "poll", "referendum", "session", "summit"),
        *("talk", "trial", "visit", "vote"),
    }
)
_MODALS = frozenset(
    (
        "will",
        "shall",
        "would",
        "'ll",
        "'d",
        "may",
        "might",
        "should",
        "must",
        "can",
        "could",
        "wo",
        "ca",
    )
)
_REACH = 8  # words before a verb among which its auxiliaries are looked for
_HEIGHT = 24  # steps up the tree; a parse that is deeper is no sentence


def tense_at(token: Token) -> tuple[Tense, str]:
    """Return which way the words look that govern a token, and those words.

    The nearest verb that says so decides: in "officials said that talks will resume on Friday",
    "Friday" looks forward, with "will resume".
    """
    for node in _upwards(token):
        if node.tag_.startswith(("VB", "MD")):
            tense = _verb_tense(node)
            if tense is Tense.PAST and _deferred(token, node):
                return Tense.FUTURE, f"{_words(node)} until"
            if tense is not Tense.OPEN:
                return tense, _words(node)
        elif node.pos_ == "ADJ" and node.lemma_.lower() in _FORWARD:
            return Tense.FUTURE, node.text
        elif node.pos_ == "NOUN" and node.i > 0 and node.nbor(-1).lower_ in _TO_COME:
            return Tense.FUTURE, f"{node.nbor(-1).text} {node.text}"
        elif node.i > token.i and node.lemma_.lower() in _OVER and node.pos_ == "NOUN":
            return Tense.PAST, node.text
    return Tense.OPEN, ""


def firmly(tense: Tense, words: str) -> bool:
    """Return whether a tense is sure; that of a bare "to get" is not."""
    return tense in {Tense.PAST, Tense.FUTURE} and not words.startswith("to ")


def is_scheduled(token: Token) -> bool:
    """Return whether a day is that of a noun that may lie on either side: "a March 12 vote"."""
    for node in _upwards(token):
        if node.tag_.startswith(("VB", "MD")):
            return False
        if node.pos_ == "NOUN" and node.lemma_.lower() in _SCHEDULED:
            return True
    return False


def _deferred(token: Token, verb: Token) -> bool:
    """Return whether a day is what something was put off to: "extended it until Friday"."""
    first = token.left_edge.i
    before = verb.doc[max(0, first - 3, verb.i) : first + 1]
    return verb.lemma_.lower() in _DEFER and any(
        word.lower_ in {"until", "till", "to", "for"} for word in before
    )


def _upwards(token: Token) -> Iterator[Token]:
    node = token
    for _ in range(_HEIGHT):
        yield node
        if node.head.i == node.i:
            return
        node = node.head


def _auxiliaries(verb: Token) -> list[Token]:
    before = verb.doc[max(0, verb.i - _REACH) : verb.i]
    return [word for word in before if word.head.i == verb.i and word.dep_.startswith("aux")]


def _words(verb: Token) -> str:
    words = [*(word.text for word in _auxiliaries(verb)), verb.text]
    if words[0] == "to" and verb.head.lemma_.lower() in _PROMISING and verb.head.i < verb.i:
        words = [verb.head.text, *words]
    return " ".join(words)


def _verb_tense(verb: Token) -> Tense:
    """Return the tense of a verb with its auxiliaries; `OPEN` leaves it to the verb above."""
    auxiliaries = _auxiliaries(verb)
    words = {word.lower_ for word in auxiliaries}
    lemmas = {word.lemma_.lower() for word in auxiliaries}
    if words & _MODALS or verb.tag_ == "MD":
        return Tense.PAST if "have" in lemmas else Tense.FUTURE
    if "to" in words:
        return _infinitive_tense(verb)
    if _looks_forward(verb):
        return Tense.FUTURE
    if words & {"had", "has", "have", "'ve"}:
        return Tense.PAST
    if verb.tag_ == "VBG":
        if not auxiliaries:
            return Tense.OPEN
        return Tense.PAST if words & {"was", "were"} else Tense.FUTURE
    if verb.tag_ == "VBD" or words & {"was", "were", "did"}:
        return Tense.PAST
    if verb.tag_ == "VBN":
        return Tense.PRESENT if auxiliaries else Tense.PAST
    return Tense.OPEN if verb.tag_ == "VB" and not auxiliaries else Tense.PRESENT


def _looks_forward(verb: Token) -> bool:
    """Return whether it is "is expected", "plans", "set for"."""
    if verb.lemma_.lower() == "set" and verb.tag_ == "VBN" and verb.i + 1 < len(verb.doc):
        return verb.nbor().lower_ in {"to", "for"}
    return verb.lemma_.lower() in _FORWARD and verb.tag_ in {"VBN", "VBZ", "VBP"}


def _infinitive_tense(verb: Token) -> Tense:
    """Return where "to meet" lies: ahead, save as a purpose or after "failed", "began"."""
    if verb.dep_ == "advcl" or verb.head.lemma_.lower() in _THROUGH:
        return Tense.OPEN
    return Tense.FUTURE
