"""Where cards and names find room: plain geometry on boxes in pixels, as in the web map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from components.export.plate import Box, Point

_CELL = 8.0
_TURNS_DEG = (0, 20, -20, 40, -40, 65, -65, 90, -90, 125, -125, 180)
_REACHES = (22, 34, 52, 76, 110, 150, 200, 260, 330, 410, 520)
_MARGIN = 10.0


@dataclass(frozen=True)
class Anchor:
    """Where a leader may end, which way its card should stand, and what that spot costs.

    `within`: the card may stand on the spot itself, without a leader.
    """

    x: float
    y: float
    bearing_deg: float = 0.0
    cost: float = 0.0
    within: bool = False


@dataclass(frozen=True)
class Spot:
    """Where a card stands, with its leader: from the shape to the card; empty for none."""

    box: Box
    leader: tuple[Point, ...]


def overlap(one: Box, other: Box, margin: float = 0.0) -> bool:
    """Return whether two boxes (left, top, width, height) come nearer than `margin`."""
    return (
        one[0] < other[0] + other[2] + margin
        and other[0] < one[0] + one[2] + margin
        and one[1] < other[1] + other[3] + margin
        and other[1] < one[1] + one[3] + margin
    )


class Room:
    """A canvas with what is taken and what had better stay free.

    Parameters
    ----------
    unit : float
        Pixels of the canvas that are one pixel of a web map with the same size of letters.
    """

    def __init__(self, width: float, height: float, unit: float) -> None:
        self.width, self.height, self.unit = width, height, unit
        self.gap = 6.0
        self.cell = _CELL * unit
        across = (np.arange(int(np.ceil(width / self.cell))) + 0.5) * self.cell
        down = (np.arange(int(np.ceil(height / self.cell))) + 0.5) * self.cell
        self._x, self._y = np.meshgrid(across, down)
        self._cost = np.zeros(self._x.shape)
        self._hard = np.zeros(self._x.shape)
        self._sums: tuple[NDArray[np.float64], ...] | None = None
        self.taken: list[Box] = []
        self.leaders: list[tuple[Point, ...]] = []

    def cost(self, shape: BaseGeometry, by: float, margin: float = 0.0) -> None:
        """Make it dear to cover a shape, in pixels, grown by a margin in units."""
        self._cost += by * self._covers(shape, margin * self.unit)
        self._sums = None

    def block(self, shape: BaseGeometry, margin: float = 0.0) -> None:
        """Let nothing cover a shape, in pixels, grown by a margin in units."""
        # Any point of the shape is this near to the middle of its cell.
        least = self.cell * 0.72
        self._hard += self._covers(shape, max(least, margin * self.unit))
        self._sums = None

    def _covers(self, shape: BaseGeometry, margin: float) -> NDArray[np.float64]:
        grown = shape.buffer(margin, quad_segs=3) if margin else shape
        shapely.prepare(grown)
        covered: NDArray[np.float64] = shapely.contains_xy(grown, self._x, self._y).astype(float)
        return covered

    def _summed(self) -> tuple[NDArray[np.float64], ...]:
        if self._sums is None:
            self._sums = tuple(
                np.pad(one.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
                for one in (self._cost, self._hard)
            )
        return self._sums

    def covered(self, boxes: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return what boxes (rows of left, top, width, height) cost, and whether they may stand.

        They may not on what is blocked, on what is taken, nor across the canvas's edge.
        """
        rows, columns = self._cost.shape
        left = np.clip(np.floor(boxes[:, 0] / self.cell).astype(int), 0, columns)
        right = np.clip(np.ceil((boxes[:, 0] + boxes[:, 2]) / self.cell).astype(int), 0, columns)
        top = np.clip(np.floor(boxes[:, 1] / self.cell).astype(int), 0, rows)
        foot = np.clip(np.ceil((boxes[:, 1] + boxes[:, 3]) / self.cell).astype(int), 0, rows)
        cost, hard = (
            one[foot, right] - one[top, right] - one[foot, left] + one[top, left]
            for one in self._summed()
        )
        edge = 4 * self.unit
        free = (
            (hard <= 0)
            & (boxes[:, 0] >= edge)
            & (boxes[:, 1] >= edge)
            & (boxes[:, 0] + boxes[:, 2] <= self.width - edge)
            & (boxes[:, 1] + boxes[:, 3] <= self.height - edge)
        )
        gap = self.gap * self.unit
        for x, y, w, h in self.taken:
            free &= ~(
                (boxes[:, 0] < x + w + gap)
                & (boxes[:, 0] + boxes[:, 2] > x - gap)
                & (boxes[:, 1] < y + h + gap)
                & (boxes[:, 1] + boxes[:, 3] > y - gap)
            )
        return cost, free

    def place(self, anchors: Sequence[Anchor], w: float, h: float) -> Spot | None:
        """Take the best free spot for a card of that size; None when there is none."""
        tried = np.array(list(self._candidates(anchors, w, h)))
        cost, free = self.covered(tried[:, :4])
        cheap = tried[:, 4] + cost * 0.35
        cheap[~free] = np.inf
        best: tuple[float, Spot] | None = None
        for number in np.argsort(cheap, kind="stable"):
            if not np.isfinite(cheap[number]) or (best and cheap[number] >= best[0]):
                break
            x, y = map(float, tried[number, :2])
            anchor = anchors[int(tried[number, 5])]
            spot = Spot((x, y, w, h), self._leader((x, y, w, h), anchor))
            whole = float(cheap[number]) + self._crossed(spot)
            if best is None or whole < best[0]:
                best = (whole, spot)
        if best is None:
            return None
        self.taken.append(best[1].box)
        if best[1].leader:
            self.leaders.append(best[1].leader)
        return best[1]

    def place_on(
        self, area: BaseGeometry, anchors: Sequence[Anchor], w: float, h: float
    ) -> Spot | None:
        """Take the first free spot where a card of that size stands wholly on an area, or none."""
        held = (self._held_in(one.x - w / 2, one.y - h / 2, w, h) for one in anchors)
        boxes = np.array([(x, y, w, h) for x, y in held])
        _, free = self.covered(boxes)
        for x, y, *_ in boxes[free]:
            own = box(x, y, x + w, y + h)
            if area.contains(own) and not any(map(own.intersects, map(LineString, self.leaders))):
                self.taken.append((float(x), float(y), w, h))
                return Spot(self.taken[-1], ())
        return None

    def _candidates(
        self, anchors: Sequence[Anchor], w: float, h: float
    ) -> Iterator[tuple[float, ...]]:
        """Yield left, top, width, height, penalty, and number of the anchor."""
        unit = self.unit
        for rank, anchor in enumerate(anchors):
            if anchor.within:
                x, y = self._held_in(anchor.x - w / 2, anchor.y - h / 2, w, h)
                yield x, y, w, h, anchor.cost, rank
                continue
            for turn in _TURNS_DEG:
                angle = np.radians(anchor.bearing_deg + turn)
                ux, uy = np.sin(angle), -np.cos(angle)
                own = min(w / 2 / max(abs(ux), 1e-9), h / 2 / max(abs(uy), 1e-9))
                for reach in _REACHES:
                    far = reach * unit + own
                    x, y = self._held_in(
                        anchor.x + ux * far - w / 2, anchor.y + uy * far - h / 2, w, h
                    )
                    yield x, y, w, h, rank * 60 + abs(turn) * 0.5 + reach * 0.45, rank
        # When all of these are taken: anywhere, the nearer the better.
        first = anchors[0]
        for x in np.arange(_MARGIN * unit, self.width - w - _MARGIN * unit, 22 * unit):
            for y in np.arange(_MARGIN * unit, self.height - h - _MARGIN * unit, 16 * unit):
                far = float(np.hypot(x + w / 2 - first.x, y + h / 2 - first.y)) / unit
                yield float(x), float(y), w, h, 150 + 0.6 * far, 0

    def _held_in(self, x: float, y: float, w: float, h: float) -> tuple[float, float]:
        margin = _MARGIN * self.unit
        return (
            float(max(margin, min(self.width - w - margin, x))),
            float(max(margin, min(self.height - h - margin, y))),
        )

    @staticmethod
    def _leader(of: Box, anchor: Anchor) -> tuple[Point, ...]:
        x, y, w, h = of
        foot = (max(x, min(x + w, anchor.x)), max(y, min(y + h, anchor.y)))
        if foot == (anchor.x, anchor.y):
            return ()
        return ((anchor.x, anchor.y), foot)

    def _crossed(self, spot: Spot) -> float:
        """Return what a spot costs where leaders run over cards, over each other, and far."""
        own = box(*_bounds(spot.box))
        line = LineString(spot.leader) if spot.leader else None
        cost = 0.0
        for other in self.leaders:
            cost += 1500 * own.intersects(LineString(other))
            cost += 700 * (line is not None and line.intersects(LineString(other)))
        if line is None:
            # The card stands on the very spot that it is to point at.
            return cost
        cost += 1500 * sum(line.intersects(box(*_bounds(other))) for other in self.taken)
        # What it runs over, but for the first bit, where it leaves its own site.
        begun = False
        for at in np.arange(0, line.length, self.cell):
            point = line.interpolate(at)
            column, row = int(point.x // self.cell), int(point.y // self.cell)
            if 0 <= row < self._cost.shape[0] and 0 <= column < self._cost.shape[1]:
                begun = begun or not self._hard[row, column]
                if not begun:
                    continue
                # Rather over Gaza than across a corridor.
                cost += 0.6 * self._cost[row, column] + 800 * (self._hard[row, column] > 0)
        return cost

    def free(self, tried: Iterable[Box], most: float) -> Box | None:
        """Take the cheapest of some boxes that may stand and costs less than `most`, or none."""
        boxes = np.array(list(tried))
        if not len(boxes):
            return None
        cost, may = self.covered(boxes)
        for leader in self.leaders:
            line = LineString(leader)
            may &= ~np.array([line.intersects(box(*_bounds(tuple(one)))) for one in boxes])
        # Of equals the first.
        cost = np.where(may, cost, np.inf) + np.arange(len(boxes)) * 0.01
        best = int(np.argmin(cost))
        if not cost[best] < most:
            return None
        x, y, w, h = map(float, boxes[best])
        self.taken.append((x, y, w, h))
        return (x, y, w, h)


def _bounds(of: Box) -> tuple[float, float, float, float]:
    x, y, w, h = of
    return x, y, x + w, y + h
