"""The README, the requirements and the top level say the same thing, and nothing of one machine."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

TOP_LEVEL = {
    "README.md",
    "app.py",
    "components",
    "geodata",
    "requirements.txt",
    "seeds",
    "tests",
}
COMMANDS = ("sh .ci/app", "sh .ci/test")
FIRST_SCREEN_LINES = 40
# jusText, which trafilatura needs, asks for it by an extra that older versions of pip do not find.
ASKED_FOR_BY_OTHERS = {"lxml-html-clean"}
# Written so that they do not find themselves.
MACHINE_PATH = re.compile(r"""(?:^|[\s"'`(=])/(?:work|root|home|Users|tmp)/\S*""", re.MULTILINE)
REGISTRY_HOST = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|debian)\.(?:org|com)\b|\bregistry\.[\w-]+\.(?:org|com)\b"
)


def canonical(name: str) -> str:
    """Return a distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(requirements: Path) -> list[str]:
    """Return the lines of a requirements file that ask for a package."""
    lines = requirements.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def imported_distributions(sources: list[Path]) -> set[str]:
    """Return what the sources import from outside the repository and the standard library."""
    modules: set[str] = set()
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module)
    roots = {module.partition(".")[0] for module in modules}
    providers = packages_distributions()
    return {
        canonical(name)
        for root in roots - sys.stdlib_module_names - {"components"}
        for name in providers[root]
    }


@pytest.fixture(scope="module")
def files(repository: Path) -> list[Path]:
    """Return the files that are in the repository or about to be, relative to its top."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return [Path(name) for name in listed if name and (repository / name).is_file()]


@pytest.fixture(scope="module")
def readme(repository: Path) -> str:
    """Return the README."""
    return (repository / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_both_commands_stand_on_the_first_screen_of_the_readme(
    command: str, readme: str, repository: Path
) -> None:
    assert command in readme.split("\n")[:FIRST_SCREEN_LINES]
    assert (repository / command.removeprefix("sh ")).is_file()


def test_the_readme_says_what_each_dependency_is_for(readme: str, repository: Path) -> None:
    table = readme.partition("| package | for |\n|---|---|\n")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (.+) \| \S.* \|$", table, re.MULTILINE)
    explained = [name for row in rows for name in row.split(", ")]
    required = [pin.partition("==")[0] for pin in pins(repository / "requirements.txt")]
    assert sorted(explained) == sorted(required)


@pytest.mark.parametrize("requirements", ["requirements.txt", "tests/requirements.txt"])
def test_every_pin_is_exact(requirements: str, repository: Path) -> None:
    loose = [
        pin
        for pin in pins(repository / requirements)
        if not re.fullmatch(r"[A-Za-z0-9._-]+==\d[\w.]*", pin)
    ]
    assert not loose


def test_the_app_is_given_what_it_imports_and_nothing_more(repository: Path) -> None:
    sources = [repository / "app.py", *(repository / "components").rglob("*.py")]
    required = {canonical(pin.partition("==")[0]) for pin in pins(repository / "requirements.txt")}
    assert imported_distributions(sources) == required - ASKED_FOR_BY_OTHERS


def test_the_top_level_holds_only_what_the_card_allows(files: list[Path]) -> None:
    visible = {file.parts[0] for file in files if not file.parts[0].startswith(".")}
    assert visible <= TOP_LEVEL


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY_HOST], ids=["path", "host"])
def test_no_file_names_a_machine(
    pattern: re.Pattern[str], files: list[Path], repository: Path
) -> None:
    named = {
        str(file): found
        for file in files
        if (found := pattern.findall((repository / file).read_text("utf-8", errors="ignore")))
    }
    assert not named
