"""Which format is that?

Found from the content: the first bytes, the first element, the first lines. A file's ending only breaks a tie, between a page of plain text
and Markdown without any markup, or a piece of HTML and Markdown that holds some. What is none of the formats is refused by its name.
"""

from __future__ import annotations

import re

from index.document import SourceFormat
from index.importers import markup
from index.importers.charset import decode
from index.importers.files import ending
from index.importers.material import Foreign, Unreadable

HEAD = 2**16  # bytes that are looked at

MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\0\0\1\0", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\0", "a database"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"bplist", "a binary property list"),
)
ADVICE = "Convert or unpack it to HTML, Markdown or text first."
EMPTY = "It is empty."
BINARY = "It is binary data, not text."
MOST_CONTROLS = 0.02  # share of control characters: none of 4,900 articles, pages and feeds has over 0.001, programs and images over 0.08

# what may stand before the first element: declarations, comments, a doctype, and the warnings that a server printed before its answer
BEFORE_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?(?:-->|\Z)|<!DOCTYPE(?:[^\[>]++|\[[^\]]*+\])*>|(?:<br\s*/?>)|\s)*", re.DOTALL | re.IGNORECASE
)
ELEMENT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
FEED_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
IS_WXR = re.compile(r"wordpress\.org/export/|<wp:(?:wxr_version|post_type|base_site_url|author|category|post_id)\b")
JSON_START = re.compile(r'\{\s*(?:"|\}|\Z)|\[\s*(?:\{|\]\s*\Z|\Z)')
JSON_LINE = re.compile(r'\s*\{\s*"[^\n]*\}[\s,]*')
JSON_FEED = re.compile(
    r'"version"\s*:\s*"(?:https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version|1\.[01]"\s*,\s*"items"\s*:\s*\[)|"(?:feed_url|home_page_url)"\s*:',
    re.IGNORECASE,
)
_ELEMENTS = (
    "a article aside b base blockquote body br button center details div dl em figure font footer form h1 h2 h3 h4 h5 h6 head header hr "
    "html i iframe img link main meta nav noscript ol p pre script section span strong style table template title u ul"
)
HTML_ELEMENTS = frozenset(_ELEMENTS.split())
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\f\r\x1b")
"""Characters that texts do not hold, also as UTF-8."""


def sniff(head: bytes, name: str = "", *, complete: bool = True) -> SourceFormat:
    """The format of a source by its first bytes; `complete` says that they are all of it, `name` is the file's.

    Raises `Unreadable` for what is empty or binary, `Foreign` for text that is sound but none of the formats.
    """
    kind = next((kind for magic, kind in MAGIC if head.startswith(magic)), None)
    if kind is not None:
        raise Unreadable(f"It is {kind}. {ADVICE}")
    text = decode(head[:HEAD])
    if not complete:
        text = text.rstrip("\ufffd")
    if not text.strip("\ufeff\0 \t\r\n\f"):
        raise Unreadable(EMPTY if not head.strip(b"\0") or b"\0" not in head else BINARY)
    if _is_binary(text):
        raise Unreadable(f"{BINARY} {ADVICE}")
    return _of_text(text.lstrip("\ufeff\0 \t\r\n\f"), ending(name))


def _is_binary(text: str) -> bool:
    """Whether a text is none: too many control characters, NULs among them."""
    data = text.encode("utf-8", "surrogatepass")
    controls = len(data) - len(data.translate(None, CONTROLS))
    return controls > len(text) * MOST_CONTROLS or text.count("\ufffd") > len(text) * 0.3


def _of_text(text: str, end: str) -> SourceFormat:
    """The format of a text without blanks at its start."""
    if text[0] in "{[" and JSON_START.match(text):
        return _of_json(text, end)
    if _behind_warnings(text):
        return _of_feed(text)
    if text[0] == "<":
        found = _of_markup(text, end)
        if found is not None:
            return found
    elif WHOLE_PAGE.search(text, 0, 1024) and not markup.front_matter(text):
        return SourceFormat.HTML
    if _lines_of_json(text):
        return SourceFormat.JSON
    return markup.markdown_or_text(text, end)


def _behind_warnings(text: str) -> bool:
    """Whether a feed begins after a few lines that a server printed before its answer; an example of one stands behind an empty line."""
    start = text.find("<?xml", 0, 1000)
    if start <= 0 or "\n\n" in text[:start]:
        return False
    before = BEFORE_ROOT.match(text, start)
    return before is not None and FEED_ROOT.match(text, before.end()) is not None


def _of_json(text: str, end: str) -> SourceFormat:
    """JSON, a JSON Feed, or Markdown whose front matter is JSON."""
    if text[0] == "{" and JSON_FEED.search(text, 0, 4096):
        return SourceFormat.FEED
    if end in markup.MARKDOWN_ENDINGS and text[0] == "{" and not text.rstrip().endswith("}"):
        return SourceFormat.MARKDOWN
    return SourceFormat.JSON


def _lines_of_json(text: str) -> bool:
    """Whether most lines are objects, though the first is not."""
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    return sum(JSON_LINE.fullmatch(line) is not None for line in lines) * 2 > len(lines)


def _of_markup(text: str, end: str) -> SourceFormat | None:
    """The format that the first element shows, or None where a text begins with an element of HTML and goes on as Markdown."""
    before = BEFORE_ROOT.match(text)
    assert before is not None
    root = ELEMENT.match(text, before.end())
    name = root[1].lower() if root else ""
    if name in ("rss", "feed", "rdf", "channel") or (name == "entry" and "w3.org/2005/Atom" in text):
        return _of_feed(text)
    if WHOLE_PAGE.search(text, 0, 4096) or name in ("head", "body"):
        return SourceFormat.HTML
    if name in HTML_ELEMENTS:
        return SourceFormat.HTML if end not in markup.MARKDOWN_ENDINGS and markup.mostly_elements(text) else None
    if text.startswith("<?xml") or _is_xml(text, root):
        raise Foreign(
            f"It is XML of a kind that holds no articles, with the root element <{name}>." if name else "It is XML without a root."
        )
    return None


def _is_xml(text: str, root: re.Match[str] | None) -> bool:
    """Whether a text with a first element that HTML does not have is XML, rather than prose or Markdown with something in brackets."""
    if root is None:
        return False
    return "xmlns" in text[root.start() : root.start() + 500] or text.rstrip().endswith(f"</{root[0][1:-1].strip()}>")


def _of_feed(text: str) -> SourceFormat:
    """WXR or another feed."""
    return SourceFormat.WXR if IS_WXR.search(text) else SourceFormat.FEED
