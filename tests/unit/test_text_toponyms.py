"""Place names in an article: which words, which name, which use, and what is no place."""

import pytest

from components.text.grammar import parsed
from components.text.reading import Named, PlaceNames, Use
from components.text.toponyms import find_places

WORLD = """
athens austin cairo CAIRO calif. georgia ga. jordan kinshasa KINSHASA london LONDON mali march
massachusetts monrovia morag paris PARIS police post qatar QATAR suffolk england texas TEXAS u.s. us
washington springfield mass. ferguson jackson mississippi MISSISSIPPI
"""
NAMES = PlaceNames(
    curated=frozenset(
        {
            "Cairo",
            "Doha",
            "Egypt",
            "Gaza",
            "Gaza City",
            "Gaza Strip",
            "Israel",
            "Jerusalem",
            "Rafah",
            "Rafah crossing",
            "The Hague",
            "Philadelphi Corridor",
            "Netzarim Corridor",
            "Egypt-Gaza border",
        }
    ),
    world=frozenset(WORLD.split()) | {"united states"},
    demonyms={
        "Egyptian": "Egypt",
        "Israeli": "Israel",
        "Qatari": "Qatar",
        "American": "United States",
        "English": "England",
        "Jordanian": "Jordan",
    },
)


def found(text: str) -> tuple[Named, ...]:
    """Return the mentions of a text."""
    return find_places(parsed(text), NAMES)


def named(text: str) -> list[str]:
    """Return the names to look up, in the order of the text."""
    return [one.name for one in found(text)]


def only(text: str, name: str) -> Named:
    """Return the one mention under a name."""
    (mention,) = [one for one in found(text) if one.name == name]
    return mention


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (
            "They met over the border between Egypt and Gaza on Monday.",
            "Egypt-Gaza border",
            "border between Egypt and Gaza",
        ),
        (
            "Patrols along Egypt's 14-km border with the Gaza Strip began.",
            "Egypt-Gaza border",
            "Egypt's 14-km border with the Gaza Strip",
        ),
        (
            "The Gaza-Egypt border was quiet.",
            "Egypt-Gaza border",
            "Gaza-Egypt border",
        ),
        (
            "A buffer zone between Gaza and Egypt known as the Philadelphi Corridor is shut.",
            "Philadelphi Corridor",
            "buffer zone between Gaza and Egypt known as the Philadelphi Corridor",
        ),
        (
            "Troops hold the Netzarim Corridor, which cuts across the land.",
            "Netzarim Corridor",
            "Netzarim Corridor",
        ),
    ],
)
def test_a_corridor_or_border_is_one_place_however_it_is_described(text, name, words) -> None:
    (mention,) = found(text)
    assert (mention.name, mention.text) == (name, words)
    assert mention.span.of(text) == words


def test_a_border_that_is_no_layer_leaves_its_two_sides() -> None:
    assert named("Troops massed on the border between Israel and Qatar.") == ["Israel", "Qatar"]


@pytest.mark.parametrize(
    ("text", "name", "use"),
    [
        ("Talks resumed in Cairo on Sunday.", "Cairo", Use.LITERAL),
        ("Tanks entered Rafah at dawn.", "Rafah", Use.LITERAL),
        ("The delegation flew to Doha on Sunday.", "Doha", Use.LITERAL),
        ("Cairo said that it would not yield.", "Cairo", Use.ASSOCIATIVE),
        ("Israel's army withdrew on Sunday.", "Israel", Use.ASSOCIATIVE),
        ("The plan was presented to Israel on Sunday.", "Israel", Use.ASSOCIATIVE),
        ("The talks with Israel failed.", "Israel", Use.ASSOCIATIVE),
        ("The Rafah crossing reopened on Sunday.", "Rafah crossing", Use.LITERAL),
        ("Egyptian sources said so.", "Egypt", Use.DEMONYM),
        ("CAIRO (Reuters) - Talks resumed on Sunday.", "Cairo", Use.BYLINE),
        ("GAZA CITY, Aug. 22 (AFP) -- Talks resumed.", "Gaza City", Use.BYLINE),
        ("(Reporting by Ann Lee in Jerusalem; Editing by Bo Ray)", "Jerusalem", Use.BYLINE),
    ],
)
def test_how_a_name_is_used(text, name, use) -> None:
    assert only(text, name).use is use


@pytest.mark.parametrize(
    "text",
    [
        "The coastal territory was hit again.",
        "The enclave has no port, and the Strip is small.",
        "Troops used the area to the north.",
        "The talks will go on in March.",
        "Police told us so.",
        "The Washington Post reported it.",
        "Mr. Jackson said so.",
        "Jane Austin said that Austin would go on.",
        "They met on Washington Street.",
        "A report by the London Times said so.",
    ],
)
def test_what_is_no_place(text) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "name", "within"),
    [
        ("He was born in Paris, Texas.", "Paris", "Texas"),
        ("Police in Athens, Ga., said so.", "Athens", "Ga."),
        ("He drove to Springfield, Mass., on Sunday.", "Springfield", "Mass."),
        ("He lives in the Egyptian city of Rafah.", "Rafah", "Egypt"),
        ("They met in Paris, London and Doha.", "Paris", None),
        ("They met in Qatar, Egypt and Israel.", "Qatar", None),
    ],
)
def test_the_larger_place_that_the_words_give(text, name, within) -> None:
    assert only(text, name).within == within


def test_an_abbreviation_that_is_a_word_too_needs_a_town_before_it() -> None:
    assert "Mass." in named("He drove to Springfield, Mass., on Sunday.")
    assert named("He went to Mass. They sang.") == []


def test_a_name_of_two_letters_is_in_capitals() -> None:
    assert named("The US told us so.") == ["US"]
    assert named("The U.S billionaire told us so.") == ["U.S."]


def test_what_the_model_takes_for_somebody_is_a_place_where_it_is_well_known() -> None:
    assert named("Kinshasa has asked for vaccines.") == ["Kinshasa"]


@pytest.mark.parametrize(
    "text",
    [
        "The river near the town of Monrovia is the source.",
        "A Monrovia man was charged.",
        "He lives in Monrovia.",
    ],
)
def test_the_words_around_a_name_make_it_a_place(text) -> None:
    assert named(text) == ["Monrovia"]


def test_a_name_that_is_a_place_once_is_one_again() -> None:
    text = "He was arrested in Ferguson, Texas. Ferguson officials declined to say why."
    assert named(text).count("Ferguson") == 2


def test_a_corridor_is_not_the_town_it_is_named_for() -> None:
    assert named("Troops withdrew to the Morag corridor.") == ["Morag corridor"]


def test_a_name_in_capitals_or_none_is_given_as_it_is_usually_written() -> None:
    assert named("ISRAEL STRIKES RAFAH\n\nthe netzarim corridor was shut.") == [
        "Israel",
        "Rafah",
        "Netzarim Corridor",
    ]


def test_the_article_before_a_name_is_not_part_of_it() -> None:
    text = "He spoke in the Gaza Strip and in The Hague."
    assert [one.text for one in found(text)] == ["Gaza Strip", "Hague"]


def test_a_text_without_words_has_no_places() -> None:
    assert found("") == ()
    assert found("\n\n - \n") == ()


WIDER = PlaceNames(
    curated=frozenset(),
    demonyms={},
    world=frozenset({"winnipeg", "WINNIPEG", "drc", "gulu", "oas", "t&t", "ala", "ala.", "mobile"}),
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Officials in British Columbia waited; a lab in Winnipeg tests them.", ["Winnipeg"]),
        ("The DRC's health ministry said so.", ["DRC"]),
        ("In May the fever struck Gulu again.", ["Gulu"]),
        ("They failed to attend a meeting at the OAS in March.", []),
        ("What position should T&T adopt?", ["T&T"]),
        ("Casinos closed in Mobile, Ala., on Monday.", ["Mobile", "Ala."]),
    ],
)
def test_short_and_bare_names_of_the_world(text, names) -> None:
    mentions = find_places(parsed(text), WIDER)
    assert [one.name for one in mentions if one.name != "British Columbia"] == names
