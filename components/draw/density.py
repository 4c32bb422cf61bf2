"""A strip that shows, above the date slider, on which days events lie."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from components.model.event import Event
    from components.model.period import Period

# Far beyond the pixels of any screen, so that a day never falls between two numbers.
_WIDTH = 10_000
_TICK = 60


def density_strip(
    events: Iterable[Event],
    span: Period,
    window: Period,
    *,
    height_px: int = 28,
) -> str:
    """Return the strip as an SVG element as wide as its container.

    Exact days are dark ticks, piled up where there are several events a day; vague dates are
    pale bars over their whole period. The window is shaded.

    Parameters
    ----------
    span : Period
        From the slider's first to its last day; what lies outside is cut off.
    """
    days = (span.last - span.first).days + 1

    def across(period: Period) -> tuple[float, float]:
        """Return left edge and width, at least as wide as a tick."""
        left = (period.first - span.first).days / days * _WIDTH
        width = max(((period.last - period.first).days + 1) / days * _WIDTH, _TICK)
        return min(left, _WIDTH - width), width

    exact: dict[date, int] = {}
    vague: list[Period] = []
    for event in events:
        seen = event.period.within(span)
        if seen is None:
            continue
        if event.period.exact:
            exact[seen.first] = exact.get(seen.first, 0) + 1
        else:
            vague.append(seen)

    parts = []
    shade = window.within(span)
    if shade is not None:
        left, width = across(shade)
        parts.append(
            f'<rect class="window" x="{left:.1f}" y="0" width="{width:.1f}" height="28"'
            ' fill="currentColor" fill-opacity="0.1"/>'
        )
    # However many lie over one another, together they stay paler than an exact day.
    opacity = min(0.2, 0.5 / max(len(vague), 1))
    for period in sorted(vague):
        left, width = across(period)
        parts.append(
            f'<rect class="vague" x="{left:.1f}" y="18" width="{width:.1f}" height="6"'
            f' fill="currentColor" fill-opacity="{opacity:.3f}"/>'
        )
    most = max(exact.values(), default=1)
    for day, count in sorted(exact.items()):
        left = (day - span.first).days / days * _WIDTH
        tall = 8 + 14 * count / most
        width = max(_WIDTH / days, _TICK)
        parts.append(
            f'<rect class="exact" x="{min(left, _WIDTH - width):.1f}" y="{26 - tall:.1f}"'
            f' width="{width:.1f}" height="{tall:.1f}" fill="currentColor"/>'
        )
    label = (
        f"Events from {_day(span.first)} to {_day(span.last)}: {sum(exact.values())} on exact"
        f" days, {len(vague)} on vague dates. Window: {_day(window.first)} to {_day(window.last)}."
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quoteattr(label)}'
        f' viewBox="0 0 {_WIDTH} 28" width="100%" height="{height_px}"'
        f' preserveAspectRatio="none"><path d="M0 26.5H{_WIDTH}" stroke="currentColor"'
        f' stroke-opacity="0.4"/>{"".join(parts)}</svg>'
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
