"""What do an element's class and id say about it?

Authors of pages name their parts, and the same words come back on most sites. Which words speak for content and which against it is what
reading views have found out over years: the lists are Arc90's as Mozilla's Readability has grown them, grouped by what they name.
Measured as the F1 of the text over 130 pages, in two halves (0.988, 0.995): without `FURNITURE` 0.966 and 0.969, without the weights 0.977
and 0.976, without `RESCUED` 0.973 and 0.982; without the words for navigation 0.986 and 0.978, for advertising 0.988 and 0.988, for talk
0.985 and 0.994.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from index.importers.html.tree import Node


def _any(*words: str) -> re.Pattern[str]:
    """What finds any of these in names in lower case: to fold those once is several times faster than to ignore case."""
    return re.compile("|".join(words))


def part(words: str) -> re.Pattern[str]:
    """What finds one of these words, parted by blanks, as a whole part of a class or id: `caption` in `wp-caption`, not in `recaption`."""
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(words.split())})(?:$|[\s_-])", re.IGNORECASE)


NAVIGATION = ("breadcrumbs", "menu", "legends", "pagination", "pager", "header", "footer", "sidebar", "supplemental", "extra", "rss")
ADVERTISING = ("-ad-", "ad-break", "banner", "sponsor", "skyscraper", "popup", "agegate", "gdpr", "cover-wrap", "yom-remote")
TALK = ("comment", "combx", "community", "disqus", "remark", "replies", "shoutbox", "social", "related", "ai2html")
FURNITURE = _any(*NAVIGATION, *ADVERTISING, *TALK)
"""What names itself so is no content, unless it is also named as in `RESCUED`."""
TALKS = _any(*TALK)
RESCUED = _any("and", "article", "body", "column", "content", "main", "mathjax", "shadow")
GOOD = _any("article", "body", "content", "entry", "main", "page", "pagination", "post", "text", "blog", "story")
BAD = _any(
    *(
        "-ad-",
        "hidden",
        r"(?:^| )hid(?: |$)",
        "banner",
        "combx",
        "comment",
        "com-",
        "contact",
        "footer",
        "gdpr",
        "masthead",
        "media",
        "meta",
    ),
    *("outbrain", "promo", "related", "scroll", "share", "shoutbox", "sidebar", "skyscraper", "sponsor", "shopping", "tags", "widget"),
)
BYLINE = _any("byline", "author", "dateline", "writtenby")
META = part("meta postmeta info details? credits? posted submitted date")
"""What names itself so may be a byline: its words decide."""
SHARE = re.compile(r"(?:\b|_)(?:share|sharedaddy)(?:\b|_)")
ROLES = frozenset(["menu", "menubar", "complementary", "navigation", "alert", "alertdialog", "dialog"])
"""Roles of what is not content."""
REMEMBERED = 4096  # names whose meaning is kept: 130 pages have 140 on the average, and those of one site mostly the same
WORTH = 25  # points for or against an element for what its class says, and as many for its id


class Verdict(NamedTuple):
    """What names say: that an element is a byline, may be one, is furniture, or a share bar."""

    is_byline: bool
    is_meta: bool
    is_furniture: bool
    is_share_bar: bool


def hint(node: Node) -> str:
    """The names that an element carries: its classes and its id."""
    attributes = node.attributes
    return f"{attributes.get('class', '').strip()} {attributes.get('id', '').strip()}"


@lru_cache(REMEMBERED)
def verdict(names: str) -> Verdict:
    """What these names say."""
    names = names.lower()
    is_furniture = FURNITURE.search(names) is not None and RESCUED.search(names) is None
    is_meta = META.search(names) is not None and TALKS.search(names) is None
    return Verdict(BYLINE.search(names) is not None, is_meta, is_furniture, SHARE.search(names) is not None)


def weight(node: Node) -> int:
    """What an element's names are worth to it, in points."""
    return _worth(node.get("class")) + _worth(node.get("id")) if node.attributes else 0


@lru_cache(REMEMBERED)
def _worth(name: str) -> int:
    name = name.lower()
    return WORTH * ((GOOD.search(name) is not None) - (BAD.search(name) is not None))
