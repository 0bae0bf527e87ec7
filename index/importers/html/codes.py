"""What does preformatted text become?

Its law: the text of code is kept character for character, without the line numbers that a page sets beside it and without a final line
break.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile

from index.document import Code
from index.importers.html.hints import part
from index.importers.html.mapper import Flow, Mapper, Style
from index.importers.html.names import BLOCKS
from index.importers.html.tree import Node

NAMED = re.compile(r"(?:^|\s)(?:(?:language|lang|highlight-source|highlight-text|highlight|hljs)[-_:]|brush:\s*)([A-Za-z][\w+#.-]*)")
AFTER_HIGHLIGHTER = re.compile(r"(?:^|\s)(?:sourceCode|hljs|prettyprint|highlight)\s+([A-Za-z][\w+#.]*)(?=\s|$)")
LINE_NUMBERS = part("line-?nos? line-?numbers?(?:-rows)? gutter blob-num hljs-ln-numbers")
CODE_TABLE = re.compile(r"highlight|rouge-table|code|syntax|hljs", re.IGNORECASE)
LANGUAGE = re.compile(r"[a-z][\w+#.-]{0,29}")
NO_LANGUAGE = frozenset(
    ["none", "text", "plain", "plaintext", "txt", "nohighlight", "auto", "code", "source", "block", "box", "listing", "default"]
)
NUMBERS = re.compile(r"[\d\s.:]*")
AROUND = ("div", "figure", "td", "tr", "tbody", "table")  # what highlighters put around code, and name the language on
FARTHEST = 6  # levels around
ATTRIBUTES = ("data-lang", "data-language", "data-enlighter-language", "data-code-language")


def code_of(mapper: Mapper, node: Node, style: Style) -> Flow:
    """A block of code; a picture in it stands after it."""
    text = verbatim(node)
    images = [inner for inner in node.walk() if inner.tag == "img"]
    out: Flow = [Code(text, language_of(node))] if text.strip() else []
    return out + (mapper.flow(images, style) if images else [])


def verbatim(node: Node) -> str:
    """The text of an element as it stands, line breaks included."""
    out: list[str] = []
    _verbatim(node, out)
    text = "".join(out).replace("\u00a0", " ")
    lines = [line.rstrip() for line in text.removeprefix("\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def _verbatim(node: Node, out: list[str]) -> None:
    for child in node.children:
        if isinstance(child, str):
            out.append(child)
        elif child.tag == "br":
            out.append("\n")
        elif not LINE_NUMBERS.search(child.get("class")):
            apart = child.tag in BLOCKS and any(out) and not out[-1].endswith("\n")
            if apart:
                out.append("\n")
            _verbatim(child, out)
            if child.tag in BLOCKS and out and not out[-1].endswith("\n"):
                out.append("\n")


def language_of(node: Node) -> str | None:
    """The language that the element, one within it or one close around it names."""
    around = list(takewhile(lambda above: above.tag in AROUND, islice(node.above(), FARTHEST)))
    inside = [child for child in node.elements if child.tag == "code"]
    return next((language for element in (node, *inside, *around) if (language := _named(element))), None)


def _named(element: Node) -> str | None:
    """The language that an element's attributes name."""
    names = element.get("class")
    candidates = [element.get(name) for name in ATTRIBUTES]
    candidates += [match.group(1) for pattern in (NAMED, AFTER_HIGHLIGHTER) for match in pattern.finditer(names)]
    if element.tag in ("pre", "code"):
        candidates.append(element.get("lang"))
    for candidate in candidates:
        language = candidate.lower().strip()
        if LANGUAGE.fullmatch(language) and language not in NO_LANGUAGE:
            return language
    return None


def code_table(table: Node) -> Code | None:
    """The code that a table of line numbers beside lines shows; None for any other table."""
    rows = [[cell for cell in row.elements if cell.tag in ("td", "th")] for row in table.walk() if row.tag == "tr"]
    if not rows or any(len(row) != 2 for row in rows):
        return None
    pre = all(row[1].find("pre") is not None for row in rows)
    if not pre and not CODE_TABLE.search(f"{table.get('class')} {rows[0][1].get('class')}"):
        return None
    if any(row[0].text.strip() and not NUMBERS.fullmatch(row[0].text) for row in rows):
        return None
    text = "\n".join(verbatim(row[1]) for row in rows)
    return Code(text, language_of(rows[0][1].find("pre") or table)) if text.strip() else None
