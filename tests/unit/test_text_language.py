"""English is read, another language is refused by its name, and what is in doubt is read."""

import pytest

from components.text.language import not_english


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("Arabic", "القاهرة (رويترز) - بدأت وفود أمريكية وإسرائيلية جولة جديدة من الاجتماعات"),
        ("Hebrew", "משלחות מישראל ומארצות הברית פתחו בקהיר סבב נוסף של שיחות"),
        ("French", "LE CAIRE - Les négociations ont repris jeudi au Caire, selon deux sources."),
        ("German", "KAIRO - Die Gespräche haben am Donnerstag begonnen, sagten zwei Quellen."),
        ("Spanish", "EL CAIRO - Las delegaciones se reunieron el jueves, dijeron dos fuentes."),
        ("Portuguese", "CAIRO - As delegações reuniram-se na quinta-feira, disseram duas fontes."),
        ("Indonesian", "KAIRO - Delegasi kedua negara bertemu pada hari Kamis, kata dua sumber."),
        ("Russian", "КАИР - Делегации начали в четверг новый раунд встреч."),
        (
            "Turkish",
            "KAH\u0130RE - Heyetler per\u015fembe g\xfcn\xfc g\xf6r\xfc\u015fme turuna girdi.",
        ),
    ],
)
def test_another_language_is_refused_by_its_name(language, text):
    reason = not_english(text)
    assert reason is not None
    assert reason.startswith(f"The text seems to be in {language}. Only English can be read")


@pytest.mark.parametrize(
    "text",
    [
        "Hamas leader Ismail Haniyeh (إسماعيل هنية) met Abbas Kamel in Cairo, al-Ahram said.",
        'He said "Nous sommes prêts à signer" and left for the talks with the delegation.',
        "Netanyahu, Gallant, Halevi, Barnea, Bar: Israel team flies Cairo Thursday",
        "Khan Younis, Deir al-Balah, Rafah, Beit Hanoun, Beit Lahiya, Jabalia",
    ],
)
def test_english_with_names_and_quotes_is_read(text):
    assert not_english(text) is None


@pytest.mark.parametrize("text", ["", "Gaza", "Hamas: non.", "12 August 2024 - 40,000", "😀 !!"])
def test_a_few_letters_are_given_the_benefit_of_the_doubt(text):
    assert not_english(text) is None


@pytest.mark.parametrize("text", ["غزة", "שיחות בקהיר"])
def test_another_script_is_refused_however_short(text):
    assert not_english(text)


def test_the_article_is_english(repository):
    text = (repository / "seeds" / "2024-08-22-reuters-cairo-truce-talks.txt").read_text("utf-8")
    assert not_english(text) is None
