"""Days: "Thursday", "Aug. 22", "yesterday" and the like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.text.times import vocabulary as words
from components.text.times.context import RELATIVE, Sense, is_capital, on_day, timed
from components.text.times.tense import Tense, firmly
from components.text.times.values import day_of, full_year, moved

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping
    from datetime import date

    from components.text.times.context import Article, Rule


def _iso(_article: Article, match: re.Match[str]) -> Sense | None:
    day = day_of(int(match["year"]), int(match["month"]), int(match["day"]))
    return timed(day, "", match["clock"], "The date as written.")


def _slashed(article: Article, match: re.Match[str]) -> Sense | None:
    year = full_year(match["year"], article.published)
    first, second = int(match["month"]), int(match["day"])
    day = day_of(year, first, second) or day_of(year, second, first)
    return on_day(day, "Month, day and year as written.")


def _day(article: Article, match: re.Match[str]) -> Sense | None:
    month, number = _month_and_day(match)
    if not is_capital(match["month"] or match["month2"]) or (match["day2"] and match["until"]):
        return None
    part, clock = match["part"] or match["part2"] or "", match["before"] or match["after"]
    if match["year"]:
        day, rule = day_of(int(match["year"]), month, number), "Day, month and year as written."
    elif match["which"]:
        day = day_of(article.year_of(match["which"]), month, number)
        rule = f"The day of {match['which']} year."
    else:
        day, rule = _nearest_day(article, match, month, number, (match["weekday"] or "")[:3])
    sense = timed(day, part, clock, rule)
    last = day_of(day.year, month, int(match["until"])) if day and match["until"] else None
    if sense and day and last and last > day:
        return replace(sense, edtf=f"{day}/{last}")
    return sense


def _also(article: Article, match: re.Match[str]) -> Sense | None:
    """Read the second day of "April 24 and 25"."""
    year = int(match["year"]) if match["year"] else article.anchor.year
    day = day_of(year, words.month_number(match["month"]), int(match["focus"]))
    if day is None or not is_capital(match["month"]) or day <= article.anchor:
        return None
    return on_day(day, "A day of the month that is named before it.")


def _first(article: Article, match: re.Match[str]) -> Sense | None:
    """Read the first day of "24 and 25 April"."""
    if not is_capital(match["month"]):
        return None
    month, number = words.month_number(match["month"]), int(match["focus"])
    if match["year"]:
        day = day_of(int(match["year"]), month, number)
    else:
        day, _ = _nearest_day(article, match, month, number)
    return on_day(day, "A day of the month that is named after it.")


def _nearest_day(
    article: Article, match: re.Match[str], month: int, number: int, weekday: str = ""
) -> tuple[date | None, str]:
    """Choose the year of a day and month: by what else the article says, then by the tense."""
    stated = article.stated_year(match)
    if stated:
        return day_of(stated, month, number), "The year is stated beside it."
    if (month, number) in article.dates:
        return article.dates[month, number], "The same day as elsewhere in the article."
    years = (article.published.year - 1, article.published.year, article.published.year + 1)
    days = [day for year in years if (day := day_of(year, month, number))]
    fits = [day for day in days if weekday and f"{day:%a}".lower() == weekday.lower()]
    if fits:
        return fits[0], f"The year in which that day is a {fits[0]:%A}."
    tense, verb = article.tense_of_date(match)
    told = article.told_year(match)
    if told and tense is not Tense.FUTURE:
        return day_of(told, month, number), "The sentence tells of that year."
    past = [day for day in days if day <= article.published]
    ahead = [day for day in days if day >= article.published]
    if past and (tense is Tense.PAST or article.led(match, "since")):
        return past[-1], (
            "In the past tense, a day without a year is the latest one before publication."
        )
    if ahead and (tense is Tense.FUTURE or article.led(match, "until")):
        verb = verb if tense is Tense.FUTURE else "until"
        return ahead[0], f'"{verb}" looks forward: the first such day after publication.'
    if not days:
        return None, ""
    nearest = min(days, key=lambda day: abs(day - article.published))
    return nearest, "A day without a year, in no clear tense: the one nearest to publication."


def _weekday(article: Article, match: re.Match[str]) -> Sense | None:
    if not is_capital(match["weekday"]):
        return None
    number = words.WEEKDAYS.index(match["weekday"].lower())
    part = match["part"] or match["part0"] or ""
    if match["plural"]:
        value = f"XXXX-WXX-{number + 1}{words.DAY_PARTS.get(part.lower(), '')}"
        return Sense("SET", value, "A day of every week.")
    day, rule = _weekday_date(article, match, number)
    return timed(day, part, match["before"] or match["after"], rule)


def _weekday_date(article: Article, match: re.Match[str], number: int) -> tuple[date | None, str]:
    """Choose the day of a weekday's name: by the word before it, then by the tense."""
    name, published = words.WEEKDAYS[number].capitalize(), article.published
    ahead = (number - published.weekday()) % 7
    behind = ahead - 7 if ahead else 0
    relation = (match["relation"] or "").lower()
    if match["ago"]:
        return moved(published, behind - 7, "D"), f"A week before the latest {name}."
    if match["week"]:
        monday = 7 * RELATIVE.get(match["week"].lower(), 0) - published.weekday()
        return moved(published, monday + number, "D"), f"The {name} of {match['week']} week."
    if relation in {"last", "previous"}:
        return moved(published, behind or -7, "D"), f"The latest {name} before publication."
    if relation in {"next", "coming", "this coming"}:
        return moved(published, ahead or 7, "D"), f"The first {name} after publication."
    if relation == "following":
        after = (number - article.anchor.weekday() - 1) % 7 + 1
        return moved(article.anchor, after, "D"), f"The first {name} after the day named before."
    return _weekday_by_tense(article, match, number, ahead)


def _weekday_by_tense(
    article: Article, match: re.Match[str], number: int, ahead: int
) -> tuple[date | None, str]:
    name, published = words.WEEKDAYS[number].capitalize(), article.published
    tense, verb = article.tense(match)
    if not ahead:
        how = "in the past tense, " if tense is Tense.PAST else ""
        return (
            published,
            f"Published on a {name}: the same weekday, {how}is the day of publication.",
        )
    if not firmly(tense, verb) and number in article.days:
        day, known = article.days[number]
        way = "before" if known is Tense.PAST else "after"
        return day, f"The same {name} as elsewhere in the article: {way} publication."
    if tense is Tense.FUTURE:
        rule = f'"{verb}" looks forward: the first {name} after publication.'
        return moved(published, ahead, "D"), rule
    if tense is Tense.PRESENT:
        rule = f"In the present tense: the {name} nearest to publication."
        return moved(published, min(ahead, ahead - 7, key=abs), "D"), rule
    how = "In the past tense" if tense is Tense.PAST else "No word looks forward"
    return moved(published, ahead - 7, "D"), f"{how}: the latest {name} before publication."


def gather(article: Article, name: str, match: re.Match[str]) -> None:
    """Keep what a weekday's name, or a day without a year, stands for in this article."""
    if name == "day":
        month, number = _month_and_day(match)
        day = day_of(int(match["year"]), month, number) if match["year"] else None
        if day:
            article.dates[month, number] = day
    elif not (match["plural"] or match["relation"] or match["week"] or match["ago"]):
        number = words.WEEKDAYS.index(match["weekday"].lower())
        tense, verb = article.tense(match)
        if firmly(tense, verb) and number not in article.days:
            ahead = (number - article.published.weekday()) % 7
            day = moved(
                article.published, ahead - 7 if tense is Tense.PAST and ahead else ahead, "D"
            )
            if day:
                article.days[number] = day, tense


def _near(article: Article, match: re.Match[str]) -> Sense | None:
    word = match["word"].lower()
    token = article.token(match, "word")
    if is_capital(match["word"]) and token.ent_type_ == "ORG" and not token.is_sent_start:
        return None  # "VOA Today"
    shift = {
        "yesterday": -1,
        "tomorrow": 1,
        "the day after tomorrow": 2,
        "the day before yesterday": -2,
    }.get(word, 0)
    if word == "overnight":
        return Sense("TIME", f"{article.published}TNI", "The night of publication.")
    day = moved(article.published, shift, "D")
    part = "night" if word == "tonight" else match["part"] or ""
    rule = "The day of publication." if not shift else "Counted from the day of publication."
    return timed(day, part, match["before"] or match["after"], rule)


def _holiday(article: Article, match: re.Match[str]) -> Sense | None:
    month, number = words.HOLIDAYS[match["word"].lower()]
    if not is_capital(match["word"]):
        return None
    if number == words.HOLIDAYS["thanksgiving"][1]:
        return _thanksgiving(article, match)
    if match["year"]:
        day = day_of(int(match["year"]), month, number)
    else:
        day, _ = _nearest_day(article, match, month, number)
        relation = (match["relation"] or "").strip().lower()
        if day and relation == "last" and day >= article.published:
            day = day_of(day.year - 1, month, number)
        if day and relation == "next" and day <= article.published:
            day = day_of(day.year + 1, month, number)
    return on_day(day, "A holiday that is on the same day every year.")


def _thanksgiving(article: Article, match: re.Match[str]) -> Sense | None:
    """Read the fourth Thursday of November, of the United States."""
    tense, _ = article.tense(match)
    year = int(match["year"]) if match["year"] else article.published.year
    day = _fourth_thursday(year)
    if not match["year"] and day and day > article.published and tense is not Tense.FUTURE:
        day = _fourth_thursday(year - 1)
    return on_day(day, "The fourth Thursday of November.")


def _fourth_thursday(year: int) -> date | None:
    first = day_of(year, 11, 1)
    return moved(first, (3 - first.weekday()) % 7 + 21, "D") if first else None


def _month_and_day(match: re.Match[str]) -> tuple[int, int]:
    return words.month_number(match["month"] or match["month2"]), int(match["day"] or match["day2"])


RULES: Mapping[str, Rule] = {
    "iso": _iso,
    "slashed": _slashed,
    "day": _day,
    "also": _also,
    "first": _first,
    "weekday": _weekday,
    "near": _near,
    "holiday": _holiday,
}
