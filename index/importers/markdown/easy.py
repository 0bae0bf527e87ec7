"""Which running text needs no parser?

Five pieces of running text in six (41,812 of 49,079 in a third of the sample archive) hold nothing but words, plain links, code and simple
emphasis. Those are read here by one expression, in a sixth of the time; whatever it does not match as a whole is left to markdown-it. Its
law: what is read here is read as markdown-it reads it.
"""

from __future__ import annotations

import re

WORDS = r"[^\\`*_\[\]!<&^~\n]"
ESCAPE = r"\\[!-/:-@\[-`{-~]"
NUMBER = r"&#(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6]|1[6-9]\d|[2-9]\d\d|\d{4});"  # those on whose meaning everybody agrees
# what stands for itself: the characters that begin no rule, and the others where their rule cannot begin
TEXT = (
    rf"(?P<text>(?:[^\\`*_\[\]!<&^~]++|{ESCAPE}|{NUMBER}|!(?!\[)|\](?![(\[:])|&(?!#?\w)|\^(?!\[)|<(?=[\s=])|(?<!~)~(?!~)"
    r"|(?<=[^\W_])_+(?=[^\W_])|(?<=\s)\*(?= ))+)"
)
HREF = r"\]\((?P<{}>(?:[^\s()\\<>&`\[\]\x00-\x20\x7f]++|&(?!#?\w+;))+)\)"
LINK = rf"(?<!!)\[(?P<link>{WORDS}++){HREF.format('href')}"
CODE_LINK = rf"(?<!!)\[`(?P<codelink>[^`\n]++)`{HREF.format('codehref')}"
CODE = r"(?<!`)`(?P<code>[^`\n]++)`(?!`)"
# emphasis begins before a letter; it ends behind one, or behind a sign where the text breaks off
STRONG = rf"(?<!\*)\*\*(?P<strong>(?=[^\W_]){WORDS}+?)(?:(?<=[^\W_])\*\*(?!\*)|(?<=[.,:;?)\"”’%])\*\*(?=[ \n]|\Z))"
EMPHASIS = rf"(?<!\*)\*(?P<em>(?=[^\W_]){WORDS}+?)(?:(?<=[^\W_])\*(?!\*)|(?<=[.,:;?)\"”’%])\*(?=[ \n]|\Z))"
UNDERSCORED = rf"(?<![^ \n(\"“—–-])_(?P<under>(?=[^\W_]){WORDS}+?)(?<=[^\W_])_(?=[ \n.,:;?)\"”—–-]|\Z)"
PIECE = re.compile(f"{TEXT}|{LINK}|{CODE_LINK}|{CODE}|{STRONG}|{EMPHASIS}|{UNDERSCORED}")
WRITTEN = re.compile(r"\\(.)|&#(\d+);", re.DOTALL)

EasyPiece = tuple[str, str, str]
"""Kind (`text`, `link`, `codelink`, `code`, `strong`, `em` or `under`), text, and a link's address."""


def easy(content: str) -> list[EasyPiece] | None:
    """The pieces of running text; None where it needs the parser."""
    if "  \n" in content or "\\\n" in content:
        return None
    pieces: list[EasyPiece] = []
    position, end = 0, len(content)
    while position < end:
        match = PIECE.match(content, position)
        if match is None:
            return None
        position = match.end()
        kind = match.lastgroup
        if kind == "text":
            text = match[kind]
            pieces.append((kind, WRITTEN.sub(_meant, text) if "\\" in text or "&#" in text else text, ""))
        elif kind == "href":
            pieces.append(("link", match["link"], match["href"]))
        elif kind == "codehref":
            pieces.append(("codelink", _stripped(match["codelink"]), match["codehref"]))
        elif kind == "code":
            pieces.append(("code", _stripped(match["code"]), ""))
        elif kind is not None:
            pieces.append((kind, match[kind], ""))
    return pieces


def _meant(written: re.Match[str]) -> str:
    """The character that an escape or a number stands for."""
    return written[1] if written[1] is not None else chr(int(written[2]))


def _stripped(code: str) -> str:
    """Code without the blank on either side that parts it from its ticks."""
    return code[1:-1] if code[0] == code[-1] == " " and code.strip(" ") else code
