# ruff: noqa: T201  the table is what it is for
"""How long each file to be left behind takes, and how large it is.

    python tests/benchmarks/export.py [--briefing cairo-truce-talks] [--runs 3]

Each is made in a process of its own, as from a shell, and again in the same process, as from the
page. The peer is what one would do by hand without Corridors: `geopandas` plots the same layers of
one scene and `matplotlib` saves it, without words, legend or sources.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
from matplotlib.figure import Figure

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY))

from components.brief.scenes import read_scenes  # noqa: E402
from components.export.formats import FORMATS, write_formats  # noqa: E402
from components.export.takeaway import Takeaway  # noqa: E402
from components.pipeline import build_world, staged  # noqa: E402


def peer(of: Takeaway, folder: Path) -> float:
    """Plot and save the bare layers of each scene as a picture of 1920 x 1080; return seconds."""
    began = time.perf_counter()
    base = gpd.read_file(REPOSITORY / "geodata" / "basemap.geojson")
    for number, one in enumerate(of.staged):
        figure = Figure(figsize=(19.2, 10.8), dpi=100)
        axes = figure.add_axes((0, 0, 1, 1))
        base.plot(ax=axes, linewidth=0.5)
        shapes = [each.shape for each in one.scene.footprints if each.shape is not None]
        if shapes:
            gpd.GeoSeries(shapes, crs=4326).plot(ax=axes)
        figure.savefig(folder / f"peer-{number}.png")
    return time.perf_counter() - began


def main() -> None:
    """Print a table: format, seconds alone and again, size, ratio to the peer."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--briefing", default="cairo-truce-talks")
    asked.add_argument("--runs", type=int, default=3)
    options = asked.parse_args()
    began = time.perf_counter()
    world = build_world(REPOSITORY / "seeds", REPOSITORY / "geodata")
    briefings, _ = read_scenes(REPOSITORY / "seeds")
    briefing = next(one for one in briefings if one.id == options.briefing)
    of = Takeaway(world, briefing, staged(world, briefing), datetime.now(UTC))
    print(f"world and {len(of.staged)} scenes: {time.perf_counter() - began:.1f} s")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        by_hand = statistics.median(peer(of, folder) for _ in range(options.runs))
        print(f"peer (bare map, {len(of.staged)} pictures): {by_hand:.1f} s")
        print("| format | files | kB | from a shell (s) | again (s) | again / peer |")
        print("|---|--:|--:|--:|--:|--:|")
        for key in FORMATS:
            command = [sys.executable, "-m", "components.export", options.briefing, name]
            began = time.perf_counter()
            subprocess.run(
                [*command, "--formats", key], cwd=REPOSITORY, check=True, capture_output=True
            )
            alone = time.perf_counter() - began
            again = []
            for _ in range(options.runs):
                began = time.perf_counter()
                paths = write_formats(of, folder, REPOSITORY / "geodata", [key], lambda *_: None)
                again.append(time.perf_counter() - began)
            size = sum(path.stat().st_size for path in paths) / 1000
            middle = statistics.median(again)
            print(
                f"| {key} | {len(paths)} | {size:,.0f} | {alone:.1f} | {middle:.2f} |"
                f" {middle / by_hand:.2f} |"
            )


if __name__ == "__main__":
    main()
