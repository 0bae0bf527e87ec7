"""Which picture does an element show?"""

from __future__ import annotations

import re

from index.document import Image
from index.importers.html.mapper import Mapper
from index.importers.html.sizes import size
from index.importers.html.sources import address_of
from index.importers.html.tree import Node

ELEMENT = re.compile(r"</?[a-zA-Z][^<>]*>")


def image_of(mapper: Mapper, node: Node) -> Image | None:
    """The image that an `img` shows, once what a script would put in place of a stand-in is there; None where nothing is left."""
    url = mapper.url(address_of(node) or node.get("src"), node.line, "an image")
    if url is None:
        return None
    alt = " ".join(ELEMENT.sub(" ", node.get("alt")).split())
    return Image(url, alt, size(node.get("width")), size(node.get("height")))


def is_tracker(node: Node) -> bool:
    """Whether an image is there to be counted, not seen."""
    width, height = size(node.get("width")), size(node.get("height"))
    return (width is not None and width <= 2) or (height is not None and height <= 2)
