"""What every file to be left behind is made from, and what each of them has to say of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from components.brief.briefings import published_words
from components.draw.map import ATTRIBUTION
from components.model.briefing import slug
from components.model.period import short_day

if TYPE_CHECKING:
    from datetime import datetime

    from components.model.briefing import Briefing, Sheet, Staged
    from components.model.world import World

# Told what is being made, and which share of it is done (0 to 1).
Told: TypeAlias = Callable[[str, float], None]


def file_name(title: str) -> str:
    """Return a title as a part of a file name; empty where most of its letters would be lost.

    That is so for a title in Arabic or Hebrew, of which only figures would be left.
    """
    letters = sum(map(str.isalpha, title))
    kept = sum(map(str.isalpha, slug(title, longest=len(title))))
    return slug(title) if 2 * kept >= letters else ""


@dataclass(frozen=True)
class Takeaway:
    """A briefing, looked up in the world.

    Attributes
    ----------
    staged : tuple of Staged
        Its scenes in order.
    made : datetime
        Now, with its time zone (UTC): whoever asks for the files reads the clock.
    """

    world: World
    briefing: Briefing
    staged: tuple[Staged, ...]
    made: datetime

    @property
    def stem(self) -> str:
        """Begin of every file name: what, and of which day; ends with the day it was made."""
        name = file_name(self.briefing.title) or self.briefing.id
        return f"{name}_of-{self.briefing.day}_made-{self.made:%Y-%m-%d}"

    @property
    def made_words(self) -> str:
        """When it was made: "Made 29 Nov 2026, 06:10 UTC"."""
        return f"Made {short_day(self.made.date())}, {self.made:%H:%M} UTC"

    @property
    def heading(self) -> tuple[str, ...]:
        """Classification, author, day, as they stand on every page; what is empty is left out."""
        day = short_day(self.briefing.day)
        return tuple(filter(None, (self.briefing.classification, self.briefing.author, day)))

    @property
    def head(self) -> str:
        """The heading and the briefing's title in a line; the title is last, so it alone is cut."""
        return " \N{MIDDLE DOT} ".join((*self.heading, self.briefing.title))

    @property
    def articles(self) -> tuple[str, ...]:
        """Publisher, day and headline of each article of the world."""
        return tuple(f"{published_words(one)}: {one.headline}" for one in self.world.articles)

    def small_print(self, sheet: Sheet) -> tuple[str, ...]:
        """Return what has to stand under a scene, a line each.

        The window, when it was made, from which articles, whose land, and what is schematic.
        """
        sources = "; ".join(sheet.sources) or "no article"
        return tuple(
            filter(
                None,
                (
                    f"Land as of {sheet.day}. {sheet.window}. {'; '.join(sheet.counts)}.",
                    f"{self.made_words}.",
                    sheet.compared,
                    f"From: {sources}.",
                    sheet.standing_line,
                    f"Shapes: {'; '.join(sheet.shapes)}." if sheet.shapes else "",
                    sheet.schematic_line,
                    f"Missing: {'; '.join(sheet.missing)}." if sheet.missing else "",
                    ATTRIBUTION,
                ),
            )
        )
