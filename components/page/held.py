"""A decision that could not be saved yet, and why the last one came to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.page import reviewing
from components.page.html import rendered
from components.page.words import about

if TYPE_CHECKING:
    from components.text.articles import Library


def held(known: Library) -> None:
    """Tell what could not be saved, and offer it again."""
    one, told = reviewing.held(), reviewing.told()
    if one:
        article = next((each for each in known.articles if each.id == one.seen.id), None)
        news = reviewing.news(one.seen, article) if article else ()
        told_news = [(change, about(change)) for change in news]
        st.html(rendered("changed.html", words=one.words, news=told_news))
        with st.container(horizontal=True, key="held"):
            st.button(
                "Do it now",
                key="do_held",
                type="primary",
                disabled=article is None,
                on_click=reviewing.decide_now,
                args=(article,),
            )
            st.button("Leave it", key="drop_held", on_click=reviewing.drop_held)
    if told:
        st.html(rendered("told.html", words=told))
