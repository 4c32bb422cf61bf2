"""Time expressions of any text: offsets hold, nothing raises, and the time is linear."""

from datetime import date
from time import process_time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.model.period import Period
from components.text.clues import find_clues, fitting_dates
from components.text.grammar import parsed, plain_text
from components.text.times import find_dates

PIECES = st.sampled_from(
    [
        *("Thursday", "Oct. 7", "May", "31", "Feb. 30", "2024", "9999", "0000", "1", "0 o'clock"),
        *("last", "next", "this", "year", "week", "month", "two", "a", "hundred", "decades", "ago"),
        *("10 p.m.", "24:59", "noon", "early", "the", "end of", "quarter", "third", "century"),
        *("later", "earlier", "1990s", "'98", "summer", "weekend", "every", "once", "-", ",", "("),
        *("99/99/9999", "0000-00-00", "2024-13-45", "war", "more than", "months", "of war in Gaza"),
        *(
            "will",
            "met",
            "was due to",
            "\u2019",
            "\u00a0",
            "\n",
            "\u202e",
            "</script>",
            "Christmas",
        ),
        *(
            "9999 years",
            "Thanksgiving",
            "Friday, Aug. 32",
            "CAIRO, Aug 22 (AFP) - ",
            "the day before",
        ),
    ]
)
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=25).map(" ".join)
PARAGRAPH = (
    "Israeli forces withdrew from the town on Monday, two days after talks in Doha. "
    "More than 10 months of war have passed since Oct. 7, and in May 2024 the crossing was shut. "
    "Officials said on Wednesday that aid would enter next week, at 10 a.m. on Tuesday.\n\n"
)


@given(TEXTS, st.dates())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_offsets_hold_and_nothing_raises(text, published):
    doc = parsed(text)
    found = find_dates(doc, published)
    end = 0
    for each in found:
        assert end <= each.span.start < each.span.stop <= len(text)
        end = each.span.stop
        assert plain_text(text)[each.span.start : each.span.stop].split() == each.text.split()
        assert each.timex_type in {"DATE", "TIME", "DURATION", "SET"}
        assert each.timex_value
        assert each.rule
        assert each.edtf is None or Period.from_edtf(each.edtf).edtf == each.edtf


@given(TEXTS, st.dates())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_clues_never_raise_and_never_fit_the_day_they_speak_against(text, published):
    doc = parsed(text)
    for clue in find_clues(doc, published):
        assert 0 <= clue.span.start < clue.span.stop <= len(text)
        assert clue.message
        assert all(clue.fits and clue.fits.has(day) for day in clue.days)
    fits = fitting_dates(doc)
    assert fits is None or fits.first <= fits.last


def test_ten_times_the_text_takes_at_most_twelve_times_the_time():
    short, long = parsed(PARAGRAPH * 10), parsed(PARAGRAPH * 100)

    def seconds(doc, times: int) -> float:
        start = process_time()
        for _ in range(times):
            find_dates(doc, date(2024, 8, 22))
        return process_time() - start

    # Both sides take as long, so that a machine that does other work slows both; the best of some.
    assert any(seconds(long, 1) <= 1.2 * seconds(short, 10) for _ in range(5))
