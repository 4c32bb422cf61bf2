"""Names as articles write them, and the place or layer each one means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from shapely import Point

from components.model.place import Names, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from components.geo.world import WorldGazetteer
    from components.model.layer import Layer

PICKED = "picked"  # the kind of a place that a reviewer chose on the map
_COUNTRY = "country"
_FARTHEST_M = 20_037_508  # half around the Earth
_NUMBER = r"-?\d{1,9}(?:\.\d{1,12})?"
_PICKED = re.compile(rf"({_NUMBER}),({_NUMBER}),({_NUMBER})")
_ARTICLE = re.compile(r"^the\s+")
_SPACES = re.compile(r"[\s\-\N{EN DASH}]+")


def folded(name: str) -> str:
    """Return a name without case, leading "the", dashes and doubled spaces."""
    return _ARTICLE.sub("", _SPACES.sub(" ", name).strip().casefold())


@dataclass(frozen=True)
class Gazetteer:
    """Looks up layers and places by any of their names, and the world's places after them.

    Attributes
    ----------
    curated_names : frozenset of str
        As written; without "the enclave" and the like, which only point back.
    """

    by_name: Mapping[str, Place | Layer]
    by_id: Mapping[str, Place | Layer]
    curated_names: frozenset[str]
    world: WorldGazetteer | None = None

    @classmethod
    def of(
        cls,
        layers: Iterable[Layer],
        places: Iterable[Place],
        world: WorldGazetteer | None = None,
    ) -> Self:
        """Return the gazetteer of some layers and places; on a clash the layer wins.

        A place that is a layer's footprint ("Gaza") leads to the layer.
        """
        layers = tuple(layers)
        places = tuple(places)
        by_id = {layer.id: layer for layer in layers}
        by_name: dict[str, Place | Layer] = {}
        for layer in layers:
            for name in (layer.names.en, *layer.aliases):
                by_name.setdefault(folded(name), layer)
        for place in places:
            for name in (place.names.en, *place.aliases):
                by_name.setdefault(folded(name), by_id.get(place.layer or "", place))
        every: tuple[Layer | Place, ...] = (*layers, *places)
        written = {
            name
            for one in every
            for name in (one.names.en, *one.aliases)
            if not name.startswith("the ")
        }
        ids = {place.id: by_id.get(place.layer or "", place) for place in places}
        return cls(by_name, {**ids, **by_id}, frozenset(written), world)

    def find(self, name: str, at: str | None = None) -> Place | Layer | None:
        """Return what is meant by a name, or None when no one wrote it down.

        Parameters
        ----------
        name : str
            As an article writes it.
        at : str or None
            Which place it is, where that is known: the id of one, or `lon,lat,radius_m` of a
            point picked on the map (WGS 84 degrees, metres). Then the name only labels it.
        """
        if at is not None:
            return self.place_at(at, name)
        curated = self.by_name.get(folded(name))
        return curated or (self.world.find(name) if self.world else None)

    def place_at(self, at: str, name: str) -> Place | Layer | None:
        """Return the place of an id or of a point picked on the map; None for any other words."""
        picked = _PICKED.fullmatch(at.replace(" ", ""))
        if picked is None:
            place = self.world.place_of(at) if self.world else None
            if place is not None and place.kind == _COUNTRY:  # the curated Egypt has an outline
                return self.by_name.get(folded(place.names.en), place)
            return self.by_id.get(at, place)
        lon, lat, radius_m = (float(number) for number in picked.groups())
        if abs(lon) > 180 or abs(lat) > 90 or not 0 <= radius_m <= _FARTHEST_M:  # noqa: PLR2004
            return None
        return Place(
            id=at,
            names=Names(name, name, name),
            aliases=(),
            kind=PICKED,
            shape=Point(lon, lat),
            radius_m=radius_m,
            accuracy_m=radius_m,
            layer=None,
            source="picked on the map by a reviewer",
        )
