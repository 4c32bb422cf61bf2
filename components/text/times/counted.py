"""What is counted in days, weeks, months: "last week", "10 months", "two days later"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from components.text.times import vocabulary as words
from components.text.times.context import RELATIVE, Sense, dated, in_unit, lasting, timed
from components.text.times.numerals import duration_of, number_of
from components.text.times.values import moved, quarter_of, unit_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.text.times.context import Article, Rule

_UNCOUNTED = "A length of time, without a number."
_CALENDAR = frozenset({"D", "W", "M", "Q", "Y", "DE", "CE"})
# What makes "one day" a length, and no time to come.
_LED = re.compile(r"\b(?:for|in|after|within|than|just|only|of) $")


def _unit(article: Article, match: re.Match[str]) -> Sense | None:
    relation, unit = match["relation"].lower(), match["unit"].lower()
    if unit in words.DAY_PARTS:
        return _relative_part(article, relation, unit)
    if unit in words.SEASONS:
        return _relative_season(article, relation, words.SEASONS[unit])
    code = words.UNITS[unit]
    if code == "Q" and relation in {"latest", "last"}:
        day = moved(article.published, -1, "Q")
        return in_unit(day, "Q", "The latest quarter that is over.")
    if relation in {"same", "that", "following", "previous"} or (
        relation == "next" and code == "D" and match["the"]
    ):
        shift = RELATIVE.get(relation, 0)
        day = moved(article.anchor, shift, code)
        return in_unit(day, code, "Counted from the date named before.")
    if relation in {"past", "this past", "last", "next", "coming", "latest"} and (
        match["the"] or relation == "past"
    ):
        if code == "WE":
            day = moved(article.published, -1 if relation != "next" else 1, "W")
            return in_unit(day, "WE", "A weekend, from publication.")
        forward = relation in {"next", "coming"}
        return _stretch(article, 1, code, forward=forward)
    if code == "D" and relation in {"this", "current", "present"}:
        return dated("PRESENT_REF", "The time of writing.") if relation == "this" else None
    shift = -1 if relation in {"past", "this past"} else RELATIVE.get(relation, 0)
    start = article.published
    if code == "W":  # the newspaper's week begins on Sunday, that of ISO 8601 on Monday
        start = moved(start, start.weekday() // 6, "D") or start
    day = moved(start, shift, code)
    rule = f"{match[0].strip().capitalize()}, counted from publication."
    return in_unit(day, code, rule)


def _relative_part(article: Article, relation: str, part: str) -> Sense | None:
    if relation in {"this", "last", "next", "this past"}:
        day = moved(article.published, {"last": -1, "next": 1}.get(relation, 0), "D")
        return timed(day, part, None, "Counted from the day of publication.")
    day = moved(article.anchor, RELATIVE.get(relation, 0), "D")
    return timed(day, part, None, "Counted from the day named before.")


def _relative_season(article: Article, relation: str, code: str) -> Sense | None:
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    year, current = article.published.year, article.published.month
    if relation in {"last", "past", "this past", "previous"}:
        year -= int(month + 2 >= current)
    elif relation in {"next", "coming", "this coming", "following"}:
        year += int(month <= current)
    elif relation in {"same", "that"}:
        year = article.anchor.year
    return dated(f"{year:04}-{code}", "The season, counted from publication.")


def _within(article: Article, match: re.Match[str]) -> Sense | None:
    unit = match["unit"].lower()
    if unit in words.SEASONS:
        return _relative_season(article, "this", words.SEASONS[unit])
    return in_unit(article.anchor, words.UNITS[unit], "Of the date named before.")


def _adjacent(article: Article, match: re.Match[str]) -> Sense | None:
    relation, unit = match["relation"].lower(), match["unit"].lower()
    shift = RELATIVE.get(relation.removeprefix("very "), 0)
    if unit in words.DAY_PARTS:
        day = moved(article.anchor, shift, "D")
        return timed(day, unit, None, "Counted from the day named before.")
    code = words.UNITS[unit]
    if relation == "next" and code != "D":
        return _stretch(article, 1, code, forward=True)
    day = moved(article.anchor, shift, code)
    return in_unit(day, code, "Counted from the date named before.")


def _beside(article: Article, match: re.Match[str]) -> Sense | None:
    code = words.UNITS[(match["unit"] or match["unit2"]).lower()]
    shift = 1 if (match["way"] or match["way2"]).lower() in {"after", "later"} else -1
    return _from_anchor(article, shift, code)


def _that(article: Article, match: re.Match[str]) -> Sense | None:
    unit = match["unit"].lower()
    if article.token(match, "unit").head.pos_ == "SCONJ":
        return None
    if unit in words.DAY_PARTS:
        return timed(article.anchor, unit, None, "Of the day named before.")
    return in_unit(article.anchor, words.UNITS[unit], "Of the date named before.")


def _distance(article: Article, match: re.Match[str]) -> Sense | None:
    number, code = number_of(match["number"]), words.UNITS[match["unit"].lower()]
    way = match["way"].lower()
    if number is None:
        value = {"ago": "PAST_REF", "earlier": "PAST_REF"}.get(way, "FUTURE_REF")
        return dated(value, "No number is stated.")
    forward = way in {"later", "from now", "hence"}
    whole = round(number)
    if code in {"S", "MIN", "H", "N"}:
        return lasting(duration_of(number, code, half=bool(match["half"])))
    shift = whole if forward else -whole
    if way in {"ago", "from now", "hence"}:
        day = moved(article.published, shift, code)
        sense = in_unit(day, _coarser(code), f'"{match[0]}", counted from publication.')
        # "two years ago" may be a little more or less.
        about = sense and sense.edtf and code in {"M", "Y"}
        return replace(sense, edtf=f"{sense.edtf}~") if sense and about else sense
    return _from_anchor(article, shift, code)


def _from_anchor(article: Article, shift: int, code: str) -> Sense | None:
    day = moved(article.anchor, shift, code)
    if day is None:
        return None
    value = unit_value(day, _coarser(code))
    if code == "Y" and re.fullmatch(r"\d{4}-Q\d", article.anchor_value):
        value = quarter_of(day)
    return dated(value, "Counted from the date named before.")


def _vague_distance(_article: Article, match: re.Match[str]) -> Sense | None:
    way, code = match["way"].lower(), words.UNITS[match["unit"].lower()]
    if way == "ago":
        return dated("PAST_REF", "No number is stated.")
    return lasting(duration_of(None, code), _UNCOUNTED)


def _stretch(article: Article, number: float | None, code: str, *, forward: bool) -> Sense | None:
    """Read "the past three months": a length, and the days up to publication or from it."""
    value = duration_of(number, code)
    shift = round(number or 0) * (1 if forward else -1)
    edge = moved(article.published, shift, code) if shift and code in _CALENDAR else None
    days = sorted((edge, article.published)) if edge else []
    edtf = "/".join(day.isoformat() for day in days) or None
    way = "from publication on" if forward else "up to publication"
    return Sense("DURATION", value, f"A length of time {way}.", edtf)


def _span(article: Article, match: re.Match[str]) -> Sense | None:
    relation = (match["relation"] or "").lower()
    if match["one"]:
        return _one(article, match)
    if match["unit3"]:
        code = words.UNITS[match["unit3"].lower()]
        return _plural(article, match, relation, code)
    number, code = number_of(match["number"]), words.UNITS[match["unit"].lower()]
    if code == "S" and match["unit"].lower() == "second":
        return None
    if match[0].lower() == "one day" and not _LED.search(
        article.text, max(0, match.start() - 8), match.start()
    ):
        return dated("FUTURE_REF", "At some time to come.")
    if match["until"]:
        number = number_of(match["until"])
    if relation in {"past", "last", "next", "coming"} and number is not None:
        return _stretch(article, number, code, forward=relation in {"next", "coming"})
    return lasting(duration_of(number, code, half=bool(match["half"])))


def _one(article: Article, match: re.Match[str]) -> Sense | None:
    code, one = words.UNITS[match["unit2"].lower()], match["one"].lower()
    token = article.token(match, "unit2")
    if one == "each" or match["unit2"].lower() == "second":
        return None
    if token.head.i > token.i and token.dep_ in {"compound", "nmod"}:
        return None  # "a day care", "a night club"
    if "half" in match[0].lower().split(" and ")[0]:
        return lasting(duration_of(0.5, code))
    return lasting(duration_of(1, code, half=bool(match["half2"])))


def _plural(article: Article, match: re.Match[str], relation: str, code: str) -> Sense | None:
    """Read "months" where it is a length of time: "for months", "months of talks"."""
    if relation == "recent":
        return lasting(duration_of(None, code), "The days before publication.")
    if relation:
        known = relation in {"past", "last", "next", "coming", "previous"}
        return lasting(duration_of(None, code), _UNCOUNTED) if known else None
    before, after = article.before(match, 14), article.after(match, 8)
    led = re.search(r"\b(?:for|in|within|after|over|through|of|during|the|with) $", before)
    followed = re.match(r" (?:of|long|old|after|before|away|into)\b", after)
    these = re.search(r"(?<!over )\bthe $", before) and not re.match(
        r" (?:of|since|before|ahead|after|follow|lead)", after
    )
    if code == "S" or these or not (led or followed):
        return None
    return lasting(duration_of(None, code), _UNCOUNTED)


def _dashed(_article: Article, match: re.Match[str]) -> Sense | None:
    number = None if match["number"].lower() == "multi" else number_of(match["number"])
    code = words.UNITS[match["unit"].lower()]
    if code == "S" and (number is None or match["number"].isalpha()):
        return None
    return Sense("DURATION", duration_of(number, code), "An age or a length of time.")


def _long(_article: Article, match: re.Match[str]) -> Sense | None:
    code = words.UNITS[match["unit"].lower()]
    number = None if match[0].lower().endswith("s-long") else 1
    return lasting(duration_of(number, code))


def _whole(_article: Article, match: re.Match[str]) -> Sense | None:
    unit = match["unit"].lower()
    if unit in words.UNITS:
        return lasting(duration_of(1, words.UNITS[unit]))
    return None


def _coarser(code: str) -> str:
    """Return how exact "three decades ago" is: to the year."""
    return {"DE": "Y", "CE": "Y", "WE": "W"}.get(code, code)


RULES: Mapping[str, Rule] = {
    "unit": _unit,
    "within": _within,
    "adjacent": _adjacent,
    "beside": _beside,
    "that": _that,
    "distance": _distance,
    "vague_distance": _vague_distance,
    "span": _span,
    "dashed": _dashed,
    "long": _long,
    "whole": _whole,
}
