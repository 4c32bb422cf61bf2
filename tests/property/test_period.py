"""Law 3: meeting is symmetric and agrees with having; the first and the last day count."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from components.model.period import Period, _parsed

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
PERIODS = st.builds(Period.of, DAYS, DAYS)


@given(PERIODS, PERIODS)
def test_meeting_is_symmetric(one: Period, other: Period) -> None:
    assert one.meets(other) == other.meets(one)


@given(PERIODS, PERIODS)
def test_two_periods_meet_when_they_share_a_day(one: Period, other: Period) -> None:
    shared = one.within(other)
    assert one.meets(other) == (shared is not None)
    if shared:
        assert one.has(shared.first)
        assert other.has(shared.first)
        assert one.has(shared.last)
        assert other.has(shared.last)
    else:
        assert not one.has(other.first)
        assert not one.has(other.last)


@given(PERIODS, DAYS)
def test_having_a_day_is_meeting_it(period: Period, day: date) -> None:
    assert period.has(day) == period.meets(Period.of(day, day))


@given(PERIODS)
def test_the_first_and_the_last_day_count_and_their_neighbours_do_not(period: Period) -> None:
    one_day = timedelta(days=1)
    assert period.has(period.first)
    assert period.has(period.last)
    assert not period.has(period.first - one_day)
    assert not period.has(period.last + one_day)


@given(PERIODS)
def test_a_period_read_again_from_its_edtf_is_equal(period: Period) -> None:
    assert Period.from_edtf(period.edtf) == period


@given(PERIODS, DAYS)
def test_a_moved_window_keeps_its_length(window: Period, day: date) -> None:
    assume(day - date.min > window.last - window.first)
    moved = window.ending_on(day)
    assert moved.last == day
    assert moved.last - moved.first == window.last - window.first


ENDS = st.sampled_from(["..", "2024-08-22", "2024-08-23", "2024-02-30", "2024-05", "2024", ""])
DATES = st.builds(
    "{}{}{}".format, ENDS, st.just("") | ENDS.map("/{}".format), st.sampled_from(["", "?", "~"])
)


@given(DATES)
def test_plain_days_are_read_as_the_grammar_reads_them(text: str) -> None:
    def reading(read: Callable[[str], object]) -> object:
        try:
            return read(text)
        except ValueError as error:
            return type(error)

    def grammar(text: str) -> tuple[date, date]:
        first, last = _parsed(text)
        return Period(first, last, text).first, last

    def either(text: str) -> tuple[date, date]:
        period = Period.from_edtf(text)
        return period.first, period.last

    assert reading(either) == reading(grammar)
