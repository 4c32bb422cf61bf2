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

_TOP = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files; 0 when all of them were made, 1 when any was not, 2 for a wrong call."""
    asked = _asked(arguments)
    keys = [key.strip() for key in asked.formats.split(",") if key.strip()]
    if strange := [key for key in keys if key not in FORMATS]:
        return _failed(f"Unknown: {', '.join(strange)}. The formats are {', '.join(FORMATS)}.")
    path = Path(asked.briefing)
    if not path.is_file():
        path = asked.articles / FOLDER / f"{asked.briefing}.json"
    briefing, faults = read_briefing(path)
    if briefing is None:
        return _failed("\n".join(map(str, faults)))
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
            paths = write_formats(of, asked.out, _TOP / "geodata", [key], _progress)
        except Exception as error:  # noqa: BLE001 (one format that fails must not lose the others)
            code = _failed(f"{key}: not made ({type(error).__name__}: {error}).")
            continue
        size_kb = sum(path.stat().st_size for path in paths) / 1000
        _say(f"{key}: {len(paths)} files, {size_kb:,.0f} kB, {time.monotonic() - began:.1f} s")
        sys.stdout.writelines(f"{path}\n" for path in paths)
    return code


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m components.export", description=__doc__)
    parser.add_argument("briefing", help=f"path of a briefing's file, or its name in {FOLDER}/")
    parser.add_argument("out", type=Path, help="folder for the files; made when it is not there")
    parser.add_argument("--formats", default=",".join(FORMATS), help="default: %(default)s")
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
    sys.stderr.write(f"{words}\n")


def _failed(words: str) -> int:
    _say(words)
    return 1


if __name__ == "__main__":
    sys.exit(main())
