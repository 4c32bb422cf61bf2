"""Names as articles write them, and the place or layer each one means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from components.model.layer import Layer
    from components.model.place import Place

_ARTICLE = re.compile(r"^the\s+")
_SPACES = re.compile(r"[\s\-\N{EN DASH}]+")


def folded(name: str) -> str:
    """Return a name without case, leading "the", dashes and doubled spaces."""
    return _ARTICLE.sub("", _SPACES.sub(" ", name).strip().casefold())


@dataclass(frozen=True)
class Gazetteer:
    """Looks up layers and places by any of their names."""

    by_name: Mapping[str, Place | Layer]

    @classmethod
    def of(cls, layers: Iterable[Layer], places: Iterable[Place]) -> Self:
        """Return the gazetteer of some layers and places; on a clash the layer wins.

        A place that is a layer's footprint ("Gaza") leads to the layer.
        """
        layers = tuple(layers)
        by_id = {layer.id: layer for layer in layers}
        by_name: dict[str, Place | Layer] = {}
        for layer in layers:
            for name in (layer.names.en, *layer.aliases):
                by_name.setdefault(folded(name), layer)
        for place in places:
            for name in (place.names.en, *place.aliases):
                by_name.setdefault(folded(name), by_id.get(place.layer or "", place))
        return cls(by_name)

    def find(self, name: str) -> Place | Layer | None:
        """Return what `name` means, or None when no one wrote it down."""
        return self.by_name.get(folded(name))
