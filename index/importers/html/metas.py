"""What does a page's head say, and its microdata?"""

from __future__ import annotations

import re

from index.importers.html.tree import Node, Tree

MOST = 500  # elements of a kind that are looked at; the most on 130 pages are 376
LONGEST = 20_000  # characters of one value


class Metas:
    """The values of `meta` elements and `itemprop`s by their names in lower case, in the page's order."""

    def __init__(self, page: Tree) -> None:
        self.named: dict[str, list[str]] = {}
        self.properties: dict[str, list[str]] = {}
        self.links: dict[str, list[str]] = {}
        plain: dict[str, list[str]] = {}
        for node in page.all("meta")[:MOST]:
            self._meta(node, plain)
        for name, values in plain.items():
            self.named.setdefault(name, values)
        for node in page.all("link")[:MOST]:
            for rel in node.get("rel").lower().split() if node.get("href") else ():
                self.links.setdefault(rel, []).append(node.get("href"))
        for node in page.properties[:MOST]:
            self._property(node)

    def _meta(self, node: Node, plain: dict[str, list[str]]) -> None:
        """Keep a `meta` element's value; what `property` names goes before what `name` does."""
        content = " ".join(node.attributes.get("content", "").split())[:LONGEST]
        names = node.get("property").lower().split() if content else []
        for name in names:
            self.named.setdefault(_plain(name), []).append(content)
        if content and not names and node.get("name"):
            plain.setdefault(_plain(node.get("name").lower()), []).append(content)

    def _property(self, node: Node) -> None:
        """Keep the value of a property of the article, not of a comment on it."""
        if _of_another(node) or ("itemscope" in node.attributes and node.get("itemprop") not in ("author", "creator")):
            return
        names = ("content", "datetime", "src", "title") if node.tag == "abbr" else ("content", "datetime", "src")
        value = next((node.get(name) for name in names if node.get(name)), "") or node.text
        for name in node.get("itemprop").lower().split() if value else ():
            self.properties.setdefault(name, []).append(value[:LONGEST])

    def first(self, *names: str) -> str:
        """The first value of the first of these names that has one."""
        return next((values[0] for name in names if (values := self.named.get(name))), "")

    def all(self, *names: str) -> list[str]:
        """All values of the first of these names that has any."""
        return next((values for name in names if (values := self.named.get(name))), [])

    def property(self, *names: str) -> str:
        """The first value of the first of these item properties that has one."""
        return next((values[0] for name in names if (values := self.properties.get(name))), "")


def _plain(name: str) -> str:
    """`DC.title`, `dc : title` and `dc:title` are one name."""
    return re.sub(r"\s*[.:]\s*", ":", name)


def _of_another(node: Node) -> bool:
    """Whether a property is that of a comment or of another article on the page."""
    return any(
        "comment" in f"{above.get('itemtype')} {above.get('itemprop')}".lower() or above.tag in ("aside", "nav") for above in node.above()
    )
