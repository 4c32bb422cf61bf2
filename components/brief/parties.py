"""The list of parties, and which of them an article's words mean."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from components.model.place import Names
from components.model.position import Party
from components.model.world import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILE = "parties.csv"
_COLUMNS = ("id", "en", "ar", "he", "aliases")
_BEHIND = re.compile(r"\(([^()]+)\)$")
# What stands before a name and is none of it.
_BEFORE = re.compile(r"^(?:(?:the|a|an|two|three|four|five|several|some|\d+)\s+)+")


def folded(name: str) -> str:
    """Return a name as names are compared: no case, no article or number before it, plain signs."""
    plain = name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold()
    return _BEFORE.sub("", " ".join(plain.replace("-", " ").split()))


def according_to(sources: Iterable[str], told: str) -> str:
    """Return "according to ..." in words; empty where what is told names all sources already."""
    others = [
        f"the {one.removeprefix('The ')}" if one.startswith("The ") else one
        for one in sources
        if folded(one) not in folded(told)
    ]
    return f"according to {' and '.join(others)}" if others else ""


@dataclass(frozen=True)
class PartyList:
    """Who is on the list, in its order; of two that a name fits, the first is meant."""

    parties: tuple[Party, ...]

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], Party], ...]:
        return tuple(
            (re.compile(".*".join(map(re.escape, folded(name).split("*"))), re.DOTALL), party)
            for party in self.parties
            for name in (party.names.en, *party.aliases)
        )

    def find(self, name: str) -> Party:
        """Return the party that a name means; one who is on no list is a party by that name.

        "Joe Biden (United States)" is looked up by what stands in brackets.
        """
        behind = _BEHIND.search(name)
        for words in (folded(name), *([folded(behind[1])] if behind else [])):
            for pattern, party in self._patterns:
                if pattern.fullmatch(words):
                    return party
        return Party(f"name:{folded(name)}", Names(name, name, name), listed=False)


def read_parties(folder: Path) -> tuple[PartyList, tuple[Fault, ...]]:
    """Read the list of parties; all its faults are told, and its sound rows are kept.

    Parameters
    ----------
    folder : Path
        Holds `parties.csv` (UTF-8): a party a row, its names in three languages, and in `aliases`
        what articles call it, parted by semicolons; `*` stands for any words.
    """
    try:
        text = (folder / FILE).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        told = f"cannot be read ({error}). Every party is shown by its own name until it is mended."
        return PartyList(()), (Fault(FILE, told),)
    rows = csv.DictReader(text.splitlines())
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        told = (
            f"the columns are {', '.join(rows.fieldnames or ()) or 'missing'}; expected "
            f"{', '.join(_COLUMNS)}. Correct the first line."
        )
        return PartyList(()), (Fault(FILE, told),)
    faults: list[Fault] = []
    found: dict[str, Party] = {}
    for row in rows:
        where = f"{FILE}, line {rows.line_num}"
        misfits = list(_misfits(row, found))
        faults += [Fault(where, one) for one in misfits]
        if not misfits:
            aliases = tuple(name.strip() for name in row["aliases"].split(";") if name.strip())
            names = Names(row["en"], row["ar"], row["he"])
            found[row["id"]] = Party(row["id"], names, aliases)
    return PartyList(tuple(found.values())), tuple(faults)


def _misfits(row: dict[str, str], known: Iterable[str]) -> Iterator[str]:
    """Tell what is wrong with a row."""
    if {None} & {*row, *row.values()}:
        yield f"expected {len(_COLUMNS)} cells. Put a name with a comma in quotation marks."
        return
    for name in _COLUMNS[:-1]:
        if not row[name].strip():
            yield f"{name} is empty. Write it down, or take the line out."
    if row["id"] in known:
        yield f"id {row['id']!r} is used twice. Give each party its own."
