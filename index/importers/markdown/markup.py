"""What becomes of raw HTML within Markdown?

The HTML importer reads it. A paragraph that holds elements is given to it as a whole, rendered; so is what stands between a block's
opening tag and its closing one, Markdown included (`<details>`, `<figure>`). Wrappers without a meaning of their own (`<div>`) are taken
off, and what they hold stays Markdown. A word in angle brackets that is no element (`Vec<T>`) is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from index.document import RepairKind, Span
from index.importers.html import names
from index.importers.markdown.sheet import Sheet
from index.importers.markdown.spans import BREAK_TAG, COMMENT
from index.importers.markdown.walk import Flow, Walk
from index.importers.repairs import Repairs

_RUNNING = """
    a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label map mark marquee math nobr noscript object output
    picture q rb rp rt rtc ruby s samp script slot small source span strike strong sub sup svg template time tt u var video wbr blink image
    audio canvas
"""
_DRAWN = """
    animate circle clippath defs desc ellipse feblend filter foreignobject g line lineargradient marker mask metadata path pattern polygon
    polyline radialgradient rect stop symbol text textpath tspan use annotation maction merror mfenced mfrac mi mmultiscripts mn mo mover
    mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics
"""
KNOWN = names.BLOCKS | names.VOID | names.NEVER_SHOWN | names.CONTROLS | frozenset(_RUNNING.split()) | frozenset(_DRAWN.split())
WRAPPERS = frozenset(["div", "section", "center", "article", "main", "span", "font"])
CLOSED_BY_ITSELF = names.VOID | frozenset(
    ["p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "html", "body", "head"]
)
FARTHEST = 5000  # tokens from an opening tag to its closing one
MARKED_UP = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*)(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*?(?P<closed>/?)>", re.DOTALL
)
TAG_NAME = re.compile(r"</?([A-Za-z][\w:-]*)")


def known(name: str) -> bool:
    """Whether HTML has an element of this name, or lets a page have one."""
    return name.lower() in KNOWN or "-" in name


def elements(tokens: Iterable[Token]) -> bool:
    """Whether tokens of running text hold an element that only the HTML importer can read."""
    return any(token.type == "html_inline" and _is_element(token.content) for token in tokens)


def _is_element(tag: str) -> bool:
    name = TAG_NAME.match(tag)
    return name is not None and known(name[1]) and not BREAK_TAG.fullmatch(tag)


def fragment(markup: str, sheet: Sheet, line: int | None) -> Flow:
    """The headings and blocks of a piece of HTML; its repairs get the lines of the file."""
    from index.importers.html import fragment as read

    found = Repairs()
    flow = read(sheet.calls.markup(markup), found, sheet.base)
    _take(found, sheet, line)
    return list(flow)


def line(tokens: Sequence[Token], sheet: Sheet, at: int | None) -> list[Span]:
    """Running text with elements, of a heading or a cell."""
    from index.importers.html import inline as read

    found = Repairs()
    spans = read(sheet.calls.markup(_rendered(tokens, sheet)), found, sheet.base)
    _take(found, sheet, at)
    return list(spans)


def paragraph(tokens: Sequence[Token], sheet: Sheet, line: int | None) -> Flow:
    """A paragraph that holds elements."""
    return fragment(f"<p>{_rendered(tokens, sheet)}</p>", sheet, line)


def is_broken_tag(content: str) -> bool:
    """Whether a paragraph is one tag that HTML's grammar refuses, for a quote too many as a rule."""
    name = TAG_NAME.match(content)
    return content[-1] == ">" and name is not None and known(name[1]) and content.count("<") == 1 and "=" in content


def broken(content: str, sheet: Sheet, line: int | None) -> Flow:
    """What such a tag becomes, as browsers mend it."""
    sheet.repairs.add(RepairKind.OTHER, f"“{content[:60]}…” is a broken tag; it is read as browsers do.", line, 0.7)
    return fragment(content, sheet, line)


def _take(found: Repairs, sheet: Sheet, line: int | None) -> None:
    """Repairs of a piece of HTML, said with the lines of the file."""
    for note in found.notes:
        repair = note.repair
        at = repair.line if line is None else line + (repair.line or 1) - 1
        sheet.repairs.add(repair.kind, repair.message, at, repair.confidence, note.block)


def _rendered(tokens: Sequence[Token], sheet: Sheet) -> str:
    """Tokens of running text as HTML."""
    _prepare(tokens, sheet)
    return sheet.parser.rendered(tokens, sheet.env)


def _prepare(tokens: Iterable[Token], sheet: Sheet) -> None:
    """Make of tokens what the library's renderer writes rightly: what is no element is text, code has its calls back."""
    for token in tokens:
        if token.type == "html_inline" and not _is_element(token.content) and not BREAK_TAG.fullmatch(token.content):
            token.type, token.content = "text", "" if COMMENT.fullmatch(token.content) else token.content
        elif token.type == "text_special":  # an escape or entity, which the renderer does not know
            token.type = "text"
        elif token.type == "code_inline":
            token.content = sheet.calls.restore(token.content)
        elif token.children:
            _prepare(token.children, sheet)


def block(walk: Walk, token: Token) -> Flow:
    """A block of HTML, and whatever follows up to the end of the element that it opens."""
    sheet, at = walk.sheet, walk.sheet.line(token)
    content = token.content
    if not content.strip() or COMMENT.fullmatch(content.strip()):
        return []
    tags = [match for match in MARKED_UP.finditer(content) if match["name"]]
    first = TAG_NAME.match(content.lstrip())
    if first is not None and not known(first[1]) and not any(known(match["name"]) for match in tags):
        return _literal(walk, content, at)
    if _is_wrapping(content, tags):
        return []
    depth = _depth(tags)
    if depth > 0 and (end := _closing(walk, depth)) is not None:
        content += _between(walk, end)
        walk.at = end + 1
    return fragment(content, sheet, at)


def _is_wrapping(content: str, tags: list[re.Match[str]]) -> bool:
    """Whether a block is nothing but the tags of wrappers, opening or closing."""
    return all(match["name"].lower() in WRAPPERS for match in tags) and not MARKED_UP.sub("", content).strip()


def _depth(tags: Iterable[re.Match[str]]) -> int:
    """How many more elements these tags open than close, those left aside that need no closing."""
    depth = 0
    for match in tags:
        name = match["name"].lower()
        if name not in CLOSED_BY_ITSELF and not match["closed"]:
            depth += -1 if match["end"] else 1
    return depth


def _closing(walk: Walk, depth: int) -> int | None:
    """The token in which as many elements are closed as are open, within the container that the walk is in."""
    if walk.last_closing is None:
        walk.last_closing = max((at for at, token in enumerate(walk.tokens) if _depth_of(token) < 0), default=-1)
    level = 0
    for at in range(walk.at, min(walk.at + FARTHEST, walk.last_closing + 1)):
        token = walk.tokens[at]
        level += token.nesting
        if level < 0:
            return None
        if token.type == "html_block":
            depth += _depth_of(token)
            if depth <= 0 and level == 0:
                return at
    return None


def _depth_of(token: Token) -> int:
    """How many more elements a token opens than it closes; counted once, for of many that stay open each is looked at from all before."""
    if token.type != "html_block":
        return 0
    if "depth" not in token.meta:
        token.meta["depth"] = _depth(match for match in MARKED_UP.finditer(token.content) if match["name"])
    return int(token.meta["depth"])


def _between(walk: Walk, end: int) -> str:
    """The tokens up to one, with it, as HTML."""
    sheet = walk.sheet
    tokens = walk.tokens[walk.at : end + 1]
    for token in tokens:
        if token.type == "inline":
            token.children = sheet.parse(token.content)
            _prepare(token.children, sheet)
        elif token.type in ("fence", "code_block"):
            token.content = sheet.calls.restore(token.content)
    shown = [token for token in tokens if not token.type.startswith("footnote_reference")]
    return sheet.parser.rendered(shown, sheet.env)


def _literal(walk: Walk, content: str, at: int | None) -> Flow:
    """A block that begins with a word in angle brackets: Markdown, in which those brackets are text."""
    sheet = walk.sheet
    sheet.repairs.add(RepairKind.OTHER, f"“{content.strip().split()[0][:60]}” is no element of HTML, and is kept as text.", at, 0.8)
    escaped = TAG_NAME.sub(lambda tag: tag[0] if known(tag[1]) else "\\" + tag[0], content)
    first_line, sheet.first_line = sheet.first_line, at or sheet.first_line
    flow = walk.over(sheet.parser.parse(escaped, sheet.env)).flow()
    sheet.first_line = first_line
    return flow


HANDLERS = {"html_block": block}
