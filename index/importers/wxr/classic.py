"""What are the paragraphs of a body from WordPress's classic editor?

Such a body has elements for headings, lists and tables, but its paragraphs are only apart by empty lines, and a single line break is one
in the text. WordPress adds the elements when it shows a post; this does the same in one walk over tags and text.
"""

from __future__ import annotations

import re

_BLOCKS = (
    "address article aside audio blockquote caption center col colgroup dd details dialog div dl dt embed fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr iframe legend li main map math menu nav noscript object ol p section summary table"
    " tbody td tfoot th thead tr ul video"
)
BLOCKS = frozenset(_BLOCKS.split())
VOID = frozenset(["hr", "col", "embed"])
OF_LINES = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "figcaption", "address", "legend", "summary"])
OF_EITHER = frozenset(["li", "td", "th", "dd"])  # lines where no empty line parts them, else paragraphs
OF_ELEMENTS = frozenset(
    [
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "colgroup",
        "ul",
        "ol",
        "dl",
        "menu",
        "map",
        "math",
        "object",
        "video",
        "audio",
        "iframe",
        "figure",
    ]
)
RAW = frozenset(["pre", "script", "style", "svg", "textarea", "code"])  # what is in them stays as it is
CLOSING = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in RAW} | {"": re.compile("-->")}
TOKEN = re.compile(r"<!--|</?([a-zA-Z][\w-]*)(?:[\s/][^<>]*)?>")
EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
HELD = re.compile("\ue000(\\d+)\ue001")


def paragraphed(body: str) -> str:
    """The body with its paragraphs and line breaks as elements."""
    return _Walk(body.replace("\r\n", "\n").replace("\r", "\n").replace("\ue000", "").replace("\ue001", "")).done()


class _Walk:
    """One pass: block elements are written as they come, and the text between them as paragraphs."""

    def __init__(self, body: str) -> None:
        self.out: list[str] = []
        self.run: list[str] = []  # the text and inline elements at hand
        self.open: list[str] = []  # block elements
        self.held: list[str] = []  # pieces within the text whose line breaks stay as they are
        self.endless: set[str] = set()  # what is not closed anywhere further down
        at = 0
        while token := TOKEN.search(body, at):
            self.run.append(body[at : token.start()])
            at = self._take(body, token)
        self.run.append(body[at:])

    def done(self) -> str:
        """What has been written."""
        self._flush()
        return "".join(self.out)

    def _take(self, body: str, token: re.Match[str]) -> int:
        """Deal with a tag, a comment, or an element that is kept as it is; gives where it ends."""
        name = (token[1] or "").lower()
        end = self._end_of_raw(body, name, token) if not name or (name in RAW and token[0][1] != "/") else token.end()
        whole = body[token.start() : end]
        if end > token.end() and name in ("", "code"):
            self.run.append(f"\ue000{len(self.held)}\ue001")
            self.held.append(whole)
        elif end > token.end():
            self._flush()
            self.out.append(whole)
        elif name in BLOCKS:
            self._flush()
            self._turn(name, whole)
        else:
            self.run.append(whole)
        return end

    def _end_of_raw(self, body: str, name: str, token: re.Match[str]) -> int:
        """Where a comment ends, or an element whose content is kept; where nothing closes it, its tag."""
        if name not in self.endless:
            closing = CLOSING[name].search(body, token.end())
            if closing is not None:
                return closing.end()
            self.endless.add(name)
        return token.end()

    def _turn(self, name: str, tag: str) -> None:
        """A block element begins or ends."""
        self.out.append(tag)
        if tag.startswith("</"):
            if name in self.open:
                while self.open.pop() != name:
                    pass
        elif name not in VOID and not tag.endswith("/>"):
            self.open.append(name)

    def _flush(self) -> None:
        """Write the text at hand as what it is where it stands."""
        text, self.run = "".join(self.run).strip("\n"), []
        if not text.strip():
            self.out.append(" " if text else "")
            return
        inside = self.open[-1] if self.open else ""
        parts = [part for part in EMPTY_LINES.split(text) if HELD.sub(self._unless_comment, part).strip()]
        if inside in OF_ELEMENTS:
            self.out.append(self._whole(text))
        elif inside in OF_LINES or (inside in OF_EITHER and len(parts) == 1):
            self.out.append(self._lines("<br>".join(parts)))
        else:
            self.out += [f"<p>{self._lines(part)}</p>" for part in parts]

    def _unless_comment(self, held: re.Match[str]) -> str:
        """What counts of something held back: a comment is nothing to read."""
        return "" if self.held[int(held[1])].startswith("<!--") else held[0]

    def _lines(self, text: str) -> str:
        """A paragraph's text with its line breaks; those after one that is written out already are none."""
        lines = [line.strip() for line in text.strip().split("\n")]
        return self._whole(
            "".join(line if line.endswith(("<br>", "<br/>", "<br />")) else line + "<br>" for line in lines).removesuffix("<br>")
        )

    def _whole(self, text: str) -> str:
        """The text with what was held back."""
        return HELD.sub(lambda held: self.held[int(held[1])], text) if self.held else text
