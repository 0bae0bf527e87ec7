"""Where is the picture that an `img` shows?

Pages put a stand-in first and have a script put the picture in its place; others give the picture in several sizes only.
"""

from __future__ import annotations

import re

from index.importers.html.tree import Node
from index.importers.urls import safe_url

LATER = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-url", "data-image", "data-full-src")
LATER_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
STAND_IN = re.compile(
    r"^data:|(?:^|[/_-])(?:blank|spacer|placeholder|loading|lazy|transparent|pixel|1x1|grey|gray)[\w-]*\.(?:gif|png|svg|jpe?g)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"^\S+$")


def address_of(node: Node) -> str:
    """The address of the picture itself, as the page writes it; empty where there is only a stand-in."""
    for name in LATER:
        value = node.get(name)
        if value and ADDRESS.fullmatch(value) and not STAND_IN.search(value) and safe_url(value):
            return value
    own = node.get("src")
    if own and not STAND_IN.search(own):
        return own
    candidates = (largest(source.get(name)) for source in (node, *_sources(node)) for name in LATER_SETS)
    return next(filter(None, candidates), "")


def _sources(node: Node) -> list[Node]:
    picture = next((above for above in node.above() if above.tag == "picture"), None)
    return [] if picture is None else [inner for inner in picture.walk() if inner.tag == "source"]


def largest(srcset: str) -> str:
    """The address of the largest candidate of a `srcset`."""
    best, most = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:|/)", srcset):
        parts = candidate.split()
        if not parts or parts[0].startswith("data:"):
            continue
        try:
            worth = float(parts[1][:-1]) if len(parts) > 1 else 0.0
        except ValueError:
            worth = 0.0
        if worth > most:
            best, most = parts[0].rstrip(","), worth
    return best
