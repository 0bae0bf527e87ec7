"""Is that Markdown, or plain text?

Front matter decides; else the signs of Markdown that writers of plain text do not make: they are counted, each kind once.
"""

from __future__ import annotations

import re

from index.document import SourceFormat

MARKDOWN_ENDINGS = frozenset(["md", "markdown", "mdown", "mkd", "mkdn", "mdx", "qmd", "rmd"])
HTML_ENDINGS = frozenset(["html", "htm", "xhtml", "shtml"])
TEXT_ENDINGS = frozenset(["txt", "text"])

FRONT_MATTER = re.compile(r"\s*(?:---(?:yaml|toml|json)?[^\S\n]*\r?\n(?:.*\r?\n){0,400}?(?:---|\.\.\.)|\+\+\+[^\S\n]*\r?\n)", re.IGNORECASE)
HAS_KEY = re.compile(r"^[\"']?[A-Za-z_][\w .-]{0,60}[\"']?\s*[:=]", re.MULTILINE)
ENOUGH = 2

# what is said beside each: how many of 200 flattened pages show it, and of 893 articles in Markdown
_STRONG = (
    r"^ {0,3}#{1,6} +\S",  # heading: 0, 548
    r"^ {0,3}(?:```|~~~)",  # fence: 0, 187
    r"(?<!\\)!?\[[^\]\n]{1,300}\]\((?:<[^>\n]*>|[^\s()]+(?:\([^\s()]*\))?)(?:\s+[\"'][^\n]*)?\)",  # link or image: 0, 813
    r"^ {0,3}\[[^\]\n]{1,100}\]: +\S",  # reference: 0, 112
    r"^[^\s=-][^\n]*\n {0,3}(?:={3,}|-{3,})[^\S\n]*$",  # underlined heading: 0, 21
    r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,200}(?<=[^\s*])\*\*(?![\w*])",  # strong: 0, 364
    r"^ {0,3}(?:\|[^\S\n]*)?:?-{3,}:?[^\S\n]*\|",  # table: 0, 14
    r"^> ?\S",  # quote: 0, 85
    (  # emphasis: 0, 279
        r"(?<![\w*])\*(?=[^\s*])[^*\n]{1,100}(?<=[^\s*])\*(?![\w*])"
        r"|(?<![\w_])_(?=[^\s_])[^_\n]{1,100}(?<=[^\s_])_(?![\w_])"
    ),
)
_WEAK = (
    r"^ {0,3}(?:[-*+]|\d{1,9}\.) +(?:\[[ xX]\] +)?\S[^\n]*(?:\n+ {0,3}(?:[-*+]|\d{1,9}\.) +\S)",  # list of two items: 23, 502
    r"(?<![`\w])`[^`\n]{1,100}`(?![`\w])",  # code: 10, 317
    r"(?:^|(?<=\s))\{[{%][^\n]{0,300}?[}%]\}",  # shortcode: 1, 1
)
STRONG = tuple(re.compile(pattern, re.MULTILINE) for pattern in _STRONG)
WEAK = tuple(re.compile(pattern, re.MULTILINE) for pattern in _WEAK)
PREFORMATTED = re.compile(r"<(pre|script|style)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
APART = re.compile(r"\n[^\S\n]*\n\s*")


def front_matter(text: str) -> bool:
    """Whether a text begins with fields between rules."""
    found = FRONT_MATTER.match(text)
    return found is not None and HAS_KEY.search(text, found.start() + 3, found.end() + 2000) is not None


def signs(text: str) -> int:
    """How much speaks for Markdown: 2 for each kind of sign that only it has, and 1 if any is there that plain text has as well."""
    strong = sum(sign.search(text) is not None for sign in STRONG)
    return strong * 2 + int(any(sign.search(text) is not None for sign in WEAK))


def mostly_elements(text: str) -> bool:
    """Whether most of what empty lines part begins with an element, as in HTML; in Markdown, most is text."""
    parts: list[str] = APART.split(PREFORMATTED.sub("", text).strip())
    return sum(part.startswith("<") for part in parts) * 2 > len(parts)


def markdown_or_text(text: str, end: str) -> SourceFormat:
    """Which of the two a text is; `end` is its file's ending."""
    if end in MARKDOWN_ENDINGS or front_matter(text):
        return SourceFormat.MARKDOWN
    if end in HTML_ENDINGS and re.search(r"<(?:p|div|br|h[1-6]|ul|table|a|img)\b", text, re.IGNORECASE):
        return SourceFormat.HTML
    enough = ENOUGH + (1 if end in TEXT_ENDINGS else 0)
    return SourceFormat.MARKDOWN if signs(text) >= enough else SourceFormat.TEXT
