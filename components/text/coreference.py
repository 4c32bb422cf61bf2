"""One event once: a second mention is further evidence of the first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from components.model.event import Actor, Basis, Kind, Mention, Mode, Role
from components.model.period import Period
from components.text.actors import who_is
from components.text.dating import When
from components.text.reading import Span, Use

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.text.accounts import Account, Story
    from components.text.reading import Named

_TOLD = frozenset({Mode.HAPPENED, Mode.CLAIMED, Mode.ONGOING, Mode.PLANNED})
_SIDES = re.compile(
    r"\bwar between ((?:[A-Z][\w'.]*\s?)+ and (?:[A-Z][\w'.]*\s?)+?)"
    r"(?: (?:in|over) ([A-Z][\w']+))?(?=[\s,.;]|$)"
)


def add_account(account: Account, story: Story) -> None:
    """Keep an account, or make it further evidence of an event that was told before."""
    last = story.accounts[-1] if story.accounts else None
    if last is not None and _goes_on(account, last):
        last.quantities += account.quantities
        last.evidence.append(account.sentence)
        return
    same = [one for one in story.latest if _is_same(one, account)]
    if not same:
        story.accounts.append(account)
        return
    for one in same if len(account.days) > 1 else same[-1:]:
        if account.sentence not in one.evidence:
            one.evidence.append(account.sentence)
        if not one.event_places:
            one.places += [place for place in account.places if place.role is Role.EVENT]


def _goes_on(account: Account, last: Account) -> bool:
    """Return whether figures go on with an attack: "Twenty others were wounded."."""
    return (
        account.kind is Kind.CASUALTIES
        and account.mode is Mode.HAPPENED
        and last.kind is Kind.ATTACK
        and last.number >= account.number - 1
        and not account.days
        and not account.predication.arguments.agents
    )


def _is_same(old: Account, new: Account) -> bool:
    """Return whether two accounts tell of one event.

    Same kind; no two modes, places, days or figures that exclude each other; and something that
    ties them: a noun that points back, or all actors with the place or the day.
    """
    if old.kind is not new.kind or (old.sentence == new.sentence and not new.definite):
        return False
    if _exclude(old, new):
        return False
    old_who, new_who = ({one.name for one in each.actors} for each in (old, new))
    if new.definite:
        return not new_who or not old_who or bool(old_who & new_who) or len(new.days) > 1
    if old.quantities and new.quantities and old.quantities != new.quantities:
        return False
    same_place = bool(old.event_places & new.event_places)
    same_day = old.dated and new.dated and old.when.period == new.when.period
    tied = (same_place and (same_day or not new.dated)) or (same_day and not new.event_places)
    return bool(old_who) and old_who == new_who and tied


def _exclude(old: Account, new: Account) -> bool:
    """Return whether two accounts cannot tell of one event."""
    modes = {old.mode, new.mode}
    if len(modes) > 1 and not (new.definite and modes <= _TOLD):
        return True
    counts = new.kind is Kind.CASUALTIES and (
        old.quantities != new.quantities or old.attributions != new.attributions
    )
    apart = old.event_places and new.event_places and not old.event_places & new.event_places
    days = new.days or (new.when,)
    never = old.dated and new.dated and not any(old.when.period.meets(day.period) for day in days)
    return bool(counts or apart or never or (not old.dated and new.dated and new.definite))


def complete_wars(story: Story, sentences: Sequence[Span], places: Sequence[Named]) -> None:
    """Give a war the sides and the place that other words name, and totals its beginning."""
    war = next((one for one in story.accounts if one.kind is Kind.WAR), None)
    if war is None:
        return
    for sentence in sentences:
        sides = _SIDES.search(story.text, sentence.start, sentence.stop)
        if sides is not None:
            _add_sides(war, sides, story)
            trimmed = sides.string[sentence.start : sentence.stop].strip()
            start = story.text.find(trimmed, sentence.start)
            evidence = Span(start, start + len(trimmed))
            if evidence not in war.evidence:
                war.evidence.append(evidence)
            break
    if not war.event_places and any(
        one.name == "Gaza" and one.use is not Use.BYLINE for one in places
    ):
        war.places.append(Mention("Gaza", Role.EVENT, Basis.INFERRED))
    if war.dated:
        first = war.when.period.edtf.partition("/")[0]
        period = Period.from_edtf(f"{first}/{story.published.isoformat()}")
        reason = "A running total, from the start of the war to publication."
        for one in story.accounts:
            if one.is_total and not one.dated:
                one.when = When(period, None, reason)


def _add_sides(war: Account, sides: re.Match[str], story: Story) -> None:
    """Add the sides and the place of "war between A and B in C"."""
    for token in story.tokens(Span(sides.start(1), sides.end(1))):
        who = who_is(token, story.peoples)
        if who is not None and all(one.name != who.name for one in war.actors):
            war.actors.append(Actor(who.name, "participant"))
    if not war.event_places and sides[2]:
        war.places.append(Mention(sides[2], Role.EVENT, Basis.STATED))
