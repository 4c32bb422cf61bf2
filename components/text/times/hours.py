"""Hours and parts of the day: "10:30 a.m.", "in the evening"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from components.text.times import vocabulary as words
from components.text.times.context import timed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.text.times.context import Article, Rule, Sense


# What an hour stands behind, where it is no score: "at 10:30".
_LED = re.compile(
    r"\b(?:at|by|until|from|to|around|about|after|before|since|between) (?:around |about )?$"
)


def _clock(article: Article, match: re.Match[str]) -> Sense | None:
    text = match["clock"]
    bare = re.fullmatch(r"[\d:.]+", text)
    if bare and ("." in text or not _LED.search(article.before(match, 20))):
        return None  # a score or a figure
    if text.lower() == "noon" and article.led(match, "high"):
        return None
    return timed(article.day_nearby(match), "", text, "The hour, of the day named nearby.")


def _part(article: Article, match: re.Match[str]) -> Sense | None:
    """Read "in the evening", "at night", but not "the evening news"."""
    part, token = match["part"].lower(), article.token(match, "part")
    the = match[0].lower().startswith(("the ", "this ")) or match["vague"]
    led = re.search(
        r"\b(?:in|during|by|at|since|until|before|after|through) $", article.before(match, 10)
    )
    modifies = token.head.i > token.i and token.dep_ == "compound" and not the
    if modifies or not led or part not in words.DAY_PARTS:
        return None
    return timed(article.day_nearby(match), part, None, "Of the day named before.")


RULES: Mapping[str, Rule] = {
    "clock": _clock,
    "part": _part,
}
