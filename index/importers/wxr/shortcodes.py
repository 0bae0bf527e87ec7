"""What does WordPress make of the words in square brackets?

The few that every site has become the elements that they stand for; of the others, which plugins define, the content or the address is
kept and the rest is said. Its law: what is not surely a shortcode is text, and so is everything within code.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from index.document import RepairKind
from index.importers.repairs import Repairs
from index.importers.wxr.channel import Picture

DEEPEST = 8  # shortcodes within shortcodes
MOST_SHOWN = 80  # characters of a shortcode in a repair
QUOTED = r"\"[^\"\[\]]*\"|'[^'\[\]]*'"
TOKEN = re.compile(
    r"<!--|<(?P<tag>/?[a-zA-Z][\w-]*)(?:[\s/][^<>]*)?>|\[(?P<escaped>\[[a-zA-Z][^\[\]<>]*\])\]"
    rf"|\[(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:[\s=:](?:[^\[\]<>\"']++|{QUOTED}|(?!{QUOTED})[\"'])*)?)\]|\[/(?P<close>[a-zA-Z][\w-]*)\]"
)
CLOSE = re.compile(r"\[/([a-zA-Z][\w-]*)\]")
ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))|\"([^\"]*)\"|'([^']*)'|([^\s\"']+)")
CURLY = str.maketrans({"“": '"', "”": '"', "″": '"', "‘": "'", "’": "'"})
RAW = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("pre", "code", "script", "style", "textarea")}
COMMENT_END = re.compile("-->")
ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]]+")
ALONE = re.compile(r"[^\S\n]*(https?://[^\s\"'<>\[\]]+)[^\S\n]*")
MEDIA = re.compile(
    r"\s*((?:<a\b[^<>]*>\s*)?<(?:img|iframe|video|embed|object)\b[^<>]*>(?:\s*</(?:iframe|video|object)>)?(?:\s*</a>)?)(.*)",
    re.DOTALL | re.IGNORECASE,
)
LINKS = ("url", "src", "href", "link", "mp4", "mp3", "m4v", "m4a", "webm", "ogv", "ogg", "wav", "flv", "wmv")
BY_NUMBER = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "ted": "https://www.ted.com/talks/{}",
    "archiveorg": "https://archive.org/details/{}",
    "gist": "https://gist.github.com/{}",
    "scribd": "https://www.scribd.com/document/{}",
    "ustream": "https://video.ibm.com/recorded/{}",
}
_KNOWN = (
    "caption wp_caption gallery embed audio video playlist code sourcecode contact-form contact-form-7 soundcloud spotify mixcloud bandcamp"
    " slideshare googlemaps tweet instagram facebook wpvideo videopress"
)
KNOWN = frozenset([*_KNOWN.split(), *BY_NUMBER])

# the addresses that WordPress shows in place where they stand alone on a line: the providers of its manual
PROVIDERS = re.compile(
    r"https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com|dai\.ly|flickr\.com|flic\.kr|twitter\.com|x\.com|soundcloud\.com"
    r"|slideshare\.net|spotify\.com|imgur\.com|issuu\.com|mixcloud\.com|ted\.com|animoto\.com|tumblr\.com|kickstarter\.com|cloudup\.com"
    r"|reverbnation\.com|videopress\.com|wordpress\.tv|reddit\.com|speakerdeck\.com|screencast\.com|tiktok\.com|pinterest\.[a-z.]+|wolframcloud\.com"
    r"|pca\.st|bsky\.app|canva\.com|instagram\.com|facebook\.com|hulu\.com|scribd\.com|polldaddy\.com|vine\.co|funnyordie\.com|smugmug\.com)/",
    re.IGNORECASE,
)
_BREAKING = "p div figure blockquote li td section article center h1 h2 h3 h4 h5 h6 br hr ul ol table"
BREAKING = frozenset(_BREAKING.split())


@dataclass(frozen=True, slots=True)
class Shortcode:
    """One as it is written, with its attributes by name, those without a name, and what it encloses, if it does."""

    name: str
    written: str
    named: Mapping[str, str]
    others: tuple[str, ...]
    inner: str | None
    line: int

    @property
    def address(self) -> str:
        """The address that it shows, or nothing."""
        for key in LINKS:
            if (found := ADDRESS.match(self.named.get(key, "").strip())) is not None:
                return found[0]
        found = next((found for other in self.others if (found := ADDRESS.search(other))), None)
        number = self.named.get("id") or next((other for other in self.others if re.fullmatch(r"[\w-]{4,}", other)), "")
        if found is None and number and self.name in BY_NUMBER:
            return BY_NUMBER[self.name].format(number)
        return "" if found is None else found[0]


class Shortcodes:
    """The shortcodes of one body."""

    def __init__(self, pictures: Mapping[str, Picture], post: str, repairs: Repairs, first_line: int = 1) -> None:
        self.pictures = pictures
        self.post = post
        self.repairs = repairs
        self.first_line = first_line
        self._makers: dict[str, Callable[[Shortcode], str]] = {
            "caption": _caption,
            "wp_caption": _caption,
            "gallery": self._gallery,
            "code": _code,
            "sourcecode": _code,
        }

    def expanded(self, body: str) -> str:
        """The body with elements for its shortcodes, and for the addresses that WordPress shows in place."""
        return self._expanded(body, self.first_line, DEEPEST)

    def _expanded(self, body: str, line: int, depth: int) -> str:
        closings: dict[str, list[int]] = defaultdict(list)
        for close in CLOSE.finditer(body):
            closings[close[1].lower()].append(close.start())
        out: list[str] = []
        at, breaks, counted = 0, True, 0
        while token := TOKEN.search(body, at):
            tag = (token["tag"] or "").lower()
            out.append(_shown_in_place(body[at : token.start()], before=breaks, after=tag.strip("/") in BREAKING))
            breaks = tag.strip("/") in BREAKING
            if token["name"] and depth:
                line, counted = line + body.count("\n", counted, token.start()), token.start()
                made, at = self._made(body, token, closings, line, depth)
                out.append(made)
            elif token["close"] and token["close"].lower() in KNOWN:
                at = token.end()
            else:
                at = _end(body, token, tag)
                out.append(token["escaped"] or body[token.start() : at])
        out.append(_shown_in_place(body[at:], before=breaks, after=True))
        return "".join(out)

    def _made(self, body: str, token: re.Match[str], closings: Mapping[str, list[int]], line: int, depth: int) -> tuple[str, int]:
        """What stands for a shortcode, and where it ends; the text as it is where it is none."""
        name, rest = token["name"].lower(), (token["rest"] or "").translate(CURLY)
        after = closings.get(name, [])
        close = after[n] if (n := bisect_left(after, token.end())) < len(after) and not rest.endswith("/") else None
        if close is None and name not in KNOWN and "=" not in rest and not ADDRESS.search(rest):
            return token[0], token.end()
        named, others = _attributes(rest)
        inner = None if close is None else body[token.end() : close]
        code = Shortcode(name, token[0], named, others, inner, line)
        end = token.end() if close is None else close + len(name) + len("[/]")
        maker = self._makers.get(name)
        if inner is not None and maker is not _code:
            code = replace(code, inner=self._expanded(inner, line, depth - 1))
        return (self._other(code) if maker is None else maker(code)), end

    def _gallery(self, code: Shortcode) -> str:
        """The pictures of a gallery: those that it numbers, else those that were uploaded to the post."""
        numbers = [number.strip() for number in (code.named.get("ids") or code.named.get("include") or "").split(",") if number.strip()]
        if not numbers:
            numbers = sorted((number for number, picture in self.pictures.items() if picture.parent == self.post), key=int)
        shown = [self.pictures[number] for number in numbers if number in self.pictures]
        if len(shown) < len(numbers) or not shown:
            missing = f"{len(numbers) - len(shown)} of its {len(numbers)}" if numbers else "all"
            self._say(code, f"{missing} pictures are missing from the export")
        return "\n\n" + "\n\n".join(_image(picture) for picture in shown) + "\n\n"

    def _other(self, code: Shortcode) -> str:
        """What is left of a shortcode whose meaning is its plugin's."""
        address = code.address or (ADDRESS.search(code.inner or "") or [""])[0] if code.name == "embed" else code.address
        if code.name in KNOWN and address:
            return _embed(address)
        if code.inner and code.inner.strip():
            self._say(code, "its content was kept")
            title = code.named.get("title", "")
            heading = f"\n\n<strong>{title}</strong>\n\n" if title else ""
            return heading + (f'<a href="{html.escape(address)}">{code.inner}</a>' if address and "\n" not in code.inner else code.inner)
        self._say(code, "its address was kept" if address else "it was left out")
        return _embed(address) if address else ""

    def _say(self, code: Shortcode, what: str) -> None:
        written = code.written if len(code.written) <= MOST_SHOWN else code.written[: MOST_SHOWN - 1] + "…"
        self.repairs.add(RepairKind.MARKUP_DROPPED, f"The shortcode {written} could not be shown: {what}.", code.line)


def _end(body: str, token: re.Match[str], tag: str) -> int:
    """Where a tag, a comment, or an element whose content is kept as it is ends."""
    closing = RAW[tag].search(body, token.end()) if tag in RAW else COMMENT_END.search(body, token.end()) if token[0] == "<!--" else None
    return token.end() if closing is None else closing.end()


def _attributes(rest: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The attributes of a shortcode: by name, and those without one; `[youtube=…]` has its address behind the name."""
    named, others = dict[str, str](), list[str]()
    for key, *values in ATTRIBUTE.findall(rest.lstrip("=:").rstrip("/ ")):
        value = html.unescape(next(filter(None, values), ""))
        if key:
            named.setdefault(key.lower(), value)
        else:
            others.append(value)
    return named, tuple(others)


def _shown_in_place(text: str, *, before: bool, after: bool) -> str:
    """Text between tags, with an embed for each known address that stands alone on its line; the ends are lines where a tag breaks them."""
    if "http" not in text:
        return text
    lines = text.split("\n")
    for n, line in enumerate(lines):
        whole = (n > 0 or before) and (n < len(lines) - 1 or after)
        if whole and (found := ALONE.fullmatch(line)) and PROVIDERS.match(found[1]):
            lines[n] = _embed(html.unescape(found[1]))
    return "\n".join(lines)


def _embed(address: str) -> str:
    return f'<iframe src="{html.escape(address)}"></iframe>'


def _image(picture: Picture) -> str:
    return f'<img src="{html.escape(picture.url)}" alt="{html.escape(picture.alt)}">'


def _caption(code: Shortcode) -> str:
    """A picture with its caption: the attribute, or what stands behind the picture."""
    inner = code.inner or ""
    media = MEDIA.match(inner)
    picture, behind = (media[1], media[2]) if media else (inner, "")
    caption = code.named.get("caption") or behind.strip()
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>" if caption else f"<figure>{picture}</figure>"


def _code(code: Shortcode) -> str:
    """A listing; WordPress keeps it with or without entities."""
    text = code.inner or ""
    text = text if "&lt;" in text or "<" not in text else html.escape(text, quote=False)
    language = code.named.get("language") or code.named.get("lang") or ""
    kind = f' class="language-{html.escape(language)}"' if language else ""
    return f"<pre><code{kind}>{text.strip(chr(10))}</code></pre>"
