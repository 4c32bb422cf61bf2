"""Plain words for a position: what a party wants, plans, claims or does."""

from __future__ import annotations

from typing import NamedTuple

from components.model.event import Kind, Mode


class Phrase(NamedTuple):
    """What one party does, and what several do: "wants Israel out", "want Israel out"."""

    one: str
    many: str


class _Words(NamedTuple):
    """What a kind is in words: as a thing; to be planned, wanted, claimed; done, and going on."""

    thing: str
    aim: str
    wish: str
    fact: str
    done: str
    doing: str


COMPROMISES = Phrase("seeks compromises", "seek compromises")

_WORDS = {
    Kind.DEPLOYMENT: _Words(
        "a deployment{by}",
        "to keep troops", "to keep troops", "troops{whose} are there", "sent troops", "keeps troops"
    ),
    Kind.WITHDRAWAL: _Words(
        "a withdrawal{by}",
        "to withdraw", "{whom} out", "troops{whose} left", "withdrew troops", "withdraws troops"
    ),
    Kind.ADVANCE: _Words(
        "an advance{by}",
        "to move troops in", "to move troops in", "troops{whose} moved in", "moved troops in",
        "moves troops in",
    ),
    Kind.ARMS: _Words(
        "a transfer of arms",
        "to bring arms through", "to bring arms through", "arms came through",
        "brought arms through", "brings arms through",
    ),
    Kind.OPENING: _Words(
        "an opening",
        "to have {it} open", "{it} opened", "{it} {is} open", "opened {it}", "keeps {it} open"
    ),
    Kind.CLOSURE: _Words(
        "a closure",
        "to have {it} shut", "{it} shut", "{it} {is} shut", "shut {it}", "keeps {it} shut"
    ),
    Kind.PROPOSAL: _Words(
        "a proposal",
        "to make a proposal", "a proposal", "there is a proposal", "made a proposal",
        "makes a proposal",
    ),
    Kind.APPEAL: _Words(
        "an appeal",
        "to appeal to {whom}", "to appeal to {whom}", "there is an appeal", "appealed to {whom}",
        "appeals to {whom}",
    ),
}  # fmt: skip
KINDS = frozenset(_WORDS)

_VERBS = {
    Mode.DEMANDED: ("wants", "want"),
    Mode.PLANNED: ("plans", "plan"),
    Mode.CLAIMED: ("claims that", "claim that"),
    Mode.DENIED: ("denies", "deny"),
}
_REPORTS = ("reports", "report")

_AS_TOLD = {Mode.DEMANDED: "a demand for {thing}", Mode.PLANNED: "a plan for {thing}"}


def phrase(  # noqa: PLR0913 (all that the words depend on)
    kind: Kind, mode: Mode, *, whom: str, whose: str, crossing: bool, said: bool
) -> Phrase:
    """Return what a party says or does, in plain words.

    Parameters
    ----------
    whom : str
        Of whom it is wanted, or who is addressed; empty when nobody is named.
    whose : str
        Whose troops it is about, when they are not the party's own.
    crossing : bool
        Whether the ground is a crossing, which opens and shuts; elsewhere routes do.
    said : bool
        Whether the party only says that it is so, and nobody is named who acts.
    """
    words = _WORDS[kind]
    it, are = ("it", "is") if crossing else ("routes", "are")
    one, many = _VERBS.get(mode, ("", ""))
    if said and mode not in {Mode.CLAIMED, Mode.DENIED}:
        # What others do is told as a thing: the kind alone does not say of whom or of what.
        (one, many), rest = _REPORTS, _AS_TOLD.get(mode, "{thing}").format(thing=words.thing)
    elif one:
        by_mode = {
            Mode.DEMANDED: words.wish, Mode.PLANNED: words.aim, Mode.DENIED: words.thing,
        }  # fmt: skip
        rest = by_mode.get(mode, words.fact)
    else:
        rest = words.doing if mode is Mode.ONGOING else words.done
    told = rest.format(
        whom=whom or ("troops" if kind is Kind.WITHDRAWAL else "others"),
        whose=f" of {whose}" if whose else "",
        by=f" by {whose}" if whose else "",
        it=it,
        **{"is": are},
    )
    plural = told
    if not one and mode is Mode.ONGOING:
        verb, _, behind = told.partition(" ")
        plural = f"{verb.removesuffix('s')} {behind}"
    return Phrase(f"{one} {told}".strip(), f"{many} {plural}".strip())
