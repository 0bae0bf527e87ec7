"""Which other content gateways can be measured beside the service?"""

from __future__ import annotations

from pathlib import Path

from benchmarks.peers.directus import Directus
from benchmarks.peers.peer import Peer
from benchmarks.peers.strapi import Strapi
from benchmarks.peers.wagtail import Wagtail

PEERS: tuple[Peer, ...] = (Directus(), Strapi(), Wagtail())
FILLED = "filled"  # a file in a peer's folder once it holds the articles


def found(folder: Path | None) -> list[tuple[Peer, Path]]:
    """The peers that are installed and filled in a folder, and where."""
    places = [] if folder is None else [(peer, folder / peer.name.lower()) for peer in PEERS]
    return [(peer, place) for peer, place in places if (place / FILLED).exists()]
