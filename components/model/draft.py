"""What the reader proposes, and what reviewers did with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from components.model.event import Event


class State(StrEnum):
    """Where a draft stands. An accepted one is an event of its article, and no draft."""

    OPEN = "open"
    REJECTED = "rejected"
    VANISHED = "vanished"


class Act(StrEnum):
    """What a reviewer, or a new reading, did."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    REOPENED = "reopened"
    READ = "read"
    APART = "kept apart"


@dataclass(frozen=True)
class Draft:
    """An event that the reader found and nobody has accepted.

    Attributes
    ----------
    rule : str
        Why the reader took it for that event.
    state : State
        `VANISHED`: a later reading no longer finds it.
    """

    event: Event
    rule: str
    state: State


@dataclass(frozen=True)
class Change:
    """One entry of an article's log.

    Attributes
    ----------
    when : datetime
        With its time zone (UTC).
    who : str
        As the reviewer gave it.
    draft : str
        Id of the draft or event it is about, as it was before the change.
    before, after : str or None
        The record as JSON; None where there was none, or is none any more.
    other : str or None
        Id of the event that it became, was merged with, is the same as or is kept apart from.
    """

    when: datetime
    who: str
    act: Act
    draft: str
    before: str | None
    after: str | None
    other: str | None = None
