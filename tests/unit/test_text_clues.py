"""Clues in an article against the day of publication that was given."""

from datetime import date
from pathlib import Path

import pytest

from components.model.period import Period
from components.text.clues import Clue, find_clues, fitting_dates
from components.text.grammar import parsed

OWNER = Path("seeds/2024-08-22-reuters-cairo-truce-talks.txt").read_text(encoding="utf-8")
RIGHT = date(2024, 8, 22)


def clues(text: str, published: date) -> tuple[Clue, ...]:
    return find_clues(parsed(text), published)


def test_the_right_day_has_no_clue_against_it():
    assert clues(OWNER, RIGHT) == ()


@pytest.mark.parametrize("wrong", [date(2023, 8, 22), date(2025, 8, 22), date(2024, 9, 20)])
def test_a_wrong_day_is_told_with_the_days_that_fit(wrong):
    (clue,) = clues(OWNER, wrong)
    assert clue.span.of(OWNER) == "more than 10 months"
    assert clue.message == (
        f'"more than 10 months" after 7 October 2023 does not fit {wrong.day} {wrong:%B %Y}. '
        "Dates that fit: 7 August to 7 September 2024."
    )
    assert clue.fits
    assert clue.fits.has(RIGHT)
    assert clue.weekdays == (3,)
    assert RIGHT in clue.days
    assert {day.weekday() for day in clue.days} == {3}


def test_the_days_that_fit_need_no_day_given():
    assert fitting_dates(parsed(OWNER)) == Period.from_edtf("2024-08-07/2024-09-07")
    assert fitting_dates(parsed("Talks ended.")) is None


def test_the_start_of_a_war_may_be_stated():
    text = "The war in Sudan began on April 15, 2023. After two years of war, talks resumed."
    assert clues(text, date(2025, 5, 1)) == ()
    (clue,) = clues(text, date(2024, 1, 10))
    assert clue.span.of(text) == "two years"
    assert "after 15 April 2023" in clue.message


def test_a_short_war_of_the_past_is_not_taken_for_the_long_one():
    text = "After more than four weeks of war in Gaza, a truce between Israel and Hamas held."
    assert clues(text, date(2014, 8, 6)) == ()


def test_a_month_of_the_war_is_a_clue():
    text = "The war in Gaza, now in its 11th month, has displaced many."
    assert clues(text, RIGHT) == ()
    assert clues(text, date(2024, 10, 1))


def test_a_weekday_that_is_another_day_is_a_clue():
    text = "They met on Thursday, Aug. 22, he said."
    assert clues(text, RIGHT) == ()
    (clue,) = clues(text, date(2023, 8, 22))
    assert clue.message == (
        '"Thursday, Aug. 22" does not fit: 22 August 2023 is a Tuesday. It is a Thursday in 2024.'
    )
    assert clue.fits
    assert clue.fits.has(RIGHT)
    (clue,) = clues("It was signed on Friday, August 22, 2024.", RIGHT)
    assert "22 August 2024 is a Thursday" in clue.message


@pytest.mark.parametrize("dateline", ["CAIRO, Aug 22 (AFP) - ", "CAIRO, August 22 (Xinhua) -- "])
def test_a_dateline_of_another_day_is_a_clue(dateline):
    text = f"{dateline}Talks went on."
    assert clues(text, RIGHT) == ()
    assert clues(text, date(2024, 8, 23)) == ()
    (clue,) = clues(text, date(2024, 8, 27))
    assert clue.fits == Period.from_edtf("2024-08-22/2024-08-23")
    assert "27 August 2024" in clue.message


def test_a_later_date_is_a_clue_only_where_it_is_past():
    (clue,) = clues("The deal was signed in January 2025.", RIGHT)
    assert clue.message == (
        '"January 2025", told as past, does not fit 22 August 2024. '
        "Dates that fit: from 1 January 2025."
    )
    assert clues("The deal will be signed in January 2025.", RIGHT) == ()
