"""The desk: the articles, one of them under review, or a new one; and the way back to the map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components.model.draft import State
from components.page import reviewing, served
from components.page.held import held
from components.page.html import label_of, rendered
from components.page.reviewing import Desk

if TYPE_CHECKING:
    from components.model.article import Article
    from components.text.articles import Library

_STYLE = Path(__file__).parent / "review.css"


def articles() -> None:
    """Show the desk for one run of the script."""
    st.html(_STYLE)
    # Before anything is drawn, so that the browser knows the page before it can be used.
    reviewing.keep_in_url()
    known = served.library()
    found = next((one for one in known.articles if one.id == reviewing.article()), None)
    _bar(found)
    if reviewing.desk() is Desk.ADD:
        from components.page.adding import adding  # noqa: PLC0415  reading is slow to import

        adding(known)
    elif found:
        from components.page.review import review  # noqa: PLC0415  reading is slow to import

        review(found, known)
    else:
        held(known)
        _list(known)


def _bar(opened: Article | None) -> None:
    """Show the way to the map, to all articles, and to a new one."""
    with st.container(horizontal=True, key="bar", gap="small", vertical_alignment="center"):
        st.button(
            "Map",
            key="to_map",
            icon=":material/arrow_back:",
            on_click=reviewing.go,
            args=(Desk.MAP,),
        )
        st.button(
            "All articles",
            key="to_articles",
            icon=":material/list:",
            on_click=reviewing.go,
            args=(Desk.ARTICLES,),
            disabled=opened is None and reviewing.desk() is Desk.ARTICLES,
        )
        st.button(
            "Add article",
            key="to_add",
            icon=":material/add:",
            on_click=reviewing.go,
            args=(Desk.ADD,),
            disabled=reviewing.desk() is Desk.ADD,
        )
        if reviewing.desk() is Desk.ARTICLES:
            _reviewer()


def _reviewer() -> None:
    """Ask once who reviews; then only say it, so that keys decide and do not go into the name."""
    name = reviewing.reviewer()
    if name is None:
        _name()
        return
    asked = st.popover(
        f"Reviewer: {label_of(name)}", key="rename", on_change="rerun", type="tertiary"
    )
    if asked.open:
        with asked:
            _name()


def _name() -> None:
    st.text_input(
        "Reviewer",
        key="reviewer",
        max_chars=80,
        placeholder="Reviewer: your name",
        label_visibility="collapsed",
        width=280,
        persist_state="session",
    )


def _list(known: Library) -> None:
    """List the articles, those with most to review first."""
    st.html(rendered("heading.html", title="Articles", words=_counts(known)))
    if reviewing.article():
        st.html(rendered("told.html", words="No article has the name that this link asks for."))
    if known.faults:
        st.html(rendered("faults.html", faults=known.faults))
    for article in sorted(known.articles, key=lambda one: -open_drafts(one)):
        with st.container(key=f"article_{article.id}", border=True, horizontal=True):
            st.html(rendered("article.html", article=article, drafts=open_drafts(article)))
            st.button(
                "Review" if open_drafts(article) else "Open",
                key=f"open_{article.id}",
                type="primary" if open_drafts(article) else "secondary",
                help=label_of(f"Open {article.headline}"),
                on_click=reviewing.go,
                args=(Desk.ARTICLES, article.id),
            )
    if known.articles:
        from components.page.likeness import likenesses  # noqa: PLC0415  it needs the whole world

        likenesses(known)


def _counts(known: Library) -> str:
    count, drafts = len(known.articles), sum(map(open_drafts, known.articles))
    return (
        f"{count} article{'' if count == 1 else 's'}, "
        f"{drafts} draft event{'' if drafts == 1 else 's'} to review. "
        "A draft counts only when somebody has accepted it."
    )


def open_drafts(article: Article) -> int:
    """Return how many drafts of an article wait for a decision."""
    return sum(draft.state is State.OPEN for draft in article.drafts)
