"""How does the body of a post become HTML?

Two editors wrote it. The block editor's is HTML with comments that name each block, and those that WordPress fills in when it shows them
are empty; the classic editor's has to be given its paragraphs. Shortcodes stand in both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from index.document import RepairKind
from index.importers.repairs import Repairs
from index.importers.wxr.channel import Picture
from index.importers.wxr.classic import paragraphed
from index.importers.wxr.shortcodes import Shortcodes

PARTING = re.compile(r"<!--\s*(?:more\b[^>]*|noteaser)\s*-->")
PAGE = re.compile(r"<!--\s*nextpage\s*-->")
BLOCK = re.compile(r"<!--\s*/?wp:([a-z][\w/-]*)(?:(?!-->).)*-->", re.DOTALL)
EMPTY_BLOCK = re.compile(r"/\s*-->\Z")
NOTHING_TO_SHOW = frozenset(["more", "nextpage", "spacer", "separator", "paragraph"])


def html_of(body: str, pictures: Mapping[str, Picture], post: str, repairs: Repairs, first_line: int = 1) -> str:
    """The body as HTML; `post` is the number of the post, `first_line` the line on which the body begins."""
    in_blocks = "<!-- wp:" in body or "<!--wp:" in body
    if pages := len(PAGE.findall(body)):
        repairs.add(RepairKind.MARKUP_DROPPED, f"It was parted into {pages + 1} pages, which are one here.", first_line)
    body = PARTING.sub("", PAGE.sub("\n\n", body))
    if in_blocks:
        body = _without_blocks(body, repairs, first_line)
    body = Shortcodes(pictures, post, repairs, first_line).expanded(body)
    return body if in_blocks else paragraphed(body)


def _without_blocks(body: str, repairs: Repairs, line: int) -> str:
    """The body without the comments of the block editor; blocks that hold nothing themselves are said."""
    empty: Counter[str] = Counter()

    def dropped(found: re.Match[str]) -> str:
        if EMPTY_BLOCK.search(found[0]) and found[1] not in NOTHING_TO_SHOW:
            empty[found[1]] += 1
        return ""

    body = BLOCK.sub(dropped, body)
    for name, count in sorted(empty.items()):
        times = f"{count} times " if count > 1 else ""
        repairs.add(RepairKind.MARKUP_DROPPED, f"The block “{name}” was {times}left out: WordPress fills it in when it is shown.", line)
    return body
