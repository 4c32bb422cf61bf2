"""Time expressions: where they stand, what they mean, and what is none.

All but the owner's article is written for these tests. The day of publication is Thursday
22 August 2024.
"""

from datetime import date
from pathlib import Path

import pytest

from components.model.period import Period
from components.text.grammar import parsed
from components.text.reading import Dated
from components.text.times import find_dates

PUBLISHED = date(2024, 8, 22)
OWNER = Path("seeds/2024-08-22-reuters-cairo-truce-talks.txt")


def read(text: str, published: date = PUBLISHED) -> tuple[Dated, ...]:
    return find_dates(parsed(text), published)


def values(text: str) -> list[tuple[str, str]]:
    return [(each.text, each.timex_value) for each in read(text)]


def test_the_owners_article_is_read_as_by_hand():
    text = OWNER.read_text(encoding="utf-8")
    found = [(each.text, each.timex_value, each.edtf) for each in read(text)]
    assert found == [
        ("Thursday", "2024-08-22", "2024-08-22"),
        ("more than 10 months", "P10M", None),
        ("later on Thursday", "2024-08-22", "2024-08-22"),
        ("Friday", "2024-08-23", "2024-08-23"),
        ("months", "PXM", None),
        ("May", "2024-05", "2024-05"),
        ("Thursday", "2024-08-22", "2024-08-22"),
        ("Friday", "2024-08-23", "2024-08-23"),
        ("Oct. 7", "2023-10-07", "2023-10-07"),
        ("Thursday", "2024-08-22", "2024-08-22"),
        ("hours", "PTXH", None),
    ]


def test_a_rule_says_in_plain_english_how_the_words_were_read():
    rules = {each.text: each.rule for each in read(OWNER.read_text(encoding="utf-8"))}
    assert rules["Oct. 7"] == (
        "In the past tense, a day without a year is the latest one before publication."
    )
    later = read("A delegation was due to join on Friday.")[0]
    assert later.rule == '"due to join" looks forward: the first Friday after publication.'


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Troops left the town on Monday.", "2024-08-19"),
        ("Troops will leave the town on Monday.", "2024-08-26"),
        ("Talks are expected to resume on Wednesday.", "2024-08-28"),
        ("They agreed to meet on Tuesday.", "2024-08-27"),
        ("A delegation is expected in Doha on Tuesday.", "2024-08-27"),
        ("The truce was extended until Saturday.", "2024-08-24"),
        ("Aid entered on Thursday.", "2024-08-22"),
        ("Aid entered last Thursday.", "2024-08-15"),
        ("Talks resume next Thursday.", "2024-08-29"),
        ("Talks had failed to resume on Tuesday.", "2024-08-20"),
        ("The hospital closed in December.", "2023-12"),
        ("The hospital will open in December.", "2024-12"),
        ("The strike on Aug. 10 killed two people.", "2024-08-10"),
        ("The planned visit in September is still on.", "2024-09"),
        ("The vote will be held on Nov. 5.", "2024-11-05"),
        ("The crossing has been shut since May 7.", "2024-05-07"),
        ("They want the Oct. 7 attack to be investigated.", "2023-10-07"),
        ("They were invited to a vote on Sept. 12.", "2024-09-12"),
        ("Gunmen killed hundreds on Sept. 12.", "2023-09-12"),
    ],
)
def test_the_tense_says_which_way_a_bare_day_or_month_looks(text, value):
    assert [each.timex_value for each in read(text)] == [value]


def test_a_weekday_is_one_date_within_an_article_unless_the_tense_says_otherwise():
    text = "Delegates will arrive on Sunday. The meeting on Sunday is the third."
    assert [each.edtf for each in read(text)] == ["2024-08-25", "2024-08-25"]
    text = "They met on Sunday. They will meet again on Sunday."
    assert [each.edtf for each in read(text)] == ["2024-08-18", "2024-08-25"]


def test_a_day_is_the_one_whose_year_the_article_states():
    text = "The war began on Oct. 7, 2023. The Oct. 7 anniversary will be marked."
    assert [each.edtf for each in read(text)] == ["2023-10-07", "2023-10-07"]


@pytest.mark.parametrize(
    ("text", "kind", "value", "edtf"),
    [
        ("It lasted three months.", "DURATION", "P3M", None),
        ("It rose in the past three months.", "DURATION", "P3M", "2024-05-22/2024-08-22"),
        ("It took two and a half years.", "DURATION", "P2Y6M", None),
        ("A 12-year-old boy was hurt.", "DURATION", "P12Y", None),
        ("It rained for several days.", "DURATION", "PXD", None),
        ("They came last week.", "DATE", "2024-W33", "2024-08-12/2024-08-18"),
        ("They came last year.", "DATE", "2023", "2023"),
        ("They came two years ago.", "DATE", "2022", "2022~"),
        ("They came five days ago.", "DATE", "2024-08-17", "2024-08-17"),
        ("They met last weekend.", "DATE", "2024-W33-WE", "2024-08-17/2024-08-18"),
        ("It fell in the second quarter of 2023.", "DATE", "2023-Q2", "2023-04/2023-06"),
        ("It fell in the 1990s.", "DATE", "199", "1990/1999"),
        ("It was built in the 19th century.", "DATE", "18", "1801/1900"),
        ("It fell last winter.", "DATE", "2023-WI", "2023-12/2024-02"),
        ("It is now closed.", "DATE", "PRESENT_REF", None),
        ("It was recently closed.", "DATE", "PAST_REF", None),
        ("It may open in the near future.", "DATE", "FUTURE_REF", None),
        ("They left at 10 p.m. on Wednesday.", "TIME", "2024-08-21T22:00", "2024-08-21"),
        ("They left on Wednesday night.", "TIME", "2024-08-21TNI", "2024-08-21"),
        ("They left this morning.", "TIME", "2024-08-22TMO", "2024-08-22"),
        ("They left on August 5, 2014.", "DATE", "2014-08-05", "2014-08-05"),
        ("They left on 5 August 2014.", "DATE", "2014-08-05", "2014-08-05"),
        ("They stayed from Aug. 5-9.", "DATE", "2024-08-05", "2024-08-05/2024-08-09"),
        ("They pray every Friday.", "SET", "XXXX-WXX-5", None),
        ("It opens twice a week.", "SET", "P1W", None),
        ("It earns $300 a month.", "SET", "P1M", None),
        ("It is published daily.", "SET", "P1D", None),
    ],
)
def test_values_are_those_of_timeml_and_days_are_edtf(text, kind, value, edtf):
    (found,) = read(text)
    assert (found.timex_type, found.timex_value, found.edtf) == (kind, value, edtf)
    assert edtf is None or Period.from_edtf(edtf).edtf == edtf


def test_what_is_counted_from_another_date_is_counted_from_the_last_one_named():
    text = "The ceasefire began on Nov. 24, 2023. Two days later it broke. That day ten died."
    assert [each.timex_value for each in read(text)] == ["2023-11-24", "2023-11-26", "2023-11-26"]


def test_a_month_is_of_the_year_that_the_sentence_tells_of():
    text = "In 2006, the party won the January election. It left in 2007 and the following March."
    assert [each.timex_value for each in read(text)] == ["2006", "2006-01", "2007", "2008-03"]


def test_a_day_whose_weekday_is_told_is_of_the_year_in_which_it_is_that_weekday():
    (found,) = read("The truce took effect at 11:15 a.m. (0915 GMT) on Sunday, Jan. 19.")
    assert found.timex_value == "2025-01-19T11:15"


def test_the_second_day_of_two_is_a_date_of_its_own():
    found = values("They met on July 24 and 25.")
    assert found == [("July 24", "2024-07-24"), ("25", "2024-07-25")]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May will meet the president.",
        "April Smith met June Miller.",
        "It may rain, and troops march on.",
        "He was the second man on Flight 1984.",
        "The bill came to $2,024 and the score was 2-1.",
        "Some 1,500 rockets were fired and 2000 people fled.",
        "The sun rose over the fall of the city.",
        "The team won 10.30 points in the 75th round.",
    ],
)
def test_what_is_no_time_is_left_out(text):
    assert read(text) == ()


def test_words_with_curly_quotation_marks_and_wrapped_lines_keep_their_offsets():
    text = "They said \u201cwe left\nlast\u00a0week\u201d on Monday."
    found = read(text)
    assert [text[each.span.start : each.span.stop] for each in found] == [
        "last\u00a0week",
        "Monday",
    ]
