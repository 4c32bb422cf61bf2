"""Months, seasons, years and longer, and the words for now and then."""

from __future__ import annotations

import re
from datetime import MAXYEAR
from typing import TYPE_CHECKING

from components.text.times import vocabulary as words
from components.text.times.context import Sense, dated, in_unit, is_capital
from components.text.times.tense import Tense
from components.text.times.values import full_year, month_of, moved, week_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from components.text.times.context import Article, Rule

# What "1,500" without its comma counts: no year.
_COUNTED = re.compile(
    r" ?-?(?:met(?:er|re)s?|f(?:oo|ee)t|miles?|km|kg|kilomet\w+|kilogram\w*|pounds?|percent|"
    r"people|persons?|men|women|children|troops|soldiers|fighters|police|workers|employees|jobs|"
    r"houses|homes|tons?|tonnes|dollars|euros|shekels|shares|votes|cases|hours|days|years|members|"
    r"others|prisoners|hostages|rockets|missiles|trucks|aid|dead|deaths|million|billion)\b"
)
_MODERN = 1900  # an older year is one only behind "in", "since" and the like
_AHEAD = 60
_NUMBERED = re.compile(
    r"(?:[$\u00a3\u20ac#@=/+]|\bus\$|no\. ?|flight |room |route |highway |p\. ?|\d[.,-])$"
)
_LED = re.compile(
    r"\b(?:in|since|of|by|from|until|till|to|and|or|between|during|before|after|through|late|"
    r"early|mid|than|fiscal|year|for|the|into|as)[ -]?$|[,(-] ?$"
)
_SEASONAL = re.compile(r"\b(?:in|the|early|late|mid|since|until|by|during|of|for)[ -]$")
_FALLS = re.compile(r"\b(?:in|in the|early|late|during the|until the)[ -]$")
_NAMES = frozenset({"PERSON", "ORG", "GPE", "FAC", "WORK_OF_ART", "NORP", "PRODUCT", "EVENT"})


def _month(article: Article, match: re.Match[str]) -> Sense | None:
    number, token = words.month_number(match["month"]), article.token(match, "month")
    if not is_capital(match["month"]) or (not match["year"] and not _is_month(token, match)):
        return None
    if match["year"]:
        return dated(f"{match['year']}-{number:02}", "Month and year as written.")
    if match["which"]:
        year = article.year_of(match["which"])
        return dated(f"{year:04}-{number:02}", f"The month of {match['which']} year.")
    year, rule = _month_year(article, match, number)
    return dated(f"{year:04}-{number:02}", rule)


def _month_year(article: Article, match: re.Match[str], number: int) -> tuple[int, str]:
    year, current = article.published.year, article.published.month
    relation = (match["relation"] or "").lower()
    stated = article.stated_year(match)
    if relation == "last":
        return year - (number >= current), "The latest such month that is over."
    if relation in {"next", "this coming"}:
        return year + (number <= current), "The first such month to come."
    if relation == "this":
        return year, "That month of the year of publication."
    if stated:
        return stated, "The year is stated beside it."
    if relation == "the following":
        exact = len(article.anchor_value) > len("2021") and number > article.anchor.month
        return article.anchor.year + (not exact), "The first such month after the date before."
    tense, verb = article.tense_of_date(match)
    told = article.told_year(match)
    if told and tense is not Tense.FUTURE:
        return told, "The sentence tells of that year."
    if tense is Tense.PAST or article.led(match, "since"):
        rule = "In the past tense, a month without a year is the latest one before publication."
        return year - (number > current), rule
    if tense is Tense.FUTURE or article.led(match, "until"):
        verb = verb if tense is Tense.FUTURE else "until"
        rule = f'"{verb}" looks forward: the first such month from publication on.'
        return year + (number < current), rule
    rule = "A month without a year, in no clear tense: the one nearest to publication."
    gap = number - current
    return year + (gap < -6) - (gap > 5), rule  # noqa: PLR2004 - half a year


def _season(article: Article, match: re.Match[str]) -> Sense | None:
    """Read "in the spring", "summer of 1998"; neither a fall nor a spring of water."""
    word, token = match["season"].lower(), article.token(match, "season")
    code = words.SEASONS[word]
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    if match["year"]:
        return dated(f"{match['year']}-{code}", "Season and year as written.")
    if is_capital(match["season"]) and token.pos_ == "PROPN" and not token.is_sent_start:
        return None
    if match["which"]:
        return dated(f"{article.year_of(match['which']):04}-{code}", "Season of that year.")
    before = article.text[max(0, match.start() - 12) : match.start("season")].lower()
    led = _FALLS if word in {"fall", "spring"} else _SEASONAL
    if not led.search(before):
        return None
    return dated(f"{_season_year(article, match, code):04}-{code}", "The season, by the tense.")


def _season_year(article: Article, match: re.Match[str], code: str) -> int:
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    tense, _ = article.tense(match)
    year, current = article.published.year, article.published.month
    if tense is Tense.FUTURE:
        return year + (month + 2 < current)
    return year - (month > current)


def _year(article: Article, match: re.Match[str]) -> Sense | None:
    """Read "1998" where it is a year, and no price, count or number of a flight."""
    number, start = int(match["year"]), match.start("year")
    before = article.text[max(0, start - 24) : start].lower()
    token = article.token(match, "year")
    if _NUMBERED.search(before) or _COUNTED.match(article.after(match, 24)):
        return None
    named = match["fiscal"] or match["vague"]
    modern = _MODERN <= number <= article.published.year + _AHEAD
    if not named and not modern and not re.search(r"\b(?:in|since|of|by|from|until) $", before):
        return None
    if not (named or _LED.search(before)) and (token.ent_type_ != "DATE" or token.dep_ == "nummod"):
        return None
    rule, last = "The year as written.", match["until"]
    if last is None:
        return dated(f"{number:04}", rule)
    stop = int(last) if len(last) == len("1998") else number // 100 * 100 + int(last)
    if not number < stop < MAXYEAR:
        return None
    return Sense("DATE", f"{number:04}", rule, f"{number:04}/{stop:04}")


def _short_year(article: Article, match: re.Match[str]) -> Sense | None:
    return dated(f"{full_year(match['year'], article.published):04}", "The year, shortened.")


def _decade(article: Article, match: re.Match[str]) -> Sense | None:
    if match["year"]:
        if not match["year"].endswith("0"):
            return None
        value = match["year"][:3]
    elif match["word"]:
        before = article.text[max(0, match.start("word") - 12) : match.start("word")].lower()
        if not re.search(r"(?:the|early|late|mid)[ -]+$", before):
            return None  # "in his eighties"
        value = f"19{words.DECADES[match['word'].lower()]}"
    else:
        year = full_year(match["short"], article.published)
        value = f"{year:04}"[:3]
    return dated(value, "The ten years of that decade.")


def _century(_article: Article, match: re.Match[str]) -> Sense | None:
    word = match["ordinal"].lower()
    number = 21 if word == "twenty-first" else words.ORDINALS.get(word) or int(word[:-2])
    if not 1 < number <= 99:  # noqa: PLR2004
        return None
    return dated(f"{number - 1:02}", "The hundred years of that century.")


def _quarter(article: Article, match: re.Match[str]) -> Sense | None:
    ordinal, unit = match["ordinal"].lower(), match["unit"].lower()
    number = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}.get(ordinal, 1)
    if ordinal in {"final", "last"}:
        number = 4 if unit == "quarter" else 2
    letter, months = ("Q", 3) if unit == "quarter" else ("H", 6)
    if unit == "half" and (number > 2 or not (match["year"] or match["which"])):  # noqa: PLR2004
        return None
    year, rule = article.published.year, "The quarter or half of that year."
    if match["year"]:
        year = int(match["year"])
    elif match["which"]:
        year = article.year_of(match["which"])
    elif (match["relation"] or "").lower().endswith("year's"):
        year = article.year_of(match["relation"].split(" ")[0][:4])
    else:
        tense, _ = article.tense(match)
        begun = months * (number - 1) + 1 <= article.published.month
        year -= int(not begun and tense is not Tense.FUTURE)
        rule = "By the tense: the latest or the next one from publication."
    return dated(f"{year:04}-{letter}{number}", rule)


def _weekend(article: Article, match: re.Match[str]) -> Sense | None:
    tense, _ = article.tense(match)
    before = article.published.weekday() < 5 and tense is not Tense.FUTURE  # noqa: PLR2004
    day = moved(article.published, -1 if before else 0, "W")
    return in_unit(day, "WE", "The weekend, by the tense.")


def _edge(article: Article, match: re.Match[str]) -> Sense | None:
    word = match[0].lower()
    if word == "midweek":
        return dated(week_of(article.published), "The week of publication.")
    if word == "month-end":
        return dated(month_of(article.published), "The month of publication.")
    return dated(f"{article.published.year:04}", "The year of publication.")


def _the_unit(article: Article, match: re.Match[str]) -> Sense | None:
    """Read "the year" where a part of it is meant: "later in the year", "end of the year"."""
    before = article.before(match, 30)
    if not re.search(
        r"\b(?:(?:end|beginning|start|middle|rest|remainder|half|months|close|part|quarter|"
        r"time|course) of|(?:later|earlier|early|late|so far) in|for) $",
        before,
    ):
        return None
    code = words.UNITS[match["unit"].lower()]
    return in_unit(article.published, code, "The one of publication.")


def _reference(article: Article, match: re.Match[str]) -> Sense | None:
    word = match["word"].lower()
    token = article.token(match, "word")
    if token.ent_type_ in {"ORG", "PERSON", "WORK_OF_ART"}:
        return None
    after = article.after(match, 14)
    if word == "the past" and not re.match(r"[^\w ]| (?:and|or|when|that|but|as|to)\b|$", after):
        return None
    if word == "soon" and re.match(r" (?:after|as|before)", after):
        return None
    if word == "now" and re.match(r" that\b", after):
        return None
    return dated(words.REFERENCES[word], "Names no day.")


def _is_month(token: Token, match: re.Match[str]) -> bool:
    """Return whether "May" or "March" is a month here, and no name, verb or modal."""
    word = match["month"].lower()
    if token.ent_type_ in _NAMES:
        return word not in {"may", "april", "june", "march", "august", "jan", "mar"} and (
            token.ent_type_ not in {"PERSON", "FAC"}
        )
    if word in {"may", "march", "mar", "sep", "dec", "jan"}:
        return token.pos_ in {"PROPN", "NOUN"} and (
            token.ent_type_ == "DATE"
            or bool(match["relation"] or match["vague"])
            or token.dep_ == "pobj"
        )
    return True


RULES: Mapping[str, Rule] = {
    "month": _month,
    "season": _season,
    "year": _year,
    "short_year": _short_year,
    "decade": _decade,
    "century": _century,
    "quarter": _quarter,
    "weekend": _weekend,
    "edge": _edge,
    "the_unit": _the_unit,
    "reference": _reference,
}
