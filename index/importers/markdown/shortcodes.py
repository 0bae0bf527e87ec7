"""Where do templates call on their site, and how are those calls kept out of Markdown's way?

Before Markdown is read, each call of Hugo, Jekyll, Zola, Go or kramdown is set aside: a mark that means nothing to Markdown stands for it
(`Calls.restore`, `Calls.pieces` and their kin put back what it became). Code is passed over, so what looks like a call there stays, and
where Markdown finds more code than was seen here the call's own text comes back. Its law: lines keep their numbers.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from index.document import Block, Code, Repair, RepairKind, Span
from index.importers.markdown.inserts import Insert, address_of, insert, parse_call
from index.importers.repairs import Repairs

OPEN, CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: no text holds them, and Markdown takes them for letters
LONGEST = 4000  # characters of one call
MOST = 20_000  # calls of one text

MARK = re.compile(f"{OPEN}(\\d+){CLOSE}(\\n*)")
INDENT = re.compile(r"\n(?: {0,3}\t| {4})")
FENCE = r"(?P<fence>^[ \t>]*(?P<ticks>`{3,}(?=[^`\n]*\n)|~{3,})[^\n]*\n(?:.*?^[ \t>]*(?P=ticks)[`~]*[ \t]*$|.*))"
CODE = r"(?P<code>(?<!`)(?P<tick>`+)(?!`)(?:[^`\n]|\n(?![ \t]*\n)|(?!(?P=tick)(?!`))`)*(?P=tick)(?!`)|<!--(?:(?!<!--).)*?-->)"
# what lies between a pair never holds another opening tag: so no text is looked through twice
RAW = r"\{%-?\s*raw\s*-?%\}(?P<raw>(?:(?!\{%-?\s*raw\b).)*?)\{%-?\s*endraw\s*-?%\}|\{\{\s*raw\s+`(?P<go>[^`]*)`\s*\}\}"
SHOWN = r"(?P<shown>\{\{(?P<bracket>[<%])/\*(?P<inside>(?:(?!\{\{[<%]/\*).)*?)\*/[>%]\}\})"
LISTING_NAME = "highlight|codeblock|prism|mermaid|math|katex|latex"
LISTING = (
    rf"\{{%-?\s*(?P<liquid>{LISTING_NAME})\b(?P<liquidargs>[^%]*)%\}}(?P<liquidcode>(?:(?!\{{%-?\s*(?P=liquid)\b).)*?)\{{%-?\s*end(?P=liquid)\s*-?%\}}"
    rf"|\{{\{{[<%]\s*(?P<hugo>{LISTING_NAME})\b(?P<hugoargs>[^>%]*)[>%]\}}\}}(?P<hugocode>(?:(?!\{{\{{[<%]\s*(?P=hugo)\b).)*?)\{{\{{[<%]\s*/\s*(?P=hugo)\s*[>%]\}}\}}"
)
COMMENT = (
    r"(?P<comment>\{%-?\s*comment\s*-?%\}(?:(?!\{%-?\s*comment\b).)*?\{%-?\s*endcomment\s*-?%\}|\{#-[^\n]*?-?#\}"
    r"|\{::comment\}(?:(?!\{::comment\}).)*?\{:/comment\})"
)
LABELLED = (  # on one line
    r"\{\{[<%]\s*(?P<pair>[\w-]+)(?P<pairargs>[^\n{}]*?)\s*[>%]\}\}(?P<label>[^\n{}]{1,300})"
    r"\{\{[<%]\s*/\s*(?P=pair)\s*[>%]\}\}"
)
# each character is taken in one way only, so a call that is none fails at once; an atomic group would say it shorter, but Python before
# 3.11.5 gets those wrong that hold a choice, and the same way repeated groups that give nothing back
STRING_IN_HUGO = r"\"(?:[^\"}]|\}(?!\}))*\"|`[^`}]*`"
HUGO = (
    rf"\{{\{{[<%]\s*(?P<name>/?\s*[\w./-]*+)"
    rf"(?P<args>(?:[^{{}}\"`]|{STRING_IN_HUGO}|(?!{STRING_IN_HUGO})[\"`]){{0,{LONGEST}}}?)\s*/?[>%]\}}\}}"
)
STRING_IN_LIQUID = r"\"(?:[^\"%]|%(?!\}))*\"|'(?:[^'%\n]|%(?!\}))*'"
LIQUID = (
    rf"\{{%-?\s*(?P<tag>\w[\w-]*+)"
    rf"(?P<tagargs>(?:[^%{{}}\"']|{STRING_IN_LIQUID}|(?!{STRING_IN_LIQUID})[\"']|%(?!\}})){{0,{LONGEST}}}?)-?%\}}"
)
EXPRESSION = (
    r"\{\{-?\s*(?P<expression>(?:\"[^\"\n]*\"|'[^'\n]*'|[#/.$]*[A-Za-z_][\w.\[\]$-]*)"
    r"(?:\((?P<call>[^(){}]*)\)|(?P<rest>(?:\s++(?:\"[^\"\n]*\"|'[^'\n]*'|`[^`\n]*`|[\w.$/-]++))*(?:\s*\|[^{}\n]*)?))?)\s*-?\}\}"
)
VALUE = r"\"[^\"\n]*\"|'[^'\n]*'"
ATTRIBUTES = (
    rf"(?P<attributes>\{{:{{1,2}}(?:\s*+(?:[.#][\w:-]++|[\w-]++=(?:{VALUE}|(?!{VALUE})[^\s{{}}]++)|toc|comment|nomarkdown|options\b[^{{}}\n]*+))+\s*\}}"
    r"|\{:/\w*\})"
)
SCAN = re.compile(
    f"{FENCE}|{CODE}|{RAW}|{SHOWN}|{LISTING}|{COMMENT}|{LABELLED}|{HUGO}|{LIQUID}|{EXPRESSION}|{ATTRIBUTES}", re.MULTILINE | re.DOTALL
)
IN_ADDRESS = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|(?:href|src|srcset|poster|action)\s*=\s*[\"']?)[^\s()<>\"']*\Z", re.IGNORECASE)
SITE = re.compile(r"(?:site|page|config)\.\w*(?:url|path|root|link)\w*|\.?(?:site|page)?\.?\w*(?:url|permalink)", re.IGNORECASE)
FILTERED = re.compile(r"""^["'](?P<path>[^"'\n]*)["']\s*(?:\|.*)?$""", re.DOTALL)

KEPT_AS = {"Embed": "an embed", "ImageBlock": "an image", "Blockquote": "a quotation", "NoneType": "text"}


class Calls:
    """The calls that are set aside from one text, by their numbers, and the text with marks in the stead of those found so far."""

    def __init__(self, text: str, repairs: Repairs, first_line: int, base: str | None) -> None:
        self.inserts: list[Insert] = []
        self.repairs = repairs
        self.first_line = first_line
        self.base = base
        self.notes: dict[int, tuple[str, int, Repair]] = {}
        self.said: set[str] = set()
        self.text = text
        if "{{" in text or "{%" in text or "{:" in text or "{#-" in text:
            self.text = self._set_aside(text)

    def add(self, become: Insert, message: str = "", at: int = 0, kind: RepairKind = RepairKind.OTHER, confidence: float = 0.8) -> str:
        """The mark that stands for one more insert; it takes as many lines as what it stands for.

        `message` says what becomes of the call that stands `at` this place of the text: once it does, for in code it comes back.
        """
        if message:
            self.notes[len(self.inserts)] = (self.text, at, Repair(kind, message, None, confidence))
        self.inserts.append(become)
        return f"{OPEN}{len(self.inserts) - 1}{CLOSE}" + "\n" * become.source.count("\n")

    def restore(self, text: str, indented: bool = False) -> str:
        """Text in which calls stand as they were written: code; `indented` where Markdown takes an indent off its lines."""
        if OPEN not in text:
            return text

        def put(mark: re.Match[str]) -> str:
            source = self._source(mark)
            return (INDENT.sub("\n", source) if indented else source) + mark[2][source.count("\n") :]

        return MARK.sub(put, text)

    def attributes(self, text: str) -> str:
        """Text in which only attributes and comments in braces stand as they were written: a heading's may give its anchor."""
        if OPEN not in text:
            return text
        return MARK.sub(lambda mark: source if (source := self._source(mark))[:2] in ("{:", "{/") else mark[0], text)

    def address(self, url: str) -> str:
        """An address with what its calls give."""
        return MARK.sub(lambda mark: self._of(mark).address, url) if OPEN in url else url

    def words(self, text: str) -> str:
        """Plain text with the words of its calls."""
        return MARK.sub(lambda mark: self._of(mark).text, text) if OPEN in text else text

    def markup(self, markup: str) -> str:
        """HTML with what its calls became; within a tag that is an address."""
        if OPEN not in markup:
            return markup

        def put(mark: re.Match[str]) -> str:
            in_tag = markup.rfind("<", 0, mark.start()) > markup.rfind(">", 0, mark.start())
            if not in_tag:
                return self._of(mark).markup() + mark[2]
            alone = markup[mark.start() - 1] in "\"'=" and markup[mark.end() : mark.end() + 1] in "\"' >"
            return html.escape(self._of(mark).address or ("/" if alone else "")) + mark[2]

        return MARK.sub(put, markup)

    def pieces(self, text: str) -> Iterator[str | Span | Block]:
        """Running text parted at its calls: the text between them, and what they became."""
        start = 0
        for mark in MARK.finditer(text):
            if mark.start() > start:
                yield text[start : mark.start()]
            become = self._of(mark)
            yield from become.spans if become.block is None else (become.block,)
            start = mark.end() - len(mark[2])
        if start < len(text):
            yield text[start:]

    def _source(self, mark: re.Match[str]) -> str:
        number = int(mark[1])
        return self.inserts[number].source if number < len(self.inserts) else ""

    def _of(self, mark: re.Match[str]) -> Insert:
        """The insert that a mark stands for; what became of the call is said now."""
        number = int(mark[1])
        note = self.notes.pop(number, None)
        if note is not None and (repair := note[2]).message not in self.said:
            self.said.add(repair.message)
            line = self.first_line + note[0].count("\n", 0, note[1])
            self.repairs.add(repair.kind, repair.message, line, repair.confidence)
        return self.inserts[number] if number < len(self.inserts) else Insert("")

    def _set_aside(self, text: str) -> str:
        """The text with marks in the stead of its calls."""
        out: list[str] = []
        start = 0
        for match in SCAN.finditer(text):
            if match["fence"] or match["code"] or len(self.inserts) >= MOST:
                continue
            if (become := self._become(match, text)) is not None:
                out += (text[start : match.start()], become)
                start = match.end()
        return "".join(out) + text[start:]

    def _become(self, match: re.Match[str], text: str) -> str | None:
        """What stands in the text for one match, or None where it is no call."""
        source = match[0]
        if match["raw"] is not None or match["go"] is not None:
            return match["raw"] if match["go"] is None else match["go"]
        if match["shown"]:
            return self.add(Insert(source, (Span("{{" + match["bracket"] + match["inside"] + match["bracket"].replace("<", ">") + "}}"),)))
        if match["liquid"] or match["hugo"]:
            return self._listing(match)
        if match["comment"]:
            return self.add(Insert(source))
        if match["attributes"]:
            message = f"The attributes {short(source)} have no place in a document, and are left out."
            return self.add(Insert(source), message, match.start(), RepairKind.MARKUP_DROPPED)
        if match["pair"]:
            return self._labelled(match)
        if match["expression"]:
            return self._expression(match, text)
        return self._call(match["name"] if match["tag"] is None else match["tag"], match["args"] or match["tagargs"] or "", match, text)

    def _listing(self, match: re.Match[str]) -> str:
        """Code between two tags."""
        name = match["liquid"] or match["hugo"]
        arguments = parse_call(name, match["liquidargs"] or match["hugoargs"] or "")
        code = match["liquidcode"] if match["hugocode"] is None else match["hugocode"]
        language = {"katex": "math", "latex": "math"}.get(name, name) if name in ("mermaid", "math", "katex", "latex") else ""
        language = language or arguments.named.get("lang", "").strip() or next(iter(arguments.plain), "")
        return self.add(Insert(match[0], (), Code(code.strip("\n").rstrip(), language.removeprefix("lang:") or None)))

    def _labelled(self, match: re.Match[str]) -> str:
        """`{{< button href="…" >}}label{{< /button >}}` on one line: a link where there is an address, else the label alone."""
        call = parse_call(match["pair"], match["pairargs"])
        label = match["label"].strip()
        target = address_of(call) if any(key in call.named for key in ("href", "url", "link", "to")) else ""
        what = f"a link to {short(target)}" if target else "the text that it holds"
        before = self.add(Insert(""), f"{short(match[0])} is kept as {what}.", match.start())
        return f"{before}[{label}](<{target}>)" if target else f"{before}{label}"

    def _expression(self, match: re.Match[str], text: str) -> str | None:
        """`{{ … }}`: a call of Zola or Go, a path through a filter, or a variable."""
        expression = match["expression"]
        if filtered := FILTERED.match(expression):
            path = filtered["path"].strip()
            if self._in_address(match, text):
                message = f"{short(match[0])} is read as the path {short(path)}."
                return self.add(Insert(match[0], (), None, path.replace(" ", "%20")), message, match.start())
            return self.add(Insert(match[0], (Span(path),), None, path))
        name, _, rest = expression.partition("(")
        if match["call"] is not None:
            return self._call(name.strip(), match["call"], match, text)
        name, _, rest = expression.partition(" ")
        if rest and "|" not in rest and not name.startswith((".", "$", "#", "/")):
            return self._call(name, rest, match, text)
        if SITE.fullmatch(name) or self._in_address(match, text):
            return self.add(Insert(match[0]), f"{short(match[0])} is read as the top of the site.", match.start())
        return self._dropped(match)

    def _call(self, name: str, arguments: str, match: re.Match[str], text: str) -> str:
        """A call by name."""
        name = name.replace(" ", "")
        if name.startswith(("/", "end")):
            return self.add(Insert(match[0]))
        call = parse_call(name.strip("/"), arguments)
        if self._in_address(match, text) or call.name in ("link", "post_url", "ref", "relref"):
            path = address_of(call)
            return self.add(Insert(match[0], (), None, path), f"{short(match[0])} is read as the path {short(path)}.", match.start())
        become = insert(call, match[0], self.base)
        if become.empty:
            return self._dropped(match)
        what = KEPT_AS[type(become.block).__name__]
        return self.add(become, f"{short(match[0])} is kept as {what}.", match.start(), confidence=0.9)

    def _dropped(self, match: re.Match[str]) -> str:
        """A call of which nothing came."""
        message = f"{short(match[0])} means nothing outside its site, and is left out."
        return self.add(Insert(match[0]), message, match.start(), RepairKind.MARKUP_DROPPED)

    def _in_address(self, match: re.Match[str], text: str) -> bool:
        """Whether a match stands where an address does: in a link's brackets or an attribute."""
        return IN_ADDRESS.search(text[max(0, match.start() - 300) : match.start()]) is not None


def short(source: str) -> str:
    """A call on one line, cut to what a message can hold."""
    line = " ".join(source.split())
    return f"“{line if len(line) <= 80 else line[:79] + '…'}”"
