"""Who is meant by an article's words, and what is told of a list that is not sound."""

import pytest

from components.brief.parties import FILE, folded, read_parties

HEADER = "id,en,ar,he,aliases\n"


@pytest.fixture(scope="module")
def parties(repository):
    found, faults = read_parties(repository / "geodata")
    assert not faults
    return found


def written(folder, rows):
    (folder / FILE).write_text(HEADER + rows, encoding="utf-8")
    return read_parties(folder)


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Israeli military", "israel"),
        ("the Israeli army", "israel"),
        ("Israel\N{RIGHT SINGLE QUOTATION MARK}s army", "israel"),
        ("Benjamin Netanyahu (Israel)", "israel"),
        ("Hamas gunmen", "hamas"),
        ("Joe Biden (United States)", "united_states"),
        ("Emir (Qatar)", "qatar"),
        ("the U.N. aid office", "united_nations"),
        ("two Egyptian security sources", "unnamed_sources"),
        ("three Israeli officials", "unnamed_sources"),
        ("three diplomats", "unnamed_sources"),
    ],
)
def test_an_actor_is_the_party_that_its_words_mean(parties, name, party) -> None:
    assert parties.find(name).id == party


@pytest.mark.parametrize("name", ["Indonesia", "European monitors", "Israeli settlers", "Hamas*"])
def test_who_is_on_no_list_is_a_party_by_that_name(parties, name) -> None:
    found = parties.find(name)
    assert not found.listed
    assert found.names.en == name
    assert found == parties.find(name)


def test_every_name_on_the_list_means_its_own_party(parties) -> None:
    meant = {
        name: parties.find(name.replace("*", "some ")).id
        for party in parties.parties
        for name in (party.names.en, *party.aliases)
    }
    listed = {
        name: party.id for party in parties.parties for name in (party.names.en, *party.aliases)
    }
    assert meant == listed


def test_the_issue_s_parties_are_listed_in_three_languages(parties) -> None:
    assert [party.id for party in parties.parties] == [
        "israel", "hamas", "egypt", "united_states", "qatar", "palestinian_authority",
        "united_nations", "unnamed_sources",
    ]  # fmt: skip
    for party in parties.parties:
        assert len({party.names.en, party.names.ar, party.names.he}) == 3


def test_a_party_is_added_without_code(tmp_path) -> None:
    found, faults = written(tmp_path, "ruritania,Ruritania,ر,ר,Ruritanian army;Strelsau\n")
    assert not faults
    assert found.find("the Ruritanian army").id == "ruritania"
    assert found.find("two sources").id == "name:sources"


def test_all_faults_of_the_list_are_told_and_the_sound_rows_stay(tmp_path) -> None:
    found, faults = written(
        tmp_path,
        "israel,Israel,إسرائيل,ישראל,IDF\nisrael,Again,a,h,\n,Nobody,,h,\nhamas,Hamas,حماس,חמאס\n",
    )
    assert [party.id for party in found.parties] == ["israel"]
    told = [str(fault) for fault in faults]
    assert told == [
        "parties.csv, line 3: id 'israel' is used twice. Give each party its own.",
        "parties.csv, line 4: id is empty. Write it down, or take the line out.",
        "parties.csv, line 4: ar is empty. Write it down, or take the line out.",
        "parties.csv, line 5: expected 5 cells. Put a name with a comma in quotation marks.",
    ]


@pytest.mark.parametrize("content", [b"", b"id,en\n", b"\xff\xfe"])
def test_a_list_that_cannot_be_read_hides_nobody(tmp_path, content) -> None:
    (tmp_path / FILE).write_bytes(content)
    found, faults = read_parties(tmp_path)
    assert len(faults) == 1
    assert found.find("Israel").names.en == "Israel"


def test_names_are_compared_without_articles_numbers_and_signs() -> None:
    assert folded("The  two   Egyptian-born Sources") == folded("egyptian born sources")
