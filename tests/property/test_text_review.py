"""Law 9: what is written and read again is equal. And no reading undoes what somebody decided.

A machine does what reviewers and readers do, in any order, on any text.
"""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from components.model.article import Evidence
from components.model.draft import Act, State
from components.model.event import (
    Actor,
    Attribution,
    Basis,
    Event,
    Kind,
    Mention,
    Mode,
    Quantity,
    Role,
    Scope,
)
from components.model.period import Period
from components.text import review
from components.text.articles import ACTOR_ROLES, event_id, read_article
from components.text.reading import Found
from components.text.sidecar import write_article
from tests.worlds import article

# Hebrew, Arabic, marks that turn direction, combining and astral characters, every line end.
AWKWARD = "\r\n\u2028\u0085\ufeff\u200f\u202eשלםמعبر e\u0301😀𐤀\0<&\"'\\"
WORDS = st.text(
    st.characters(codec="utf-8") | st.sampled_from(AWKWARD), min_size=1, max_size=20
).filter(lambda text: text.strip())
WHEN = st.datetimes(timezones=st.just(UTC))
DAYS = st.dates().map(lambda day: Period.from_edtf(day.isoformat()))
POINTS = st.just(None) | st.just("geonames:281133") | st.just("34.42,-31.45,500")


@st.composite
def events(draw: st.DrawFn, text: str) -> Event:
    """Draw an event of a text that is sound as a record."""
    ends = st.integers(0, len(text))
    spans = st.tuples(ends, ends).map(sorted).filter(lambda span: text[slice(*span)].strip())
    evidence = tuple(
        Evidence("a", start, stop, text[start:stop])
        for start, stop in draw(st.lists(spans, min_size=1, max_size=2, unique_by=tuple))
    )
    quote = evidence[0].quote
    kind = draw(st.sampled_from([Kind.TALKS, Kind.ATTACK]))
    return Event(
        id=event_id("a", evidence, kind),
        kind=kind,
        mode=draw(st.sampled_from([Mode.ONGOING, Mode.CLAIMED])),
        title=draw(WORDS),
        actors=draw(
            st.builds(Actor, WORDS, st.sampled_from(sorted(ACTOR_ROLES))).map(lambda one: (one,))
        ),
        places=(Mention(draw(WORDS), Role.EVENT, Basis.INFERRED, draw(POINTS)),),
        period=draw(DAYS),
        date_words=draw(st.sampled_from([None, quote])),
        date_reason=draw(WORDS),
        attributions=(Attribution(draw(WORDS), quote, Scope.EVENT),),
        quantities=(Quantity(draw(st.integers(0, 10**9)), draw(WORDS), None, quote),),
        evidence=evidence,
        same_as=draw(st.sampled_from([None, "b:0-5:talks"])),
    )


class Reviewing(RuleBasedStateMachine):
    """An article, and a folder that it is written to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "a.json"

    @initialize(text=WORDS, data=st.data())
    def begins(self, text: str, data: st.DataObject) -> None:
        self.path.with_suffix(".txt").write_bytes(text.encode())
        by_hand = data.draw(st.lists(events(text), max_size=2, unique_by=lambda one: one.id))
        begun = article("a", text, events=tuple(by_hand))
        self.article = write_article(self.path.parent, begun)

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(data=st.data(), when=WHEN)
    def is_read(self, data: st.DataObject, when: datetime) -> None:
        found = tuple(
            Found(event, "It says so.")
            for event in data.draw(st.lists(events(self.article.text), max_size=4))
        )
        before = self.article
        again = review.read_again(before, found, when)
        assert again.events == before.events
        decided = {
            one
            for change in before.log
            if change.act is not Act.READ
            for one in (change.draft, change.other)
        }
        kept = [one for one in before.drafts if one.event.id in decided]
        assert [one for one in again.drafts if one.event.id in decided] == kept
        assert {one.event.id for one in before.drafts} <= {one.event.id for one in again.drafts}
        assert again.log[: len(before.log)] == before.log
        assert review.read_again(again, found, when) == again
        waiting = {one.event.id for one in again.drafts if one.state is State.OPEN}
        assert waiting - decided <= {one.event.id for one in found}
        self.article = again

    @precondition(lambda self: self.article.drafts or self.article.events)
    @rule(data=st.data(), when=WHEN, who=WORDS | st.just(""))
    def is_reviewed(self, data: st.DataObject, when: datetime, who: str) -> None:
        now = self.article
        ids = [one.id for one in now.events] + [one.event.id for one in now.drafts]
        here, there = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
        other = events(now.text)
        acts = {
            "accept": lambda: review.accept(now, here, who, when),
            "reject": lambda: review.reject(now, here, who, when),
            "reopen": lambda: review.reopen(now, here, who, when),
            "edit": lambda: review.edit(now, here, data.draw(other), who, when),
            "split": lambda: review.split(
                now, here, (data.draw(other), data.draw(other)), who, when
            ),
            "merge": lambda: review.merge(now, here, there, who, when),
            "unmerge": lambda: review.unmerge(now, now.log[-1].draft if now.log else "", who, when),
            "same": lambda: review.same(now, here, "b:0-5:talks", who, when),
            "apart": lambda: review.apart(now, here, "b:0-5:talks", who, when),
        }
        act = acts[data.draw(st.sampled_from(sorted(acts)))]
        try:
            self.article = act()
        except ValueError as error:
            assert str(error).endswith(".")  # noqa: PT017 (whatever is refused, it says what to do)
            return
        assert len(self.article.log) > len(now.log)
        assert self.article.log[: len(now.log)] == now.log

    @invariant()
    def what_is_written_and_read_again_is_equal(self) -> None:
        if hasattr(self, "article"):
            self.article = write_article(self.path.parent, self.article)
            assert read_article(self.path) == (self.article, ())

    @invariant()
    def no_two_have_one_id(self) -> None:
        if hasattr(self, "article"):
            ids = [one.id for one in self.article.events]
            ids += [one.event.id for one in self.article.drafts]
            assert len(set(ids)) == len(ids)


TestReviewing = Reviewing.TestCase
TestReviewing.settings = settings(deadline=None, max_examples=40, stateful_step_count=12)
