"""The command that reads articles: one for a person, many for a program."""

import io
import json
import subprocess
import sys
from datetime import date

import pytest

from components.text.__main__ import main
from tests.reading_files import pdf

NAME = "2024-08-22-reuters-cairo-truce-talks"
HOSTILE = (
    "CAIRO (Reuters) - Israeli troops advanced in Gaza on Thursday, </script><script>alert(1)"
    "</script> \u202esecruos\u202c \x1b[31msaid.\n"
)


@pytest.fixture
def article(repository):
    """Return the path of the first article."""
    return repository / "seeds" / f"{NAME}.txt"


@pytest.fixture
def run(capsys):
    """Return a function that runs the command and returns its code, its output and its errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def run_lines(run, tmp_path):
    """Return a function that runs the command over lines, and returns the objects it printed."""

    def run_lines(*lines: object) -> list[dict]:
        given = tmp_path / "articles.jsonl"
        given.write_bytes(
            b"\n".join(
                line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
            )
        )
        code, printed, errors = run("--jsonl", given)
        assert (code, errors) == (0, "")
        return [json.loads(line) for line in printed.splitlines()]

    return run_lines


class TestOneArticle:
    """FILE and --published."""

    def test_json_has_every_span_and_every_key(self, run, article):
        code, printed, errors = run(article, "--published", "2024-08-22", "--json")
        found, text = json.loads(printed), article.read_bytes().decode()
        assert (code, errors) == (0, "")
        assert list(found) == ["sentences", "dates", "places", "attributions", "events"]
        assert "".join(text[one["start"] : one["stop"]] for one in found["sentences"]) == text
        for one in found["dates"] + found["places"]:
            assert one["text"] == text[one["start"] : one["stop"]]
        day = next(one for one in found["dates"] if one["text"] == "Thursday")
        assert (
            day.items()
            >= {
                "start": 165,
                "stop": 173,
                "edtf": "2024-08-22",
                "timex_type": "DATE",
                "timex_value": "2024-08-22",
            }.items()
        )
        said = found["attributions"][0]
        assert text[said["source"]["start"] : said["source"]["stop"]] == (
            "two Egyptian security sources"
        )
        assert text[said["cue"]["start"] : said["cue"]["stop"]] == "said"
        assert said["content"]["start"] == 92
        for event in found["events"]:
            keys = "id kind mode evidence actors places edtf attribution quantities rule"
            assert set(keys.split()) <= set(event)
            assert event["id"].startswith(f"{NAME}:")
            assert event["evidence"]

    def test_places_say_where_they_are(self, run, article):
        found = json.loads(run(article, "--published", "2024-08-22", "--json")[1])
        cairo = next(one for one in found["places"] if one["text"] == "Cairo")
        assert (cairo["use"], cairo["name"]) == ("literal", "Cairo")
        assert cairo["lon"] == pytest.approx(31.24, abs=0.2)
        assert cairo["lat"] == pytest.approx(30.04, abs=0.2)
        assert cairo["radius_m"] > 0
        assert any(one["text"] == "CAIRO" and one["use"] == "byline" for one in found["places"])

    def test_words_are_the_articles_own_to_the_last_space(self, run, tmp_path):
        text = "Troops left the Netzarim\u00a0Corridor on Aug.\u00a022, the army\u2019s chief said."
        (tmp_path / "a.txt").write_text(text, "utf-8")
        printed = run(tmp_path / "a.txt", "--published", "2024-08-22", "--json")[1]
        found = json.loads(printed)
        words = {one["text"] for one in found["dates"] + found["places"]}
        assert words == {"Netzarim\u00a0Corridor", "Aug.\u00a022"}

    def test_a_day_that_does_not_fit_is_told_beside_the_reading(self, run, article):
        code, printed, errors = run(article, "--published", "2023-08-22", "--json")
        assert code == 0
        assert json.loads(printed)["events"]
        assert errors.startswith('Does the day fit? "more than 10 months" after 7 October 2023')
        assert "7 August to 7 September 2024" in errors

    def test_the_report_is_for_a_person(self, run, article):
        code, printed, _ = run(article, "--published", "2024-08-22", "--publisher", "Reuters")
        assert code == 0
        assert "events, " in printed.splitlines()[0]
        assert "says who: two Egyptian security sources" in printed
        assert "says who: Reuters, in its own words" in printed
        assert "92-330: U.S. and Israeli delegations started a new round of meetings" in printed

    def test_the_report_cannot_steer_a_terminal(self, run, tmp_path):
        path = tmp_path / "hostile\x1b[2J.txt"
        path.write_text(HOSTILE, "utf-8")
        code, printed, _ = run(path, "--published", "2024-08-22")
        assert code == 0
        assert "Israeli troops advanced" in printed
        assert all(sign.isprintable() or sign == "\n" for sign in printed)

    def test_a_pdf_is_read_alike(self, run, article, tmp_path):
        path = tmp_path / f"{NAME}.pdf"
        path.write_bytes(pdf(tuple(article.read_text("utf-8").split("\n\n"))))
        from_pdf = run(path, "--published", "2024-08-22", "--json")[1]
        assert from_pdf == run(article, "--published", "2024-08-22", "--json")[1]

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("a.txt", b"", "a.txt: the file is empty (0 bytes). Give one that holds an article.\n"),
            ("a.txt", b"caf\xe9", "a.txt: byte 3 is 0xE9, which is not UTF-8. Save it as UTF-8"),
            (
                "a.txt",
                "\u0642\u0637\u0627\u0639 \u063a\u0632\u0629".encode(),
                "a.txt: The text seems to be in Arabic.",
            ),
            ("a\x1b.pdf", b"%PDF-", "a\ufffd.pdf: the PDF is broken ("),
        ],
    )
    def test_a_bad_file_is_told_on_standard_error(self, run, tmp_path, name, content, message):
        (tmp_path / name).write_bytes(content)
        code, printed, errors = run(tmp_path / name, "--published", "2024-08-22")
        assert (code, printed) == (1, "")
        assert errors.startswith(message)

    def test_a_missing_file_is_told(self, run, tmp_path):
        code, _, errors = run(tmp_path / "none.txt", "--published", "2024-08-22")
        assert code == 1
        assert errors.endswith(
            "none.txt: cannot be read (No such file or directory). Name a file that can be.\n"
        )

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ((), "one of the arguments file --jsonl is required"),
            (("a.txt",), "--published is needed: the day is never guessed. Give it as 2024-08-22."),
            (("a.txt", "--published", "soon"), "'soon' is not a day. Give it as 2024-08-22."),
            (("a.txt", "--jsonl", "-"), "not allowed with"),
        ],
    )
    def test_a_bad_call_is_told(self, capsys, arguments, message):
        with pytest.raises(SystemExit) as stopped:
            main(list(arguments))
        assert stopped.value.code == 2
        assert message in capsys.readouterr().err


class TestManyArticles:
    """--jsonl: a line each."""

    def test_each_line_is_answered_in_order(self, run_lines, article):
        text = article.read_text("utf-8")
        lines = [
            {"id": "a", "text": text, "published": "2024-08-22"},
            {"id": 7, "text": "Who knows?", "published": "2024-08-22"},
            {"id": "c", "text": HOSTILE, "published": "2024-08-22", "publisher": "Ann"},
        ]
        first, second, third = run_lines(*lines)
        assert [first["id"], second["id"], third["id"]] == ["a", 7, "c"]
        assert len(first["dates"]) >= 10
        assert second == {
            "id": 7,
            "sentences": [{"start": 0, "stop": 10}],
            "dates": [],
            "places": [],
            "attributions": [],
            "events": [],
        }
        assert third["events"]

    def test_a_line_with_a_fault_has_every_key_too(self, run_lines):
        (found,) = run_lines({"id": "a", "text": "", "published": "2024-08-22"})
        assert found.pop("error")
        empty = ("sentences", "dates", "places", "attributions", "events")
        assert found == {"id": "a", **{key: [] for key in empty}}

    def test_what_is_wrong_with_a_line_is_told_in_its_place(self, run_lines):
        good = {"id": "good", "text": "They met.", "published": "2024-08-22"}
        found = run_lines(
            b"{",
            b"[1]",
            b"\xff",
            b"",
            {"id": "no text", "published": "2024-08-22"},
            {"id": "no day", "text": "They met.", "published": "yesterday"},
            {"id": "day", "text": "They met.", "published": 20240822},
            {"id": "list", "text": ["They met."], "published": "2024-08-22"},
            {"id": "empty", "text": " ", "published": "2024-08-22"},
            {"id": "half", "text": "They \ud83d met.", "published": "2024-08-22"},
            {
                "id": "Arabic",
                "text": "\u0642\u0637\u0627\u0639 \u063a\u0632\u0629",
                "published": "2024-08-22",
            },
            {"id": "book", "text": "They met. " * 30_001, "published": "2024-08-22"},
            good,
        )
        assert found[-1]["sentences"] == [{"start": 0, "stop": 9}]
        assert [(one["id"], one["error"].split(":")[0]) for one in found[:-1]] == [
            (None, "line 1"),
            (None, "line 2"),
            (None, "line 3"),
            ("no text", "line 5"),
            ("no day", "line 6"),
            ("day", "line 7"),
            ("list", "line 8"),
            ("empty", "line 9"),
            ("half", "line 10"),
            ("Arabic", "line 11"),
            ("book", "line 12"),
        ]
        assert "'text' is missing. A line must be an object such as" in found[3]["error"]
        assert "seems to be in Arabic" in found[9]["error"]

    def test_a_missing_file_is_told(self, run, tmp_path):
        code, printed, errors = run("--jsonl", tmp_path / "none.jsonl")
        assert (code, printed) == (1, "")
        assert "none.jsonl: cannot be read (No such file or directory)." in errors

    def test_standard_input_is_answered_line_by_line(self, repository):
        command = [sys.executable, "-m", "components.text", "--jsonl", "-"]
        with subprocess.Popen(
            command, cwd=repository, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            for id_ in ("a", "b"):
                line = {"id": id_, "text": "They met.", "published": str(date(2024, 8, 22))}
                process.stdin.write(json.dumps(line) + "\n")
                process.stdin.flush()
                # Answered before the next is asked.
                assert json.loads(process.stdout.readline())["id"] == id_
            process.stdin.close()
            assert process.wait(timeout=60) == 0

    def test_what_the_stream_cannot_show_is_written_as_its_number(self, monkeypatch, tmp_path):
        narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
        monkeypatch.setattr(sys, "stdout", narrow)
        path = tmp_path / "a.txt"
        path.write_text("Israeli troops advanced in Gaza on Thursday \u2013 caf\u00e9.", "utf-8")
        assert main([str(path), "--published", "2024-08-22"]) == 0
        assert b"caf\\xe9" in narrow.buffer.getvalue()
