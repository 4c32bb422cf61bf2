"""One neutral line for an event, in the article's own words, with whose claim it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from components.model.event import Kind, Mode, Role
from components.text.arguments import contained, lemmas
from components.text.kinds import RELATING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from components.model.event import Actor, Mention
    from components.text.kinds import Predication


_LONGEST = 120  # characters
_DEEP = 6
# What hangs on a verb or a noun and tells another matter.
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_APART = lemmas("advcl relcl parataxis cc conj mark punct dep appos discourse intj")
_DEMANDS = lemmas(
    """want demand insist call require ask request press urge seek insistence appeal"""
)
_DOERS = frozenset({"participant", "proposes", "urges", "visits", "moves", "attacks"})
_MANY = re.compile(
    r"\b(?:and|authorities|medics|officials|tallies|sources|residents|witnesses|rescuers|doctors)\b"
)
_LINKING = lemmas("also besides earlier elsewhere however instead later meanwhile separately then")
_LONG_ASIDE = 6  # words
_ENDS = " \t\r\n,;:-\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}."


def title_of(
    predication: Predication,
    mode: Mode,
    actors: Sequence[Actor],
    places: Sequence[Mention],
    text: str,
) -> str:
    """Return the words that tell an event, cut short, after the name of who claims it.

    Parameters
    ----------
    text : str
        The article as written.
    """
    sides = [one.name for one in actors if one.role == "participant"]
    place = next((one.name for one in places if one.role is Role.EVENT), "")
    if predication.kind is Kind.WAR:
        between = f" between {' and '.join(sides)}" if len(sides) > 1 else ""
        return f"War{between}{f' in {place}' if place else ''}"
    tokens = list(_words(_head(predication, mode)))
    words = _cut(tokens, text)
    doer = next((one.name for one in actors if one.role in _DOERS), None)
    if doer and tokens and tokens[0].lower_ in {"it", "he", "she", "they"}:
        words = f"{doer}{words[len(tokens[0]) :]}"
    if not words:
        words = f"{predication.kind}: {place}" if place else str(predication.kind)
    claimants = " and ".join(one.name for one in actors if one.role == "claims")
    if mode in {Mode.CLAIMED, Mode.DENIED} and claimants:
        many = int(bool(_MANY.search(claimants)))
        cue = (("denies", "deny") if mode is Mode.DENIED else ("says", "say"))[many]
        words = f"{claimants} {cue}: {words}"
    return f"{words[:1].upper()}{words[1:]}"


def _head(predication: Predication, mode: Mode) -> Token:
    """Return what the words begin at: the verb, or the demand above it."""
    if predication.verb.lemma_ in RELATING:
        return contained(predication.word)
    head = predication.verb
    if mode is Mode.DEMANDED:
        at = head
        for _ in range(_DEEP):
            if at.lemma_.lower() in _DEMANDS or at.head.i == at.i:
                break
            at = at.head
        head = at if at.lemma_.lower() in _DEMANDS else head
    if head.dep_ == "acl" and head.head.pos_ in {"NOUN", "PROPN"}:
        return head.head
    for _ in range(_DEEP):
        if head.dep_ != "xcomp" or head.head.i == head.i or head.head.lemma_ == "deny":
            break
        head = head.head  # "due" of "are due to be presented", then "are"
    return head.head if head.dep_ in {"acomp", "amod"} else head


def _words(head: Token) -> Iterator[Token]:
    """Find the words of a clause without the clauses and asides in it, in their order."""
    kept = [head]
    if head.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in head.children):
        # "met officials and will travel on": the subject stands with the first verb.
        kept += [child for child in head.head.children if child.dep_ in _SUBJECTS]
    for one in kept:  # grows while it is walked
        if len(kept) > _LONGEST:
            break
        kept += [child for child in one.children if _belongs(child, one, head)]
    yield from sorted(kept, key=lambda token: token.i)


def _belongs(child: Token, one: Token, head: Token) -> bool:
    """Return whether a word belongs to the clause of `head` that `one` is of."""
    if child.dep_ in _APART and not _is_joined_name(child):
        return False
    if one is head and child.i < head.i and child.lower_ in {"where", "when", "which", "that"}:
        return False
    if (
        one is head
        and child.i < head.i
        and (child.dep_ in {"npadvmod", "ccomp"} or child.lower_ in _LINKING)
    ):
        return False
    long_aside = child.right_edge.i - child.left_edge.i >= _LONG_ASIDE
    placed = child.lemma_ in {"deploy", "station", "know"}
    if child.dep_ == "acl" and child.tag_ != "VB" and long_aside and one is not head and not placed:
        return False
    if child.dep_ == "prep" and child.lower_ == "according":
        return False
    return not (child.dep_ == "prep" and child.lower_ == "with" and long_aside)


def _is_joined_name(token: Token) -> bool:
    """Return whether a word joins nouns: "Egypt and Qatar", not another clause."""
    if token.dep_ in {"cc", "conj"}:
        return token.head.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} and token.pos_ != "VERB"
    return token.dep_ == "punct" and token.text in {"-", ","}


def _cut(tokens: Sequence[Token], text: str) -> str:
    """Return words as they stand in the article, no more than fit, a gap closed by a space."""
    line, before = "", -1
    kept = {token.i for token in tokens}
    for token in tokens:
        if token.text == "," and not {token.i - 1, token.i + 1} <= kept:
            continue  # closes what was left out
        piece = text[token.idx : token.idx + len(token)]
        touches = token.i > 0 and before == token.i - 1 and not token.nbor(-1).whitespace_
        joint = "" if not line or touches or piece == "," else " "
        before = token.i
        if len(line) + len(piece) > _LONGEST:
            return f"{line.strip(_ENDS)} \N{HORIZONTAL ELLIPSIS}"
        line += joint + piece
    return re.sub(r",(?:\s*,)+", ",", re.sub(r"\s+", " ", line)).strip(_ENDS)
