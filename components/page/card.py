"""A draft or an accepted event as a large card, and what a reviewer can do with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.draw.evidence import MODE_MEANING, ROLE_WORDS
from components.draw.style import MODE_WORDS, THEME_WORDS, glyph
from components.model.draft import Act, State
from components.page import reviewing
from components.page.controls import address, ground
from components.page.html import rendered
from components.page.words import point_words
from components.text.review import accept, apart, find, merge, reject, reopen, same

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.model.article import Article
    from components.model.event import Event
    from components.text.articles import Library

_DECISIONS = {Act.ACCEPTED, Act.REJECTED, Act.EDITED, Act.SPLIT, Act.MERGED, Act.REOPENED}


def card(article: Article, event: Event, state: State | None, words: str) -> None:
    """Show what an event says, and who decided on it."""
    drafts = {draft.event.id: draft for draft in article.drafts}
    st.html(
        rendered(
            "draft.html",
            event=event,
            state=state.value if state else "accepted",
            words=words,
            rule=drafts[event.id].rule if event.id in drafts else None,
            glyph=address(glyph(event.kind.theme, event.mode, ground=ground(), size_px=22)),
            mode=MODE_WORDS[event.mode],
            meaning=MODE_MEANING[event.mode],
            theme=THEME_WORDS[event.kind.theme],
            roles=ROLE_WORDS,
            point_words=point_words,
            decisions=[
                change
                for change in article.log
                if event.id in {change.draft, change.other} and change.act in _DECISIONS
            ],
        )
    )


def acts(article: Article, event: Event, state: State | None, known: Library) -> None:
    """Show the buttons; the keys are told on them."""
    with st.container(horizontal=True, key="decide", gap="small"):
        waits = state in {State.OPEN, State.VANISHED}
        # The page itself takes the R of "reject" for "run again".
        _decision("Accept", "A", article, event, accept, enabled=waits, primary=True)
        _decision("Reject", "X", article, event, reject, enabled=waits)
        for label, key, step in (("Next", "N", 1), ("Previous", "P", -1)):
            after = reviewing.following(article, event.id, step)
            st.button(
                label,
                key=f"go_{label.lower()}",
                shortcut=key,
                help=f"The {label.lower()} draft to review",
                disabled=after in {None, event.id},
                on_click=reviewing.look_at,
                args=(after,),
            )
    with st.container(horizontal=True, key="change", gap="small"):
        st.button(
            "Edit",
            key="edit",
            shortcut="E",
            disabled=not reviewing.may_decide() or state is State.REJECTED,
            on_click=reviewing.edit,
            args=((event,), event.id),
        )
        st.button(
            "Split",
            key="split",
            help="Two events in the place of one",
            disabled=not reviewing.may_decide() or state is State.REJECTED,
            on_click=reviewing.edit,
            args=((event, event), event.id),
        )
        if state is not State.OPEN:
            _decision("Reopen", None, article, event, reopen, enabled=True)
        # Another one after each decision, so that it does not stay open over the next event.
        with st.popover("Same event as…", key=f"merge_{event.id}_{len(article.log)}"):
            _merging(article, event, known)


def _decision(  # noqa: PLR0913
    label: str,
    key: str | None,
    article: Article,
    event: Event,
    act: Callable[..., Article],
    *,
    enabled: bool,
    primary: bool = False,
) -> None:
    st.button(
        label,
        key=f"do_{label.lower()}",
        shortcut=key,
        type="primary" if primary else "secondary",
        disabled=not enabled or not reviewing.may_decide(),
        on_click=reviewing.decide,
        args=(article, f"{label}: {event.title}", on_event(act, event.id)),
    )


def on_event(act: Callable[..., Article], *ids: str) -> reviewing.Act:
    """Return an act of a reviewer on certain events, to be done on the article as it is then."""
    return partial(_done, act, ids)


def _done(
    act: Callable[..., Article], ids: tuple[str, ...], article: Article, who: str, when: object
) -> Article:
    return act(article, *ids, who, when)


def _merging(article: Article, event: Event, known: Library) -> None:
    """Choose another event that is the same one, of this article or of another."""
    others = [
        (other, one)
        for other in known.articles
        for one in _choices(article if other.id == article.id else other)
        if one.id != event.id
    ]
    # The likely ones first.
    others.sort(key=lambda pair: (pair[1].kind is not event.kind, pair[0].id != article.id))
    elsewhere = {one.id for other, one in others if other.id != article.id}
    titles = {
        one.id: f"{other.publisher}, {other.published}: {one.title}"
        if one.id in elsewhere
        else f"Here: {one.title}"
        for other, one in others
    }
    chosen = st.selectbox(
        "This is the same event as",
        [*titles],
        index=None,
        format_func=lambda one: titles[one],
        key=f"other_{event.id}",
        placeholder="Choose an event",
    )
    keeper, act = article, on_event(merge, event.id, chosen or "")
    if chosen in elsewhere:
        keeper, of, to = towards(known, event.id, chosen)
        act = on_event(same, of, to)
    st.button(
        "Unite them",
        key="unite",
        type="primary",
        disabled=chosen is None or not reviewing.may_decide(),
        help="Both keep their sentences as evidence.",
        on_click=reviewing.decide,
        args=(keeper, f"Same event: {event.title}", act),
    )
    if event.same_as:
        st.html(
            rendered(
                "told.html",
                words=f"Said to be the same as {_said_same(known, event.same_as)}",
            )
        )
        st.button(
            "Keep apart",
            key="part",
            disabled=not reviewing.may_decide(),
            on_click=reviewing.decide,
            args=(article, f"Keep apart: {event.title}", on_event(apart, event.id, event.same_as)),
        )


def towards(known: Library, one: str, other: str) -> tuple[Article, str, str]:
    """Return the article that keeps that two events are the same, and their ids in that order.

    A draft is noted as the same as an accepted event, never the other way round, since an
    accepted event counts and would point to one that does not.
    """
    articles = {article.id: article for article in known.articles}
    accepted = {event.id for article in known.articles for event in article.events}
    if one in accepted and other not in accepted:
        one, other = other, one
    return articles[one.rsplit(":", 2)[0]], one, other


def _choices(article: Article) -> tuple[Event, ...]:
    drafts = (one.event for one in article.drafts if one.state is State.OPEN)
    return (*article.events, *drafts)


def _said_same(known: Library, event_id: str) -> str:
    """Return the title of an event, of whichever article, and whether it counts."""
    for article in known.articles:
        if event := find(article, event_id):
            words = f"{article.publisher}, {article.published}: {event.title}"
            counts = event in article.events
            return words if counts else f"{words}. That one is a draft: both wait to be united."
    return "an event that is no longer there."
