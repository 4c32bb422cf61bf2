"""Places of the gazetteer and names in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


class Language(StrEnum):
    """A language that names are shown in."""

    ENGLISH = "en"
    ARABIC = "ar"
    HEBREW = "he"

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return "ltr" if self is Language.ENGLISH else "rtl"


@dataclass(frozen=True)
class Names:
    """One name in English, Arabic and Hebrew."""

    en: str
    ar: str
    he: str

    def in_language(self, language: Language) -> str:
        """Return the name in `language`."""
        return {Language.ENGLISH: self.en, Language.ARABIC: self.ar, Language.HEBREW: self.he}[
            language
        ]


@dataclass(frozen=True)
class Place:
    """A place that articles name.

    Attributes
    ----------
    shape : BaseGeometry or None
        Point or area, WGS 84 degrees, lon lat. None when `layer` holds it.
    radius_m : float
        How far from a point the place reaches.
    layer : str or None
        Id of the layer whose footprint this place is.
    """

    id: str
    names: Names
    aliases: tuple[str, ...]
    kind: str
    shape: BaseGeometry | None
    radius_m: float
    accuracy_m: float
    layer: str | None
    source: str
