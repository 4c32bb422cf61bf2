"""What comes again and again: "every Friday", "$300 a month"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from components.text.times import vocabulary as words
from components.text.times.context import Sense, is_capital
from components.text.times.numerals import duration_of, number_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.text.times.context import Article, Rule


def _set(_article: Article, match: re.Match[str]) -> Sense | None:
    unit = match["unit"].lower()
    rule = "Comes again and again."
    if unit in words.WEEKDAYS:
        part = words.DAY_PARTS.get((match["part"] or "").lower(), "")
        return Sense("SET", f"XXXX-WXX-{words.WEEKDAYS.index(unit) + 1}{part}", rule)
    if unit in words.DAY_PARTS:
        return Sense("SET", f"XXXX-XX-XX{words.DAY_PARTS[unit]}", rule)
    if unit in words.SEASONS:
        return Sense("SET", f"XXXX-{words.SEASONS[unit]}", rule)
    if unit not in words.UNITS:
        return Sense("SET", f"XXXX-{words.month_number(unit):02}", rule)
    number: float | None = 2 if (match["other"] or "").lower() in {"other", "second"} else 1
    if match["number"]:
        number = number_of(match["number"])
    if (match["other"] or "").lower() == "few":
        number = None
    return Sense("SET", duration_of(number, words.UNITS[unit]), rule)


def _rate(_article: Article, match: re.Match[str]) -> Sense | None:
    return Sense("SET", duration_of(1, words.UNITS[match["unit"].lower()]), "So often in each.")


def _per(article: Article, match: re.Match[str]) -> Sense | None:
    """Read "a month" in "$300 a month", which is no length of time."""
    unit = words.UNITS[match["unit"].lower()]
    before = article.text[max(0, match.start() - 30) : match.start()]
    amount = re.search(
        r"(?:\d%?|(?:illion|thousand|hundred|dollars|cents|percent|pounds|euros|francs|marks|yen|"
        r"barrels|tons|tonnes|people|times|shekels|trucks|gallons|miles|households?|units)) $",
        before,
    )
    if match["per"].lower() == "per" or (
        amount and not re.search(r"(?:19|20)\d\d $|\b(?:for|in|of|after) $", before)
    ):
        return Sense("SET", duration_of(1, unit), "So much in each.")
    return None


def _adverb(article: Article, match: re.Match[str]) -> Sense | None:
    token = article.token(match, "word")
    if token.ent_type_ in {"ORG", "WORK_OF_ART", "PERSON", "FAC"} or (
        is_capital(match["word"]) and not token.is_sent_start
    ):
        return None  # the name of a newspaper
    return Sense("SET", words.ADVERBS[match["word"].lower()], "Comes again and again.")


RULES: Mapping[str, Rule] = {
    "set": _set,
    "rate": _rate,
    "per": _per,
    "adverb": _adverb,
}
