"""An event's line: the article's own words, cut to the event, with whose claim it is."""

from datetime import date

import pytest

from components.text.reader import read
from components.text.reading import PlaceNames

NAMES = PlaceNames(
    curated=frozenset({"Netzarim Corridor", "Rafah crossing", "Gaza"}),
    world=frozenset({"cairo", "egypt", "israel"}),
    demonyms={"Egyptian": "Egypt", "Israeli": "Israel"},
)


def titles(text: str) -> list[str]:
    reading = read(text, published=date(2024, 8, 22), article="a", publisher="Wire", names=NAMES)
    return [found.event.title for found in reading.events]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Israeli troops withdrew from the Netzarim Corridor on Monday.",
            "Israeli troops withdrew from the Netzarim Corridor on Monday",
        ),
        (
            "Meanwhile, Israeli troops withdrew from the Netzarim Corridor on Monday.",
            "Israeli troops withdrew from the Netzarim Corridor on Monday",
        ),
        (
            "A 23-year-old man was killed by Israeli fire in Gaza on Monday, medics said.",
            "A 23-year-old man was killed by Israeli fire in Gaza on Monday",
        ),
        (
            "Egypt says it has closed the Rafah crossing.",
            "Egypt says: it has closed the Rafah crossing",
        ),
    ],
)
def test_it_is_the_clause_that_tells_the_event(text: str, title: str) -> None:
    (found,) = titles(text)
    assert found.endswith(title)


def test_what_is_too_long_says_so() -> None:
    (title,) = titles(
        "Israeli troops began to withdraw their vehicles from the northern half of the centre of"
        " the old city of Khan Younis in the southern part of the Gaza Strip on Monday."
    )
    assert title.endswith(" \N{HORIZONTAL ELLIPSIS}")
    assert 100 < len(title) < 130
