"""A briefing: views that somebody kept in an order, and what each of them has to say of itself."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from components.model.event import Mode, Theme
    from components.model.layer import Method
    from components.model.view import Scene, View

FIRST_SECONDS = 20
LONGEST_SECONDS = 3600


@dataclass(frozen=True)
class KeptView:
    """A scene of a briefing: a view that was kept, with a title and a note.

    Attributes
    ----------
    id : str
        Its own in the briefing; links name it, so it stays when the scene moves.
    note : str
        For the one who presents; may be empty.
    view : mapping of str to str
        The view as `components.model.link` writes it, whole: a world that has grown does not
        change it. What it names may be gone.
    seconds : int
        How long it stays when scenes follow by themselves.
    """

    id: str
    title: str
    note: str
    view: Mapping[str, str]
    seconds: int = FIRST_SECONDS


@dataclass(frozen=True)
class Briefing:
    """Scenes in the order in which they are presented.

    Attributes
    ----------
    id : str
        File name without its ending.
    classification, author : str
        As they shall stand on every page; may be empty.
    day : date
        Of the briefing, as its author states it.
    """

    id: str
    title: str
    classification: str
    author: str
    day: date
    scenes: tuple[KeptView, ...] = ()

    def scene(self, scene_id: str | None) -> KeptView | None:
        """Return the scene that has this id; None when none has."""
        return next((one for one in self.scenes if one.id == scene_id), None)

    def with_scene(self, title: str, view: Mapping[str, str]) -> Briefing:
        """Return it with a view kept at its end."""
        new = KeptView(self._free_id(title), title, "", view)
        return replace(self, scenes=(*self.scenes, new))

    def changed(self, scene: KeptView) -> Briefing:
        """Return it with a scene in place of the one that has its id; without one, as it is."""
        scenes = tuple(scene if one.id == scene.id else one for one in self.scenes)
        return replace(self, scenes=scenes)

    def moved(self, scene_id: str, step: int) -> Briefing:
        """Return it with a scene that many places later (or earlier); at an end it stops."""
        scene = self.scene(scene_id)
        if scene is None:
            return self
        place = self.scenes.index(scene) + step
        others = [one for one in self.scenes if one != scene]
        others.insert(min(max(place, 0), len(others)), scene)
        return replace(self, scenes=tuple(others))

    def doubled(self, scene_id: str) -> Briefing:
        """Return it with a copy right behind a scene."""
        scene = self.scene(scene_id)
        if scene is None:
            return self
        copy = replace(scene, id=self._free_id(scene.title))
        place = self.scenes.index(scene) + 1
        return replace(self, scenes=(*self.scenes[:place], copy, *self.scenes[place:]))

    def without(self, scene_id: str) -> Briefing:
        """Return it without a scene."""
        return replace(self, scenes=tuple(one for one in self.scenes if one.id != scene_id))

    def _free_id(self, title: str) -> str:
        taken = {one.id for one in self.scenes}
        name = slug(title) or "scene"
        number = 1
        while (free := name if number == 1 else f"{name}-{number}") in taken:
            number += 1
        return free


def slug(words: str, longest: int = 48) -> str:
    """Return words as a part of a file name or a link: `a-z`, `0-9` and dashes; may be empty."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:longest].rstrip("-")


@dataclass(frozen=True)
class Caption:
    """A sentence, and where it stands.

    Attributes
    ----------
    words : str
        The sentence of the article, word for word; of a layer, what is said of its shape.
    quoted : bool
        Whether it is an article's own sentence.
    how : str
        Mode, whose word it is, and the days, in words.
    source : str
        Publisher and day.
    """

    words: str
    quoted: bool
    how: str
    source: str


@dataclass(frozen=True)
class Legend:
    """What has to be explained of a scene: nothing else is on its map.

    Attributes
    ----------
    layers : tuple
        Id, name in the scene's language, and method (None: several things, each with its own) of
        each layer that is drawn.
    crossings : tuple of str
        States of the crossings that are drawn: "open", "closed", ...
    marks : tuple
        Theme and mode of the events that are drawn; each pair once, in the table's order.
    pale : bool
        Whether one of them is pale: its day is vague, or its place only likely.
    """

    layers: tuple[tuple[str, str, Method | None], ...]
    crossings: tuple[str, ...]
    marks: tuple[tuple[Theme, Mode], ...]
    pale: bool = False


@dataclass(frozen=True)
class Standing:
    """Who holds a corridor, the border or a crossing, or wants, claims or does what there.

    Attributes
    ----------
    words : str
        "Hamas wants Israel out"; "Held by Israel".
    how : str
        Mode, whose word it is, and since when, in words; of a holder, the report's own words.
    source : str
        Publishers and days.
    who : str
        "according to ...", where it is not the publisher's own word.
    quotes : tuple of str
        The article's own sentences; none for a holder.
    held : bool
        Whether it says who holds the ground.
    """

    ground: str
    words: str
    how: str
    source: str
    who: str = ""
    quotes: tuple[str, ...] = ()
    held: bool = False

    @property
    def line(self) -> str:
        """All of it: who holds or wants what, in which words, how that is known, who says so."""
        quotes = (f"\u201c{one}\u201d" for one in self.quotes)
        how = ". ".join(filter(None, (self.how.removesuffix("."), self.source)))
        return " ".join((f"{self.ground}: {self.words}.", *quotes, f"({how}.)"))

    @property
    def by(self) -> str:
        """Who published it, and whose word it is."""
        return f"{self.source} ({self.who})" if self.who else self.source


@dataclass(frozen=True)
class Sheet:
    """All words that go with one scene, the same on a screen, a slide, a page and a picture.

    Attributes
    ----------
    number, count : int
        Scene `number` of `count`, from 1.
    day, window : str
        The day that the land is of, and the days of the events, in words.
    caption : tuple of Caption
        Of the event or layer that is open, first what the first article says; empty when none is.
    counts : tuple of str
        "14 placed", "3 not placed", ...: nothing is left out without being counted.
    schematic : tuple of str
        Names of the layers whose drawn shape is schematic.
    sources : tuple of str
        Publisher, day and headline of each article that an event of the scene is from.
    shapes : tuple of str
        Publisher and day of what each drawn shape rests on.
    missing : tuple of str
        What the kept view names and is gone.
    standings : tuple of Standing
        What stands beside corridors, border and crossings; empty when the scene does not tell it.
    compared : str
        With which day the app compares the scene; empty when it does not.
    """

    number: int
    count: int
    title: str
    note: str
    seconds: int
    day: str
    window: str
    caption: tuple[Caption, ...]
    counts: tuple[str, ...]
    legend: Legend
    schematic: tuple[str, ...]
    sources: tuple[str, ...]
    shapes: tuple[str, ...]
    missing: tuple[str, ...]
    standings: tuple[Standing, ...] = ()
    compared: str = ""

    @property
    def standing_line(self) -> str:
        """By whose word it stands there who holds and who wants what; empty when nothing does."""
        told = (
            (words, dict.fromkeys(one.by for one in self.standings if one.held is held))
            for words, held in (("Who wants what", False), ("Held by", True))
        )
        return " ".join(f"{words}: {'; '.join(by)}." for words, by in told if by)

    @property
    def schematic_line(self) -> str:
        """What is to be known of shapes that are schematic; empty when none is drawn."""
        if not self.schematic:
            return ""
        return (
            f"Schematic: {', '.join(self.schematic)}. Hatched and dashed shapes are schematic: "
            "nobody has published their true outline."
        )


@dataclass(frozen=True)
class Staged:
    """A scene of a briefing that was looked up in the world: what is drawn, and what is said."""

    id: str
    view: View
    scene: Scene = field(repr=False)
    sheet: Sheet
