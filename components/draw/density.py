"""A strip that shows, above the date slider, on which days events lie."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from components.model.period import short_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from components.model.event import Event
    from components.model.period import Period

# Far beyond the pixels of any screen, so that a day never falls between two numbers.
_WIDTH = 10_000
_TICK = 60


def density_strip(
    events: Iterable[Event],
    span: Period,
    recorded: Sequence[int] = (),
    *,
    height_px: int = 28,
) -> tuple[str, str]:
    """Return the strip as an SVG element as wide as its container, and what it shows in words.

    Exact days are dark ticks, piled up where there are several events a day; vague dates are
    pale bars over their whole period.

    Parameters
    ----------
    span : Period
        From the slider's first to its last day; what lies outside is cut off.
    recorded : sequence of int
        Further events on exact days: how many, for each day of the span.
    """
    days = (span.last - span.first).days + 1

    def across(period: Period) -> tuple[float, float]:
        """Return left edge and width, at least as wide as a tick."""
        left = (period.first - span.first).days / days * _WIDTH
        width = max(((period.last - period.first).days + 1) / days * _WIDTH, _TICK)
        return min(left, _WIDTH - width), width

    exact = {
        span.first + timedelta(number): int(count) for number, count in enumerate(recorded) if count
    }
    vague: list[Period] = []
    for event in events:
        seen = event.period.within(span)
        if seen is None:
            continue
        if event.period.exact:
            exact[seen.first] = exact.get(seen.first, 0) + 1
        else:
            vague.append(seen)

    # However many lie over one another, together they stay paler than an exact day.
    opacity = min(0.2, 0.5 / max(len(vague), 1))
    bars = []
    for period in sorted(vague):
        left, width = across(period)
        bars.append(
            f'<rect class="vague" x="{left:.1f}" y="18" width="{width:.1f}" height="6"'
            f' fill="currentColor" fill-opacity="{opacity:.3f}"/>'
        )
    most = max(exact.values(), default=1)
    tick = max(_WIDTH / days, _TICK)
    # One path for all of them: there may be one a day.
    ticks = "".join(
        f"M{min((day - span.first).days / days * _WIDTH, _WIDTH - tick):.0f} 26"
        f"v{-(8 + 14 * count / most):.1f}h{tick:.0f}V26z"
        for day, count in sorted(exact.items())
    )
    label = (
        f"Events from {short_day(span.first)} to {short_day(span.last)}:"
        f" {sum(exact.values()):,} on exact days, {len(vague):,} on vague dates."
        + (" Recorded events on vague dates are not in this picture." if any(recorded) else "")
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quoteattr(label)}'
        f' viewBox="0 0 {_WIDTH} 28" width="100%" height="{height_px}"'
        f' preserveAspectRatio="none"><path d="M0 26.5H{_WIDTH}" stroke="currentColor"'
        f' stroke-opacity="0.4"/>{"".join(bars)}'
        f'<path class="exact" d="{ticks}" fill="currentColor"/></svg>'
    )
    return svg, label
