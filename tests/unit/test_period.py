"""Periods read from EDTF."""

from datetime import date

import pytest

from components.model.event import Mode
from components.model.period import Period, day_words
from tests.worlds import event


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-08-22", date(2024, 8, 22), date(2024, 8, 22)),
        ("2024-08-22?", date(2024, 8, 22), date(2024, 8, 22)),
        ("2024-05", date(2024, 5, 1), date(2024, 5, 31)),
        ("1979", date(1979, 1, 1), date(1979, 12, 31)),
        ("../2024-08-22", date.min, date(2024, 8, 22)),
        ("2023-10-07/..", date(2023, 10, 7), date.max),
        ("2024-08-21/2024-08-22", date(2024, 8, 21), date(2024, 8, 22)),
    ],
)
def test_edtf_becomes_closed_days(edtf: str, first: date, last: date) -> None:
    period = Period.from_edtf(edtf)
    assert (period.first, period.last, period.edtf) == (first, last, edtf)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-13",
        "2024-02-30",
        "2024-08-23/2024-08-22",
        "/2024-08-22",
        "2024-08-22/",
        "../",
        "../..?",
        "2024-08-22T10:00:00",
        " 2024",
        "/2024",
        "2024-08-22? ",
        "2023-02-29/..",
        "XXXX-12",
        "Y170000002",
        "-0044-03-15",
    ],
)
def test_what_is_not_a_day_month_year_or_interval_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|before it begins"):
        Period.from_edtf(text)


def test_a_doubted_day_is_not_exact() -> None:
    assert Period.from_edtf("2024-08-22").exact
    assert not Period.from_edtf("2024-08-22?").exact
    assert not Period.from_edtf("2024-05").exact


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-08-22", "Thu 22 Aug 2024"),
        ("2024-08-22?", "Thu 22 Aug 2024 (uncertain)"),
        ("2024-05", "May 2024, day not stated"),
        ("1979", "1979, day not stated"),
        ("2024-07/2024-12-01", "July 2024 to Sun 1 Dec 2024"),
        ("2024-12/..", "since December 2024"),
        ("1979/2005-08", "1979 to August 2005"),
        ("../2010", "by 2010, start not stated"),
        ("../2024-08-22", "by Thu 22 Aug 2024, start not stated"),
        ("2023-10-07/..", "since Sat 7 Oct 2023"),
        ("2024-08-21/2024-08-22", "Wed 21 Aug 2024 to Thu 22 Aug 2024"),
    ],
)
def test_a_vague_date_is_said_as_a_vague_date(edtf: str, words: str) -> None:
    assert Period.from_edtf(edtf).words == words


def test_a_window_ends_on_a_day_with_its_length_kept() -> None:
    window = Period.of(date(2024, 1, 1), date(2024, 1, 31))
    moved = window.ending_on(date(2024, 8, 22))
    assert moved.last == date(2024, 8, 22)
    assert moved.last - moved.first == window.last - window.first
    assert window.ending_on(date.min).first == date.min


def test_a_period_is_looked_at_from_its_last_day_unless_it_still_stands() -> None:
    assert Period.from_edtf("2024-05").day == date(2024, 5, 31)
    assert Period.from_edtf("2023-10-07/..").day == date(2023, 10, 7)


def test_day_words_name_the_weekday() -> None:
    assert day_words(date(2024, 8, 22)) == "Thu 22 Aug 2024"


def test_a_plan_with_an_open_end_does_not_stand_since_its_first_day() -> None:
    plan, fact = (event("2025-02-10/..", mode=mode) for mode in (Mode.PLANNED, Mode.HAPPENED))
    assert plan.when == "from Mon 10 Feb 2025 on"
    assert fact.when == "since Mon 10 Feb 2025"
    assert event("2025-02-10", mode=Mode.PLANNED).when == "Mon 10 Feb 2025"
