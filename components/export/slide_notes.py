"""What stands behind a scene, in full: the notes of its slide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.brief.briefings import published_words, tellers
from components.brief.positions import sources_of
from components.draw.record import metres_words
from components.draw.style import PALE_WORDS
from components.model.period import short_day
from components.model.world import PlacedEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from components.export.takeaway import Takeaway
    from components.model.article import Article
    from components.model.briefing import Caption, Staged
    from components.model.event import Event
    from components.model.world import UnplacedEvent


def notes_of(of: Takeaway, staged: Staged, away: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a slide's notes: the note, then every event with its sentences.

    Parameters
    ----------
    away : tuple of str
        What has no room or place on the map of the slide, in words.
    """
    scene, sheet = staged.scene, staged.sheet
    articles = {article.id: article for article in of.world.articles}
    yield f"Scene {sheet.number} of {sheet.count}: {sheet.title}"
    if sheet.note:
        yield from ("", *sheet.note.splitlines())
    yield from _listed("What is told on the slide:", map(_caption_words, sheet.caption))
    yield from _listed("Who holds, who wants what:", (one.line for one in sheet.standings))
    yield from _listed("Not on the map of this slide:", away)
    yield from ("", f"Placed: {len(scene.placed)}")
    for placed in scene.placed:
        yield from _told(placed, articles)
    if len(scene.recorded):
        yield f"Recorded events in the tables: {len(scene.recorded):,}. They are not listed here."
    yield from ("", f"Not placed: {len(scene.unplaced)}")
    for unplaced in scene.unplaced:
        yield from _told(unplaced, articles)
    drafts: list[PlacedEvent | UnplacedEvent] = [*scene.drafts, *scene.drafts_unplaced]
    if drafts:
        yield from ("", f"Drafts, which nobody has accepted: {len(drafts)}")
        for draft in drafts:
            yield from _told(draft, articles)
    yield from ("", *of.small_print(sheet))


def _listed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield lines under their heading; nothing where there are none."""
    for number, line in enumerate(lines):
        if not number:
            yield from ("", heading)
        yield line


def _caption_words(one: Caption) -> str:
    words = f"\u201c{one.words}\u201d" if one.quoted else one.words
    return f"{words} ({'. '.join(filter(None, (one.how, one.source)))})"


def _told(outcome: PlacedEvent | UnplacedEvent, articles: Mapping[str, Article]) -> Iterator[str]:
    for one in tellers(outcome.event):
        yield ""
        yield one.title
        yield f"{one.kind}, {one.mode}. {_who(one)}"
        written = f'written "{one.date_words}"' if one.date_words else "no date written"
        yield f"Day: {written}, understood as {one.when} ({one.date_reason})."
        yield from _where(one, outcome)
        for evidence in one.evidence:
            article = articles.get(evidence.article)
            source = published_words(article) if article else evidence.article
            quote = " ".join(evidence.quote.split())
            yield f"\u201c{quote}\u201d {source}, characters {evidence.start} to {evidence.stop}."


def _who(event: Event) -> str:
    """Return whose word it is: of the event, or of its figures alone."""
    said = ", ".join(dict.fromkeys(sources_of(event)))
    return f"Says so: {said}." if said else "Told by the article itself."


def _where(event: Event, outcome: PlacedEvent | UnplacedEvent) -> Iterator[str]:
    if isinstance(outcome, PlacedEvent):
        at = "; ".join(f"{one.target.names.en} ({one.mention.basis})" for one in outcome.sites)
        yield f"Place: {at}."
        return
    named = "; ".join(f"{one.name} ({one.role}, {one.basis})" for one in event.places)
    if named:
        yield f"Places named: {named}."
    yield f"Not placed: {outcome.reason}"
    if outcome.likely is not None:
        yield f"Likely: {outcome.likely.names.en}."


def sources_of_all(of: Takeaway) -> Iterator[tuple[str, bool]]:
    """Yield the lines of the last slide, and whether each is a heading."""
    articles = dict.fromkeys(one for staged in of.staged for one in staged.sheet.sources)
    yield "Articles", True
    for line in articles or ("None",):
        yield line, False
    others = len(set(of.articles) - set(articles))
    if others:
        yield f"{others:,} more on file; no scene shows an event of theirs.", False
    yield "How sure we are", True
    schematic = dict.fromkeys(name for staged in of.staged for name in staged.sheet.schematic)
    if schematic:
        yield replace(of.staged[0].sheet, schematic=tuple(schematic)).schematic_line, False
    for line in (
        "A sentence in quotation marks is the article's own. Kind, day and place are ours.",
        "The map takes no side. A claim is shown as the claim of the one who made it.",
        f"{PALE_WORDS}.",
    ):
        yield line, False
    for staged in of.staged:
        sheet = staged.sheet
        yield f"Scene {sheet.number}: {'; '.join(sheet.counts) or 'no events'}.", False
    yield from _shapes(of)
    yield f"{of.made_words}. Day of the briefing: {short_day(of.briefing.day)}.", False


def standings_of_all(of: Takeaway) -> Iterator[tuple[str, bool]]:
    """Yield who holds and who wants what in any scene, with the sentences; what is a heading."""
    standings = dict.fromkeys(one for staged in of.staged for one in staged.sheet.standings)
    if standings:
        yield "Who holds, who wants what", True
    for one in standings:
        yield one.line, False


def _shapes(of: Takeaway) -> Iterator[tuple[str, bool]]:
    """Yield what the drawn shapes rest on, and how exact they are."""
    yield "Shapes", True
    drawn = dict.fromkeys(
        footprint.id
        for staged in of.staged
        for footprint in staged.scene.footprints
        if footprint.shape is not None
    )
    # What rests on one source stands together.
    by_source: dict[str, list[str]] = {}
    for layer in of.world.layers:
        for one in layer.footprints:
            if one.id not in drawn:
                continue
            checked = " (original opened)" if one.source.checked else ""
            name = (one.names or layer.names).en
            sure = f"{one.method}, \u00b1 {metres_words(one.accuracy_m)}"
            told = by_source.setdefault(one.source.words + checked, [])
            told.append(f"{name}, {one.period.words} ({sure})")
    for source, told in by_source.items():
        yield f"{source}: {'; '.join(told)}.", False
