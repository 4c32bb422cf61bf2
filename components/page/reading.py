"""An article read for the page: slow the first time, so imported only when one is to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.page import served
from components.pipeline import read_text
from components.text.clues import find_clues
from components.text.documents import check_text
from components.text.grammar import parsed, read_english
from components.text.language import not_english

if TYPE_CHECKING:
    from datetime import date

    from components.pipeline import ReadingWithPlaces
    from components.text.clues import Clue


def fault_of(text: str, where: str) -> str | None:
    """Return why a text cannot be read, or None."""
    try:
        check_text(text, where)
    except ValueError as error:
        return str(error)
    return not_english(text)


@st.cache_resource(max_entries=16, show_spinner=False)
def understood(text: str, published: date, article: str, publisher: str) -> ReadingWithPlaces:
    """Return what the reader makes of an article; the same article is read once."""
    return read_text(
        text, published=published, article=article, publisher=publisher, geodata=served.GEODATA
    )


@st.cache_resource(max_entries=16, show_spinner=False)
def clues(text: str, published: date) -> tuple[Clue, ...]:
    """Return what in a text contradicts the day on which it is said to be published."""
    return find_clues(parsed(text), published)


def get_ready() -> None:
    """Load what reading needs; seconds the first time."""
    read_english()
