"""Fills the peers that are installed in a folder and hold nothing yet.

python -m benchmarks.peers DIR [--articles PATH]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.peers import FILLED, PEERS
from benchmarks.peers.material import read
from benchmarks.servers import ROOT


def main() -> None:
    """Fill them one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", default=str(ROOT / "examples" / "archive"))
    given = parser.parse_args()
    for peer in PEERS:
        place = given.folder / peer.name.lower()
        if not place.is_dir() or (place / FILLED).exists():
            print(f"{peer.name}: {'filled already' if place.is_dir() else 'not installed'}")
            continue
        articles = list(read(given.articles))
        peer.load(place, articles)
        (place / FILLED).write_text(f"{len(articles)} articles\n", encoding="utf-8")
        print(f"{peer.name}: {len(articles):,} articles")


if __name__ == "__main__":
    main()
