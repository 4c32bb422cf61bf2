"""The words of time in English, and the patterns that they make.

Every pattern begins at a word and is bounded, so that searching is linear in the text's length.
"""

from __future__ import annotations

import re

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAY_PARTS = {
    "morning": "TMO",
    "afternoon": "TAF",
    "evening": "TEV",
    "night": "TNI",
    "midday": "T12:00",
    "noon": "T12:00",
    "midnight": "T24:00",
    "dawn": "TMO",
    "dusk": "TEV",
}
UNITS = {
    **dict.fromkeys(("second", "seconds", "sec"), "S"),
    **dict.fromkeys(("minute", "minutes", "min"), "MIN"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), "H"),
    **dict.fromkeys(("day", "days"), "D"),
    **dict.fromkeys(("night", "nights"), "N"),
    **dict.fromkeys(("week", "weeks"), "W"),
    **dict.fromkeys(("weekend", "weekends"), "WE"),
    **dict.fromkeys(("month", "months"), "M"),
    **dict.fromkeys(("quarter", "quarters"), "Q"),
    **dict.fromkeys(("year", "years", "yr", "yrs"), "Y"),
    **dict.fromkeys(("decade", "decades"), "DE"),
    **dict.fromkeys(("century", "centuries"), "CE"),
}
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_TEENS = "fifteen sixteen seventeen eighteen nineteen"
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = {word: number for number, word in enumerate(f"{_ONES} {_TEENS}".split())} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_ORDINAL_ONES = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_ORDINAL_TEENS = (
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {
    word: number for number, word in enumerate(f"{_ORDINAL_ONES} {_ORDINAL_TEENS}".split(), 1)
}
DECADES = {f"{word[:-1]}ies": number for number, word in enumerate(_TENS, 2)}
# What says that something is neither past nor to come on any calendar.
REFERENCES = {
    **dict.fromkeys(
        (
            *("now", "right now", "currently", "current", "presently", "nowadays"),
            *("at present", "the present", "at the moment", "at this time", "these days"),
            *("at this moment", "at this point"),
        ),
        "PRESENT_REF",
    ),
    **dict.fromkeys(
        (
            *("recent", "recently", "most recently", "more recently", "lately"),
            *("the past", "the recent past", "a while ago", "some time ago"),
        ),
        "PAST_REF",
    ),
    **dict.fromkeys(
        ("the future", "the near future", "the foreseeable future", "soon", "future"),
        "FUTURE_REF",
    ),
}
HOLIDAYS = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "thanksgiving day": (11, 22),
    "thanksgiving": (11, 22),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
}
ADVERBS = {
    **dict.fromkeys(("daily", "nightly"), "P1D"),
    "hourly": "PT1H",
    "weekly": "P1W",
    "monthly": "P1M",
    "quarterly": "P1Q",
    **dict.fromkeys(("annually", "yearly"), "P1Y"),
}


def month_number(word: str) -> int:
    """Return 8 for "August" and "Aug."."""
    short = word.lower()[:3]
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(short))


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_WEEKDAY = _any(WEEKDAYS)
_SHORT = "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
_MONTH = rf"(?:(?:{_any(MONTHS)})\b|(?:{_SHORT})\b\.?)"
_SEASON = _any(SEASONS)
_PART = "morning|afternoon|evening|night"
_WORD_NUMBER = rf"(?:{_any(NUMBERS)}|hundred|thousand|dozen)"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:\.\d{1,2})?(?: \d/\d)?)"
_NUMBER = (
    rf"(?:{_DIGITS}|(?:a (?=hundred|thousand|dozen))?\b{_WORD_NUMBER}"
    rf"(?:(?:-| and | ){_WORD_NUMBER}){{0,4}})"
)
_HALVES = r"(?: and a half| 1/2)"
_FEW = (
    r"(?:a couple(?: of)?|(?:a )?few|several|many|some|a number of|a handful of|numerous|countless|"
    r"dozens of|hundreds of|thousands of|tens of thousands of)"
)
_SPAN_UNIT = (
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|quarters?|years?|yrs?|"
    r"decades?|century|centuries)\b"
)
_PLURAL = r"(?:seconds|minutes|hours|days|nights|weeks|months|years|decades|centuries)\b"
_CALENDAR = r"(?:day|week|weekend|month|quarter|year|decade|century)\b"
_ORDINAL = rf"(?:{_any(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
_CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\b\.?)?|"
    r"(?:1[0-2]|0?[1-9]) ?[ap]\.?m\b\.?|(?:[01]\d|2[0-4])[0-5]\d(?= (?:gmt|utc|local time|hours))|"
    rf"(?:1[0-2]|[1-9]|{_any(list(NUMBERS)[1:13])})(?: o'clock|(?= in the (?:morning|afternoon|"
    r"evening)))|noon|midnight|midday)"
    r"(?: (?:local time|(?:gmt|utc|est|edt|cst|cdt|pst|pdt|cet|bst|et)\b)| in the (?:morning|"
    r"afternoon|evening)| at night)?"
)
_ZONE = r"(?: \((?:\d{4}|\d{1,2}:\d\d) (?:gmt|utc)\))?"
_RELATION = (
    r"(?:this past|this coming|this|last|next|past|coming|previous|following|same|that|current|"
    r"present|latest)"
)
_YEAR = r"(?:1\d{3}|20\d{2})"
_VAGUE = r"(?:early|late|mid|middle)"

PATTERNS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "iso": (r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b(?:T(?P<clock>\d{2}:\d{2}))?"),
        "slashed": r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})\b(?!/)",
        "day": (
            rf"\b(?:(?P<before>{_CLOCK}){_ZONE},? (?:on )?)?"
            rf"(?:(?P<weekday>{_WEEKDAY}|mon|tues?|wed|thurs?|fri|sat|sun)\b\.?"
            rf"(?: (?P<part>{_PART}))?,? +(?:the +)?)?"
            rf"(?:(?P<vague>{_VAGUE})[ -])?"
            rf"(?:(?P<month>{_MONTH}) +(?:the +)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? +(?:of +)?(?P<month2>{_MONTH}))"
            rf"(?!\d|:\d|,\d|\.\d| ?%)(?:-(?P<until>\d{{1,2}})\b)?"
            rf"(?:,? +(?P<year>{_YEAR})\b(?![-,]\d)|,? (?:of )?(?P<which>this|last|next) year\b"
            r")?"
            rf"(?: (?P<part2>{_PART})\b|,? (?:at )?(?P<after>{_CLOCK}))?"
        ),
        "first": (
            rf"\b(?P<focus>\d{{1,2}})(?:st|nd|rd|th)?(?: and | to | or |-)\d{{1,2}}"
            rf"(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})(?:,? +(?P<year>{_YEAR})\b)?"
        ),
        "month": (
            rf"\b(?:(?P<vague>{_VAGUE})[ -])?(?:(?P<relation>this|last|next|this past|the following"
            rf"|this coming) )?(?P<month>{_MONTH})"
            rf"(?:(?:,| of|) +(?P<year>{_YEAR})\b(?![-,]\d)"
            r"| (?:of )?(?P<which>this|last|next|that|the same|the following) year\b)?"
        ),
        "weekday": (
            rf"\b(?:(?P<before>{_CLOCK}){_ZONE},? (?:on )?|"
            rf"(?P<part0>{_PART}|midday|noon|midnight|dawn) (?:of |on )?)?"
            rf"(?:(?:(?:the )?(?P<relation>{_RELATION})) )?(?:(?P<vague>early|late|earlier|later)"
            rf"(?: on)? )?(?P<weekday>{_WEEKDAY})(?P<plural>s)?\b"
            rf"(?: (?P<part>{_PART})s?\b)?(?:,? (?:at |around )?(?P<after>{_CLOCK}))?"
            rf"(?: of (?P<week>this|last|next) week)?(?P<ago>,? a week ago)?"
        ),
        "near": (
            rf"\b(?:(?P<before>{_CLOCK}) )?(?P<vague>(?:early |late |earlier |later )(?:on )?)?"
            r"(?P<word>the day after tomorrow|the day before yesterday|today|yesterday|tomorrow|"
            rf"tonight|overnight)\b(?: (?P<part>{_PART})\b)?(?:,? at (?P<after>{_CLOCK}))?"
        ),
        "unit": (
            r"\b(?:(?P<vague>early|late|earlier|later|mid)[ -]|(?:earlier|later|early|late) in )?"
            rf"(?P<the>the )?(?P<relation>{_RELATION}) (?P<more>(?:fiscal|calendar|entire|whole) )?"
            rf"(?P<unit>{_CALENDAR}|(?:{_SEASON})\b|(?:{_PART})\b)"
        ),
        "within": (
            rf"\b(?P<vague>early|late|earlier|later) in the (?P<unit>{_CALENDAR}|(?:{_SEASON})\b)"
        ),
        "distance": (
            rf"\b(?P<number>{_NUMBER}|an?|{_FEW})(?P<half>{_HALVES})?[ -](?P<unit>{_SPAN_UNIT})"
            r" (?P<way>ago|earlier|later|from now|hence|previously)\b"
        ),
        "vague_distance": rf"\b(?P<unit>{_PLURAL}) (?P<way>ago|earlier|later)\b",
        "also": (
            rf"\b(?P<month>{_MONTH}) +\d{{1,2}}(?:st|nd|rd|th)?(?:,? (?:and|or|to|through|until) "
            rf"|,? ?- ?|, )(?P<focus>\d{{1,2}})(?:st|nd|rd|th)?\b(?![-:/]|,\d|\.\d| ?%)"
            rf"(?:,? +(?P<year>{_YEAR})\b)?"
        ),
        "adjacent": (
            r"\b(?:the|a) (?P<relation>next|following|previous|same|very next) "
            r"(?P<unit>day|morning|afternoon|evening|night|week|month|year)\b"
        ),
        "beside": (
            r"\b(?:the (?P<unit>day|week|month|year) (?P<way>before|after|earlier|later)|"
            r"a (?P<unit2>day|week|month|year) (?P<way2>earlier|later))\b"
        ),
        "that": r"\bthat (?:same )?(?P<unit>day|week|month|year|night|morning|evening)\b",
        "rate": (
            r"\b(?P<times>once|twice|(?:two|three|four|five|six|\d+) times) (?:a|an|per|each|"
            r"every) (?P<unit>day|night|week|month|year|hour)\b"
        ),
        "per": r"\b(?P<per>per|an?) (?P<unit>hour|day|night|week|month|quarter|year)\b",
        "span": (
            r"\b(?:(?:the )?(?P<relation>past|last|next|first|final|previous|coming|following|"
            r"latest|recent) )?"
            rf"(?:(?P<number>{_NUMBER}|{_FEW})(?:(?: to | or |-| and |-to-)(?P<until>{_NUMBER}))?"
            rf"(?P<half>{_HALVES})?(?: (?:more|full|straight|consecutive|long|whole|additional|"
            rf"solid|calendar|business|working|school|trading))?[ -](?P<unit>{_SPAN_UNIT})"
            r"(?P<old>-old| old| of age)?"
            rf"|(?P<one>an?|an? (?:entire|full|whole|half)|half an?|one-half|each|another) (?:(?:"
            rf"entire|full|whole|half)[ -])?(?P<unit2>second|minute|hour|day|night|week|weekend|"
            r"month|quarter|year|decade|century)\b(?P<half2> and a half)?"
            rf"|(?P<unit3>{_PLURAL}))"
        ),
        "dashed": (
            rf"\b(?P<number>{_NUMBER}|multi)-(?P<unit>second|minute|hour|day|night|week|month|"
            r"quarter|year|decade|century)s?\b(?P<old>-olds?| olds?|-long| old)?"
        ),
        "long": r"\b(?P<unit>hour|day|week|month|year|decade|century)s?-long\b",
        "whole": (
            r"\ball (?P<unit>day|night|week|weekend|month|year|summer|winter|morning|afternoon)\b"
        ),
        "set": (
            r"\b(?P<each>every|each) (?:(?P<other>other|second|few|single) |"
            rf"(?P<number>{_NUMBER}) )?(?P<unit>{_SPAN_UNIT}|{_WEEKDAY}|{_PART}|{_SEASON}|{_MONTH})"
            rf"(?: (?P<part>{_PART}))?"
        ),
        "adverb": rf"\b(?P<word>{_any(ADVERBS)})\b",
        "year": (
            rf"\b(?:(?P<vague>{_VAGUE})[ -])?(?P<fiscal>fiscal(?: year)? |the year )?"
            rf"(?P<year>{_YEAR})(?:[-/](?P<until>\d\d(?:\d\d)?))?\b(?!,\d|\.\d| ?%|/|:)"
        ),
        "short_year": rf"(?<![\w])(?P<vague>(?:{_VAGUE})[ -])?'(?P<year>\d\d)(?![\d\w%])",
        "decade": (
            rf"\b(?:the )?(?:(?P<vague>{_VAGUE})[ -]+)?(?:(?P<year>{_YEAR})'?s\b|"
            rf"(?P<word>{_any(DECADES)})\b)|(?<!\w)(?:the )?(?:(?P<vague2>{_VAGUE})[ -]+)?'"
            r"(?P<short>\d0)s\b"
        ),
        "century": (
            rf"\b(?:the )?(?:(?P<vague>{_VAGUE})[ -]+)?(?P<ordinal>twenty-first|{_ORDINAL})"
            r"[ -]century\b"
        ),
        "quarter": (
            r"\b(?:the )?(?:(?P<relation>latest|same|this year's|last year's|next year's)\s)?"
            r"(?P<ordinal>first|second|third|fourth|final|last|1st|2nd|3rd|4th)"
            r"[ -](?:fiscal[ -])?(?P<unit>quarter|half)\b"
            rf"(?:,? (?:of |in )?(?:(?:the )?(?:fiscal )?(?:year )?(?P<year>{_YEAR})\b"
            r"|(?P<which>this|last|next|the|that) year\b))?"
        ),
        "season": (
            rf"\b(?:the )?(?:(?P<vague>{_VAGUE})[ -])?(?P<season>{_SEASON})(?: (?:of )?"
            rf"(?:(?P<year>{_YEAR})\b|(?P<which>this|last|next) year\b))?"
        ),
        "clock": rf"\b(?P<clock>{_CLOCK})(?![-\d])",
        "part": (
            r"\b(?:the |this )?(?P<vague>early |late |pre-|mid-)?(?P<part>morning|afternoon|"
            r"evening|night|dawn|dusk|nightfall|sunset|sunrise)(?: hours)?\b"
        ),
        "weekend": r"\b(?:the )?weekend\b",
        "edge": r"\b(?:year-end|month-end|mid-year|midyear|midweek)\b",
        "the_unit": r"\bthe (?P<unit>year|month|week|quarter)\b",
        "reference": rf"\b(?P<word>{_any(REFERENCES)})\b",
        "holiday": (
            rf"\b(?P<relation>last |this |next )?(?P<word>{_any(HOLIDAYS)})\b"
            rf"(?: (?P<year>{_YEAR}))?"
        ),
    }.items()
}
# Begins with a number: "10 months", "several years", but not "10 a.m.".
COUNTED = re.compile(
    rf"(?:{_DIGITS}(?! ?[ap]\.?m)|an?\b|half\b|several\b|{_WORD_NUMBER}\b)", re.IGNORECASE
)
# What widens an expression to its left, and still belongs to it: "more than", before a number
# only, and "the end of".
MORE = re.compile(
    r"\b(?:(?:a little |well |much )?(?:more|less|fewer) than|no (?:more|less|later) than|at least|"
    r"at most|(?:as )?(?:much|many|long|little) as|up to|about|around|roughly|approximately|nearly|"
    r"almost|(?:just|well) (?:over|under)|only|just|some|exactly|close to|another|a further|"
    r"barely|hardly|the (?:first|last|past|next)) $",
    re.IGNORECASE,
)
PART = re.compile(
    r"\b(?:(?:the (?:very )?)?(?:end|beginning|start|middle|close|turn|rest|remainder|eve) of|"
    r"(?:the )?(?:early|latter|later|first) part of|early|late|later|earlier)(?: the)? $",
    re.IGNORECASE,
)
