"""`python -m components.export BRIEFING OUT [--formats pptx,pdf,...]`: a briefing as files.

Needs neither a browser nor the network.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from components.brief.scenes import FOLDER, read_briefing
from components.export.formats import FORMATS, write_formats
from components.export.takeaway import Takeaway
from components.pipeline import build_world, staged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.model.briefing import Briefing

_TOP = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files; 0 when all of them were made, 1 when any was not, 2 for a wrong call."""
    asked = _asked(arguments)
    keys = [key.strip() for key in asked.formats.split(",") if key.strip()]
    if strange := [key for key in keys if key not in FORMATS]:
        return _failed(f"Unknown: {', '.join(strange)}. The formats are {', '.join(FORMATS)}.")
    if not keys:
        return _failed(f"No format is named. The formats are {', '.join(FORMATS)}.")
    try:
        briefing = read_asked(asked.briefing, asked.articles)
        asked.out.mkdir(parents=True, exist_ok=True)
    except LookupError as error:
        return _failed(str(error.args[0]))
    except OSError as error:
        return _failed(
            f"{asked.out}: cannot be written to ({error.strerror}). Name another folder."
        )
    world = build_world(asked.articles, _TOP / "geodata")
    for fault in world.faults:
        _say(str(fault))
    of = Takeaway(world, briefing, staged(world, briefing), datetime.now(UTC))
    for one in of.staged:
        for missing in one.sheet.missing:
            _say(f"Scene {one.sheet.number} names what is not there. {missing}")
    code = 0
    for key in keys:
        began = time.monotonic()
        try:
            paths = write_formats(
                of, asked.out, _TOP / "geodata", [key], _progress, transparent=asked.transparent
            )
        except Exception as error:  # noqa: BLE001 (one format that fails must not lose the others)
            code = _failed(f"{key}: not made ({type(error).__name__}: {error}).")
            continue
        size_kb = sum(path.stat().st_size for path in paths) / 1000
        files = f"{len(paths)} file{'' if len(paths) == 1 else 's'}"
        _say(f"{key}: {files}, {size_kb:,.0f} kB, {time.monotonic() - began:.1f} s")
        sys.stdout.writelines(f"{path}\n" for path in paths)
        sys.stdout.flush()
    return code


def read_asked(name: str, articles: Path) -> Briefing:
    """Read the briefing of a path, or of an id beside the articles.

    Raises
    ------
    LookupError
        When there is none, or it is broken: everything that is wrong with it.
    """
    path = Path(name)
    if not path.is_file():
        known = {one.stem: one for one in sorted((articles / FOLDER).glob("[!.]*.json"))}
        if name not in known:
            there = f"There are: {', '.join(known)}." if known else "There are none."
            message = f"{name}: is no file, and no briefing in {articles / FOLDER}. {there}"
            raise LookupError(message)
        path = known[name]
    briefing, faults = read_briefing(path)
    if briefing is None:
        message = "\n".join(map(str, faults))
        raise LookupError(message)
    return briefing


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m components.export", description=__doc__)
    parser.add_argument("briefing", help=f"path of a briefing's file, or its name in {FOLDER}/")
    parser.add_argument("out", type=Path, help="folder for the files; made when it is not there")
    parser.add_argument("--formats", default=",".join(FORMATS), help="default: %(default)s")
    parser.add_argument("--transparent", action="store_true", help="pictures without page and sea")
    parser.add_argument(
        "--articles",
        type=Path,
        default=Path(os.environ.get("CORRIDORS_ARTICLES") or _TOP / "seeds"),
        help="folder of the articles",
    )
    return parser.parse_args(arguments)


def _progress(what: str, share: float) -> None:
    # A line that is written over, and only where somebody watches.
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{what}: {share:4.0%}\033[K" + ("\r\033[K" if share >= 1 else ""))
        sys.stderr.flush()


def _say(words: str) -> None:
    # What a file holds could steer a terminal.
    for line in words.split("\n"):
        shown = "".join(
            sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line
        )
        sys.stderr.write(f"{shown}\n")


def _failed(words: str) -> int:
    _say(words)
    return 1


if __name__ == "__main__":
    sys.exit(main())
