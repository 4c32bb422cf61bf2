"""Time expressions: where they stand, what they mean by TimeML's TIMEX3, and as EDTF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.text.reading import Dated, Span
from components.text.times import counted, days, hours, periods, recurring
from components.text.times.context import Article
from components.text.times.vocabulary import COUNTED, MORE, PART, PATTERNS

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping
    from datetime import date

    from spacy.tokens import Doc

    from components.text.times.context import Rule

_RULES: Mapping[str, Rule] = {
    **days.RULES,
    **periods.RULES,
    **counted.RULES,
    **recurring.RULES,
    **hours.RULES,
}
_WIDTH = 48  # characters before an expression that may belong to it


def find_dates(doc: Doc, published: date) -> tuple[Dated, ...]:
    """Find the time expressions of an article, in their order.

    Parameters
    ----------
    doc : Doc
        The article, parsed.
    published : date
        The day of publication, that "Thursday" and "last month" are counted from.

    Returns
    -------
    tuple of Dated
        None overlaps another. What names no days ("months", "currently") has no `edtf`.
        `text` is in the document's plain quotation marks and spaces.
    """
    article = Article(doc, published)
    text = article.text
    found = sorted(
        (
            (*_span(match), order),
            name,
            match,
        )
        for order, (name, pattern) in enumerate(PATTERNS.items())
        for match in pattern.finditer(text)
    )
    for _, name, match in found:
        if name in {"weekday", "day"}:
            days.gather(article, name, match)
    dated: list[Dated] = []
    end = 0
    # The longest that begins first; one that proves to be no time gives way to the next.
    for (start, stop, _), name, match in found:
        sense = _RULES[name](article, match) if start >= end else None
        if sense:
            article.remember(sense, start)
            span = Span(_widened(text, start, end), -stop - text[-stop - 1].isspace())
            end = span.stop
            dated.append(
                Dated(span, span.of(text), sense.edtf, sense.kind, sense.value, sense.rule)
            )
    return tuple(dated)


def _widened(text: str, start: int, end: int) -> int:
    """Return where an expression begins with its "more than" or "the end of"."""
    counted = COUNTED.match(text, start)
    before = (MORE if counted else PART).search(text[max(end, start - _WIDTH) : start])
    return start - len(before[0]) if before else start


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Return where an expression starts, and its stop below zero: of two, the longer is first.

    In "April 24 and 25" it is the second day alone, as the first is an expression by itself.
    """
    start, stop = match.span("focus" if "focus" in match.re.groupindex else 0)
    return start, -stop
