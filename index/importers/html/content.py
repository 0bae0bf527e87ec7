"""Which part of a page is the article?

Scored as reading views have done since Arc90's Readability, with the numbers that Mozilla's has come to over its users' pages: paragraphs
give points for their length and commas to the elements around them; links and telling names take points away; the element with the most is
the article's, together with those beside it that are like it. Where that finds little, the page is looked at less strictly.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.importers.html.furniture import clean
from index.importers.html.hints import weight
from index.importers.html.measure import link_density, measure
from index.importers.html.names import BLOCKS, HEADINGS
from index.importers.html.notes import left_behind
from index.importers.html.paragraphs import break_apart, paragraphs
from index.importers.html.shown import Look, shown
from index.importers.html.tree import Node

# beside a number: the F1 of the text over two halves of 130 pages with a smaller and a larger one; with these it is 0.988 and 0.995
ENOUGH = 500  # characters of an article that need no second look: 200 → 0.984, 0.965; 1000 → 0.988, 0.993
LOOKS = ((True, True, True), (False, True, True), (False, False, True), (False, False, False))  # strictly, by names' weights, cleaned
SHORTEST = 25  # characters of a paragraph that counts: 10 → 0.988, 0.994; 60 → 0.986, 0.995
COMMAS = ",،﹐︐︑⹁⸴⸲，"
REACH = 5  # levels up to which a paragraph gives points: 3 → 0.987, 0.976; 8 → 0.986, 0.995
CANDIDATES = 5
CLOSE = 0.75  # of the best score: what several candidates with so much share is the article: 0.5 → 0.984, 0.994; 0.9 → 0.988, 0.984
AGREEING = 3
KEPT = 1 / 3  # of the best score: an element around it with less ends the search for a better one: 0.2 → 0.987, 0.993; 0.6 → 0.981, 0.991
ALIKE = 0.2  # of the best score: what an element beside the article needs to belong to it: 0.1 → 0.987, 0.994; 0.4 → 0.987, 0.995
LEAST = 10  # points
LONG, FEW_LINKS = 80, 0.25  # characters and share of links of a paragraph that belongs to the article it stands beside
OWN = {"div": 5, "pre": 3, "td": 3, "blockquote": 3, "th": -5} | dict.fromkeys(HEADINGS, -5)
OWN |= dict.fromkeys(("address", "ol", "ul", "dl", "dd", "dt", "li", "form"), -3)
STAYS = frozenset(["div", "article", "section", "p", "ol", "ul", "dl", "table", "blockquote", "pre", "figure", *HEADINGS])


@dataclass(frozen=True, slots=True)
class Found:
    """The article's `content`, cut out of a copy of the page, and the element of the page that was taken for its byline."""

    content: Node
    byline: Node | None


def find(body: Node, title: str) -> Found:
    """The article on a page with this title."""
    best, most = None, -1
    for strict, weighed, cleaned in LOOKS:
        look = Look(strict, title)
        page = shown(body, look)
        break_apart(page)
        measure(page)
        scored: list[Node] = []
        paragraphs(page, scored)
        content = _Scores(page, scored, weighed).content()
        clean(content, weighed, cleaned)
        if content.length > most:
            best, most = Found(content, look.byline), content.length
        if most >= ENOUGH:
            break
    assert best is not None
    for notes in left_behind(body, best.content):
        best.content.append(shown(notes, Look(strict=False, wants_byline=False)))
    return best


class _Scores:
    """The points of a page's elements."""

    def __init__(self, page: Node, scored: list[Node], weighed: bool) -> None:
        self.page = page
        self.weighed = weighed
        self.points: dict[Node, float] = {}
        for node in scored:
            if node.length >= SHORTEST:
                self._give(node)
        for node in self.points:
            self.points[node] *= 1 - link_density(node)

    def _give(self, paragraph: Node) -> None:
        """Give a paragraph's points to the elements around it: all to the nearest, half to the next, then less and less."""
        commas = sum(map(_commas, paragraph.pieces()))
        points = 2 + commas + min(paragraph.length // 100, 3)
        for level, node in enumerate(paragraph.above()):
            if level == REACH:
                break
            self._start(node)
            self.points[node] += points / (level * 3 if level > 1 else level + 1)

    def _start(self, node: Node) -> float:
        """The points of an element; those that it has by itself where it has none yet."""
        if node not in self.points:
            self.points[node] = OWN.get(node.tag, 0) + (weight(node) if self.weighed else 0)
        return self.points[node]

    def content(self) -> Node:
        """The article's element with those beside it that belong to it; all of the page where nothing stands out."""
        best = sorted(self.points, key=self.points.__getitem__, reverse=True)[:CANDIDATES]
        if not best or best[0] is self.page:
            return _gathered(list(self.page.children))
        top = self._shared(best)
        self._start(top)
        top = self._outwards(top)
        while top.parent is not self.page and top.parent is not None and len(top.parent.elements) == 1:
            top = top.parent
        return self._with_siblings(top)

    def _shared(self, best: list[Node]) -> Node:
        """The element that holds several of the best, where they are close; else the best."""
        top = best[0]
        close = [set(node.above()) for node in best[1:] if self.points[node] >= CLOSE * self.points[top] > 0]
        if len(close) >= AGREEING:
            for node in top.above():
                if node is self.page:
                    break
                if sum(node in above for above in close) >= AGREEING:
                    return node
        return top

    def _outwards(self, top: Node) -> Node:
        """An element around the best that has more points still: text in several divisions gives them to what holds these."""
        last = self.points[top]
        least = last * KEPT
        for node in top.above():
            if node is self.page:
                break
            score = self.points.get(node)
            if score is None:
                continue
            if score < least:
                break
            if score > last:
                return node
            last = score
        return top

    def _with_siblings(self, top: Node) -> Node:
        parent = top.parent
        assert parent is not None
        least = max(LEAST, self._start(top) * ALIKE)
        return _gathered([node for node in parent.elements if node is top or self._belongs(node, top, least)])

    def _belongs(self, node: Node, top: Node, least: float) -> bool:
        """Whether an element beside the article's is part of it: it has points, or is a paragraph of text."""
        bonus = self.points[top] * ALIKE if node.get("class") and node.get("class") == top.get("class") else 0
        if node in self.points and self.points[node] + bonus >= least:
            return True
        if node.tag != "p" or not node.length:
            return False
        density = link_density(node)
        if node.length > LONG:
            return density < FEW_LINKS
        text = node.text
        return node.length < LONG and density == 0 and (". " in text or text.endswith("."))


def _commas(text: str) -> int:
    return text.count(",") if text.isascii() else sum(map(text.count, COMMAS))


def _gathered(children: list[Node | str]) -> Node:
    """An element that holds these; one that means something only in another place is a division."""
    content = Node("div")
    for child in children:
        if isinstance(child, Node) and child.tag in BLOCKS and child.tag not in STAYS:
            child.tag = "div"
        content.append(child)
    return content
