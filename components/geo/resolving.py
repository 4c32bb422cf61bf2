"""Which of the places of one name an article means, by what else it mentions."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.geo.gazetteer import folded
from components.geo.placing import centre
from components.geo.world import COUNTRY, COUNTY, PROVINCE, REGION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from components.geo.gazetteer import Gazetteer
    from components.geo.world import Candidate, WorldGazetteer
    from components.model.layer import Layer
    from components.model.place import Place

# In powers of ten of inhabitants: what the context adds to how likely a place is by itself.
_SAME_COUNTRY = 1.6
_SAME_PROVINCE = 1.0
_NEIGHBOUR = 0.8
_HOLDS_ANOTHER = 4.0  # "Georgia" after "Athens," is where an Athens is
_NEAR_KM = 150.0
_NOT_FAR_KM = 350.0
_A_TOWN = 5.7  # half a million: a larger one may be named beside a place that it is not in
_SAME_KM = 100.0
_SURE_ENOUGH = 0.8
_A_VILLAGE = 4.8  # 60 000 people; a smaller one is not meant where its country is not
_ENOUGH = 2.5
_A_LITTLE = 0.05
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Toponym:
    """A mention of a place, in plain words.

    Attributes
    ----------
    within : str or None
        The larger place that the text itself puts it in: "Texas" in "Paris, Texas".
    """

    name: str
    within: str | None = None


def resolve(mentions: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[Place | Layer | None, ...]:
    """Return the place of each mention of one article, or None where none is known.

    Curated places come first. Of the world's places of one name, the one is taken that is the
    largest, or that lies where the article's other places lie.
    """
    world = gazetteer.world
    counts = Counter(mentions)
    if world is None:
        return tuple(gazetteer.by_name.get(folded(one.name)) for one in mentions)
    chosen = _chosen(counts, world)
    found = {one: _place(one, chosen.get(one), gazetteer, world) for one in counts}
    resolved = [found[one] for one in mentions]
    for index in _among_provinces(mentions, chosen):
        curated = gazetteer.by_name.get(folded(mentions[index].name))
        if curated is not None:  # the curated New York is the city
            resolved[index] = _province(mentions[index], curated, world) or curated
    return tuple(resolved)


def _among_provinces(
    mentions: Sequence[Toponym], chosen: Mapping[Toponym, Candidate]
) -> Iterator[int]:
    """Yield where a mention stands in a list of provinces: "Kansas, Ohio and New York"."""
    for index, one in enumerate(mentions):
        around = [
            chosen[other].kind == PROVINCE and folded(other.name) != folded(one.name)
            if (other := mentions[place]) in chosen
            else False
            for place in (index - 2, index - 1, index + 1, index + 2)
            if 0 <= place < len(mentions)
        ]
        beside = [
            chosen[other].kind == PROVINCE and folded(other.name) != folded(one.name)
            for place in (index - 1, index + 1)
            if 0 <= place < len(mentions) and (other := mentions[place]) in chosen
        ]
        if one.within is None and any(beside) and sum(around) > 1:
            yield index


def _province(mention: Toponym, curated: Place | Layer, world: WorldGazetteer) -> Place | None:
    """Return the province of a name that is a city's of that province, too."""
    near = centre(curated)
    if near is None:
        return None
    for one in world.candidates(mention.name):
        apart_km = _km(near[0], near[1], one.lon_deg, one.lat_deg)
        if one.kind == PROVINCE and _SAME_KM < apart_km < 4 * _SAME_KM:
            return world.place(one.row)
    return None


def _place(
    mention: Toponym, candidate: Candidate | None, gazetteer: Gazetteer, world: WorldGazetteer
) -> Place | Layer | None:
    """Return the curated place where there is one under the name, and the text agrees."""
    curated = gazetteer.by_name.get(folded(f"{mention.name}, {mention.within}"))
    if curated is not None:
        return curated
    curated = gazetteer.by_name.get(folded(mention.name))
    if candidate is None:
        return curated
    if curated is not None:
        point = centre(curated)
        if mention.within is None or point is None:
            return curated
        if _km(point[0], point[1], candidate.lon_deg, candidate.lat_deg) < _SAME_KM:
            return curated
    return world.place(candidate.row)


def _chosen(counts: Mapping[Toponym, int], world: WorldGazetteer) -> dict[Toponym, Candidate]:
    """Choose for each mention among the places of its name, twice: alone, then in context."""
    all_of = {one: _candidates(one, world) for one in counts}
    all_of = {one: candidates for one, candidates in all_of.items() if candidates}
    chosen = {one: candidates[0] for one, candidates in all_of.items()}
    held = _held(all_of)
    for _ in range(2):
        context = _Context.of(chosen, all_of, counts)
        chosen = {
            one: max(
                candidates,
                key=lambda candidate, one=one: (  # type: ignore[misc]
                    candidate.weight
                    + context.adds(candidate, one)
                    + _HOLDS_ANOTHER * ((folded(one.name), *_area(candidate)) in held)
                ),
            )
            for one, candidates in all_of.items()
        }
    context = _Context.of(chosen, all_of, counts)
    return {
        one: candidate
        for one, candidate in chosen.items()
        if candidate.weight > _A_VILLAGE or context.supports(candidate, one)
    }


def _candidates(mention: Toponym, world: WorldGazetteer) -> tuple[Candidate, ...]:
    """Return the places of a name, those in the larger place that the text gives, if any."""
    candidates = world.candidates(mention.name)
    if mention.within is None:
        return candidates
    larger = world.candidates(mention.within)
    inside = tuple(
        candidate
        for candidate in candidates
        if any(_holds(whole, candidate) for whole in larger if not whole.is_town)
    )
    if not inside:  # "Harlem, New York": a part of a city
        inside = tuple(
            candidate
            for candidate in candidates
            if any(_apart_km(whole, candidate) < _SAME_KM for whole in larger)
        )
    if inside or not larger or larger[0].is_town:
        return inside or candidates
    # A village that no gazetteer has: somewhere in the larger place, which is what is known.
    small = not candidates or (candidates[0].is_town and candidates[0].weight < _A_TOWN)
    return larger[:1] if small else candidates


def _holds(whole: Candidate, part: Candidate) -> bool:
    if whole.row == part.row:
        return False
    if whole.kind == COUNTRY:
        return whole.country == part.country
    if whole.kind == PROVINCE:
        return (whole.country, whole.province) == (part.country, part.province)
    return whole.kind == COUNTY and _apart_km(whole, part) < _SAME_KM


def _area(candidate: Candidate) -> tuple[str, str]:
    return candidate.country, candidate.province


def _held(all_of: Mapping[Toponym, tuple[Candidate, ...]]) -> set[tuple[str, str, str]]:
    """Return the names that mentions are within, with the area of the likeliest place there."""
    held = set()
    for mention, candidates in all_of.items():
        if mention.within is not None:
            best = candidates[0]
            held.add((folded(mention.within), best.country, best.province))
            held.add((folded(mention.within), best.country, ""))
    return held


@dataclass(frozen=True)
class _Context:
    """Where the places of an article lie, each with how much it counts."""

    countries: Counter[str]
    provinces: Counter[tuple[str, str]]
    points: tuple[tuple[str, Candidate], ...]
    given: Mapping[Toponym, tuple[Candidate, float]]

    @classmethod
    def of(
        cls,
        chosen: Mapping[Toponym, Candidate],
        all_of: Mapping[Toponym, tuple[Candidate, ...]],
        counts: Mapping[Toponym, int],
    ) -> _Context:
        """Count a place the more, the surer it is."""
        countries: Counter[str] = Counter()
        provinces: Counter[tuple[str, str]] = Counter()
        points = []
        given = {}
        for mention, candidate in chosen.items():
            sure = _sureness(mention, all_of[mention]) * math.sqrt(counts[mention])
            given[mention] = (candidate, sure)
            if candidate.kind == REGION:
                continue
            countries[candidate.country] += sure  # type: ignore[assignment]
            if candidate.province:
                provinces[_area(candidate)] += sure  # type: ignore[assignment]
            if sure >= _SURE_ENOUGH and candidate.kind != COUNTRY:
                points.append((folded(mention.name), candidate))
        return cls(countries, provinces, tuple(points), given)

    def supports(self, candidate: Candidate, mention: Toponym) -> bool:
        """Return whether the article is about the country, or about too little to tell."""
        _, sure = self.given[mention]
        others = sum(self.countries.values()) - sure
        in_country = self.countries[candidate.country] - sure
        return mention.within is not None or others < _ENOUGH or in_country > _A_LITTLE

    def adds(self, candidate: Candidate, mention: Toponym) -> float:
        """Return what the other mentions add to a candidate."""
        own, sure = self.given[mention]
        total = sum(self.countries.values()) - (sure if own.kind != REGION else 0)
        if candidate.kind == REGION or total <= 0:
            return 0.0
        in_country = self.countries[candidate.country] - sure * (own.country == candidate.country)
        in_province = self.provinces[_area(candidate)] - sure * (_area(own) == _area(candidate))
        nearest_km = min(
            (
                _apart_km(other, candidate)
                for name, other in self.points
                if name != folded(mention.name)
            ),
            default=math.inf,
        )
        near = (nearest_km < _NEAR_KM) / 2 + (nearest_km < _NOT_FAR_KM) / 2
        return (
            _SAME_COUNTRY * (in_country / total + min(1.0, in_country)) / 2
            + _SAME_PROVINCE
            * (2 if candidate.kind == COUNTY else 1)
            * (candidate.province != "")
            * min(1.0, in_province)
            + _NEIGHBOUR * near
        )


def _sureness(mention: Toponym, candidates: Sequence[Candidate]) -> float:
    """Return how sure a mention is before its context: 0.2 for one of many, 1.5 for a country."""
    best = candidates[0]
    if best.kind == COUNTRY:
        return 1.5
    rivals = (one for one in candidates[1:] if _apart_km(one, best) > _SAME_KM)
    rival = next(rivals, None)
    if mention.within is not None or rival is None:
        return 1.0 if best.weight > 4 or mention.within else 0.5  # noqa: PLR2004 - 10 000 people
    return min(1.0, max(0.2, best.weight - rival.weight))


def _apart_km(one: Candidate, other: Candidate) -> float:
    return _km(one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg)


def _km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance as on a flat map, which is near enough to tell places apart."""
    east = abs(lon - other_lon) % 360
    across = min(east, 360 - east) * math.cos(math.radians((lat + other_lat) / 2))
    return _KM_PER_DEGREE * math.hypot(across, lat - other_lat)
