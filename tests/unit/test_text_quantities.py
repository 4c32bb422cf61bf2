"""Figures keep their words and their hedge."""

import pytest

from components.text.grammar import parsed
from components.text.quantities import number_of, quantities_of


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("40,000", 40_000),
        ("12", 12),
        ("1.5 million", 1_500_000),
        ("two dozen", 24),
        ("twenty-five", 25),
        ("three hundred", 300),
        ("dozens", None),
        ("2.5", None),
        ("Thursday", None),
        ("", None),
    ],
)
def test_numbers_in_digits_and_words(words: str, number: int | None) -> None:
    assert number_of(words) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It killed around 1,200 people.", (1200, "people killed", "about", "around 1,200 people")),
        ("It killed at least 12 people.", (12, "people killed", "at least", "at least 12 people")),
        (
            "More than 40,000 people were killed.",
            (40_000, "people killed", "more than", "More than 40,000 people"),
        ),
        (
            "Nearly two dozen people died.",
            (24, "people killed", "nearly", "Nearly two dozen people"),
        ),
        ("It wounded nine.", (9, "people wounded", None, "nine")),
        (
            "They abducted about 250 hostages.",
            (250, "hostages abducted", "about", "about 250 hostages"),
        ),
    ],
)
def test_a_figure_has_a_unit_a_hedge_and_its_words(
    text: str, expected: tuple[int, str, str | None, str]
) -> None:
    doc = parsed(text)
    verb = next(token for token in doc if token.pos_ == "VERB")
    nouns = [token for token in verb.children if token.dep_ in {"dobj", "nsubj", "nsubjpass"}]
    (found,) = quantities_of(
        [noun for noun in nouns if noun.lower_ not in {"it", "they"}], text, verb
    )
    assert (found.value, found.unit, found.hedge, found.words) == expected


def test_lengths_of_time_and_sources_are_not_counted() -> None:
    text = "Two sources spoke of 10 months."
    doc = parsed(text)
    assert not list(quantities_of([token for token in doc if token.pos_ == "NOUN"], text))
