"""Layers and their footprints: where a corridor, border or crossing was, and when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from components.model.period import Period, short_day

if TYPE_CHECKING:
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from components.model.place import Names


class Method(StrEnum):
    """How a shape came to be, from the best known to the least."""

    SURVEYED = "surveyed"
    DERIVED = "derived"
    SCHEMATIC = "schematic"


@dataclass(frozen=True)
class Source:
    """Who published it, when (EDTF, None when unknown), and whether the original was opened."""

    publisher: str
    published: str | None
    checked: bool

    @property
    def told(self) -> str:
        """Who published it, and when if that is on file: "A paper, 2 Dec 2024"."""
        return ", ".join(filter(None, (self.publisher, _when(self.published))))

    @property
    def words(self) -> str:
        """Who published it, when, and what is not known of that."""
        told = self.told if self.published else f"{self.told}, date not on file"
        return told if self.checked else f"{told}, original not opened"


@dataclass(frozen=True)
class Control:
    """Who holds a footprint, with days of its own."""

    holder: str
    period: Period
    words: str
    source: Source


@dataclass(frozen=True)
class Measures:
    """Geodesic measures on the WGS 84 ellipsoid; None where it does not apply."""

    length_km: float | None
    area_km2: float | None


@dataclass(frozen=True)
class Footprint:
    """A layer's shape during a period.

    Attributes
    ----------
    place : str or None
        Which of the layer's things it is (a crossing's id).
    shape : BaseGeometry or None
        WGS 84 degrees, lon lat. None when nothing stood or no outline is known; `note` says which.
    accuracy_m : float
        How far the true outline may lie from the drawn one.
    width_m : float or None
        Published or derived width.
    status : str or None
        A crossing's state: open, closed, limited, unknown.
    """

    id: str
    layer: str
    place: str | None
    names: Names | None
    label: str
    period: Period
    shape: BaseGeometry | None
    control: tuple[Control, ...]
    accuracy_m: float
    method: Method
    width_m: float | None
    published_value: str | None
    source: Source
    note: str | None
    status: str | None
    status_words: str | None
    measures: Measures

    def control_on(self, day: date) -> tuple[Control, ...]:
        """Return who holds it on `day`, by each source that says so."""
        return tuple(control for control in self.control if control.period.has(day))


@dataclass(frozen=True)
class Layer:
    """Footprints that are shown and hidden together."""

    id: str
    kind: str
    names: Names
    aliases: tuple[str, ...]
    about: str
    footprints: tuple[Footprint, ...]

    def on(self, day: date) -> tuple[Footprint, ...]:
        """Return the footprints that stood on `day`."""
        return tuple(footprint for footprint in self.footprints if footprint.period.has(day))

    def method_on(self, day: date) -> Method | None:
        """Return how the shape of `day` came to be; None when there is no shape that day."""
        return next((one.method for one in self.on(day) if one.shape is not None), None)

    def during(self, period: Period) -> tuple[Footprint, ...]:
        """Return the footprints that meet `period`."""
        return tuple(footprint for footprint in self.footprints if footprint.period.meets(period))


def _when(edtf: str | None) -> str | None:
    try:
        period = Period.from_edtf(edtf or "")
    except ValueError:
        return edtf
    return short_day(period.first) if period.exact else period.start_words
