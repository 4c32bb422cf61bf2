"""How the timeline is drawn: two Vega-Lite charts of one width, made with Altair, without data.

Neither the window nor what is selected is part of a chart: both are data that is handed to it.
So the browser keeps the chart while they change.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import altair as alt

from components.draw.style import (
    BASE,
    CROSSINGS,
    GROUNDS,
    LAYERS,
    THEMES,
    VAGUE_OPACITY,
    Ground,
    crossing,
    glyph,
)
from components.model.event import Mode, Theme

if TYPE_CHECKING:
    from datetime import date

    from components.model.period import Period

    Spec = dict[str, Any]

PICKED = "picked"
DAY_MS = 86_400_000
_HEAD_PX = 28
_AXIS_PX = 28
_EDGE_PX = 12  # a mark on the first or the last day needs half of itself beyond it
_FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"


@dataclass(frozen=True)
class Frame:
    """How the bar of a vague date is drawn.

    Attributes
    ----------
    fill : float
        Opacity of what it is filled with; 0 is hollow.
    dash : tuple of float
        Lengths of strokes and gaps (px).
    stroke_px : float
        Width of its outline.
    """

    fill: float
    dash: tuple[float, ...]
    stroke_px: float


# As the marks on the map: a fact is filled, what is not (yet) a fact is an outline.
FRAMES = {
    Mode.HAPPENED: Frame(0.34, (1, 0), 1.4),
    Mode.ONGOING: Frame(0.16, (1, 0), 2.8),
    Mode.PLANNED: Frame(0, (1, 0), 1.8),
    Mode.DEMANDED: Frame(0, (9, 3.5), 1.8),
    Mode.CLAIMED: Frame(0, (0.01, 4.2), 2.4),
    Mode.DENIED: Frame(0, (9, 4, 0.01, 4), 2),
}

# Expressions are evaluated in the browser: only there it is known how wide the chart is.
_WIDTH = "((datum.x2 - datum.x) * pace)"
_MIDDLE = f"({_WIDTH} / 2)"
# A bar that is wide enough holds its mark and its words; beside a narrower one they stand outside.
_INSIDE = f"(!datum.exact && {_WIDTH} > 150)"
_BEGINS = "(datum.before ? 30 : 6)"
_ENDS = "(datum.after ? 30 : 6)"
_ROOM = f"({_INSIDE} ? {_WIDTH} - {_BEGINS} - {_ENDS} - 22 : abs(datum.room) * pace - 16)"
_SLACK = f"max(0, (20 - {_WIDTH}) / 2)"  # a bar is no narrower than the mark in it
_LETTER = "text_px * 0.54"
_EVENT_TOLD = {
    "title": "title",
    "when": "When",
    "put": "How it is put",
    "says": "Says who",
    "publisher": "Published by",
    "row": "Row",
}


def days_chart(span: Period, ground: Ground) -> Spec:
    """Return the axis and the window under it, with its last day in words.

    It reads the data `window` (x, x2, last: milliseconds since 1970; words) and `selected` (as
    the `events` of `rows_chart`).
    """
    return _days_chart(span, ground) | {"height": _AXIS_PX + _HEAD_PX}


def rows_chart(span: Period, height_px: int, ground: Ground, *, right_to_left: bool) -> Spec:
    """Return all that lies under the axis.

    It reads the data `window`, `names`, `bands`, `events`, `counts` and `selected`. Their x and x2
    are milliseconds since 1970; y, y2 and middle are pixels from the top.

    Parameters
    ----------
    right_to_left : bool
        Whether the names of rows are read so.
    """
    return _rows_chart(span, ground, right_to_left) | {"height": height_px}


# Altair takes a third of a second for a chart.
@lru_cache(maxsize=16)
def _days_chart(span: Period, ground: Ground) -> Spec:
    drawer = _Drawer(span, ground, labels=True)
    return drawer.finished(_AXIS_PX, *drawer.window(), *drawer.last_day(words=True))


@lru_cache(maxsize=16)
def _rows_chart(
    span: Period,
    ground: Ground,
    right_to_left: bool,  # noqa: FBT001  the cache takes it by its place
) -> Spec:
    drawer = _Drawer(span, ground, labels=False)
    return drawer.finished(
        0,
        *drawer.window(),
        *drawer.strips(),
        *drawer.last_day(words=False),
        *drawer.names(right_to_left=right_to_left),
        *drawer.bands(),
        *drawer.events(),
    )


class _Drawer:
    """Makes the marks of both charts; what is made first lies lowest."""

    def __init__(self, span: Period, ground: Ground, *, labels: bool) -> None:
        self.span = span
        self.ground = ground
        self.ink, self.quiet = BASE["ink"].on(ground), BASE["quiet"].on(ground)
        self.axis = alt.Axis(
            orient="top",
            format={
                "year": "%Y",
                "quarter": "%b %Y",
                "month": "%b %Y",
                "week": "%-d %b %Y",
                "date": "%-d %b %Y",
            },
            tickCount=alt.expr("width / 110"),
            tickMinStep=DAY_MS,
            labels=labels,
            ticks=labels,
            domain=labels,
            grid=True,
            gridColor=self.quiet,
            gridOpacity=0.25,
            labelColor=self.ink,
            labelFontSize=alt.expr("text_px"),
            labelFlush=True,
            labelOverlap="greedy",
        )

    def window(self) -> tuple[alt.Chart, ...]:
        """Shade the window over the days."""
        return (
            self._marks("window", "window")
            .mark_rect(color=self.ink, opacity=0.08, aria=False)
            .encode(x=self._x(), x2="x2:T"),
        )

    def last_day(self, *, words: bool) -> tuple[alt.Chart, ...]:
        """Draw the day that the map shows as a line, and say it."""
        line = self._marks("window", "last_day").mark_rule(
            color=self.ink, strokeWidth=3, aria=False
        )
        # One mark tells the span for all; Vega-Lite would read it twice in one that has an x2.
        ends = [_moment(self.span.first), _moment(self.span.last, end=True)]
        span = alt.Scale(type="utc", nice=False, domain=ends)
        drawn = line.encode(x=alt.X("last:T", scale=span, axis=self.axis, title=None))
        if not words:
            return (drawn,)
        far = "scale('x', datum.last) > width / 2"
        said = self._marks("window", "last_day_words").mark_text(
            color=self.ink,
            fontWeight="bold",
            baseline="middle",
            fontSize=alt.expr("text_px + 1"),
            align=alt.expr(f"{far} ? 'right' : 'left'"),
            dx=alt.expr(f"{far} ? -9 : 9"),
            aria=False,
        )
        chosen = self._marks("selected", "chosen").mark_point(
            shape="triangle-down",
            size=150,
            filled=True,
            opacity=1,
            color=self.ink,
            xOffset=alt.expr(_MIDDLE),
            aria=False,
        )
        return (
            drawn,
            said.encode(x=self._x("last"), y=alt.value(_HEAD_PX / 2), text="words:N"),
            chosen.encode(x=self._x(), y=alt.value(_HEAD_PX - 7)),
        )

    def strips(self) -> tuple[alt.Chart, ...]:
        """Lay a strip under each row's name, and count what is recorded."""
        strip = self._marks("names", "strips").mark_rect(color=self.ink, opacity=0.07, aria=False)
        count = self._marks("counts", "counts").mark_rect(color=self.quiet)
        return (
            strip.encode(y=_down("y"), y2="y2:Q"),
            count.encode(
                x=self._x(),
                x2="x2:T",
                y=_down("y"),
                y2="y2:Q",
                tooltip=[alt.Tooltip("told:N", title="title")],
                description="told:N",
            ),
        )

    def names(self, *, right_to_left: bool) -> tuple[alt.Chart, ...]:
        """Write each row's name over it, and how many events it has."""
        text: dict[str, Any] = {
            "baseline": "middle",
            "fontSize": alt.expr("text_px"),
            "color": self.ink,
        }
        sides: list[tuple[alt.Value[Any], dict[str, Any]]] = [
            (alt.value(0), text | {"align": "left", "dx": 8}),
            (alt.value("width"), text | {"align": "right", "dx": -8}),
        ]
        (near, at_near), (far, at_far) = reversed(sides) if right_to_left else sides
        name = self._marks("names", "names").mark_text(
            **at_near,
            fontWeight="bold",
            dir="rtl" if right_to_left else "ltr",
            limit=alt.expr("width - 110"),
            cursor="pointer",
        )
        told = self._marks("names", "told").mark_text(
            **at_far, limit=alt.expr("width - 160"), aria=False
        )
        return (
            name.encode(x=near, y=_down("middle"), text="name:N", description="name:N"),
            told.encode(x=far, y=_down("middle"), text="told:N"),
        )

    def bands(self) -> tuple[alt.Chart, ...]:
        """Draw the states that corridors and crossings were in."""
        told = [alt.Tooltip("title:N", title="title"), alt.Tooltip("told:N", title="As told")]
        ink = alt.expr("layers[datum.layer]")
        inset = "(datum.status ? 26 : 7)"
        within = f"{_WIDTH} - {inset} - 5"
        beside = "abs(datum.room) * pace - 14"

        def fits(field: str, room: str) -> str:
            return f"length(datum.{field}) * {_LETTER} < {room}"

        outside = f"(!({fits('words', within)}) && {fits('words', beside)})"
        band = self._marks("bands", "bands").mark_rect(
            fill=ink,
            stroke=ink,
            strokeWidth=1.3,
            strokeDash=alt.expr("datum.sure ? [1, 0] : [5, 4]"),
            fillOpacity=alt.expr("datum.tint"),
            cursor="pointer",
        )
        sign = self._marks("bands", "states").mark_image(
            url=alt.expr("states[datum.status]"),
            width=14,
            height=14,
            xOffset=13,
            opacity=alt.expr(f"datum.status && {_WIDTH} > 26 ? 1 : 0"),
            aria=False,
        )
        words = self._marks("bands", "band_words").mark_text(
            align=alt.expr(f"{outside} && datum.room < 0 ? 'right' : 'left'"),
            baseline="middle",
            dx=alt.expr(f"!{outside} ? {inset} : datum.room < 0 ? -7 : {_WIDTH} + 7"),
            color=self.ink,
            fontSize=alt.expr("text_px"),
            text=alt.expr(
                f"{outside} ? ({fits('more', beside)} ? datum.more : datum.words)"
                f" : {fits('more', within)} ? datum.more"
                f" : {fits('words', within)} ? datum.words : ''"
            ),
            cursor="pointer",
            aria=False,
        )
        at: dict[str, Any] = {"x": self._x(), "y": _down("middle")}
        return (
            band.encode(
                x=self._x(), x2="x2:T", y=_down("y"), y2="y2:Q", tooltip=told, description="title:N"
            ),
            sign.encode(**at),
            words.encode(**at, tooltip=told),
        )

    def events(self) -> tuple[alt.Chart, ...]:
        """Draw events: a mark on an exact day, a bar over the days that a vague date may mean."""
        told = [alt.Tooltip(f"{field}:N", title=title) for field, title in _EVENT_TOLD.items()]
        ink, frame = alt.expr("themes[datum.theme]"), "frames[datum.mode]"
        at: dict[str, Any] = {"x": self._x(), "y": _down("middle")}
        over = at | {"x2": "x2:T"}

        def around(margin_px: float, half_px: float) -> dict[str, Any]:
            """Return the edges of a frame, at some distance beyond the bar."""
            return {
                "xOffset": alt.expr(f"-{margin_px} - {_SLACK}"),
                "x2Offset": alt.expr(f"{margin_px} + {_SLACK}"),
                "yOffset": -half_px,
                "y2Offset": half_px,
                "cornerRadius": 5,
            }

        bars = self._marks("events", "bars").mark_rect(
            **around(0, 10),
            fill=ink,
            stroke=ink,
            strokeCap="round",
            fillOpacity=alt.expr(f"{frame}.fill"),
            strokeDash=alt.expr(f"{frame}.dash"),
            strokeWidth=alt.expr(f"{frame}.stroke_px"),
            cursor="pointer",
            aria=False,
        )
        outline: dict[str, Any] = {"filled": False, "aria": False}
        drafts = self._marks("events", "drafts").mark_rect(
            **around(3, 12.5), **outline, stroke=self.quiet, strokeWidth=1.4, strokeDash=[4, 3]
        )
        selected = self._marks("selected", "selected").mark_rect(
            **around(4, 13), **outline, stroke=self.ink, strokeWidth=3
        )
        words: dict[str, Any] = {
            "baseline": "middle",
            "color": self.ink,
            "fontSize": alt.expr("text_px"),
            "cursor": "pointer",
            "aria": False,
        }
        before = self._marks("events", "before").mark_text(
            **words, align="left", dx=5, text=alt.expr(f"{_INSIDE} ? datum.before : ''")
        )
        after = self._marks("events", "after").mark_text(
            **words, align="right", dx=-5, text=alt.expr(f"{_INSIDE} ? datum.after : ''")
        )
        mark = self._marks("events", "marks").mark_image(
            url=alt.expr("glyphs[datum.theme + '-' + datum.mode]"),
            width=16,
            height=16,
            xOffset=alt.expr(f"{_INSIDE} ? {_BEGINS} + 8 : {_MIDDLE}"),
            opacity=alt.expr(f"datum.exact ? 1 : {VAGUE_OPACITY}"),
            cursor="pointer",
        )
        beside = (
            "(datum.before ? datum.before + ' ' : '') + datum.caption"
            " + (datum.after ? ' ' + datum.after : '')"
        )
        caption: dict[str, Any] = words | {
            "align": alt.expr(f"!{_INSIDE} && datum.room < 0 ? 'right' : 'left'"),
            "dx": alt.expr(
                f"{_INSIDE} ? {_BEGINS} + 20 : {_MIDDLE} + (datum.room < 0 ? -1 : 1)"
                f" * ((datum.exact ? 13 : {_MIDDLE} + {_SLACK} + 6) + (datum.draft ? 5 : 0))"
            ),
            "limit": alt.expr(f"max({_ROOM}, 1)"),
        }
        # It keeps words readable that lie over the last day's line.
        halos = self._marks("events", "halos").mark_text(
            **caption,
            stroke=GROUNDS["card"].on(self.ground),
            strokeWidth=4,
            strokeOpacity=0.75,
            strokeJoin="round",
            text=alt.expr(f"{_ROOM} < 90 || {_INSIDE} ? '' : {beside}"),
        )
        captions = self._marks("events", "captions").mark_text(
            **caption,
            text=alt.expr(f"{_ROOM} < 90 ? '' : {_INSIDE} ? datum.caption : {beside}"),
        )
        vague = "!datum.exact"
        return (
            bars.transform_filter(vague).encode(**over, y2="middle:Q", tooltip=told),
            drafts.transform_filter("datum.draft").encode(**over, y2="middle:Q"),
            before.transform_filter(vague).encode(**at),
            after.transform_filter(vague).encode(x=self._x("x2"), y=_down("middle")),
            mark.encode(**at, tooltip=told, description="described:N"),
            halos.encode(**at),
            captions.encode(**at, tooltip=told),
            selected.encode(**over, y2="middle:Q"),
        )

    def finished(self, top_px: int, *marks: alt.Chart) -> Spec:
        """Lay the marks over one another; the last ones are uppermost."""
        picked = alt.selection_point(
            name=PICKED,
            fields=["event", "layer", "place"],
            # Every click changes what is picked, a second one on the same mark too.
            toggle="true",
            clear=False,
        )
        first, *others = marks
        glyphs = {
            f"{theme}-{mode}": _picture(glyph(theme, mode, ground=self.ground))
            for theme in Theme
            for mode in Mode
        }
        known = {
            "glyphs": glyphs,
            "states": {
                status: _picture(crossing(status, ground=self.ground)) for status in CROSSINGS
            },
            "themes": {theme.value: ink.on(self.ground) for theme, ink in THEMES.items()},
            "layers": {name: style.ink.on(self.ground) for name, style in LAYERS.items()},
            "frames": {mode.value: asdict(frame) for mode, frame in FRAMES.items()},
        }
        days = self.span.last.toordinal() - self.span.first.toordinal() + 1
        chart = (
            alt.layer(first.add_params(picked), *others)
            .add_params(
                *(alt.param(name=name, value=table) for name, table in known.items()),
                alt.param(name="pace", expr=f"width / {days * DAY_MS}"),
                # The page's text grows on a wide screen.
                alt.param(name="text_px", expr="windowSize()[0] < 1800 ? 14 : 16"),
            )
            .properties(
                # Whatever a mark or a word reaches beyond, both charts keep the same width.
                autosize=alt.AutoSizeParams(type="none", contains="padding"),
                padding={"left": _EDGE_PX, "right": _EDGE_PX, "top": top_px, "bottom": 0},
            )
            .configure(font=_FONT, background="transparent")
            .configure_view(stroke=None)
        )
        spec: Spec = chart.to_dict()
        return spec

    @staticmethod
    def _marks(data: str, name: str) -> alt.Chart:
        return alt.Chart(alt.NamedData(name=data), name=name)

    def _x(self, field: str = "x") -> alt.X:
        return alt.X(
            f"{field}:T", scale=alt.Scale(type="utc", nice=False), axis=self.axis, title=None
        )


def _down(field: str) -> alt.Y:
    """Return a place that is given in pixels from the top."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _moment(day: date, *, end: bool = False) -> alt.DateTime:
    """Return the beginning or the end of a day."""
    clock = {"hours": 23, "minutes": 59, "seconds": 59, "milliseconds": 999} if end else {}
    return alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True, **clock)


def _picture(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
