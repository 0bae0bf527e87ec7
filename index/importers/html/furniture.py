"""What stands in the article's element and is no part of the article?

Share bars, boxes of links, forms and advertisements: an element goes by what it is, or by the proportions of what it holds. The numbers
are those that Mozilla's Readability has come to over its users' pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from index.importers.html.embeds import is_known
from index.importers.html.grids import is_data
from index.importers.html.hints import WORTH, hint, verdict, weight
from index.importers.html.measure import Text, link_density, linked, measure
from index.importers.html.names import HEADINGS
from index.importers.html.tree import Node

EMBEDS = frozenset(["object", "embed", "iframe"])
GONE = frozenset(["footer", "link", "aside", "input", "textarea", "select", "button"])
LABELLED = frozenset(["p", "div", "span", "small", "h6"])
MAYBE_GONE = GONE | EMBEDS | {"h1", "h2"}
FORMS = frozenset(["form", "fieldset"])
BOXES = frozenset(["table", "ul", "div"])
LISTS = frozenset(["ul", "ol"])
TEXTISH = frozenset(["span", "li", "td", "blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul"])
AD = re.compile(r"ad(?:vertising|vertisement)?|pub(?:licité)?|werb(?:ung)?|广告|реклама|anuncio", re.IGNORECASE)
LOADING = re.compile(r"(?:loading|正在加载|загрузка|chargement|cargando)(?:…|\.\.\.)?", re.IGNORECASE)
LONGEST_NOTICE = 20  # characters of the longest of these words

LONGEST_SHARE = 500  # characters: what names itself a share bar and has more is something else
MANY_COMMAS = 10  # with so many it is prose, whatever else it holds
SPARE_ITEMS = 100  # more items than paragraphs: a list of links
LEAST_TEXT = 25  # characters
LEAST_BESIDE_EMBED = 75  # characters
MOSTLY = 0.9  # share of text: in lists, and it is one; in headings, and it is one
FEW = 3  # links that are no list yet
TEXT_BESIDE_LINKS = 5  # times the text of a column of links
LINKS, LINKS_OF_GOOD = 0.2, 0.5  # share of text in links, of anything and of what is named like content
# (with 0.1 for the first the F1 of the text over two halves of 130 pages is 0.979 and 0.993, with 0.35 0.980 and 0.993, else 0.988, 0.995)


@dataclass(slots=True)
class Tally:
    """What an element holds; lengths are in characters."""

    text: Text
    commas: int = 0
    paragraphs: int = 0
    images: int = 0
    items: int = 0
    inputs: int = 0
    embeds: int = 0
    lists: int = 0
    headings: int = 0
    is_textish: bool = False
    is_kept: bool = False

    def add(self, node: Node, inner: Tally) -> None:
        """Count an element in, and what it holds."""
        tag, length = node.tag, inner.text.length
        self.text.add(inner.text, node)
        self.commas += inner.commas
        self.paragraphs += inner.paragraphs + (tag == "p")
        self.images += inner.images + (tag == "img")
        self.items += inner.items + (tag == "li")
        self.inputs += inner.inputs + (tag == "input" and node.get("type").lower() != "checkbox")
        self.embeds += inner.embeds + (tag in EMBEDS)
        self.lists += inner.lists + (length if tag in LISTS else 0)
        self.headings += inner.headings + (length if tag in HEADINGS else 0)
        self.is_textish = self.is_textish or inner.is_textish or (tag in TEXTISH and length > 0)
        self.is_kept = self.is_kept or inner.is_kept


def clean(content: Node, weighed: bool, by_proportion: bool) -> None:
    """Take out what is no part of the article, and measure the rest.

    `weighed` says whether names count, `by_proportion` whether proportions do.
    """
    tags, keep, has_bars = set(), set(), False
    for node in content.walk():
        tags.add(node.tag)
        has_bars = has_bars or _is_named_bar(node)
        if (node.tag == "table" and is_data(node)) or (node.tag in EMBEDS and is_known(node)):
            keep.add(node)
    sweeps = _Sweeps(keep, weighed)
    if by_proportion and tags & FORMS:
        sweeps.sweep(content, FORMS)
    if tags & MAYBE_GONE:
        _drop(content, lambda node: node.tag in MAYBE_GONE and _is_gone(node, keep, weighed))
    for child in content.elements if has_bars else ():
        _drop(child, _is_share_bar)
    if by_proportion:
        sweeps.sweep(content, BOXES)
    else:
        measure(content)
    if by_proportion and "td" in tags:
        _drop(content, lambda node: node.tag == "td" and _is_column_of_links(node))
    _drop(content, lambda node: node.tag in LABELLED and 0 < node.length <= LONGEST_NOTICE and _is_notice(node))


def _is_named_bar(node: Node) -> bool:
    return bool(node.attributes) and verdict(hint(node)).is_share_bar


def _is_share_bar(node: Node) -> bool:
    return _is_named_bar(node) and sum(map(len, node.pieces())) < LONGEST_SHARE


def _is_gone(node: Node, keep: set[Node], weighed: bool) -> bool:
    """Whether an element is none that articles hold."""
    if node.tag in ("h1", "h2"):
        return weighed and weight(node) < 0
    if node.tag == "footer":
        return not any(above.tag == "blockquote" for above in node.above())
    if node.tag == "input" and node.get("type").lower() == "checkbox":
        return not any(above.tag == "li" for above in node.above())
    return node not in keep


def _is_column_of_links(cell: Node) -> bool:
    """Whether a cell holds links and little else, beside one that holds the text: the navigation of a page laid out by a table."""
    row = cell.parent
    if row is None or not cell.length or link_density(cell) < MOSTLY:
        return False
    links = sum(inner.tag == "a" for inner in cell.walk())
    return links >= FEW and row.length > LONGEST_SHARE and row.length > TEXT_BESIDE_LINKS * cell.length


def _is_notice(node: Node) -> bool:
    """Whether all that an element says is that an advertisement stands there, or that something else will."""
    text = node.text
    return AD.fullmatch(text) is not None or LOADING.fullmatch(text) is not None


def _drop(node: Node, when: Callable[[Node], bool]) -> None:
    """Take out the elements within an element for which this holds."""
    gone: list[Node] = []
    for child in node.children:
        if isinstance(child, Node):
            if when(child):
                gone.append(child)
            elif child.children:
                _drop(child, when)
    if gone:
        left_out = set(gone)
        node.children = [child for child in node.children if isinstance(child, str) or child not in left_out]


class _Sweeps:
    """Decides on all elements with some tags, the innermost first, and measures what is left.

    `keep` are those that stay, with what is around them.
    """

    def __init__(self, keep: set[Node], weighed: bool) -> None:
        self.keep = keep
        self.weighed = weighed

    def sweep(self, node: Node, tags: frozenset[str], safe: bool = False, in_figure: bool = False) -> Tally:
        """Take out those that go, and return what is left; `safe` within data tables and code."""
        tally = Tally(Text())
        kept: list[Node | str] = []
        for child in node.children:
            if isinstance(child, str):
                tally.text.add_text(child)
                tally.commas += child.count(",")
                kept.append(child)
                continue
            is_table = child.tag == "table" and child in self.keep
            inner = self.sweep(child, tags, safe or is_table or child.tag == "code", in_figure or child.tag == "figure")
            if child.tag in tags and not safe and not is_table and self._goes(child, inner, in_figure):
                continue
            inner.is_kept = inner.is_kept or child in self.keep
            tally.add(child, inner)
            kept.append(child)
        node.children = kept
        node.length, node.linked = tally.text.length, linked(node, tally.text)
        return tally

    def _goes(self, node: Node, tally: Tally, in_figure: bool) -> bool:
        if tally.is_kept and any(inner in self.keep and inner.tag == "table" for inner in node.walk()):
            return False
        worth = weight(node) if self.weighed else 0
        if worth < 0:
            return True
        if tally.commas >= MANY_COMMAS or tally.is_kept:
            return False
        length = tally.text.length
        if 0 < length <= LONGEST_NOTICE and _is_notice(node):
            return True
        is_list = node.tag == "ul" or (length > 0 and tally.lists / length > MOSTLY)
        if not _is_out_of_proportion(tally, worth, is_list, in_figure):
            return False
        gallery = is_list and tally.images == tally.items and all(len(child.elements) <= 1 for child in node.elements)
        return not gallery


def _is_out_of_proportion(tally: Tally, worth: int, is_list: bool, in_figure: bool) -> bool:
    """Whether what an element holds is not what a part of an article holds."""
    length, images = tally.text.length, tally.images
    links = tally.text.linked / length if length else 0.0
    headings = tally.headings / length if length else 0.0
    bare = length < LEAST_TEXT and (images == 0 or images > 2) and links > 0 and headings < MOSTLY
    return (
        (images > 1 and tally.paragraphs / images < 0.5 and not in_figure)
        or (not is_list and tally.items - SPARE_ITEMS > tally.paragraphs)
        or tally.inputs > tally.paragraphs // 3
        or (not is_list and not in_figure and bare)
        or (not is_list and worth < WORTH and links > LINKS)
        or (worth >= WORTH and links > LINKS_OF_GOOD)
        or (tally.embeds == 1 and length < LEAST_BESIDE_EMBED)
        or tally.embeds > 1
        or (images == 0 and not tally.is_textish)
    )
