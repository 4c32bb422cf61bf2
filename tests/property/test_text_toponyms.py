"""Places in any text: offsets match, none overlaps, no text is refused, and time is linear."""

from itertools import pairwise
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from components.geo.gazetteer import Gazetteer
from components.geo.resolving import Toponym, resolve
from components.text.grammar import parsed, plain_text
from components.text.reading import PlaceNames
from components.text.toponyms import find_places

NAMES = PlaceNames(
    curated=frozenset({"Cairo", "Gaza", "Gaza Strip", "Egypt-Gaza border", "Rafah crossing"}),
    world=frozenset({"paris", "PARIS", "texas", "ga.", "u.s.", "us", "march", "wadi", "a.b."}),
    demonyms={"Egyptian": "Egypt"},
)
PIECES = st.sampled_from(
    [
        *("Cairo", "CAIRO (Reuters) - ", "Gaza", "Paris", "Texas", "Ga.", "U.S.", "US", "Egyptian"),
        *(
            "the border between ",
            "'s border with ",
            "known as the ",
            "(Reporting by ",
            ")",
            "Jane ",
        ),
        *(", ", " and ", ". ", "\n", "\n\n", " ", "-", "'s", "\u2019s", "\u00a0", "in ", "said "),
        *(
            "\u202e",
            "e\u0301",
            "\0",
            "غزة",
            "עזה",
            "😀",
            "<b>",
            "the ",
            "northern ",
            "A.B",
            "Street",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join)


@given(TEXTS)
@settings(max_examples=150)
def test_every_mention_is_where_it_says_and_none_overlaps(text) -> None:
    doc = parsed(text)
    mentions = find_places(doc, NAMES)
    for one in mentions:
        assert 0 <= one.span.start < one.span.stop <= len(text)
        assert one.span.of(doc.text) == one.text
        assert one.span.of(plain_text(text)).replace("\n", " ") == one.text.replace("\n", " ")
        assert one.name.strip() == one.name != ""
    assert all(one.span.stop <= other.span.start for one, other in pairwise(mentions))


@given(st.lists(st.tuples(st.text(max_size=8), st.none() | st.text(max_size=8)), max_size=20))
def test_whatever_is_mentioned_there_is_one_answer_each(mentions) -> None:
    toponyms = [Toponym(*one) for one in mentions]
    assert len(resolve(toponyms, Gazetteer.of([], []))) == len(toponyms)


def test_ten_times_the_text_takes_at_most_twelve_times_as_long() -> None:
    paragraph = (
        "CAIRO (Reuters) - Egyptian officials in Gaza and Paris, Texas, met on the border between "
        "Egypt and Gaza, sources in the northern town said. (Reporting by Jane Cairo in Gaza)\n\n"
    )
    short, long = parsed(paragraph * 30), parsed(paragraph * 300)

    def seconds(doc, times: int) -> float:
        start = process_time()
        for _ in range(times):
            find_places(doc, NAMES)
        return process_time() - start

    # Both sides take as long, so that a machine that does other work slows both; the best of some.
    assert any(seconds(long, 1) <= 1.2 * seconds(short, 10) for _ in range(5))
