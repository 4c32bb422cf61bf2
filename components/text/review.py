"""What reviewers do with drafts and events: an article in, an article out, each act on its log."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from components.model.draft import Act, Change, Draft, State
from components.text.articles import (
    draft_misfits,
    draft_of,
    event_id,
    event_misfits,
    event_of,
)
from components.text.sidecar import draft_record, event_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from typing import TypeVar

    from components.model.article import Article
    from components.model.event import Event
    from components.text.reading import Found

    T = TypeVar("T")

NOBODY = "not named"
READER = "the reader"
_NO_RULE = "Put in by hand; no reader proposed it."


def find(article: Article, known_id: str) -> Event | None:
    """Return the accepted event or the draft that has an id; None when none has."""
    standing = _standing(article).get(known_id)
    return standing.event if isinstance(standing, Draft) else standing


def identity(event: Event) -> str:
    """Return the id that an event has by its first evidence and its kind."""
    return event_id(event.evidence[0].article, event.evidence, event.kind)


def accept(article: Article, draft_id: str, who: str, when: datetime) -> Article:
    """Make a draft an event of the article.

    Raises
    ------
    ValueError
        When no draft that waits has this id, or its record contradicts itself. Then, as in
        every act of this module, nothing has changed.
    """
    draft = _waiting(article, draft_id)
    event = _sound(article, draft.event)
    changed = replace(article, events=(*article.events, event), drafts=_without(article, draft))
    return _logged(changed, Act.ACCEPTED, who, when, draft_id, before=draft, after=event)


def reject(article: Article, draft_id: str, who: str, when: datetime) -> Article:
    """Keep a draft as rejected: no later reading proposes it again.

    Raises
    ------
    ValueError
        When no draft that waits has this id.
    """
    draft = _waiting(article, draft_id)
    rejected = replace(draft, state=State.REJECTED)
    changed = _put(article, draft_id, (rejected,))
    return _logged(changed, Act.REJECTED, who, when, draft_id, before=draft, after=rejected)


def reopen(article: Article, known_id: str, who: str, when: datetime) -> Article:
    """Make an accepted event or a rejected or vanished draft a draft that waits.

    Raises
    ------
    ValueError
        When none has this id, or it waits already.
    """
    before = _known(article, known_id)
    if isinstance(before, Draft):
        if before.state is State.OPEN:
            message = f"{known_id} is open already. Accept, reject or edit it."
            raise ValueError(message)
        opened = replace(before, state=State.OPEN)
        changed = _put(article, known_id, (opened,))
    else:
        opened = Draft(before, _rule(article, before), State.OPEN)
        events = tuple(event for event in article.events if event.id != known_id)
        changed = replace(article, events=events, drafts=(*article.drafts, opened))
    return _logged(changed, Act.REOPENED, who, when, known_id, before=before, after=opened)


def edit(article: Article, known_id: str, changed: Event, who: str, when: datetime) -> Article:
    """Put an event as a reviewer has it in the place of a draft or an accepted event.

    Its id is what its first evidence and its kind make it, whatever `changed.id` says. A draft
    stays a draft.

    Raises
    ------
    ValueError
        When none has this id, another has the new one, or the record is not sound.
    """
    before = _known(article, known_id, waiting=True)
    (after,) = _in_place_of(article, before, (changed,))
    edited = _put(article, known_id, (after,))
    other = None if _id(after) == known_id else _id(after)
    return _logged(edited, Act.EDITED, who, when, known_id, before=before, after=after, other=other)


def split(
    article: Article, known_id: str, parts: tuple[Event, ...], who: str, when: datetime
) -> Article:
    """Put two or more events in the place of one.

    Raises
    ------
    ValueError
        When none has this id, there are fewer than two parts, two of them or a part and another
        event would have the same id, or a part is not sound.
    """
    before = _known(article, known_id, waiting=True)
    if len(parts) < 2:  # noqa: PLR2004 (two is what splitting means)
        message = f"{known_id} would be split into {len(parts)}. Give at least two events."
        raise ValueError(message)
    after = _in_place_of(article, before, parts)
    changed = _put(article, known_id, after)
    for part in after:
        changed = _logged(
            changed, Act.SPLIT, who, when, known_id, before=before, after=part, other=_id(part)
        )
    return changed


def merge(article: Article, known_id: str, into_id: str, who: str, when: datetime) -> Article:
    """Give the evidence, sources and figures of one to another that is the same event.

    The first one goes; the log keeps its record.

    Raises
    ------
    ValueError
        When either is not there or is rejected, both are the same, or an accepted event would
        go into a draft.
    """
    before, into = (_known(article, one, waiting=True) for one in (known_id, into_id))
    if known_id == into_id:
        message = f"{known_id} cannot be merged with itself. Choose another event."
        raise ValueError(message)
    if isinstance(into, Draft) and not isinstance(before, Draft):
        message = (
            f"{known_id} is accepted, but {into_id} is a draft. Accept that one first, or merge"
            " the draft into the accepted event."
        )
        raise ValueError(message)  # noqa: TRY004 (the choice is wrong, not a type)
    united = _rewrapped(into, _sound(article, _united(_event(into), _event(before)), into))
    changed = _put(_put(article, into_id, (united,)), known_id, ())
    changed = _logged(
        changed, Act.MERGED, who, when, known_id, before=before, after=None, other=into_id
    )
    return _logged(
        changed, Act.MERGED, who, when, into_id, before=into, after=united, other=known_id
    )


def unmerge(article: Article, known_id: str, who: str, when: datetime) -> Article:
    """Take the last merge of an event back.

    It is as it was; so is the one that it went into, unless that has been changed since.

    Raises
    ------
    ValueError
        When the log knows no such merge, or the id is taken by now.
    """
    gone = _last(article, known_id, Act.MERGED)
    if gone is None or gone.before is None or gone.after is not None or gone.other is None:
        message = f"{known_id} was not merged into another event. Choose one that was."
        raise ValueError(message)
    if known_id in _standing(article):
        message = f"{known_id} is there already. Edit that one."
        raise ValueError(message)
    back = _read(article, gone.before)
    changed = replace(
        article,
        events=article.events if isinstance(back, Draft) else (*article.events, back),
        drafts=(*article.drafts, back) if isinstance(back, Draft) else article.drafts,
    )
    changed = _logged(
        changed, Act.APART, who, when, known_id, before=None, after=back, other=gone.other
    )
    into, given = _standing(article).get(gone.other), _last(article, gone.other, Act.MERGED)
    if into and given and given.other == known_id and given.before and given.after == _json(into):
        before = _read(article, given.before)
        changed = _put(changed, gone.other, (before,))
        changed = _logged(
            changed, Act.APART, who, when, gone.other, before=into, after=before, other=known_id
        )
    return changed


def same(article: Article, known_id: str, other_id: str, who: str, when: datetime) -> Article:
    """Note that an event is the same as one of another article.

    Raises
    ------
    ValueError
        When none has the first id, or the other is of this article too.
    """
    before = _known(article, known_id, waiting=True)
    _of_another(article, other_id)
    after = _rewrapped(before, replace(_event(before), same_as=other_id))
    changed = _put(article, known_id, (after,))
    return _logged(
        changed, Act.MERGED, who, when, known_id, before=before, after=after, other=other_id
    )


def apart(article: Article, known_id: str, other_id: str, who: str, when: datetime) -> Article:
    """Note that an event is not the same as one of another article; it is not proposed again.

    Raises
    ------
    ValueError
        When none has the first id, or the other is of this article too.
    """
    before = _known(article, known_id)
    _of_another(article, other_id)
    after = before
    if _event(before).same_as == other_id:
        after = _rewrapped(before, replace(_event(before), same_as=None))
    changed = _put(article, known_id, (after,))
    return _logged(
        changed, Act.APART, who, when, known_id, before=before, after=after, other=other_id
    )


def read_again(article: Article, found: tuple[Found, ...], when: datetime) -> Article:
    """Add what a reading found as drafts, and never touch what somebody has decided.

    A draft that nobody has touched follows the reading: it is as found now, it vanishes when it
    is no longer found, and opens when it is found again. What was accepted, rejected, edited,
    split, merged or opened again is left alone, and so are events put in by hand, which are not
    proposed again under another span. A record that could not be written is left out; the log
    says so.
    """
    decided = _decided(article)
    fresh, unsound = _fresh(article, found, decided)
    changed = article
    for draft in article.drafts:
        if draft.event.id not in decided:
            now = fresh.pop(draft.event.id, replace(draft, state=State.VANISHED))
            if now != draft:
                changed = _put(changed, draft.event.id, (now,))
                changed = _logged(
                    changed, Act.READ, READER, when, draft.event.id, before=draft, after=now
                )
    for draft_id, draft in fresh.items():
        changed = replace(changed, drafts=(*changed.drafts, draft))
        changed = _logged(changed, Act.READ, READER, when, draft_id, before=None, after=draft)
    told = {one.draft for one in article.log if one.before is None and one.after is None}
    for draft_id in unsound:
        if draft_id not in told:
            changed = _logged(changed, Act.READ, READER, when, draft_id, before=None, after=None)
    return changed


def _decided(article: Article) -> set[str | None]:
    """Return the ids, past ones too, of all that somebody has decided on."""
    return {
        known_id
        for change in article.log
        if change.act is not Act.READ
        for known_id in (change.draft, change.other)
    } | {draft.event.id for draft in article.drafts if draft.state is State.REJECTED}


def _fresh(
    article: Article, found: tuple[Found, ...], decided: set[str | None]
) -> tuple[dict[str, Draft], tuple[str, ...]]:
    """Return what was found and is not settled, by id; and the ids of records that are broken."""
    settled = decided | {event.id for event in article.events}
    by_hand = [
        _event(one) for one in _standing(article).values() if _rule(article, one) == _NO_RULE
    ]
    fresh: dict[str, Draft] = {}
    unsound: dict[str, None] = {}
    for one in found:
        event = _of_article(article, one.event)
        if event.id in settled or any(_tells(event, known) for known in by_hand):
            continue
        if event.id in fresh:
            event = _united(fresh[event.id].event, event)
        draft = Draft(event, one.rule, State.OPEN)
        if draft_misfits(draft_record(draft), article.text):
            unsound[event.id] = None
        else:
            fresh[event.id] = draft
    return fresh, tuple(unsound)


def _standing(article: Article) -> dict[str, Draft | Event]:
    """Return every accepted event and every draft of an article by its id."""
    drafts = {draft.event.id: draft for draft in article.drafts}
    return {**drafts, **{event.id: event for event in article.events}}


def _event(standing: Draft | Event) -> Event:
    return standing.event if isinstance(standing, Draft) else standing


def _id(standing: Draft | Event) -> str:
    return _event(standing).id


def _known(article: Article, known_id: str, *, waiting: bool = False) -> Draft | Event:
    """Return what has an id; when it is to be `waiting`, a rejected draft is refused."""
    standing = _standing(article).get(known_id)
    if standing is None:
        message = (
            f"{article.id} has no event or draft {known_id}. It may have been changed meanwhile:"
            " look at the article as it is now."
        )
        raise ValueError(message)
    if waiting and isinstance(standing, Draft) and standing.state is State.REJECTED:
        message = f"{known_id} is rejected. Reopen it first."
        raise ValueError(message)
    return standing


def _waiting(article: Article, draft_id: str) -> Draft:
    """Return a draft that is not decided on."""
    standing = _known(article, draft_id, waiting=True)
    if not isinstance(standing, Draft):
        message = f"{draft_id} is accepted already. Reopen it first."
        raise ValueError(message)  # noqa: TRY004 (what was asked for is wrong, not its type)
    return standing


def _of_article(article: Article, event: Event) -> Event:
    """Return an event as the article's sidecar can hold it, under the id that it then has."""
    evidence = tuple(replace(span, article=article.id) for span in event.evidence)
    known_id = event_id(article.id, evidence, event.kind) if evidence else event.id
    return replace(event, id=known_id, evidence=evidence, also=())


def _sound(article: Article, event: Event, standing: Draft | Event | None = None) -> Event:
    """Return an event whose record can be read again; one of a draft may contradict itself."""
    event = _of_article(article, event)
    if isinstance(standing, Draft):
        wrong = draft_misfits(draft_record(replace(standing, event=event)), article.text)
    else:
        wrong = event_misfits(event_record(event), article.text, article.published)
    if wrong:
        message = f"{event.title or event.id}: {' '.join(wrong)}"
        raise ValueError(message)
    return event


def _in_place_of(
    article: Article, before: Draft | Event, parts: tuple[Event, ...]
) -> tuple[Draft | Event, ...]:
    """Return events as what `before` is, each with an id of its own."""
    taken = _standing(article).keys() - {_id(before)}
    after = []
    for part in parts:
        event = _sound(article, part, before)
        if event.id in taken:
            message = (
                f"{event.id} is there already: an event is known by its first evidence and its"
                " kind. Choose other words as first evidence or another kind, or merge the two."
            )
            raise ValueError(message)
        taken |= {event.id}
        after.append(_rewrapped(before, event))
    return tuple(after)


def _rewrapped(standing: Draft | Event, event: Event) -> Draft | Event:
    """Return an event as what another is: a draft that waits, or an accepted event."""
    if isinstance(standing, Draft):
        return replace(standing, event=event, state=State.OPEN)
    return event


def _put(article: Article, known_id: str, parts: tuple[Draft | Event, ...]) -> Article:
    """Return the article with others of the same sort in the place of one."""

    def after(standing: Iterable[Draft | Event]) -> Iterable[Draft | Event]:
        for one in standing:
            yield from parts if _id(one) == known_id else (one,)

    return replace(
        article,
        events=tuple(one for one in after(article.events) if not isinstance(one, Draft)),
        drafts=tuple(one for one in after(article.drafts) if isinstance(one, Draft)),
    )


def _without(article: Article, draft: Draft) -> tuple[Draft, ...]:
    return tuple(one for one in article.drafts if one is not draft)


def _united(into: Event, other: Event) -> Event:
    """Return an event with the evidence, sources and figures of another added, each once."""
    return replace(
        into,
        attributions=_each_once(into.attributions, other.attributions),
        quantities=_each_once(into.quantities, other.quantities),
        evidence=_each_once(into.evidence, other.evidence),
    )


def _each_once(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _tells(event: Event, known: Event) -> bool:
    """Return whether two events are of one kind and share a word of evidence."""
    return event.kind is known.kind and any(
        one.start < other.stop and other.start < one.stop
        for one in event.evidence
        for other in known.evidence
    )


def _of_another(article: Article, other_id: str) -> None:
    """Refuse the id of an event of this article."""
    if other_id.rsplit(":", 2)[0] == article.id:
        message = f"{other_id} is of the same article. Merge the two instead."
        raise ValueError(message)


def _rule(article: Article, standing: Draft | Event) -> str:
    """Return why the reader proposed what now stands, as far as it is on record."""
    if isinstance(standing, Draft):
        return standing.rule
    known_id = standing.id
    for change in reversed(article.log):
        if change.other == known_id and change.act in {Act.EDITED, Act.SPLIT}:
            known_id = change.draft
        if change.draft == known_id and change.before:
            rule = json.loads(change.before).get("rule")
            if isinstance(rule, str):
                return rule
    return _NO_RULE


def _last(article: Article, known_id: str, act: Act) -> Change | None:
    """Return the last entry of the log in which something was done to an event."""
    entries = (one for one in reversed(article.log) if one.draft == known_id and one.act is act)
    return next(entries, None)


def _json(standing: Draft | Event) -> str:
    """Return the record of a draft or an event as JSON."""
    record = draft_record(standing) if isinstance(standing, Draft) else event_record(standing)
    return json.dumps(record, ensure_ascii=False)


def _read(article: Article, recorded: str) -> Draft | Event:
    """Return the draft or the event that the log has on record."""
    record = json.loads(recorded)
    is_draft = "state" in record
    wrong = (
        draft_misfits(record, article.text)
        if is_draft
        else event_misfits(record, article.text, article.published)
    )
    if wrong:
        message = f"The log's record cannot be used: {' '.join(wrong)}"
        raise ValueError(message)
    return draft_of(record, article.id) if is_draft else event_of(record, article.id)


def _logged(  # noqa: PLR0913 (one a field of the log)
    article: Article,
    act: Act,
    who: str,
    when: datetime,
    known_id: str,
    *,
    before: Draft | Event | None,
    after: Draft | Event | None,
    other: str | None = None,
) -> Article:
    """Return the article with one more entry on its log."""
    if when.tzinfo is None:
        message = f"{when} has no time zone. Give a time in UTC."
        raise ValueError(message)
    change = Change(
        when=when.astimezone(UTC),
        who=who.strip() or NOBODY,
        act=act,
        draft=known_id,
        before=None if before is None else _json(before),
        after=None if after is None else _json(after),
        other=other,
    )
    return replace(article, log=(*article.log, change))
