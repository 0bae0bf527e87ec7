"""What does a page say of its article in JSON-LD?

Read leniently: commas too many and comments are passed over, entities in texts are read, references to another object of the graph are
followed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from index.importers.html.tree import Node, Tree

Object = dict[str, Any]
LARGEST = 1_000_000  # characters of one block; the largest on 130 pages has 52,000
DEEPEST = 12  # objects within objects that are looked through
TOO_MUCH = re.compile(
    r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])|/\*[^*]{0,200}\*/|//[^\n]*', re.DOTALL
)  # commas before an end, comments; texts stay
HOLDERS = frozenset(["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "item"])
MOST = 2_000  # objects of a page
ARTICLE = re.compile(
    r"(?:^|[/:])(?:\w*Article|\w*BlogPosting|SocialMediaPosting|DiscussionForumPosting|Report|APIReference|Recipe|HowTo|Review|\w*Review"
    r"|Course|PodcastEpisode|NewsAnalysis)$"
)
PAGE = re.compile(r"(?:^|[/:])(?:\w*Page|CreativeWork|VideoObject|Book|Chapter)$")


def article_in(page: Tree) -> tuple[Object, list[Node]]:
    """The object that describes the page's article, or the page, empty where there is none; and the scripts that cannot be read."""
    broken: list[Node] = []
    objects = list(islice(_objects(page.all("script"), broken), MOST))
    by_id = {value["@id"]: value for value in objects if isinstance(value.get("@id"), str) and len(value) > 2}
    articles = [value for value in objects if _is(value, ARTICLE)]
    pages = [value for value in objects if _is(value, PAGE)]
    merged: Object = {}
    for value in (*articles[:1], *pages[:1]):
        for key, inner in value.items():
            merged.setdefault(key, _followed(inner, by_id))
    if articles and "name" in merged and "name" not in articles[0]:
        del merged["name"]
    return merged, broken


def _objects(scripts: Iterable[Node], broken: list[Node]) -> Iterator[Object]:
    """All objects of these scripts, an outer one before those in it; scripts that cannot be read are put on the list."""
    for script in scripts:
        text = "".join(script.pieces()) if "ld+json" in script.get("type").lower() else ""
        if text.strip():
            value = _parsed(text)
            if value is None:
                broken.append(script)
            yield from _within(value, DEEPEST)


def _parsed(text: str) -> Any:
    """The value that a script holds, whatever comment or section marks are around it; None where it is broken."""
    if len(text) > LARGEST:
        return None
    text = text.replace("<![CDATA[", "").replace("]]>", "")
    starts = [start for start in (text.find("{"), text.find("[")) if start >= 0]
    end = max(text.rfind("}"), text.rfind("]")) + 1
    text = text[min(starts, default=0) : end]
    for form in (text, TOO_MUCH.sub(r"\1", text), TOO_MUCH.sub(r"\1", html.unescape(text))):
        try:
            return json.loads(form, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _within(value: Any, depth: int) -> Iterator[Object]:
    if depth == 0:
        return
    if isinstance(value, dict):
        yield value
        value = [inner for key, inner in value.items() if key in HOLDERS]
    if isinstance(value, list):
        for inner in value:
            yield from _within(inner, depth - 1)


def _is(value: Object, kinds: re.Pattern[str]) -> bool:
    types = value.get("@type")
    return any(isinstance(kind, str) and kinds.search(kind) is not None for kind in (types if isinstance(types, list) else [types]))


def _followed(value: Any, by_id: dict[str, Object], depth: int = 4) -> Any:
    """A value with references followed and entities read."""
    if isinstance(value, str):
        return html.unescape(value).strip()
    if depth == 0:
        return None
    if isinstance(value, dict):
        known = by_id.get(value["@id"], {}) if isinstance(value.get("@id"), str) else {}
        return {key: _followed(inner, by_id, depth - 1) for key, inner in (known | value).items() if not key.startswith("@")}
    if isinstance(value, list):
        return [_followed(inner, by_id, depth - 1) for inner in value[:200]]
    return value
