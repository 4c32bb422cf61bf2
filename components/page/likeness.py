"""Events of two articles that may be one: shown side by side, for a reviewer to say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.page import reviewing, served
from components.page.card import on_event, towards
from components.page.html import rendered
from components.text.review import apart, find, same

if TYPE_CHECKING:
    from components.model.article import Article
    from components.model.event import Event
    from components.model.world import Likeness
    from components.text.articles import Library

_SHOWN = 5


def likenesses(known: Library, article: str | None = None, opened: str | None = None) -> None:
    """Ask whether events are the same, those of one article or of all.

    The world is read anew for it after each decision, so it is asked last.

    Parameters
    ----------
    opened : str, optional
        Id of the event under review; what it may be the same as comes first.
    """
    proposed = [
        pair
        for pair in (_pair(known, one) for one in served.known().world.same)
        if pair and (article is None or article in {pair[0][0].id, pair[1][0].id})
    ]
    proposed.sort(key=lambda pair: opened not in {pair[0][1].id, pair[1][1].id})
    if not proposed:
        return
    st.html(rendered("list.html", title=f"Same event? {len(proposed)} to look at"))
    for (first, one), (second, other), reason in proposed[:_SHOWN]:
        with st.container(border=True, key=f"same_{one.id}_{other.id}"):
            st.html(rendered("same.html", sides=((first, one), (second, other)), reason=reason))
            _buttons(known, one, other)
    if reviewing.reviewer() is None:
        st.html('<p class="quiet">Say above who you are, then decide.</p>')


def _pair(
    known: Library, likeness: Likeness
) -> tuple[tuple[Article, Event], tuple[Article, Event], str] | None:
    """Return both events with their articles; None when one of them is gone by now."""
    sides = [
        (article, event)
        for event_id in (likeness.first, likeness.second)
        for article in known.articles
        if (event := find(article, event_id))
    ]
    return (sides[0], sides[1], likeness.reason) if len(sides) == 2 else None  # noqa: PLR2004


def _buttons(known: Library, one: Event, other: Event) -> None:
    """Ask for the decision."""
    article, of, to = towards(known, other.id, one.id)
    with st.container(horizontal=True, key=f"decide_{one.id}_{other.id}"):
        for label, act in (("Same event", same), ("Keep apart", apart)):
            st.button(
                label,
                key=f"{label}_{one.id}_{other.id}",
                type="primary" if act is same else "secondary",
                disabled=not reviewing.may_decide() or reviewing.is_editing(),
                on_click=partial(
                    reviewing.decide,
                    article,
                    f"{label}: {other.title}",
                    on_event(act, of, to),
                ),
            )
